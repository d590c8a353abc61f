"""`engage contacts`."""

from engage_cli import settings
from engage_cli.commands.options import Everything, Format, Json, OrgFilter, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import contacts as report

app = application()


@app.command()
def contacts(
    everything: Everything = False,
    who: WhoFilter = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Show all contacts by name; with --all also those archived."""
    every = settings.load().every_days
    question = report.every_contact if everything else report.contacts
    answer(Asked(who, tag, type_, org, form, json), lambda db, today, only: question(db, today, every, only))
