"""Pages what is longer than the screen, at a terminal and nowhere else."""

import os
import shlex
import shutil
import subprocess

from engage_cli.show.text import emit, is_terminal


def page(text: str) -> None:
    """Print text, through ENGAGE_PAGER, PAGER or less where it is longer than the screen."""
    command = _command() if is_terminal() and _is_long(text) else []
    if not command:
        emit(text)
        return
    environment = {**os.environ, "LESS": os.environ.get("LESS", "FRX")}
    try:
        subprocess.run(command, input=text + "\n", text=True, errors="backslashreplace", env=environment, check=False)
    except OSError:
        emit(text)


def _command() -> list[str]:
    """Choose the pager; an empty ENGAGE_PAGER, as --no-pager sets it, is none."""
    named = os.environ.get("ENGAGE_PAGER", os.environ.get("PAGER", "less"))
    try:
        return shlex.split(named)
    except ValueError:
        return []


def _is_long(text: str) -> bool:
    return text.count("\n") + 1 >= shutil.get_terminal_size().lines
