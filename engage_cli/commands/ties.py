"""`engage ties`."""

from typing import Annotated

import typer

from engage_cli.commands.asking import certain
from engage_cli.commands.options import Json, OrgFilter, TagFilter, TypeFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import ties as report
from engage_cli.who import find

app = application()


@app.command()
def ties(
    who: Annotated[str | None, typer.Argument(metavar="[WHO]", help="Only the ties around this contact.")] = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, json, csv, markdown, ids, or dot for Graphviz.")
    ] = "table",
    json: Json = False,
) -> None:
    """Show who brought whom, who brought most, whom to thank, and who could introduce you."""
    name = certain([who])[0] if who else None
    answer(
        Asked(None, tag, type_, org, form, json),
        lambda db, today, only: report.ties(db, today, only, find(db, name).handle if name else None),
        more_formats=("dot",),
    )
