"""Conflicts: what the two sides do not agree on, the oldest first."""

import sqlite3
from datetime import date

from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.raised import Raised, listed
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full

COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("conflict", lambda item: item.words, wraps=True),
    Column(
        "since",
        lambda item: full(item.heard_on),
        lambda item: "overdue" if item.state == "open" else "done",
        is_spoken=True,
    ),
    Column("agreed", lambda item: item.answer or "", wraps=True),
)

OPEN = "resolved_on IS NULL AND dropped_on IS NULL"


def conflicts(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List the open conflicts, the oldest first."""
    items = listed(db, "conflict", today, f"{OPEN} AND {only.on('contact_id')}", only.values)
    return Report(
        "conflicts", "Conflicts open", today, COLUMNS, items, "No conflict is open.", "engage conflicts", kind=Raised
    )


def every_conflict(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List all conflicts ever, the open ones first."""
    items = listed(db, "conflict", today, only.on("contact_id"), only.values)
    items.sort(key=lambda item: item.state != "open")
    return Report(
        "conflicts",
        "Conflicts",
        today,
        COLUMNS,
        items,
        "There never was a conflict.",
        "engage conflicts --all",
        kind=Raised,
    )
