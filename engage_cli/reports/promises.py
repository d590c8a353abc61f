"""Promises: what each side said it would do, what is overdue first."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from engage_cli import numbers
from engage_cli.reports import wording
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import DRAWN, Column, Report


@dataclass(frozen=True)
class Promised:
    """One promise. Days are ISO; `moved` counts how often the due date was moved; `days_overdue` is None
    where nothing is due, and 0 where it is not overdue.
    """

    id: str
    contact: str
    name: str
    by: str
    words: str
    made_on: str
    due_on: str | None
    first_due_on: str | None
    moved: int
    kept_on: str | None
    days_overdue: int | None
    state: str
    ending: str = field(default="", metadata=DRAWN)  # how it ended, in the words that were stored


COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("by", lambda item: item.by),
    Column("what", lambda item: item.words, wraps=True),
    Column("due", lambda item: _due(item), mark=lambda item: _mark(item)),
    Column("overdue by", lambda item: _late(item), lambda _: "overdue", is_spoken=True),
    Column("how it ended", lambda item: item.ending, wraps=True),
)

FORGOTTEN = 14  # days after which a promise without a due date is asked about in the review

OPEN = "kept_on IS NULL AND broken_on IS NULL AND dropped_on IS NULL"

FIRST_DUE = "(SELECT due_on FROM due_dates WHERE promise_id = promises.id ORDER BY id LIMIT 1)"
LAST_DUE = "(SELECT due_on FROM due_dates WHERE promise_id = promises.id ORDER BY id DESC LIMIT 1)"
ASKED_FOR = """(SELECT due_on FROM due_dates WHERE promise_id = promises.id AND asked_by <> side
  ORDER BY id DESC LIMIT 1)"""

# In time is by the last date that the other side asked for, else by the first; without a date, always.
IN_TIME = f"kept_on <= coalesce({ASKED_FOR}, {FIRST_DUE}, kept_on)"

ROWS = f"""
SELECT promises.id, handle, name, side, words, made_on, {LAST_DUE}, {FIRST_DUE},
  (SELECT max(0, count(*) - 1) FROM due_dates WHERE promise_id = promises.id),
  kept_on, broken_on, dropped_on, coalesce(kept_words, broken_words, dropped_why), circumstances, taken
FROM promises JOIN contacts ON contacts.id = contact_id
"""


def promises(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List the open promises of both sides, the longest overdue first, those without a date last."""
    return Report(
        "promises",
        "Open promises",
        today,
        COLUMNS,
        listed(db, today, f"{OPEN} AND {only.on('contact_id')}", only.values),
        "No promise is open.",
        "engage promises",
        kind=Promised,
    )


def every_promise(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List all promises ever, the open ones first."""
    items = listed(db, today, only.on("contact_id"), only.values)
    items.sort(key=lambda item: item.state != "open")
    empty, more = "Nobody has promised anything yet.", "engage promises --all"
    return Report("promises", "Promises", today, COLUMNS, items, empty, more, kind=Promised)


def due_soon(db: sqlite3.Connection, today: date, within: int = 7) -> Report:
    """List the open promises that are overdue or due within so many days, and those without a day that grow old."""
    until, made = (today + timedelta(days=within)).isoformat(), (today - timedelta(days=FORGOTTEN)).isoformat()
    items = [
        item for item in listed(db, today, OPEN, ()) if (item.due_on <= until if item.due_on else item.made_on <= made)
    ]
    return Report(
        "promises", "Promises due", today, COLUMNS, items, "No promise is due.", "engage promises", kind=Promised
    )


def listed(db: sqlite3.Connection, today: date, condition: str, values: tuple[object, ...]) -> list[Promised]:
    """List the promises that a condition selects, by due date, then by number."""
    # Sorted here, because an ORDER BY would keep SQLite from reading the open ones by their own index.
    found = [_item(row, today) for row in sorted(db.execute(f"{ROWS} WHERE {condition}", values))]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or ""))


def kept_in_time(db: sqlite3.Connection, today: date, since: date) -> list[Promised]:
    """List the promises kept since a day and in time: by the first due date, or by one the other side asked for."""
    return listed(db, today, f"kept_on IS NOT NULL AND kept_on >= ? AND {IN_TIME}", (since.isoformat(),))


def outcomes(
    db: sqlite3.Connection, today: date, only: Only = EVERYONE, since: date = date.min
) -> dict[str, tuple[int, int]]:
    """Count for each side (me, them) how many promises were kept in time, of those made since a day whose
    outcome is known: kept, broken or overdue.
    """
    values = {"today": today.isoformat(), "since": since.isoformat()}
    condition = f"made_on BETWEEN :since AND :today AND {only.named(values)}"
    rows = db.execute(
        f"SELECT side, sum(kept_on IS NOT NULL AND {IN_TIME}), count(*) FROM promises"
        f" WHERE dropped_on IS NULL AND {condition}"
        f" AND (kept_on IS NOT NULL OR broken_on IS NOT NULL OR {LAST_DUE} < :today) GROUP BY side",
        values,
    )
    return {side: (in_time, known) for side, in_time, known in rows}


def _item(row: tuple[Any, ...], today: date) -> Promised:
    number, handle, name, side, words, made_on, due_on, first_due_on, moved, kept_on, *ended = row
    broken_on, dropped_on, *ending = ended
    state = "kept" if kept_on else "broken" if broken_on else "dropped" if dropped_on else "open"
    overdue = wording.overdue(due_on, today) if state == "open" else None
    number = numbers.shown("promise", number)
    how = "; ".join(text for text in ending if text)
    return Promised(
        number, handle, name, side, words, made_on, due_on, first_due_on, moved, kept_on, overdue, state, how
    )


def _due(item: Promised) -> str:
    moved = f", moved {item.moved}x" if item.moved else ""
    if item.state != "open":
        return f"{item.state} {wording.full(item.kept_on)}".strip() + moved
    return wording.full(item.due_on, "no due date") + moved


def _late(item: Promised) -> str:
    return wording.days(item.days_overdue) if item.days_overdue else ""


def _mark(item: Promised) -> str:
    if item.state != "open":
        return "done" if item.state == "kept" else ""
    return "overdue" if item.days_overdue else "soon" if item.due_on else ""
