"""`engage neglected`."""

from engage_cli import settings
from engage_cli.commands.options import Format, Json, OrgFilter, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import neglected as report

app = application()


@app.command()
def neglected(
    who: WhoFilter = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show the customers whose day to talk has passed, worst first."""
    every = settings.load().every_days
    answer(Asked(who, tag, type_, org, form, json), lambda db, today, only: report.neglected(db, today, every, only))
