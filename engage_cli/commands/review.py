"""`engage review`."""

from datetime import date
from typing import Annotated

import typer

from engage_cli import clock, settings, store
from engage_cli.commands.asking import past_day
from engage_cli.commands.options import Format, Json, Since
from engage_cli.commands.replying import reply
from engage_cli.commands.reporting import Asked, answer
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.records import reviews
from engage_cli.reports import review as report
from engage_cli.reports.reviews import since as since_last

app = application()


@app.command()
def review(
    context: typer.Context,
    since: Since = None,
    walk: Annotated[bool, typer.Option("--walk", help="Go through it item by item, one key each.")] = False,
    done: Annotated[bool, typer.Option("--done", help="Store that the week was reviewed.")] = False,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Look over the week: what is owed, due, neglected and changed, and what went well."""
    start = None if since is None else past_day(since)
    if walk:
        if done or json or form != "table":
            raise WrongUsage("--walk goes with --since only.")
        _walk(context, start)
        return
    if done:
        with store.writing("review") as tx:
            reviews.finish(tx, start or since_last(tx.db, clock.today()), clock.today())
        reply(tx, [f"The week up to {clock.full(clock.today())} is reviewed; the next review looks back to it."], json)
        return
    every = settings.load().every_days
    answer(Asked(format=form, json=json), lambda db, today, only: report.review(db, today, every, start))


def _walk(context: typer.Context, start: date | None) -> None:
    from engage_cli.commands.walk import walk

    walk(context.find_root().command, start)
