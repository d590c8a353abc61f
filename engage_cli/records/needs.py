"""Needs: what they need, and which of it makes sense to answer."""

from dataclasses import dataclass
from datetime import date

from engage_cli import clock, numbers
from engage_cli.errors import Problem, WrongUsage
from engage_cli.records import rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Need:
    """One need, as stored; `decision` is answered, later, declined or None, days are ISO."""

    id: int
    contact_id: int
    conversation_id: int | None
    words: str
    topic: str | None
    heard_on: str
    decision: str | None
    decided_on: str | None
    until_on: str | None
    done_on: str | None


def hear(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down a need, and return its number."""
    return tx.insert(
        "needs", contact_id=contact_id, conversation_id=conversation_id, words=signal.words, heard_on=on.isoformat()
    )


def answered(tx: Transaction, need_id: int, words: str | None, on: date) -> None:
    """Decide to meet a need."""
    _decide(tx, need_id, "answered", words, on)


def later(tx: Transaction, need_id: int, words: str | None, on: date, until: date) -> None:
    """Decide to look at a need again on a day."""
    _decide(tx, need_id, "later", words, on, until)


def declined(tx: Transaction, need_id: int, why: str | None, on: date) -> None:
    """Decide not to meet a need; raises WrongUsage where no reason is given."""
    if not why:
        raise WrongUsage(f"Say why: engage need declined {numbers.shown('need', need_id)} REASON")
    _decide(tx, need_id, "declined", why, on)


def done(tx: Transaction, need_id: int, words: str | None, on: date) -> None:
    """Say that a need is met; one that was not decided yet is answered with it."""
    need = _open(tx, need_id, on)
    if need.decision != "answered":
        _decide(tx, need_id, "answered", None, on)
    tx.update("needs", need_id, done_on=on.isoformat(), done_words=words)


def load(tx: Transaction, need_id: int) -> Need:
    """Read one need; raises NotFound."""
    return rows.load(tx.db, Need, "need", need_id)


def _decide(
    tx: Transaction, need_id: int, decision: str, words: str | None, on: date, until: date | None = None
) -> None:
    need = _open(tx, need_id, on)
    if need.decision == decision != "later":
        raise Problem(f"{numbers.shown('need', need_id)} is {decision} already; nothing was changed.")
    tx.update(
        "needs",
        need_id,
        decision=decision,
        decided_on=on.isoformat(),
        decided_words=words,
        until_on=until and until.isoformat(),
    )


def _open(tx: Transaction, need_id: int, on: date) -> Need:
    need = load(tx, need_id)
    if need.done_on:
        day = clock.full(date.fromisoformat(need.done_on))
        raise Problem(f"{numbers.shown('need', need_id)} was done on {day} already; nothing was changed.")
    rows.not_before("need", need_id, need.heard_on, on)
    return need
