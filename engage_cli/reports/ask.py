"""What to ask: up to three questions that the journal cannot answer yet, or whose answers have grown old."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from engage_cli.reports.expectations import latest
from engage_cli.reports.only import Only
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import ago, full

MOST = 3
STALE = 90  # days after which what matters to them is asked again
HALF_A_YEAR = 182  # days


@dataclass(frozen=True)
class Question:
    """A question, and why it is to be asked."""

    question: str
    reason: str


COLUMNS = (
    Column("ask", lambda item: item.question, wraps=True),
    Column("because", lambda item: item.reason, wraps=True),
)

# Each looks into the journal for a gap: the open look, the filter, today.
Gap = Callable[[sqlite3.Connection, Only, date], Iterator[Question]]


def ask(db: sqlite3.Connection, today: date, only: Only) -> Report:
    """List at most three questions, the most pressing first."""
    gaps: tuple[Gap, ...] = (_fixed, _unanswered, _matters, _why, _in_person)
    questions = list(islice((question for gap in gaps for question in gap(db, only, today)), MOST))
    return Report("ask", "Ask", today, COLUMNS, questions, "There is nothing that you have not asked.")


def _fixed(db: sqlite3.Connection, only: Only, today: date) -> Iterator[Question]:
    rows = db.execute(
        "SELECT words, fixed_on FROM apologies WHERE fixed_on IS NOT NULL AND confirmed_on IS NULL"
        f" AND dropped_on IS NULL AND {only.on('contact_id')} ORDER BY fixed_on LIMIT 1",
        only.values,
    )
    for words, fixed_on in rows:
        yield Question(f"Does it hold: {words}?", f"fixed on {full(fixed_on)}, never confirmed")


def _unanswered(db: sqlite3.Connection, only: Only, today: date) -> Iterator[Question]:
    for said in latest(db, today, only).items:
        if said.answer is None:
            yield Question(
                f"Can we agree on {said.topic}: {said.after}?", f"expected since {full(said.heard_on)}, not answered"
            )
            return


def _matters(db: sqlite3.Connection, only: Only, today: date) -> Iterator[Question]:
    heard_on = _last_heard(db, only, "matters")
    if heard_on is None or heard_on < (today - timedelta(days=STALE)).isoformat():
        reason = f"last heard {ago(heard_on, today)}" if heard_on else "you never asked"
        yield Question("What is the most important thing in your life right now?", reason)


def _why(db: sqlite3.Connection, only: Only, today: date) -> Iterator[Question]:
    if _last_heard(db, only, "why") is None:
        yield Question("Why did you choose me?", "you never asked")


def _in_person(db: sqlite3.Connection, only: Only, today: date) -> Iterator[Question]:
    [met_on] = db.execute(
        "SELECT max(talk.happened_on) FROM participants JOIN conversations AS talk ON talk.id = conversation_id"
        f" WHERE {only.on('contact_id')} AND participants.role = 'with' AND channel = 'in-person' AND is_reached",
        only.values,
    ).fetchone()
    if met_on is None or met_on < (today - timedelta(days=HALF_A_YEAR)).isoformat():
        reason = f"last face to face {ago(met_on, today)}" if met_on else "never face to face so far"
        yield Question("When could we meet?", reason)


def _last_heard(db: sqlite3.Connection, only: Only, kind: str) -> str | None:
    found = db.execute(
        f"SELECT max(heard_on) FROM insights WHERE {only.on('contact_id')} AND kind = ?", (*only.values, kind)
    )
    heard_on: str | None = found.fetchone()[0]
    return heard_on
