"""`engage stats`."""

from typing import Annotated

import typer

from engage_cli import settings
from engage_cli.commands.options import Format, Json, OrgFilter, TagFilter, TypeFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import stats as report

app = application()


@app.command()
def stats(
    who: Annotated[str | None, typer.Argument(metavar="[WHO]", help="Only this contact.")] = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show the last year in figures, for all or for one contact."""
    starts = settings.load().values["week_starts"]
    answer(Asked(who, tag, type_, org, form, json), lambda db, today, only: report.stats(db, today, only, starts))
