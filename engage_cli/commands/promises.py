"""`engage promises`."""

from engage_cli.commands.options import Everything, Format, Json, OrgFilter, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import promises as report

app = application()


@app.command()
def promises(
    everything: Everything = False,
    who: WhoFilter = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show the open promises of both sides, the longest overdue first."""
    question = report.every_promise if everything else report.promises
    answer(Asked(who, tag, type_, org, form, json), question)
