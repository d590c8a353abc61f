"""The week: what is owed, due, neglected and changed, and what went well."""

import sqlite3
from datetime import date

from engage_cli import clock
from engage_cli.reports import reviews
from engage_cli.reports.apologies import apologies
from engage_cli.reports.expectations import expectations
from engage_cli.reports.neglected import neglected
from engage_cli.reports.promises import due_soon
from engage_cli.reports.report import Brief
from engage_cli.reports.well import well

ALL_WELL = "Nothing is owed, nobody is neglected. A good week."


def review(db: sqlite3.Connection, today: date, default_days: int, since: date | None = None) -> Brief:
    """Look over the week, from `since` or the last finished review on; worst first, what went well last."""
    start = since or reviews.since(db, today)
    sections = (
        apologies(db, today),
        due_soon(db, today),
        neglected(db, today, default_days),
        expectations(db, today, since=since),
        well(db, today, start),
    )
    return Brief(
        "review",
        f"Review of {clock.full(start)} to {clock.full(today)}",
        today,
        [section for section in sections if section.items],
        keys={"since": start.isoformat()},
        lines=() if any(section.items for section in sections[:-1]) else (ALL_WELL,),
        ending="When you are through: engage review --done",
        is_digest=True,
    )
