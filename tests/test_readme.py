"""The README is under test: its examples print what it says, and no command or option is left out."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer._click import Command

README = Path(__file__).parents[1] / "README.md"
NOW, TODAY = "2026-11-20T12:00:00", "2026-11-20"


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks with what the README says it prints."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


def rewritten(text: str) -> str:
    """Run every example, in order, in a world of its own, and return the README with what was printed."""
    with tempfile.TemporaryDirectory() as home:
        for command, printed in list(examples(text)):
            text = text.replace(f"$ {command}\n{printed}", f"$ {command}\n{_run(command, home)}", 1)
    return text


def _run(command: str, home: str) -> str:
    environment = {
        "HOME": home,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(README.parent),
        "ENGAGE_NOW": NOW,
        "COLUMNS": "80",
        "TZ": "Europe/Berlin",
    }
    words = [sys.executable, "-m", "engage_cli", *shlex.split(command)[1:]]
    done = subprocess.run(
        words,
        env=environment,
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    printed = (done.stdout + done.stderr).replace(home, "/home/you")
    return re.sub(r"/\S*/engage-demo-\w+", "/tmp/engage-demo-x1y2z3", printed)


def test_the_examples_print_what_the_readme_says() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(list(examples(text))) >= 10
    assert rewritten(text) == text


def commands() -> Iterator[tuple[str, Command]]:
    """Yield every command and verb with its full name."""
    from engage_cli import lazy, main

    for name in main.COMMANDS:
        command = lazy.load(main.COMMANDS, name)
        verbs = getattr(command, "commands", {})
        yield from ((f"engage {name} {verb}", one) for verb, one in verbs.items())
        if not verbs:
            yield f"engage {name}", command


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_in_the_readme(name: str) -> None:
    text = README.read_text(encoding="utf-8")
    *path, last = name.split()
    assert re.search(rf"{' '.join(path)} [a-z\\|]*\b{last}\b", text), name


def test_every_option_of_log_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    log = dict(commands())["engage log"]
    options = [option for param in log.params for option in param.opts if option.startswith("-")]
    assert [option for option in options if not re.search(rf"{option}(?![\w-])", text)] == []


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
