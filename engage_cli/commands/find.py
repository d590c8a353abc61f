"""`engage find`."""

from typing import Annotated

import typer

from engage_cli.commands.asking import past_day
from engage_cli.commands.options import Format, Json, OrgFilter, Since, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, answer
from engage_cli.commands.words import WordyCommand
from engage_cli.lazy import application
from engage_cli.reports import find as report

app = application()


@app.command(cls=WordyCommand)
def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words, or the beginnings of words.")],
    who: WhoFilter = None,
    since: Since = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")] = None,
    tag: TagFilter = None,
    type_: TypeFilter = None,
    org: OrgFilter = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, max=1_000_000, help="How many at the most.")] = 50,
    form: Format = "table",
    json: Json = False,
) -> None:
    """Search everything you wrote; every word must occur, accents and case do not matter."""
    first, last = (None if day is None else past_day(day) for day in (since, until))
    answer(
        Asked(who, tag, type_, org, form, json),
        lambda db, today, only: report.find(db, today, words, only, first, last, most),
    )
