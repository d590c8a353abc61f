"""`engage shifts`."""

from engage_cli.commands.asking import past_day
from engage_cli.commands.options import Format, Json, Since
from engage_cli.commands.reporting import Asked, answer
from engage_cli.lazy import application
from engage_cli.reports import shifts as report

app = application()


@app.command()
def shifts(since: Since = None, form: Format = "table", json: Json = False) -> None:
    """Show where two or more customers of a type changed, needed or felt the same; in the last 90 days, or --since."""
    start = None if since is None else past_day(since)
    answer(Asked(format=form, json=json), lambda db, today, only: report.shifts(db, today, start))
