"""`engage history`: what was done."""

from typing import Annotated

import typer

from engage_cli.commands.asking import certain
from engage_cli.commands.options import Format, Json
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports.history import actions
from engage_cli.who import find

app = application()


@app.command()
def history(
    who: Annotated[str | None, typer.Argument(metavar="[WHO]", help="Only what touched this contact.")] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, max=1_000_000, help="How many at the most.")] = 50,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show what was done, the latest first, with the numbers that undo takes."""
    name = certain([who])[0] if who else None
    answer(
        Asked(format=form, json=json),
        lambda db, today, only: actions(db, today, find(db, name).id if name else None, most),
    )
