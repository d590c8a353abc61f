"""How the reports that give the journal back are read: by an index wherever a contact or a period is named."""

import re
import sqlite3
from datetime import date
from typing import Any

import journals
import pytest
from memory import transaction

from engage_cli.reports.only import only
from engage_cli.reports.prep import prep
from engage_cli.reports.recap import latest_to_send, recap
from engage_cli.reports.review import review
from engage_cli.reports.shifts import shifts
from engage_cli.reports.stats import stats

TODAY = date(2026, 11, 20)
LARGE = "conversations|participants|apologies|promises|due_dates|expectations|insights|needs|conflicts|changes"


@pytest.fixture(scope="module")
def db() -> sqlite3.Connection:
    tx = transaction(is_bulk=True)
    for seed in range(3):
        people = tx.db.execute("SELECT count(*) FROM contacts").fetchone()[0]
        if not people:
            journals.scatter(tx, seed, TODAY)
    return tx.db


REPORTS: dict[str, Any] = {
    "review": lambda db: review(db, TODAY, 30),
    "review --since": lambda db: review(db, TODAY, 30, date(2026, 11, 1)),
    "prep of a person": lambda db: prep(db, TODAY, 1, 30),
    "prep of an organisation": lambda db: prep(db, TODAY, 9, 30),
    "stats": lambda db: stats(db, TODAY),
    "stats of one": lambda db: stats(db, TODAY, only(db, who_id=1)),
    "stats of an organisation": lambda db: stats(db, TODAY, only(db, organisation_id=9)),
    "shifts": lambda db: shifts(db, TODAY),
    "recap": lambda db: (latest_to_send(db, only(db)), latest_to_send(db, only(db, who_id=1)), recap(db, 1, 1)),
}


def _plans(db: sqlite3.Connection, report: Any) -> list[tuple[str, str]]:
    """Run a report and explain every query that it asked, with each value in its place."""
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    try:
        report(db)
    finally:
        db.set_trace_callback(None)
    return [
        (query, row[3])
        for query in dict.fromkeys(asked)
        if query.lstrip().startswith(("SELECT", "WITH"))
        for row in db.execute(f"EXPLAIN QUERY PLAN {query}")
    ]


@pytest.mark.parametrize("report", REPORTS)
def test_no_large_table_is_read_from_end_to_end(db: sqlite3.Connection, report: str) -> None:
    plans = _plans(db, REPORTS[report])
    assert plans
    whole = [(step, query) for query, step in plans if re.fullmatch(rf"SCAN ({LARGE})( AS \w+)?", step)]
    assert whole == []


def test_a_year_is_counted_from_an_index_alone(db: sqlite3.Connection) -> None:
    steps = [step for query, step in _plans(db, REPORTS["stats"]) if "GROUP BY happened_on, channel" in query]
    assert steps == ["SEARCH conversations USING COVERING INDEX conversations_day (happened_on>? AND happened_on<?)"]


def test_a_plan_without_an_index_would_be_seen(db: sqlite3.Connection) -> None:
    plans = _plans(db, lambda db: db.execute("SELECT note FROM conversations WHERE minutes = 5").fetchall())
    assert [step for _, step in plans] == ["SCAN conversations"]
