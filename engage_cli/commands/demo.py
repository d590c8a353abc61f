"""`engage demo`: everything at once, on a made-up journal."""

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from engage_cli import clock, lazy
from engage_cli.errors import Problem
from engage_cli.lazy import application
from engage_cli.show.text import emit, visible

app = application()

STORY = Path(__file__).with_name("story.txt")

TO_TRY = (
    "engage show eunji",
    "engage log grace called her back --said a2",
    "engage undo",
)


@app.command()
def demo(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A folder for the journal.")] = None,
) -> None:
    """Make a journal of a dozen fictitious customers and review it; your own is not touched."""
    journal = _place(folder) / "journal.db"
    with _environment(ENGAGE_DB=str(journal)):
        _tell(context)
        emit(f"A freelancer's journal, made up, in {visible(str(journal))}\n")
        _run(context, ["review"])
    export = visible(f"export ENGAGE_DB={shlex.quote(str(journal))}")
    emit(f"\nTo look around, say\n  {export}\nand try\n  " + "\n  ".join(TO_TRY))


def _place(folder: Path | None) -> Path:
    """Return the folder for the journal; raises Problem where there is a journal already."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="engage-demo-"))
    if (folder / "journal.db").exists():
        raise Problem(f"There is a journal in {folder} already; it was left as it is. Name another folder.")
    return folder.absolute()


def _tell(context: typer.Context) -> None:
    """Type the story, each line on its own day."""
    now = clock.now()
    for line in STORY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            day, _, command = line.partition(" ")
            with _environment(ENGAGE_NOW=_moment(now, int(day))), redirect_stdout(StringIO()):
                _run(context, shlex.split(command))


def _moment(now: datetime, days: int) -> str:
    return (now.replace(hour=12, minute=0, second=0) + timedelta(days=days)).isoformat()


def _run(context: typer.Context, words: list[str]) -> None:
    """Run one command line as if it had been typed."""
    lazy.invoke(context.find_root().command, words)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
