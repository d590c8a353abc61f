"""Journals in memory, as good as new within a few milliseconds."""

import sqlite3
from functools import cache

from engage_cli.store import Transaction, opening

AT = "2026-11-20T11:00:00Z"


def transaction(is_bulk: bool = False) -> Transaction:
    """Begin an action on an empty journal in memory; in bulk without history and search index, which is faster."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.deserialize(_empty())
    for setting in ("foreign_keys = ON", "recursive_triggers = ON"):
        db.execute(f"PRAGMA {setting}")
    db.execute("BEGIN")
    return action(db, "test", is_bulk=is_bulk)


def action(db: sqlite3.Connection, command: str, at: str = AT, is_bulk: bool = False) -> Transaction:
    """Begin another action on a journal in memory."""
    db.execute("DELETE FROM doing")
    number = db.execute("INSERT INTO actions(command, at) VALUES (?, ?)", (command, at)).lastrowid
    assert number is not None
    db.execute("INSERT INTO doing(one, action_id, is_quiet, is_bulk) VALUES (1, ?, ?, ?)", (number, is_bulk, is_bulk))
    return Transaction(db, number, at)


@cache
def _empty() -> bytes:
    db = sqlite3.connect(":memory:", isolation_level=None)
    opening.build(db)
    return db.serialize()
