"""Steers: course-corrections that they gave us."""

from dataclasses import dataclass
from datetime import date

from engage_cli import clock, numbers
from engage_cli.errors import Problem
from engage_cli.records import rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Steer:
    """One course-correction, as stored; `answer` is accepted, declined or None, days are ISO."""

    id: int
    contact_id: int
    conversation_id: int | None
    words: str
    heard_on: str
    answer: str | None
    answered_on: str | None
    done_on: str | None


def take(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down a course-correction, and return its number."""
    return tx.insert(
        "steers", contact_id=contact_id, conversation_id=conversation_id, words=signal.words, heard_on=on.isoformat()
    )


def accepted(tx: Transaction, steer_id: int, words: str | None, on: date) -> None:
    """Accept a course-correction."""
    _answer(tx, steer_id, "accepted", words, on)


def declined(tx: Transaction, steer_id: int, why: str | None, on: date) -> None:
    """Decline a course-correction."""
    _answer(tx, steer_id, "declined", why, on)


def done(tx: Transaction, steer_id: int, words: str | None, on: date) -> None:
    """Say that a course was corrected; one that was not answered yet is accepted with it."""
    steer = load(tx, steer_id)
    if steer.answer == "declined" or steer.done_on:
        state = "done" if steer.done_on else "declined"
        raise Problem(f"{numbers.shown('steer', steer_id)} is {state} already; nothing was changed.")
    rows.not_before("steer", steer_id, steer.heard_on, on)
    if steer.answer is None:
        _answer(tx, steer_id, "accepted", None, on)
    tx.update("steers", steer_id, done_on=on.isoformat(), done_words=words)


def load(tx: Transaction, steer_id: int) -> Steer:
    """Read one course-correction; raises NotFound."""
    return rows.load(tx.db, Steer, "steer", steer_id)


def _answer(tx: Transaction, steer_id: int, answer: str, words: str | None, on: date) -> None:
    steer = load(tx, steer_id)
    if steer.answered_on:
        number, day = numbers.shown("steer", steer_id), clock.full(date.fromisoformat(steer.answered_on))
        raise Problem(f"{number} was {steer.answer} on {day} already; nothing was changed.")
    rows.not_before("steer", steer_id, steer.heard_on, on)
    tx.update("steers", steer_id, answer=answer, answered_on=on.isoformat(), answer_words=words)
