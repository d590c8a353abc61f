"""What an everyday command must not load, and that it costs the same in a small and in a large journal."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import mean

import journals
import pytest
from conftest import Engage

from engage_cli import store
from engage_cli.reports.apologies import apologies
from engage_cli.reports.due import due_of
from engage_cli.reports.expectations import expectations
from engage_cli.reports.neglected import neglected
from engage_cli.reports.promises import promises
from engage_cli.reports.review import review
from engage_cli.store import opening

TODAY = date(2026, 11, 20)
HEAVY = (
    *("rich", "sqlite_utils", "dateutil.parser", "pydantic", "importlib.metadata", "vobject", "asyncio"),
    *("prompt_toolkit", "tomlkit"),
)
SIGNALS = (
    "--sorry late --promise quote@friday --they-promise texts@2w --expects price:low->high --matters growth"
    " --doing moving --needs help --why trust --feels good --verbatim great --decided together --conflict price"
    " --steer shorter --next 2w"
).split()

# Runs the program as its script does, and prints what was loaded just before the process ends.
LOADED = """
import os, sys
from engage_cli import main
end = os._exit
def leave(code):
    sys.stdout.flush()
    print("LOADED", *sys.modules, flush=True)
    end(code)
os._exit = leave
main.main()
"""


def _loaded(*words: str) -> set[str]:
    """Run a command line in a process of its own and return the names of the modules that it loaded."""
    ended = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return set(ended.stdout.splitlines()[-1].split()[1:])


def _heavy(modules: set[str]) -> list[str]:
    assert {"engage_cli.main", "sqlite3"} <= modules  # the list is one of this program
    return [name for name in HEAVY if name in modules]


@pytest.mark.parametrize("has_journal", [False, True])
@pytest.mark.parametrize("said", [[], SIGNALS])
def test_log_loads_nothing_heavy(engage: Engage, has_journal: bool, said: list[str]) -> None:
    if has_journal:
        engage.ok("contact add ana")
    modules = _loaded("log", *(["ana"] if has_journal else ["--new", "ana"]), "talked about the invoice", *said)
    assert _heavy(modules) == []
    assert len(engage.items("find talked")) == 1  # it was stored


@pytest.mark.parametrize("words", ["log ana -", "completion --words -- log an"])
def test_neither_do_a_note_from_standard_input_and_completion(engage: Engage, words: str) -> None:
    engage.ok("contact add ana")
    code = LOADED.replace("main.main()", "import io; sys.stdin = io.TextIOWrapper(io.BytesIO(b'hello')); main.main()")
    ended = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True, text=True, check=True)
    assert _heavy(set(ended.stdout.splitlines()[-1].split())) == []


REPORTS = "neglected apologies promises expectations contacts review history".split()


@pytest.mark.parametrize("words", [*([report] for report in REPORTS), ["show", "ana"], ["find", "hello"]])
def test_a_report_as_json_does_not_load_rich(engage: Engage, words: list[str]) -> None:
    engage.ok("log --new ana hello --sorry late --promise 'x by tomorrow' --expects 'a: b -> c'")
    assert _heavy(_loaded(*words, "--json")) == []


def test_a_report_drawn_as_a_table_does(engage: Engage) -> None:
    engage.ok("log --new ana hello --sorry late")
    assert _heavy(_loaded("apologies")) == ["rich"]


# The same in a small and in a large journal ----------------------------------------------------------------

SMALL, LARGE, CONTACTS = 1_000, 100_000, 1_000


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A small and a large journal with equally many contacts."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setenv("ENGAGE_NOW", f"{TODAY}T12:00:00")
        patch.setenv("ENGAGE_DB", "")  # to be as it was afterwards
        paths = {count: folder / f"{count}.db" for count in (SMALL, LARGE)}
        for count, path in paths.items():
            journals.fill(path, count, CONTACTS, TODAY)
            # What the bulk work left in parts would be merged little by little by the logs that follow it.
            with closing(sqlite3.connect(path)) as db, db:
                db.execute("INSERT INTO words(words) VALUES ('optimize')")
    return paths


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """Count the steps of SQLite's virtual machine that an act takes on the journal."""
    counted = [0]
    connect = opening.connect

    def tick() -> int:
        counted[0] += 1
        return 0

    def watched(path: Path) -> sqlite3.Connection:
        db = connect(path)
        db.set_progress_handler(tick, 1)
        return db

    def count(act: Callable[[], object]) -> int:
        counted[0] = 0
        act()
        return counted[0]

    monkeypatch.setattr(opening, "connect", watched)
    return count


