"""Finding, checking and creating the journal's file.

A file that is not ours, damaged or newer is recognised by its first hundred bytes, before
SQLite is let near it, so that not one byte of it changes.
"""

import errno
import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

from engage_cli import settings
from engage_cli.errors import Unreadable

APPLICATION_ID = 0x656E6761  # "enga"
VERSION = 100  # major * 100 + minor: a newer minor is used, a newer major refused

# https://sqlite.org/fileformat2.html#the_database_header
MAGIC = b"SQLite format 3\x00"


def exists(path: Path) -> bool:
    """Whether there is something at `path`, be it a journal or not; raises Unreadable where that cannot be told."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(path, error) from None
    return True


def ensure(path: Path) -> None:
    """Create an empty journal at `path` where there is nothing yet: folder 0700, file 0600."""
    if not exists(path):
        _create(path)


def recognise(path: Path) -> None:
    """Make sure that `path` is a journal that this program may open, from its header alone.

    Raises Unreadable for anything else.
    """
    header = _header(path)
    if not header:
        raise Unreadable(f"{path} is empty, which a journal never is. Move it away, or put a copy in its place.")
    if not header.startswith(MAGIC):
        raise Unreadable(f"{path} is not a journal, or its beginning is damaged. It was left as it is.")
    if len(header) < 100:
        raise damaged(path, "it ends in its first line")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise Unreadable(f"{path} is a database of another program. It was left as it is; name another with --db.")
    _refuse_newer(path, int.from_bytes(header[60:64]))


def checked(db: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of an open journal, once its file is known to be whole; raises Unreadable."""
    # Inside a transaction, because a header read without a lock may be half of what somebody is writing.
    (size,) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    if path.stat().st_size < size:
        raise damaged(path, "its end is missing")
    _refuse_newer(path, version(db))
    return version(db)


def version(db: sqlite3.Connection) -> int:
    """Return the version of the schema: major * 100 + minor."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a database file that must exist, with the journal's settings."""
    # mode=rw also for reading: a read-only connection cannot roll back what a crash left behind.
    db = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
    for setting in ("foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON"):
        db.execute(f"PRAGMA {setting}")
    return db


def blank() -> sqlite3.Connection:
    """Open an empty journal in memory, for looking at one that does not exist yet."""
    say(f"There is no journal at {settings.journal()} yet; the first `engage log` creates it.")
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


def say(text: str) -> None:
    """Print a line on standard error, where there is one."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def damaged(path: Path, why: str) -> Unreadable:
    """Say that a journal is damaged, and where a sound copy may be."""
    backups = path.parent / "backups"
    advice = f"Copies are in {backups}." if backups.is_dir() else "Put a copy from your backups in its place."
    return Unreadable(f"The journal {path} is damaged ({why}) and was left as it is. {advice}")


def make_folder(folder: Path) -> None:
    """Create a folder, and those above it that are missing, for this user alone whatever the umask."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
        missing.chmod(0o700)


def make_file(path: Path) -> None:
    """Create an empty file for this user alone whatever the umask; SQLite gives its sidecars the same mode."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    os.fchmod(handle, 0o600)
    os.close(handle)


def device() -> str:
    """Name this machine by a random word from the state folder; empty where that cannot be kept."""
    path = settings.state_folder() / "device"
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return _new_device(path)


def _new_device(path: Path) -> str:
    name = os.urandom(5).hex()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name + "\n", encoding="utf-8")
    except OSError:
        return ""
    return name


def _header(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "no regular file"
            raise Unreadable(f"{path} is {what}, not a journal. Name the journal's file with --db or ENGAGE_DB.")
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise _unreadable(path, error) from None


def _refuse_newer(path: Path, version: int) -> None:
    if version // 100 > VERSION // 100:
        raise Unreadable(
            f"The journal {path} was written by a newer engage (schema {version}, this one knows {VERSION})."
            " It was left as it is; update engage."
        )


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(f"The journal {path} cannot be read: {error.strerror}. Mend that, or name another with --db.")


def _create(path: Path) -> None:
    """Build a journal aside and link it into place, so that nobody ever meets a half-made one."""
    aside = path.parent / f".{path.name}.{os.urandom(6).hex()}"
    try:
        make_folder(path.parent)
        make_file(aside)
        with closing(connect(aside)) as db:
            build(db)
        _link(aside, path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Unreadable(
            f"The journal {path} cannot be created: {error.strerror}. Name another place with --db."
        ) from None
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
