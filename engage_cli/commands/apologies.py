"""`engage apologies`."""

from engage_cli.commands.options import Everything, Format, Json, OrgFilter, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import apologies as report

app = application()


@app.command()
def apologies(
    everything: Everything = False,
    who: WhoFilter = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show the apologies owed, the oldest first."""
    question = report.every_apology if everything else report.apologies
    answer(Asked(who, tag, type_, org, form, json), question)
