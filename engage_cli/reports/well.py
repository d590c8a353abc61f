"""What went well: promises kept in time, apologies closed, feelings that rose, new introductions."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import numbers
from engage_cli.reports.feelings import moved
from engage_cli.reports.promises import kept_in_time
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full
from engage_cli.signals import LEVEL_NAMES


@dataclass(frozen=True)
class Success:
    """One thing that went well: `what` it was and the ISO day; an introduction has no number."""

    what: str
    id: str | None
    contact: str
    name: str
    words: str
    on: str


COLUMNS = (
    Column("", lambda item: item.id or ""),
    Column("who", lambda item: item.name),
    Column("what", lambda item: item.what, mark=lambda item: "done"),
    Column("words", lambda item: item.words, wraps=True),
    Column("when", lambda item: full(item.on)),
)

CLOSED = """
SELECT apologies.id, handle, name, words, max(said_on, fixed_on) FROM apologies
JOIN contacts ON contacts.id = contact_id
WHERE max(said_on, fixed_on) >= :since AND dropped_on IS NULL
"""
MET = """
SELECT met.handle, met.name, introducer.name, introduced_on FROM introductions
JOIN contacts AS met ON met.id = contact_id JOIN contacts AS introducer ON introducer.id = introducer_id
WHERE introduced_on >= :since
"""


def well(db: sqlite3.Connection, today: date, since: date) -> Report:
    """List what went well since a day, the latest first."""
    items = [*_kept(db, today, since), *_closed(db, since), *_risen(db, since), *_met(db, since)]
    items.sort(key=lambda item: item.on, reverse=True)
    return Report("well", "What went well", today, COLUMNS, items, "Nothing was kept or closed yet; it will come.")


def _kept(db: sqlite3.Connection, today: date, since: date) -> list[Success]:
    return [
        Success(
            "kept in time" if promise.by == "me" else "kept by them",
            promise.id,
            promise.contact,
            promise.name,
            promise.words,
            promise.kept_on or "",
        )
        for promise in kept_in_time(db, today, since)
    ]


def _closed(db: sqlite3.Connection, since: date) -> list[Success]:
    rows = db.execute(CLOSED, {"since": since.isoformat()})
    return [Success("put right", numbers.shown("apology", number), *rest) for number, *rest in rows]


def _risen(db: sqlite3.Connection, since: date) -> list[Success]:
    return [
        Success(f"feels {LEVEL_NAMES[one.after]} again", one.id, one.contact, one.name, one.words, one.heard_on)
        for one in moved(db, since)
        if one.after > one.before
    ]


def _met(db: sqlite3.Connection, since: date) -> list[Success]:
    rows = db.execute(MET, {"since": since.isoformat()})
    return [Success("introduced", None, handle, name, f"by {introducer}", on) for handle, name, introducer, on in rows]
