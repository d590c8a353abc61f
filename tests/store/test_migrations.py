"""Bringing an older journal up to date: all of it or nothing, with a copy beside it."""

import os
import random
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import Engage
from sqlite_utils import Database

from engage_cli import store
from engage_cli.store import migrations, opening

TABLES = ("contacts", "conversations", "participants", "apologies", "actions", "changes", "tables", "meta")

# A process of its own in which the program is one version further: the planted step and what is done then.
PLANTED = """
import sys, time
from types import SimpleNamespace
from engage_cli import main
from engage_cli.store import migrations, opening
def step(database):
    database.conn.execute("PRAGMA cache_size = 1")
    database["types"].add_column("colour", str)
    database.conn.execute("UPDATE contacts SET name = name || '!'")
    for number in range(400):
        database.conn.execute("INSERT INTO types(name) VALUES (?)", (f"{number} " + "x" * 2000,))
opening.VERSION = 101
before = migrations.steps()
migrations.steps = lambda: [*before, SimpleNamespace(__name__="002", VERSION=101, apply=step)]
print("go", flush=True)
raise SystemExit(main.run(sys.argv[1:]))
"""


@pytest.fixture
def used(engage: Engage, journal: Path) -> Path:
    """A journal of today's version with something in it."""
    for name in ("ana", "ben", "cho"):
        engage.ok(f'log --new {name} "we talked about the invoice" --sorry "it was late"')
    return journal


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Pretend that the program is one step further than the journal."""

    def plant(apply: Callable[[Database], None]) -> None:
        steps = [*migrations.steps(), SimpleNamespace(__name__="002", VERSION=opening.VERSION + 1, apply=apply)]
        monkeypatch.setattr(migrations, "steps", lambda: steps)
        monkeypatch.setattr(opening, "VERSION", opening.VERSION + 1)

    return plant


def add_column(database: Database) -> None:
    database["types"].add_column("colour", str)


def schema(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """What the file consists of, comments and white space apart."""
    parts = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    return [(*names, " ".join(re.sub(r"--\s.*", "", sql or "").split())) for *names, sql in parts]


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a sound file."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = {
            name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if not name.startswith("words")
        }
        return rows | {"schema": schema(db), "version": db.execute("PRAGMA user_version").fetchall()}


def copies(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob("*"))


# Every path ends in the same schema ----------------------------------------------------------------------------


def test_the_steps_from_an_empty_file_end_in_exactly_the_schema() -> None:
    with closing(opening.blank()) as built, closing(sqlite3.connect(":memory:", isolation_level=None)) as stepped:
        stepped.execute("BEGIN")
        migrations.apply(stepped, 0)
        stepped.execute("COMMIT")
        assert schema(stepped) == schema(built)
        for pragma in ("application_id", "user_version"):
            assert stepped.execute(f"PRAGMA {pragma}").fetchone() == built.execute(f"PRAGMA {pragma}").fetchone()
        tables = "SELECT id, name FROM tables"
        assert stepped.execute(tables).fetchall() == built.execute(tables).fetchall()


def test_steps_are_numbered_and_end_in_the_present() -> None:
    versions = [step.VERSION for step in migrations.steps()]
    assert versions == sorted(set(versions)) and versions[-1] == opening.VERSION


# A step that works ---------------------------------------------------------------------------------------------


def test_the_copy_is_sound_and_identical(
    engage: Engage, used: Path, plant: Callable[[Callable[[Database], None]], None]
) -> None:
    before = content(used)
    plant(add_column)
    engage.ok("neglected")
    (copy,) = copies(used)
    assert content(copy) == before
    assert [stat.S_IMODE(path.stat().st_mode) for path in (copy.parent, copy)] == [0o700, 0o600]


def test_what_was_there_is_there_with_triggers_and_index(
    engage: Engage, used: Path, plant: Callable[[Callable[[Database], None]], None]
) -> None:
    before = content(used)

    def rebuild(database: Database) -> None:
        database.conn.execute("CREATE TABLE fresh AS SELECT * FROM tags")
        database["types"].add_column("colour", str)
        database.conn.execute("DROP TABLE fresh")

    plant(rebuild)
    engage.ok("log ana and then the rainbow")
    after = content(used)
    assert after["version"] == [(opening.VERSION,)]
    assert all(set(after[table]) >= set(before[table]) for table in before if table in TABLES)
    assert {item["contact"] for item in engage.items("find invoice")} == {"ana", "ben", "cho"}
    with store.writing("type add") as tx:
        number = tx.insert("types", name="Agency", colour="red")
        tx.update("types", number, colour="blue")
    assert content(used)["changes"][-1][-3:] == ("~", '{"colour":"red"}', '{"colour":"blue"}')


def test_only_the_first_who_comes_makes_a_copy(
    engage: Engage, used: Path, plant: Callable[[Callable[[Database], None]], None]
) -> None:
    plant(add_column)
    engage.ok("neglected")
    engage.ok("neglected")
    assert len(copies(used)) == 1


# A step that fails ---------------------------------------------------------------------------------------------


def raises(database: Database) -> None:
    add_column(database)
    raise RuntimeError("the step is wrong")


def breaks_a_reference(database: Database) -> None:
    database.conn.execute("DELETE FROM contacts WHERE handle = 'ana'")


def speaks_no_sql(database: Database) -> None:
    add_column(database)
    database.conn.execute("ALTER TABLE nothing ADD COLUMN more")


@pytest.mark.parametrize("step", [raises, breaks_a_reference, speaks_no_sql])
@pytest.mark.parametrize("command", ["neglected", "log ana hello again"])
def test_a_step_that_fails_leaves_the_journal_as_it_was(
    engage: Engage,
    used: Path,
    plant: Callable[[Callable[[Database], None]], None],
    step: Callable[[Database], None],
    command: str,
) -> None:
    before, times = used.read_bytes(), used.stat()
    plant(step)
    result = engage(command)
    assert result.code == 6 and "Traceback" not in result.err
    (copy,) = copies(used)
    assert str(copy) in result.err and "left as it is" in result.err
    assert used.read_bytes() == before and used.stat().st_mtime_ns == times.st_mtime_ns
    assert not used.with_name("journal.db-journal").exists()


def test_an_unsound_copy_stops_it(
    engage: Engage, used: Path, plant: Callable[[Callable[[Database], None]], None]
) -> None:
    with used.open("r+b") as file:
        file.seek(used.stat().st_size - 4096 * 3)
        file.write(b"\xff" * 4096 * 2)
    before = used.read_bytes()
    plant(add_column)
    result = engage("neglected")
    assert result.code == 6 and "damaged" in result.err
    assert used.read_bytes() == before and not copies(used)


def test_no_room_for_a_copy(engage: Engage, used: Path, plant: Callable[[Callable[[Database], None]], None]) -> None:
    (used.parent / "backups").write_text("no folder")
    before = used.read_bytes()
    plant(add_column)
    result = engage("neglected")
    assert result.code != 0 and "backups" in result.err and used.read_bytes() == before


# Many at once, and killed --------------------------------------------------------------------------------------


def test_twelve_processes_at_once(used: Path) -> None:
    commands = [["neglected"], ["log", "ana", "hello"]] * 6
    running = [started(words) for words in commands]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 12, ended
    after = content(used)
    assert after["version"] == [(101,)] and len(after["types"]) == 400
    assert len(after["conversations"]) == 3 + 6
    assert len(copies(used)) == 1


def test_killed_in_the_middle_it_is_old_or_new_and_never_half(used: Path) -> None:
    whole, before, chance = used.read_bytes(), content(used), random.Random(4)
    seen = set()
    for turn in range(10):
        used.write_bytes(whole)
        with started(["neglected"]) as process:
            assert process.stdout and process.stdout.readline() == "go\n"
            time.sleep(0.1 + chance.random() * 0.3 if turn else 0.25)
            process.send_signal(signal.SIGKILL)
        with closing(opening.connect(used)) as db:
            db.execute("SELECT 1 FROM sqlite_schema").fetchone()  # rolls back what the killed one left
        after = content(used)
        seen.add(after["version"][0][0])
        if after["version"] == before["version"]:
            assert after == before
        else:
            assert len(after["types"]) == 400 and [row[4] for row in after["contacts"]] == ["ana!", "ben!", "cho!"]
    assert seen <= {100, 101}
    assert all(content(copy) == before for copy in copies(used) if not copy.name.startswith("."))


def started(words: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PLANTED, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
