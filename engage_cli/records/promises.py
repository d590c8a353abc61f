"""Promises: what one side said it would do, with every due date it had."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import clock, numbers
from engage_cli.errors import Problem
from engage_cli.records import apologies, rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Promise:
    """One promise, as stored; `side` is who promised (me, them), days are ISO."""

    id: int
    contact_id: int
    conversation_id: int | None
    side: str
    words: str
    made_on: str
    kept_on: str | None
    broken_on: str | None
    dropped_on: str | None

    @property
    def state(self) -> str:
        """Name where it stands: open, kept, broken or dropped."""
        ended = {"kept": self.kept_on, "broken": self.broken_on, "dropped": self.dropped_on}
        return next((state for state, on in ended.items() if on), "open")


def make(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down a promise, ours or theirs, with its due date where there is one; return its number."""
    side = "me" if signal.keyword == "promise" else "them"
    promise_id = tx.insert(
        "promises",
        contact_id=contact_id,
        conversation_id=conversation_id,
        side=side,
        words=signal.words,
        made_on=on.isoformat(),
    )
    if signal.due_on:
        _set_due(tx, promise_id, signal.due_on, on, side, None)
    return promise_id


def kept(tx: Transaction, promise_id: int, words: str | None, on: date) -> Promise:
    """Say that a promise was kept."""
    return _end(tx, promise_id, on, kept_on=on.isoformat(), kept_words=words)


def broken(tx: Transaction, promise_id: int, words: str | None, on: date) -> Promise:
    """Say that a promise was broken."""
    return _end(tx, promise_id, on, broken_on=on.isoformat(), broken_words=words)


def dropped(tx: Transaction, promise_id: int, why: str | None, on: date) -> Promise:
    """Let a promise go, because it is no longer wanted."""
    return _end(tx, promise_id, on, dropped_on=on.isoformat(), dropped_why=why)


def moved(tx: Transaction, promise_id: int, due_on: date, asked_by: str, on: date, why: str | None = None) -> Promise:
    """Give an open promise another due date; the earlier ones stay in its history."""
    promise = _open(tx, promise_id, on)
    if dues(tx.db, promise_id)[-1:] == [due_on.isoformat()]:
        raise Problem(f"{numbers.shown('promise', promise_id)} is due on {clock.full(due_on)} already.")
    _set_due(tx, promise_id, due_on, on, asked_by, why)
    return promise


def apologise(tx: Transaction, promise: Promise, words: str, on: date) -> int:
    """Owe the apology that follows from a promise that we broke; return its number.

    It came up in no conversation: where it comes from is the promise.
    """
    rows.not_before("promise", promise.id, promise.made_on, on)
    if promise.side == "them":
        raise Problem(f"{numbers.shown('promise', promise.id)} is their promise: there is nothing we owe for it.")
    apology_id = apologies.owe(tx, Signal("sorry", words), promise.contact_id, None, on)
    tx.update("apologies", apology_id, promise_id=promise.id)
    return apology_id


def dues(db: sqlite3.Connection, promise_id: int) -> list[str]:
    """List every due date that a promise had, the first one first."""
    rows_ = db.execute("SELECT due_on FROM due_dates WHERE promise_id = ? ORDER BY id", (promise_id,))
    return [due_on for (due_on,) in rows_]


def load(tx: Transaction, promise_id: int) -> Promise:
    """Read one promise; raises NotFound."""
    return rows.load(tx.db, Promise, "promise", promise_id)


def _end(tx: Transaction, promise_id: int, on: date, **values: str | None) -> Promise:
    _open(tx, promise_id, on)
    tx.update("promises", promise_id, **values)
    return load(tx, promise_id)


def _open(tx: Transaction, promise_id: int, on: date) -> Promise:
    promise = load(tx, promise_id)
    if promise.state != "open":
        ended_on = promise.kept_on or promise.broken_on or promise.dropped_on or ""
        day = clock.full(date.fromisoformat(ended_on))
        number = numbers.shown("promise", promise_id)
        raise Problem(f"{number} was {promise.state} on {day} already; nothing was changed.")
    rows.not_before("promise", promise_id, promise.made_on, on)
    return promise


def _set_due(tx: Transaction, promise_id: int, due_on: date, on: date, asked_by: str, why: str | None) -> None:
    tx.insert(
        "due_dates",
        promise_id=promise_id,
        due_on=due_on.isoformat(),
        set_on=on.isoformat(),
        asked_by=asked_by,
        why=why,
    )
