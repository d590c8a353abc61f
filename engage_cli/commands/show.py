"""`engage show`."""

from engage_cli import settings
from engage_cli.commands.asking import certain
from engage_cli.commands.options import Format, Json, Name
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import show as report
from engage_cli.who import find

app = application()


@app.command()
def show(who: Name, form: Format = "table", json: Json = False) -> None:
    """Show everything about one contact; of an organisation, its members too."""
    every = settings.load().every_days
    [name] = certain([who])
    answer(Asked(format=form, json=json), lambda db, today, only: report.show(db, today, find(db, name).id, every))
