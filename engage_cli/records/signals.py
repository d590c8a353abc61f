"""What holds for every signal: bringing it up, moving it to another contact, deleting it."""

import importlib
import sqlite3
from datetime import date

from engage_cli import numbers
from engage_cli.errors import Problem
from engage_cli.records import rows
from engage_cli.signals import KEYWORDS, Signal
from engage_cli.store import Transaction

# The verb that writes down each noun, in the module of its plural; loaded when it is needed.
VERBS = {
    "apology": "owe",
    "promise": "make",
    "expectation": "hear",
    "insight": "hear",
    "need": "hear",
    "conflict": "surface",
    "steer": "take",
}

# The columns that are filled when something followed on a signal.
FACTS = {
    "apology": ("said_on", "fixed_on", "confirmed_on", "dropped_on"),
    "promise": ("kept_on", "broken_on", "dropped_on"),
    "expectation": ("answered_on",),
    "insight": (),
    "need": ("decided_on", "done_on"),
    "conflict": ("resolved_on", "dropped_on"),
    "steer": ("answered_on", "done_on"),
}

# The day on which each was heard.
DAYS = {"apology": "owed_on", "promise": "made_on"}


def bring_up(
    tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date
) -> tuple[str, int]:
    """Write down one signal of a conversation; return its noun and its number."""
    noun = KEYWORDS[signal.keyword].noun
    module = importlib.import_module(f"engage_cli.records.{numbers.TABLES[noun]}")
    number: int = getattr(module, VERBS[noun])(tx, signal, contact_id, conversation_id, on)
    return noun, number


def of(db: sqlite3.Connection, conversation_id: int) -> list[tuple[str, int]]:
    """List the signals of a conversation as noun and number, in the order of the vocabulary."""
    return [
        (noun, row_id)
        for noun in FACTS
        for (row_id,) in db.execute(
            f"SELECT id FROM {numbers.TABLES[noun]} WHERE conversation_id = ? ORDER BY id", (conversation_id,)
        )
    ]


def is_followed(db: sqlite3.Connection, noun: str, row_id: int) -> bool:
    """Whether something followed on a signal: it was said, kept, moved, answered ..."""
    if noun == "promise" and _moved_or_apologised(db, row_id):
        return True
    filled = " OR ".join(f"{column} IS NOT NULL" for column in FACTS[noun]) or "0"
    return (
        db.execute(f"SELECT 1 FROM {numbers.TABLES[noun]} WHERE id = ? AND ({filled})", (row_id,)).fetchone()
        is not None
    )


def move(tx: Transaction, noun: str, row_id: int, contact_id: int) -> None:
    """Give a signal to another contact."""
    require(tx.db, noun, row_id)
    tx.update(numbers.TABLES[noun], row_id, contact_id=contact_id)


def redate(tx: Transaction, conversation_id: int, was: str, on: date) -> None:
    """Move the signals that were heard in a conversation along with its day."""
    for noun, row_id in of(tx.db, conversation_id):
        table, column = numbers.TABLES[noun], DAYS.get(noun, "heard_on")
        days = (on.isoformat(), row_id, was)
        tx.db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ? AND {column} = ?", days)
        if noun == "promise":  # its first due date was set when it was made
            first = "id = (SELECT min(id) FROM due_dates WHERE promise_id = ?)"
            tx.db.execute(f"UPDATE due_dates SET set_on = ? WHERE {first} AND set_on = ?", days)


def delete(tx: Transaction, noun: str, row_id: int) -> None:
    """Delete one signal with all that hangs on it; raises NotFound, and Problem where an apology refers to it."""
    require(tx.db, noun, row_id)
    if noun == "promise":
        for (due_id,) in tx.db.execute("SELECT id FROM due_dates WHERE promise_id = ?", (row_id,)).fetchall():
            tx.delete("due_dates", due_id)
        for (apology_id,) in tx.db.execute("SELECT id FROM apologies WHERE promise_id = ?", (row_id,)).fetchall():
            owed = numbers.shown("apology", apology_id)
            raise Problem(f"{owed} is owed for {numbers.shown(noun, row_id)}; delete {owed} first.")
    tx.delete(numbers.TABLES[noun], row_id)


def require(db: sqlite3.Connection, noun: str, row_id: int) -> None:
    """Raise NotFound unless there is such a row."""
    if db.execute(f"SELECT 1 FROM {numbers.TABLES[noun]} WHERE id = ?", (row_id,)).fetchone() is None:
        raise rows.unknown(noun, row_id)


def _moved_or_apologised(db: sqlite3.Connection, promise_id: int) -> bool:
    dates = db.execute("SELECT count(*) FROM due_dates WHERE promise_id = ?", (promise_id,)).fetchone()[0]
    owed = db.execute("SELECT 1 FROM apologies WHERE promise_id = ?", (promise_id,)).fetchone()
    return dates > 1 or owed is not None
