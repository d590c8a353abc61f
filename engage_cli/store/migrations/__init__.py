"""Brings an older journal up to date, in numbered steps that are never edited."""

import importlib
import os
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType

from sqlite_utils import Database, Migrations

from engage_cli.errors import Unreadable
from engage_cli.searched import SEARCHED
from engage_cli.store import opening, triggers


def steps() -> list[ModuleType]:
    """List the numbered modules: each has the VERSION it leads to and `apply(database)`."""
    names = sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if name.isdigit())
    return [importlib.import_module(f"{__name__}.{name}") for name in names]


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Copy the journal to `backups` beside it, then bring it up to date inside the open transaction.

    Raises Unreadable where the copy or a step fails; nothing is to be committed then.
    """
    version = opening.version(db)
    copy = _back_up(path, version)
    try:
        apply(db, version)
    except Exception as error:
        raise Unreadable(
            f"The journal {path} could not be brought up to date ({error}) and was left as it is;"
            f" a copy of it is {copy}. Please report this, and use the older engage until it is mended."
        ) from error


def apply(db: sqlite3.Connection, version: int) -> None:
    """Take every step above `version` inside the open transaction, and make the triggers anew."""
    triggers.drop(db)
    _run(Database(db), version)
    triggers.create(db)
    for table in SEARCHED:
        triggers.fill(db, table)
    if broken := db.execute("PRAGMA foreign_key_check").fetchone():
        raise ValueError(f"a row of {broken[0]} lost what it belongs to")
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


def _back_up(path: Path, version: int) -> Path:
    """Copy the journal, look whether the copy is sound, and return it."""
    name = f"{path.stem}-before-{opening.VERSION}-from-{version}-{os.urandom(3).hex()}.db"
    copy, aside = path.parent / "backups" / name, path.parent / "backups" / f".{name}"
    opening.make_folder(copy.parent)
    try:
        opening.make_file(aside)
        with closing(opening.connect(path)) as source, closing(opening.connect(aside)) as target:
            source.backup(target)
            is_sound = target.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not is_sound:
            raise opening.damaged(path, "its copy is not sound, so it was not brought up to date")
        aside.rename(copy)
    finally:
        aside.unlink(missing_ok=True)
    return copy
