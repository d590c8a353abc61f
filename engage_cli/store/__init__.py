"""The journal's file: `reading()` to ask it, `writing(command)` to change it.

Both hand out a connection inside one transaction and close it at the end, so that nothing
is printed, paged or asked while the file is held. Never open one inside the other: closing
the inner file would let go of the locks of the outer one (sqlite.org/howtocorrupt.html).
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from engage_cli import clock, settings
from engage_cli.errors import Busy, Problem
from engage_cli.store import opening

# What can be done first: a command that changes something that is there never makes an empty journal.
FIRST = {"log", "contact add", "type add", "import", "review"}

FIRST_WAIT, SECOND_WAIT = 1000, 4000  # milliseconds: in silence, then having said so
FIRST_PAUSE, SECOND_PAUSE = 20, 2  # milliseconds between two tries: who has waited longer tries more often


class Transaction:
    """One action being written: its open connection, its number, its moment in UTC."""

    def __init__(self, db: sqlite3.Connection, action_id: int, at: str) -> None:
        self.db = db
        self.action_id = action_id
        self.at = at
        self.stored = False  # known once the transaction is over: whether anything was changed and committed

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
    """A transaction would leave a row without what it belongs to; both are named as (table, id)."""

    def __init__(self, row: tuple[str, int], parent: tuple[str, int]) -> None:
        super().__init__(f"{row[0]} {row[1]} without {parent[0]} {parent[1]}")
        self.row, self.parent = row, parent


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """Open the journal for one consistent look; nothing can be changed through it.

    A journal that does not exist yet reads as an empty one, and says so on standard error.
    Raises Unreadable, Busy.
    """
    path = settings.journal()
    with _explaining(path):
        db = _opened(path, _look) if opening.exists(path) else opening.blank()
        try:
            db.execute("PRAGMA query_only = ON")
            yield db
        finally:
            db.close()


@contextmanager
def writing(command: str) -> Iterator[Transaction]:
    """Open one action: everything written inside is stored together, or nothing is.

    `command` is the command's own name ('promise kept'), never the words typed. An action
    that changed nothing leaves no trace. Creates the journal where the command is one of FIRST.
    Raises Unreadable, Busy, and Problem where there is no journal to change.
    """
    path = settings.journal()
    with _explaining(path):
        if command not in FIRST and not opening.exists(path):
            raise Problem(
                f"There is no journal at {path} yet, so nothing was changed. The first `engage log` creates it."
            )
        opening.ensure(path)
        db = _opened(path, _take)
        try:
            transaction = _begin(db, command)
            yield transaction
            db.execute("DELETE FROM doing")
            if transaction.changed:
                _patiently(db, _commit)
                transaction.stored = True
        finally:
            # Closing takes back whatever was not committed.
            db.close()


def _opened(path: Path, begin: Callable[[sqlite3.Connection], object]) -> sqlite3.Connection:
    """Open the journal inside a transaction, brought up to date first where its schema is older."""
    opening.recognise(path)
    db = opening.connect(path)
    try:
        _patiently(db, begin)
        if opening.checked(db, path) < opening.VERSION:
            db.execute("ROLLBACK")
            _bring_up_to_date(path)
            _patiently(db, begin)
    except BaseException:
        db.close()
        raise
    return db


def _bring_up_to_date(path: Path) -> None:
    from engage_cli.store import migrations

    with closing(opening.connect(path)) as db:
        # Rebuilding a table must not look like deleting its rows to those that refer to it.
        db.execute("PRAGMA foreign_keys = OFF")
        _patiently(db, _take)
        if opening.version(db) < opening.VERSION:  # another process may have been first
            migrations.migrate(db, path)
            _patiently(db, _commit)


def _look(db: sqlite3.Connection) -> None:
    # BEGIN alone takes no lock; the first look does, and fixes what this transaction sees.
    if not db.in_transaction:
        db.execute("BEGIN")
    db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


def _take(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA synchronous = FULL")  # looks into the file, so it may have to wait as well
    db.execute("BEGIN IMMEDIATE")


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
        raise (_dangling(db) or error) from None


def _dangling(db: sqlite3.Connection) -> Dangling | None:
    """Find what keeps the open transaction from being committed."""
    row = db.execute("PRAGMA foreign_key_check").fetchone()
    if row is None:
        return None
    table, row_id, parent, key = row
    column = next(one[3] for one in db.execute(f"PRAGMA foreign_key_list({table})") if one[:2] == (key, 0))
    (parent_id,) = db.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return Dangling((table, row_id), (parent, parent_id))


def _patiently(db: sqlite3.Connection, step: Callable[[sqlite3.Connection], object]) -> None:
    """Take a step that may find the journal in use: wait a second, say so, wait four more."""
    try:
        _persist(db, step, FIRST_WAIT, FIRST_PAUSE)
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        opening.say("The journal is in use by another program; waiting ...")
        _persist(db, step, SECOND_WAIT, SECOND_PAUSE)


def _persist(db: sqlite3.Connection, step: Callable[[sqlite3.Connection], object], wait: int, pause: int) -> None:
    # SQLite itself would try ever less often: among many, whoever waits longest would give up unserved.
    db.execute("PRAGMA busy_timeout = 0")
    end = time.monotonic() + wait / 1000
    while True:
        try:
            step(db)
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > end:
                raise
        time.sleep(pause / 1000)


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """Say in the user's terms what SQLite found wrong with the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if problem := _explained(error, path):
            raise problem from error
        raise


def _explained(error: sqlite3.DatabaseError, path: Path) -> Problem | None:
    code = _code(error)
    if _is_busy(error):
        return Busy(path)
    if code == sqlite3.SQLITE_READONLY:
        return Problem(f"The journal {path} is read-only. Make the file and its folder writable, then repeat.")
    if code == sqlite3.SQLITE_FULL:
        return Problem(f"The disk is full; nothing was written to {path}. Make room, then repeat.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "decode to UTF-8" in str(error):
        return opening.damaged(path, str(error))
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return Problem(f"The journal {path} could not be read or written: {error}. Nothing was lost; see to the disk.")
    return None


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _code(error: sqlite3.DatabaseError) -> int:
    """Return SQLite's primary result code; 0 where the error is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
