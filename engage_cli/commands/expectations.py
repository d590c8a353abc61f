"""`engage expectations`."""

from engage_cli.commands.options import Everything, Format, Json, OrgFilter, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import expectations as report

app = application()


@app.command()
def expectations(
    everything: Everything = False,
    who: WhoFilter = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show the expectations that changed: the unanswered ones, and all since the last review."""
    question = report.every_expectation if everything else report.expectations
    answer(Asked(who, tag, type_, org, form, json), question)
