"""Apologies owed: what went wrong on our side and was not yet both said and fixed."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engage_cli import numbers
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import DRAWN, Column, Report
from engage_cli.reports.wording import days


@dataclass(frozen=True)
class OwedApology:
    """One apology. Days are ISO, `days_owed` runs until it was said and fixed; `next` is say, fix or None."""

    id: str
    contact: str
    name: str
    words: str
    cause: str | None
    impact: str | None
    remedy: str | None
    owed_on: str
    said_on: str | None
    fixed_on: str | None
    days_owed: int
    next: str | None
    is_dropped: bool = field(default=False, metadata=DRAWN)
    course: str = field(default="", metadata=DRAWN)  # what was said of each step, in the words that were stored


COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("what went wrong", lambda item: item.words, wraps=True),
    Column(
        "owed for",
        lambda item: days(item.days_owed),
        mark=lambda item: "overdue" if item.next else "" if item.is_dropped else "done",
        is_spoken=True,
    ),
    Column("next", lambda item: item.next or ("dropped" if item.is_dropped else "nothing, it is done"), is_spoken=True),
    Column("how it went", lambda item: item.course, wraps=True, is_roomy=True),
)

# What was written down with each step, and how it is introduced.
COURSE = {
    "said_words": "said",
    "fixed_words": "fixed",
    "confirmed_words": "confirmed",
    "prevent": "never again",
    "dropped_why": "dropped",
}

OPEN = "dropped_on IS NULL AND (said_on IS NULL OR fixed_on IS NULL)"


def apologies(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List the apologies that are not yet both said and fixed, the oldest first."""
    return Report(
        "apologies",
        "Apologies owed",
        today,
        COLUMNS,
        listed(db, today, f"{OPEN} AND {only.on('contact_id')}", only.values),
        "No apology is owed.",
        "engage apologies",
        kind=OwedApology,
    )


def every_apology(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List all apologies ever, those owed first."""
    items = listed(db, today, only.on("contact_id"), only.values)
    items.sort(key=lambda item: item.next is None)
    empty, more = "No apology was ever owed.", "engage apologies --all"
    return Report("apologies", "Apologies", today, COLUMNS, items, empty, more, kind=OwedApology)


def listed(db: sqlite3.Connection, today: date, condition: str, values: tuple[int, ...]) -> list[OwedApology]:
    """List the apologies that a condition selects, the oldest first."""
    rows = db.execute(
        "SELECT apologies.id, handle, name, words, cause, impact, remedy, owed_on, said_on, fixed_on, dropped_on,"
        f" {', '.join(COURSE)} FROM apologies JOIN contacts ON contacts.id = contact_id"
        f" WHERE {condition} ORDER BY owed_on, apologies.id",
        values,
    )
    return [_item(row, today) for row in rows]


def _item(row: tuple[Any, ...], today: date) -> OwedApology:
    number, handle, name, words, cause, impact, remedy, owed_on, said_on, fixed_on, dropped_on, *course = row
    number = numbers.shown("apology", number)
    ended_on = dropped_on or (max(said_on, fixed_on) if said_on and fixed_on else today.isoformat())
    owed = max(0, (date.fromisoformat(ended_on) - date.fromisoformat(owed_on)).days)
    step = None if dropped_on else "say" if not said_on else "fix" if not fixed_on else None
    went = "; ".join(f"{label}: {text}" for label, text in zip(COURSE.values(), course, strict=True) if text)
    known = (number, handle, name, words, cause, impact, remedy, owed_on, said_on, fixed_on, owed, step)
    return OwedApology(*known, dropped_on is not None, went)
