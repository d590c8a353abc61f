"""The week: what is owed, due, neglected and changed, and what went well."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from engage_cli import clock
from engage_cli.reports import reviews
from engage_cli.reports.apologies import apologies
from engage_cli.reports.conflicts import conflicts
from engage_cli.reports.expectations import expectations
from engage_cli.reports.feelings import fallen
from engage_cli.reports.needs import undecided
from engage_cli.reports.neglected import neglected
from engage_cli.reports.promises import due_soon
from engage_cli.reports.report import Brief, Report
from engage_cli.reports.shifts import fresh
from engage_cli.reports.steers import steers as open_steers
from engage_cli.reports.well import well

ALL_WELL = "Nothing is owed, nobody is neglected. A good week."


def review(db: sqlite3.Connection, today: date, default_days: int, since: date | None = None) -> Brief:
    """Look over the week, from `since` or the last finished review on; worst first, what went well last."""
    start = since or reviews.since(db, today)
    # Only a finished review has a moment to compare with; elsewhere the day the week begins must do.
    news = None if since is None and reviews.last_finished(db) else start
    everything = (
        apologies(db, today),
        due_soon(db, today),
        neglected(db, today, default_days),
        expectations(db, today, since=news),
        conflicts(db, today),
        open_steers(db, today),
        undecided(db, today),
        fallen(db, today, start),
        fresh(db, today, start),
        well(db, today, start),
    )
    sections = _without_archived(db, everything)
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


def _without_archived(db: sqlite3.Connection, sections: Iterable[Report]) -> list[Report]:
    """Leave out whoever is archived; what is still open with them was listed when they were put away."""
    away = {handle for (handle,) in db.execute("SELECT handle FROM contacts WHERE archived_on IS NOT NULL")}
    return [
        replace(section, items=[item for item in section.items if getattr(item, "contact", None) not in away])
        for section in sections
    ]
