"""What went well: promises kept in time, apologies closed."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import numbers
from engage_cli.reports.promises import kept_in_time
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full


@dataclass(frozen=True)
class Success:
    """One thing that went well: `what` it was (kept, closed) and the ISO day."""

    what: str
    id: str
    contact: str
    name: str
    words: str
    on: str


COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("what", lambda item: item.what, mark=lambda item: "done"),
    Column("words", lambda item: item.words, wraps=True),
    Column("when", lambda item: full(item.on)),
)


def well(db: sqlite3.Connection, today: date, since: date) -> Report:
    """List what went well since a day, the latest first."""
    items = sorted([*_kept(db, today, since), *_closed(db, since)], key=lambda item: item.on, reverse=True)
    return Report("well", "What went well", today, COLUMNS, items, "Nothing was kept or closed yet; it will come.")


def _kept(db: sqlite3.Connection, today: date, since: date) -> list[Success]:
    return [
        Success(_kept_by(promise.by), promise.id, promise.contact, promise.name, promise.words, promise.kept_on or "")
        for promise in kept_in_time(db, today, since)
    ]


def _kept_by(side: str) -> str:
    return "kept in time" if side == "me" else "kept by them"


def _closed(db: sqlite3.Connection, since: date) -> list[Success]:
    rows = db.execute(
        "SELECT apologies.id, handle, name, words, max(said_on, fixed_on) AS closed_on FROM apologies"
        " JOIN contacts ON contacts.id = contact_id WHERE said_on >= ?1 AND fixed_on IS NOT NULL AND dropped_on IS NULL"
        " OR fixed_on >= ?1 AND said_on IS NOT NULL AND dropped_on IS NULL",
        (since.isoformat(),),
    )
    return [
        Success("put right", numbers.shown("apology", number), handle, name, words, on)
        for number, handle, name, words, on in rows
    ]
