"""Needs: what they need and you have not done or declined, the undecided first."""

import sqlite3
from datetime import date

from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.raised import Raised, listed
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full

COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("what they need", lambda item: item.words, wraps=True),
    Column("heard", lambda item: full(item.heard_on)),
    Column("decision", lambda item: decision(item), lambda item: "overdue" if item.state == "open" else "", wraps=True),
)

OPEN = "done_on IS NULL AND decision IS NOT 'declined'"
# The first half is the index's own condition, so that SQLite reads by it.
UNDECIDED = "(decision IS NULL OR decision = 'later') AND (decision IS NULL OR (done_on IS NULL AND until_on <= ?))"


def needs(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List the needs that are neither done nor declined, and say how many you have said yes to."""
    items = listed(db, "need", today, f"{OPEN} AND {only.on('contact_id')}", only.values)
    items.sort(key=lambda item: ["open", "later", "answered"].index(item.state))
    return _report(today, items, "Every need is met or declined.", "engage needs")


def every_need(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List all needs ever heard, the undecided first."""
    items = listed(db, "need", today, only.on("contact_id"), only.values)
    items.sort(key=lambda item: item.state != "open")
    return _report(today, items, "Nobody has said yet what they need.", "engage needs --all")


def undecided(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List the needs to decide now: those never decided, and those put off until a day that has come."""
    values = (today.isoformat(), *only.values)
    items = listed(db, "need", today, f"({UNDECIDED}) AND {only.on('contact_id')}", values)
    return Report(
        "needs", "Needs to decide", today, COLUMNS, items, "Every need is decided.", "engage needs", kind=Raised
    )


def decision(item: Raised) -> str:
    """Say what was decided about a need: not yet, or the decision and its words."""
    if item.state == "open":
        return "not yet"
    state = f"later, {full(item.until_on)}" if item.state == "later" else item.state
    return f"{state}: {item.answer}" if item.answer else state


def _report(today: date, items: list[Raised], empty: str, more: str) -> Report:
    capacity = sum(item.state == "answered" for item in items)
    said_yes = "1 need and not yet done it" if capacity == 1 else f"{capacity} needs and not yet done them"
    remark = f"You have said yes to {said_yes}." if capacity else ""
    return Report("needs", "Needs", today, COLUMNS, items, empty, more, remark, {"capacity": capacity}, kind=Raised)
