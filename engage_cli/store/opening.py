"""Finding, checking and creating the journal's file.

A file that is not ours, damaged or newer is recognised by its first hundred bytes, before
SQLite is let near it, so that not one byte of it changes.
"""

import os
import sqlite3
import stat
import sys
from pathlib import Path

from engage_cli import settings
from engage_cli.errors import Unreadable

APPLICATION_ID = 0x656E6761  # "enga"
VERSION = 100  # major * 100 + minor: a newer minor is used, a newer major refused

# https://sqlite.org/fileformat2.html#the_database_header
MAGIC = b"SQLite format 3\x00"


def exists(path: Path) -> bool:
    """Whether there is something at `path`, be it a journal or not."""
    return os.path.lexists(path)


def ensure(path: Path) -> None:
    """Create an empty journal at `path` where there is nothing yet: folder 0700, file 0600."""
    if not exists(path):
        _create(path)


def existing(path: Path) -> sqlite3.Connection:
    """Open the journal at `path`, bringing an older schema up to date first.

    Raises Unreadable, with exit code 6 and the file untouched, for anything that is no
    journal of ours.
    """
    version = _recognised(path)
    if version < VERSION:
        from engage_cli.store import migrations

        migrations.migrate(path)
    return connect(path)


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a database file that must exist, with the journal's settings."""
    # mode=rw also for reading: a read-only connection cannot roll back what a crash left behind.
    db = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
    for setting in ("foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON", "synchronous = FULL"):
        db.execute(f"PRAGMA {setting}")
    return db


def blank() -> sqlite3.Connection:
    """Open an empty journal in memory, for looking at one that does not exist yet."""
    print(f"There is no journal at {settings.journal()} yet; the first `engage log` creates it.", file=sys.stderr)
    db = sqlite3.connect(":memory:", isolation_level=None)
    build(db)
    return db


def build(db: sqlite3.Connection) -> None:
    """Create all tables, triggers and the search index in an empty database."""
    from engage_cli.store import triggers

    db.execute("BEGIN")
    triggers.run(db, Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))
    triggers.create(db)
    db.execute("INSERT INTO meta(key, value) VALUES ('journal', lower(hex(randomblob(10))))")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")


def damaged(path: Path, why: str) -> Unreadable:
    """Say that a journal is damaged, and where a sound copy may be."""
    backups = path.parent / "backups"
    advice = f"Copies are in {backups}." if backups.is_dir() else "Put a copy from your backups in its place."
    return Unreadable(f"The journal {path} is damaged ({why}) and was left as it is. {advice}")


def device() -> str:
    """Name this machine by a random word from the state folder; empty where that cannot be kept."""
    path = settings.state_folder() / "device"
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return _new_device(path)


def _new_device(path: Path) -> str:
    name = os.urandom(5).hex()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name + "\n", encoding="ascii")
    except OSError:
        return ""
    return name


def _recognised(path: Path) -> int:
    """Return the schema version of the journal at `path`, from its header alone."""
    header, size = _header(path)
    if size == 0:
        raise Unreadable(f"{path} is empty, which a journal never is. Move it away, or put a copy in its place.")
    if not header.startswith(MAGIC):
        raise Unreadable(f"{path} is not a journal, or its beginning is damaged. It was left as it is.")
    if len(header) < 100:
        raise damaged(path, "it ends in its first line")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise Unreadable(f"{path} is a database of another program. It was left as it is; name another with --db.")
    version = int.from_bytes(header[60:64])
    if version // 100 > VERSION // 100:
        raise Unreadable(
            f"The journal {path} was written by a newer engage (schema {version}, this one knows {VERSION})."
            " It was left as it is; update engage."
        )
    if size < _stated_size(header) and not exists(path.with_name(path.name + "-journal")):
        raise damaged(path, "its end is missing")
    return version


def _header(path: Path) -> tuple[bytes, int]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise Unreadable(f"{path} is {what}, not a journal. Name the journal's file with --db or ENGAGE_DB.")
        with path.open("rb") as file:
            return file.read(100), status.st_size
    except OSError as error:
        raise Unreadable(f"The journal {path} cannot be read: {error.strerror}.") from None


def _stated_size(header: bytes) -> int:
    page = int.from_bytes(header[16:18])
    return (65536 if page == 1 else page) * int.from_bytes(header[28:32])


def _create(path: Path) -> None:
    """Build a journal aside and link it into place, so that nobody ever meets a half-made one."""
    folder = path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = folder / f".{path.name}.{os.urandom(6).hex()}"
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        db = connect(aside)
        try:
            build(db)
        finally:
            db.close()
        _link(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _link(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        pass  # another process was first; its journal is as good as ours
    except OSError:
        # A file system without links: the moment between look and rename is the best it offers.
        if not path.exists():
            aside.rename(path)
