"""`engage prep`."""

from typing import Annotated

import typer

from engage_cli import settings
from engage_cli.commands.asking import certain
from engage_cli.commands.options import Format, Json
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import prep as report
from engage_cli.who import find

app = application()


@app.command()
def prep(
    who: Annotated[list[str], typer.Argument(metavar="WHO...", help="A handle, a name or the beginning of one.")],
    form: Format = "table",
    json: Json = False,
) -> None:
    """Get ready for a call: what matters to them, what is owed, what to ask, on one screen."""
    every = settings.load().every_days
    [name] = certain([" ".join(who)])
    answer(Asked(format=form, json=json), lambda db, today, only: report.prep(db, today, find(db, name).id, every))
