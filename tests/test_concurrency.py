"""Many processes at one journal, and processes that are killed: nothing that was said is lost."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from engage_cli import numbers
from engage_cli.store import opening, triggers

Rows = dict[int, dict[str, Any]]

# Ten command lines, one after the other, in a process of their own.
TEN_LOGS = """
import sys
from engage_cli import main
sys.exit(max(main.run(["log", "--new", "ana", "process", sys.argv[1], "word", str(n)]) for n in range(10)))
"""

# Command lines until the process is killed; each number is printed by the command itself, after its commit.
ENDLESS = """
import sys
from engage_cli import main
for n in range(1000):
    main.run(["log", "--new", sys.argv[1], "word", str(n), "--sorry", "x" * 2000, "--promise", "call by friday"])
    main.run(["log", sys.argv[1], "--more", "and", "more"])
    if n % 3 == 2:
        main.run(["undo"])
"""


def test_24_processes_log_10_times_into_a_journal_that_does_not_exist_yet(journal: Path) -> None:
    running = [started(TEN_LOGS, str(number)) for number in range(24)]
    ended = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 24, [said for (_, said), code in ended if code]
    with closing(sqlite3.connect(journal)) as db:
        notes = {note for (note,) in db.execute("SELECT note FROM conversations")}
        assert notes == {f"process {process} word {word}" for process in range(24) for word in range(10)}
        assert db.execute("SELECT count(*) FROM conversations").fetchone() == (240,)
        assert db.execute("SELECT count(*) FROM contacts").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM actions").fetchone() == (240,)
        sound(db)
    assert sorted(path.name for path in journal.parent.iterdir()) == ["home", "journal.db"]


def test_killed_at_100_random_moments(journal: Path) -> None:
    chance, printed = random.Random(5), set()
    for turn in range(50):
        pair = [started(ENDLESS, f"ana{turn}x"), started(ENDLESS, f"ben{turn}x")]
        if turn > 5:  # else they are killed while they start, or create the journal
            assert all(process.stdout and process.stdout.readline() for process in pair)
        time.sleep(chance.random() * 0.15 + (0.1 if turn <= 5 else 0))
        for process in pair:
            process.send_signal(signal.SIGKILL)
        for process in pair:
            said, _ = process.communicate()
            printed |= set(re.findall(r"^([cap]\d+) ", said, re.MULTILINE)) | set(re.findall(r"undo (h\d+)", said))
    with closing(opening.connect(journal)) as db:
        sound(db)
        assert folded_back(db) == {}
        assert len(printed) > 100 and printed <= stored(db), printed - stored(db)


def stored(db: sqlite3.Connection) -> set[str]:
    """Every number that the journal ever gave out, those taken back since included."""
    made = db.execute("SELECT name, row_id FROM changes JOIN tables ON tables.id = table_id WHERE op = '+'")
    given = {numbers.shown(numbers.NOUNS[table], row_id) for table, row_id in made if table in numbers.NOUNS}
    return given | {numbers.shown("action", action_id) for (action_id,) in db.execute("SELECT id FROM actions")}


def started(script: str, word: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, word],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


def sound(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def folded_back(db: sqlite3.Connection) -> dict[str, Rows]:
    """Undo all changes, newest first, on a copy of the tables; return what is left, which must be nothing.

    An insert is written down by its identity only: what the row was is known from the table, or
    from the change that later removed it. So "folded from the beginning" is read from the end:
    each change must fit exactly what stands ('+' and '~' find their row, '~' finds its new
    values, '-' finds no row), and before the first change there was nothing. Folding the
    changes forwards from there, with the rows so found, gives exactly the tables.
    """
    tables = {table: rows(db, table) for table in triggers.remembered(db)}
    for table, row_id, op, old, new in db.execute(
        "SELECT name, row_id, op, old, new FROM changes JOIN tables ON tables.id = table_id ORDER BY changes.id DESC"
    ):
        take_back(tables[table], row_id, op, json.loads(old or "{}"), json.loads(new or "{}"))
    return {table: left for table, left in tables.items() if left}


def take_back(standing: Rows, row_id: int, op: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    if op == "+":
        del standing[row_id]
    elif op == "-":
        assert row_id not in standing
        standing[row_id] = old
    else:
        assert standing[row_id].items() >= new.items()
        standing[row_id].update(old)


def rows(db: sqlite3.Connection, table: str) -> Rows:
    names = triggers.columns(db, table)
    found = db.execute(f"SELECT {', '.join(names)} FROM {table}")
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}
