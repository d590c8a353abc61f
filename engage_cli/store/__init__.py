"""The journal's file: `reading()` to ask it, `writing(command)` to change it.

Both hand out a connection inside one transaction and close it at the end, so that nothing
is printed, paged or asked while the file is held.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage_cli import clock, settings
from engage_cli.errors import Busy, Problem
from engage_cli.store import opening

FIRST_WAIT, SECOND_WAIT = 1000, 4000  # milliseconds: in silence, then having said so


@dataclass
class Transaction:
    """One action being written: its open connection, its number, its moment in UTC."""

    db: sqlite3.Connection
    action_id: int
    at: str
    stored: bool = False  # known once the transaction is over: whether anything was changed and committed

    def insert(self, table: str, **values: Any) -> int:
        """Add a row and return its number."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        cursor = self.db.execute(f"INSERT INTO {table}({names}) VALUES ({marks})", tuple(values.values()))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def update(self, table: str, row_id: int, **values: Any) -> None:
        """Change the named columns of one row."""
        if values:
            pairs = ", ".join(f"{name} = ?" for name in values)
            self.db.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", (*values.values(), row_id))

    def delete(self, table: str, row_id: int) -> None:
        """Remove one row; the history keeps it."""
        self.db.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    @property
    def changed(self) -> bool:
        """Whether this action has changed anything yet."""
        found = self.db.execute("SELECT 1 FROM changes WHERE action_id = ? LIMIT 1", (self.action_id,))
        return found.fetchone() is not None


class Dangling(Exception):
    """A transaction would leave a row without what it belongs to: `table` and `row_id` name it."""

    def __init__(self, table: str, row_id: int) -> None:
        super().__init__(f"{table} {row_id}")
        self.table, self.row_id = table, row_id


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """Open the journal for one consistent look; nothing can be changed through it.

    A journal that does not exist yet reads as an empty one, and says so on standard error.
    Raises Unreadable, Busy.
    """
    path = settings.journal()
    with _explaining(path):
        db = opening.existing(path) if opening.exists(path) else opening.blank()
        try:
            db.execute("PRAGMA query_only = ON")
            _patiently(db, path, lambda: _look(db))
            yield db
        finally:
            db.close()


@contextmanager
def writing(command: str) -> Iterator[Transaction]:
    """Open one action: everything written inside is stored together, or nothing is.

    `command` is the command's own name ('promise kept'), never the words typed. An action
    that changed nothing leaves no trace. Creates the journal at first use.
    Raises Unreadable, Busy.
    """
    path = settings.journal()
    with _explaining(path):
        opening.ensure(path)
        db = opening.existing(path)
        try:
            _patiently(db, path, lambda: db.execute("BEGIN IMMEDIATE"))
            transaction = _begin(db, command)
            yield transaction
            db.execute("DELETE FROM doing")
            if transaction.changed:
                _patiently(db, path, lambda: _commit(db))
                transaction.stored = True
        finally:
            # Closing takes back whatever was not committed.
            db.close()


def _look(db: sqlite3.Connection) -> None:
    # BEGIN alone takes no lock; the first look does, and fixes what this transaction sees.
    if not db.in_transaction:
        db.execute("BEGIN")
    db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


def _begin(db: sqlite3.Connection, command: str) -> Transaction:
    at = clock.moment()
    action = db.execute("INSERT INTO actions(command, at, device) VALUES (?, ?, ?)", (command, at, opening.device()))
    assert action.lastrowid is not None
    db.execute("INSERT INTO doing(one, action_id) VALUES (1, ?)", (action.lastrowid,))
    return Transaction(db, action.lastrowid, at)


def _commit(db: sqlite3.Connection) -> None:
    try:
        db.execute("COMMIT")
    except sqlite3.IntegrityError as error:
        row = db.execute("PRAGMA foreign_key_check").fetchone()
        raise (Dangling(row[0], row[1]) if row else error) from error


def _patiently(db: sqlite3.Connection, path: Path, step: Callable[[], object]) -> None:
    """Take a step that may find the journal in use: wait a second, say so, wait four more."""
    try:
        db.execute(f"PRAGMA busy_timeout = {FIRST_WAIT}")
        step()
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        print("The journal is in use by another program; waiting ...", file=sys.stderr, flush=True)
        db.execute(f"PRAGMA busy_timeout = {SECOND_WAIT}")
        step()


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """Say in the user's terms what SQLite found wrong with the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and _is_busy(error):
            raise Busy(path) from error
        raise _explained(error, path) from error


def _explained(error: sqlite3.DatabaseError, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_READONLY:
        return Problem(f"The journal {path} is read-only. Make the file and its folder writable, then repeat.")
    if code == sqlite3.SQLITE_FULL:
        return Problem(f"The disk is full; nothing was written to {path}. Make room, then repeat.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return opening.damaged(path, str(error))
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return Problem(f"The journal {path} could not be read or written: {error}. Nothing was lost; see to the disk.")
    return error


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
