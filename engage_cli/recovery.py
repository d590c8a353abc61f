"""Keeps what would be lost: words that could not be stored, and the traces of a crash."""

import os
import traceback
from pathlib import Path

from engage_cli import clock, settings


def keep(text: str, ending: str = "txt") -> Path | None:
    """Write a text to a file of its own in the state folder and return it; None where that is impossible."""
    folder = settings.state_folder() / "recovered"
    path = folder / f"{clock.moment().replace(':', '')}-{os.urandom(2).hex()}.{ending}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return None
    return path


def crashed(error: BaseException) -> str:
    """Keep the traceback of an error nobody foresaw, and say where."""
    path = keep("".join(traceback.format_exception(error)), "crash")
    return f"The details are in {path}; please report them." if path else "Please report it."
