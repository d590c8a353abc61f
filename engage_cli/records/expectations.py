"""Expectations: what a contact expects on one topic; a newer statement supersedes the older."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import clock, numbers
from engage_cli.errors import Problem
from engage_cli.folding import caseless
from engage_cli.records import rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Expectation:
    """One statement of what they expect, as stored; days are ISO."""

    id: int
    contact_id: int
    conversation_id: int | None
    topic: str
    words: str
    before: str | None
    heard_on: str
    answer: str | None
    answered_on: str | None
    answer_words: str | None


def hear(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down what they expect on a topic, and return its number."""
    return tx.insert(
        "expectations",
        contact_id=contact_id,
        conversation_id=conversation_id,
        topic=signal.topic,
        words=signal.words,
        before=signal.before,
        heard_on=on.isoformat(),
        recorded_at=tx.at,
    )


def answered(tx: Transaction, expectation_id: int, answer: str, words: str | None, on: date) -> Expectation:
    """Write down our answer: agreed, adapted or declined."""
    expectation = load(tx, expectation_id)
    if expectation.answered_on:
        number, day = (
            numbers.shown("expectation", expectation_id),
            clock.full(date.fromisoformat(expectation.answered_on)),
        )
        raise Problem(f"{number} was answered on {day} already ({expectation.answer}); nothing was changed.")
    tx.update("expectations", expectation_id, answer=answer, answered_on=on.isoformat(), answer_words=words)
    return load(tx, expectation_id)


def earlier(db: sqlite3.Connection, expectation: Expectation) -> Expectation | None:
    """Find the statement on the same topic that this one supersedes."""
    said = [other for other in of(db, expectation.contact_id) if same_topic(other.topic, expectation.topic)]
    before = [other for other in said if (other.heard_on, other.id) < (expectation.heard_on, expectation.id)]
    return before[-1] if before else None


def of(db: sqlite3.Connection, contact_id: int) -> list[Expectation]:
    """List all that a contact ever stated, in the order it was heard."""
    return rows.of(db, Expectation, "expectation", contact_id, "heard_on, id")


def topics(db: sqlite3.Connection, contact_id: int) -> list[str]:
    """List the topics known of a contact, each in the spelling it was first written in."""
    spelled = {caseless(other.topic): other.topic for other in reversed(of(db, contact_id))}
    return sorted(spelled.values(), key=caseless)


def same_topic(one: str, other: str) -> bool:
    """Whether two topics are the same: neither case nor Unicode form matters."""
    return caseless(one) == caseless(other)


def load(tx: Transaction, expectation_id: int) -> Expectation:
    """Read one statement; raises NotFound."""
    return rows.load(tx.db, Expectation, "expectation", expectation_id)
