"""Reading cannot write; writing is all or nothing, and nothing escapes the history."""

import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Engage

from engage_cli import store
from engage_cli.searched import SEARCHED
from engage_cli.store import opening, triggers


@pytest.fixture
def used(engage: Engage, journal: Path) -> Path:
    engage.ok("log --new ana hello --sorry late")
    return journal


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(question).fetchall()


# Reading -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", ["DELETE FROM contacts", "CREATE TABLE mine(id)", "PRAGMA user_version = 7"])
def test_reading_cannot_write(used: Path, write: str) -> None:
    before = used.read_bytes()
    with pytest.raises(Exception, match="read-only"), store.reading() as db:
        db.execute(write)
    assert used.read_bytes() == before


def test_reading_sees_one_moment(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes meanwhile has to wait at the commit until the reader is done."""
    waiting = threading.Event()
    monkeypatch.setattr(store, "FIRST_WAIT", 1)
    monkeypatch.setattr(opening, "say", lambda text: waiting.set())
    writer = threading.Thread(target=add_type)
    with store.reading() as db:
        before = db.execute("SELECT count(*) FROM types").fetchone()
        writer.start()
        assert waiting.wait(5)
        assert db.execute("SELECT count(*) FROM types").fetchone() == before == (0,)
    writer.join()
    assert asked(used, "SELECT count(*) FROM types") == [(1,)]


def add_type() -> None:
    with store.writing("type add") as tx:
        tx.insert("types", name="Agency")


def test_reading_closes_the_file_whatever_happens(used: Path) -> None:
    with pytest.raises(KeyError), store.reading() as db:
        raise KeyError
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")


# Writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_writing_is_all_or_nothing(used: Path, wrong: type[BaseException]) -> None:
    before = used.read_bytes()
    with pytest.raises(wrong), store.writing("type add") as tx:
        tx.insert("types", name="Agency")
        raise wrong
    assert used.read_bytes() == before and not tx.stored


def test_an_action_that_changed_nothing_leaves_no_trace(used: Path) -> None:
    before, times = used.read_bytes(), used.stat()
    with store.writing("contact edit") as tx:
        tx.update("contacts", 1, name="ana")
        assert not tx.changed
    assert not tx.stored and used.read_bytes() == before and used.stat().st_mtime_ns == times.st_mtime_ns


def test_an_action_is_written_down(used: Path) -> None:
    with store.writing("type add") as tx:
        tx.insert("types", name="Agency")
    assert tx.stored
    assert asked(used, f"SELECT command, at FROM actions WHERE id = {tx.action_id}") == [("type add", tx.at)]
    assert asked(used, "SELECT * FROM doing") == []


@pytest.mark.parametrize(
    "write",
    [
        "INSERT INTO types(name) VALUES ('Agency')",
        "UPDATE contacts SET name = 'Anna'",
        "DELETE FROM participants",
        "INSERT INTO tags(contact_id, tag) VALUES (1, 'big')",
    ],
)
def test_a_write_outside_an_action_fails(used: Path, write: str) -> None:
    before = used.read_bytes()
    with closing(opening.connect(used)) as db, pytest.raises(sqlite3.IntegrityError, match="action_id"):
        db.execute(write)
    assert used.read_bytes() == before


def test_a_row_left_alone_is_named(used: Path) -> None:
    before = used.read_bytes()
    with pytest.raises(store.Dangling) as dangling, store.writing("contact forget") as tx:
        tx.delete("contacts", 1)
    assert dangling.value.parent == ("contacts", 1) and dangling.value.row[0] in ("participants", "apologies")
    assert used.read_bytes() == before


def test_two_contacts_cannot_have_one_handle(used: Path) -> None:
    with store.writing("contact add") as tx:
        tx.insert("contacts", kind="person", handle="ben", name="Ben")
        with pytest.raises(sqlite3.IntegrityError, match="handle taken"):
            tx.insert("contacts", kind="person", handle="ana", name="Ana")
        with pytest.raises(sqlite3.IntegrityError, match="handle taken"):
            tx.update("contacts", 2, handle="ana")


# Numbers -------------------------------------------------------------------------------------------------------


def test_a_row_keeps_its_number(used: Path) -> None:
    with store.writing("contact edit") as tx:
        for column, value in (("id", 7), ("uid", "x")):
            with pytest.raises(sqlite3.IntegrityError, match="keeps its number"):
                tx.db.execute(f"UPDATE contacts SET {column} = ?", (value,))


def test_numbers_are_never_given_out_twice(engage: Engage, used: Path) -> None:
    engage.ok("log ana once")
    engage.ok("undo")
    engage.ok("log ana twice --sorry again")
    assert [row[0] for row in asked(used, "SELECT id FROM conversations ORDER BY id")] == [1, 3]
    with store.writing("conversation delete") as tx:
        tx.db.execute("DELETE FROM apologies")
        tx.db.execute("DELETE FROM participants")
        tx.db.execute("DELETE FROM conversations")
    engage.ok("log ana thrice --sorry again")
    assert asked(used, "SELECT id FROM conversations") == [(4,)]
    assert asked(used, "SELECT id FROM apologies") == [(3,)]


def test_every_number_is_for_people() -> None:
    with closing(opening.blank()) as db:
        for table in triggers.remembered(db):
            (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
            assert "id INTEGER PRIMARY KEY AUTOINCREMENT" in sql and "STRICT" in sql, table


# What the history sees -----------------------------------------------------------------------------------------


def test_every_table_has_its_four_triggers() -> None:
    with closing(opening.blank()) as db:
        made = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
        tables = {name for (name,) in db.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")}
        remembered = set(triggers.remembered(db))
    assert remembered == {name for name in tables if not name.startswith("sqlite_")} - triggers.QUIET
    for table in remembered:
        assert {f"{table}_{event}" for event in ("inserted", "updated", "deleted", "identity")} <= made


# Texts that a search leaves out: addresses are looked up, the others are words of the program.
NOT_SEARCHED = re.compile(
    r"emails\.email|phones\.phone|sources\.key|contacts\.(handle|customer_since|birthday|snoozed_until)|participants\.role"
    r"|.*(_on|_at|_by|\.uid|\.kind|\.side|\.zone|\.channel|\.answer|\.decision)"
)


def test_every_text_that_users_write_is_searched() -> None:
    with closing(opening.blank()) as db:
        texts = {
            f"{table}.{column}"
            for table in triggers.remembered(db)
            for _, column, kind, *_ in db.execute(f"PRAGMA table_info({table})")
            if kind == "TEXT"
        }
    searched = {f"{table}.{column}" for table, columns in SEARCHED.items() for column in columns}
    assert searched == {text for text in texts if not NOT_SEARCHED.fullmatch(text)}


def test_the_marks_of_a_transaction_are_gone_after_it(used: Path) -> None:
    with pytest.raises(ZeroDivisionError), store.writing("type add") as tx:
        tx.db.execute("UPDATE doing SET is_quiet = 1, is_bulk = 1")
        raise ZeroDivisionError
    assert asked(used, "SELECT * FROM doing") == []


def test_the_settings_of_every_connection(used: Path) -> None:
    with store.writing("type add") as tx:
        said = {
            name: tx.db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "recursive_triggers", "secure_delete", "synchronous", "journal_mode")
        }
    assert said == {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "synchronous": 2,
        "journal_mode": "delete",
    }
