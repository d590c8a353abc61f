"""Needs, conflicts and steers: what they raised and what became of it."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from engage_cli import numbers
from engage_cli.reports.report import DRAWN


@dataclass(frozen=True)
class Raised:
    """One need, conflict or steer; `state` is open until it is decided. Days are ISO."""

    id: str
    contact: str
    name: str
    words: str
    heard_on: str
    state: str
    decided_on: str | None
    answer: str | None
    until_on: str | None = field(default=None, metadata=DRAWN)  # a need put off


# For each noun: its state, the day it was decided and the words of the decision; what was done says more.
DECIDED = {
    "need": (
        "CASE WHEN done_on IS NOT NULL THEN 'done' ELSE coalesce(decision, 'open') END",
        "decided_on",
        "coalesce(done_words, decided_words)",
    ),
    "conflict": (
        "CASE WHEN resolved_on IS NOT NULL THEN 'resolved' WHEN dropped_on IS NOT NULL THEN 'dropped' ELSE 'open' END",
        "coalesce(resolved_on, dropped_on)",
        "coalesce(resolution, dropped_why)",
    ),
    "steer": (
        "CASE WHEN done_on IS NOT NULL THEN 'done' ELSE coalesce(answer, 'open') END",
        "answered_on",
        "coalesce(done_words, answer_words)",
    ),
}


def listed(db: sqlite3.Connection, noun: str, today: date, condition: str, values: tuple[object, ...]) -> list[Raised]:
    """List the needs, conflicts or steers that a condition selects, the oldest first."""
    table = numbers.TABLES[noun]
    state, decided_on, answer = DECIDED[noun]
    until_on = "until_on" if noun == "need" else "NULL"
    rows = db.execute(
        f"SELECT {table}.id, handle, name, words, heard_on, {state}, {decided_on}, {answer}, {until_on} FROM {table}"
        f" JOIN contacts ON contacts.id = contact_id WHERE {condition} ORDER BY heard_on, {table}.id",
        values,
    )
    return [Raised(numbers.shown(noun, number), *rest) for number, *rest in rows]
