"""Brings an older journal up to date, in numbered steps that are never edited."""

import importlib
import os
import pkgutil
import sqlite3
from pathlib import Path
from types import ModuleType

from sqlite_utils import Database, Migrations

from engage_cli.errors import Unreadable
from engage_cli.store import opening, triggers


def steps() -> list[ModuleType]:
    """List the numbered modules: each has the VERSION it leads to and `apply(database)`."""
    names = sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if name.isdigit())
    return [importlib.import_module(f"{__name__}.{name}") for name in names]


def migrate(path: Path) -> None:
    """Copy the journal to `backups` beside it, then bring it up to date; it fails as a whole.

    Raises Unreadable where the copy or a step fails; the journal is then as it was.
    """
    db = opening.connect(path)
    try:
        # Rebuilding a table must not look like deleting its rows to those that refer to it.
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA busy_timeout = 5000")
        db.execute("BEGIN IMMEDIATE")
        version = _version(db)
        if version < opening.VERSION:  # another process may have been first
            _back_up(path, version)
            apply(db, version)
        db.execute("COMMIT")
    finally:
        db.close()


def apply(db: sqlite3.Connection, version: int) -> None:
    """Take every step above `version` inside the open transaction, and make the triggers anew."""
    triggers.drop(db)
    _run(Database(db), version)
    triggers.create(db)
    for table in triggers.SEARCHED:
        triggers.fill(db, table)
    if broken := db.execute("PRAGMA foreign_key_check").fetchone():
        raise Unreadable(f"Updating the journal left a row of {broken[0]} without what it belongs to; it was undone.")
    db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {opening.VERSION}")


def _run(database: Database, version: int) -> None:
    migrations = Migrations("engage")
    for step in steps():
        if version < step.VERSION:
            migrations(name=step.__name__)(step.apply)
    migrations.apply(database)
    # user_version is the one record of how far a journal is.
    database[Migrations.migrations_table].drop()


def _back_up(path: Path, version: int) -> None:
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{path.stem}-before-{opening.VERSION}-from-{version}-{os.urandom(3).hex()}.db"
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    source, target = opening.connect(path), opening.connect(copy)
    try:
        source.backup(target)
        sound = target.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and _version(target) == version
    finally:
        source.close()
        target.close()
    if not sound:
        raise opening.damaged(path, f"its copy {copy} is not sound, so it was not updated")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
