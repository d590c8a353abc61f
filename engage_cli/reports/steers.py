"""Steers: the course-corrections that are not yet acted on, the oldest first."""

import sqlite3
from datetime import date

from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.raised import Raised, listed
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full

COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("course-correction", lambda item: item.words, wraps=True),
    Column("heard", lambda item: full(item.heard_on)),
    Column("answer", lambda item: _answer(item), wraps=True),
)

OPEN = "answer IS NOT 'declined' AND done_on IS NULL"


def steers(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List the course-corrections that are neither declined nor done, the oldest first."""
    items = listed(db, "steer", today, f"{OPEN} AND {only.on('contact_id')}", only.values)
    empty = "Every course-correction is acted on."
    return Report("steers", "Course-corrections", today, COLUMNS, items, empty, "engage steers", kind=Raised)


def every_steer(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List all course-corrections ever, the open ones first."""
    items = listed(db, "steer", today, only.on("contact_id"), only.values)
    items.sort(key=lambda item: item.state not in ("open", "accepted"))
    empty, more = "Nobody has corrected your course yet.", "engage steers --all"
    return Report("steers", "Course-corrections", today, COLUMNS, items, empty, more, kind=Raised)


def _answer(item: Raised) -> str:
    state = "none yet" if item.state == "open" else item.state
    return f"{state}: {item.answer}" if item.answer else state
