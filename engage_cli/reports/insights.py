"""Insights: what we learnt about them, the latest first."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import numbers
from engage_cli.reports.only import Only
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full
from engage_cli.signals import LEVEL_NAMES


@dataclass(frozen=True)
class Heard:
    """One insight; `level` (5 great ... 1 upset) only where it is a feeling. Days are ISO."""

    id: str
    contact: str
    name: str
    kind: str
    level: int | None
    words: str
    heard_on: str


COLUMNS = (
    Column("", lambda item: item.id),
    Column("what", lambda item: item.kind),
    Column("in their words", lambda item: feeling(item.level, item.words), wraps=True),
    Column("heard", lambda item: full(item.heard_on)),
)


def insights(db: sqlite3.Connection, today: date, only: Only) -> Report:
    """List the insights of a filter, the latest first."""
    items = listed(db, today, only.on("contact_id"), only.values)
    return Report("insights", "Insights", today, COLUMNS, items, "Nothing was learnt yet.")


def listed(db: sqlite3.Connection, today: date, condition: str, values: tuple[int, ...]) -> list[Heard]:
    """List the insights that a condition selects, the latest first."""
    rows = db.execute(
        "SELECT insights.id, handle, name, insights.kind, level, words, heard_on FROM insights"
        f" JOIN contacts ON contacts.id = contact_id WHERE {condition} ORDER BY heard_on DESC, insights.id DESC",
        values,
    )
    return [Heard(numbers.shown("insight", number), *rest) for number, *rest in rows]


def feeling(level: int | None, words: str) -> str:
    """Write a feeling with its level in words: uneasy: about the price."""
    name = LEVEL_NAMES.get(level or 0, "")
    return f"{name}: {words}" if name and words else name or words