Steps = Callable[[Callable[[], object]], int]

PLAIN = "log customer-{} talked about the invoice"
FULL = f"{PLAIN} --sorry late --promise quote@friday --expects price:low --matters growth --feels good --next 2w"


@pytest.mark.parametrize("line", [PLAIN, FULL])
def test_one_log_takes_as_many_steps_in_a_large_journal_as_in_a_small_one(
    filled: dict[int, Path],
    line: str,
    engage: Engage,
    journal: Path,
    steps: Steps,
) -> None:
    counts = {}
    for size, path in filled.items():
        shutil.copy(path, journal)
        # Now and then the search index merges its parts; over many logs that is even.
        lines = [line.format(number) for number in range(1, 97)]
        counts[size] = mean(steps(lambda one=one: engage.ok(one)) for one in lines)  # type: ignore[misc]
    assert counts[SMALL] > 1_000  # there was something to count
    assert counts[LARGE] / counts[SMALL] == pytest.approx(1, abs=0.05), counts


@pytest.fixture
def large(filled: dict[int, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """The large journal, open for reading."""
    monkeypatch.setenv("ENGAGE_DB", str(filled[LARGE]))
    with store.reading() as db:
        yield db


def _plans(db: sqlite3.Connection, ask: Callable[[], object]) -> list[str]:
    """Tell how SQLite goes about every query that a report asks."""
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    ask()
    db.set_trace_callback(None)
    queries = {query for query in asked if query.lstrip().startswith(("SELECT", "WITH"))}
    assert queries
    return [row[3] for query in queries for row in db.execute(f"EXPLAIN QUERY PLAN {query}")]


def _scans(plans: list[str]) -> list[str]:
    """Name what is read from end to end, other than through an index that holds only the rows wanted."""
    small = ("contacts", "types", "reviews", "due_dates", "actions", "tables", "introductions")
    scans = [plan for plan in plans if plan.startswith("SCAN ")]
    partial = [f"{table}_open" for table in ("apologies", "promises", "needs", "conflicts", "steers")]
    wanted = (*partial, "expectations_unanswered", "contacts_customer", "promises_kept")
    return [plan for plan in scans if plan.split()[1] not in small and not any(name in plan.split() for name in wanted)]


def test_neglected_reads_conversations_by_index_seeks_only(large: sqlite3.Connection) -> None:
    plans = _plans(large, lambda: neglected(large, TODAY, 30))
    parts = [plan for plan in plans if plan.split()[1] in ("part", "participants")]
    assert parts
    assert all("participants_last (contact_id=? AND role=? AND is_touch=? AND happened_on>? AND happened_on<?)" in plan
               for plan in parts)  # fmt: skip
    talks = [plan for plan in plans if plan.split()[1] in ("talk", "conversations")]
    assert talks
    assert all(plan.endswith("USING INTEGER PRIMARY KEY (rowid=?)") for plan in talks)
    assert not [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in ("member", "organisation")]


@pytest.mark.parametrize("table", ["apologies", "promises", "expectations"])
def test_what_is_open_is_read_from_an_index_of_what_is_open(large: sqlite3.Connection, table: str) -> None:
    report = {"apologies": apologies, "promises": promises, "expectations": expectations}[table]
    assert _scans(_plans(large, lambda: report(large, TODAY))) == []


def test_review_reads_none_of_the_large_tables_from_end_to_end(large: sqlite3.Connection) -> None:
    scanned = {plan.split()[1] for plan in _scans(_plans(large, lambda: review(large, TODAY, 30)))}
    assert scanned.isdisjoint({"conversations", "talk", "participants", "part", "promises", "insights", "changes"})


def test_the_due_day_of_one_contact_costs_the_same_in_any_journal(filled: dict[int, Path], steps: Steps) -> None:
    counts = {}
    for size, path in filled.items():
        with closing(opening.connect(path)) as db:
            ids = range(1, 200)
            counts[size] = steps(lambda db=db, ids=ids: [due_of(db, one, TODAY, 30) for one in ids])  # type: ignore[misc]
    assert counts[LARGE] / counts[SMALL] == pytest.approx(1, abs=0.1), counts
