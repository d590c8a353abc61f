"""Apologies: something that went wrong on our side, open until it was said and fixed."""

from dataclasses import dataclass
from datetime import date

from engage_cli import clock, numbers
from engage_cli.errors import Problem
from engage_cli.records import rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Apology:
    """One apology, as stored; days are ISO."""

    id: int
    contact_id: int
    conversation_id: int | None
    words: str
    owed_on: str
    said_on: str | None
    fixed_on: str | None
    confirmed_on: str | None
    dropped_on: str | None


def owe(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down that we owe an apology, and return its number."""
    return tx.insert(
        "apologies", contact_id=contact_id, conversation_id=conversation_id, words=signal.words, owed_on=on.isoformat()
    )


def said(tx: Transaction, apology_id: int, words: str | None, on: date) -> Apology:
    """Say that we apologised."""
    return _step(tx, apology_id, "said", words, on)


def fixed(tx: Transaction, apology_id: int, words: str | None, on: date) -> Apology:
    """Say that what went wrong is put right."""
    return _step(tx, apology_id, "fixed", words, on)


def confirmed(tx: Transaction, apology_id: int, words: str | None, on: date) -> Apology:
    """Say that they confirmed it is put right."""
    return _step(tx, apology_id, "confirmed", words, on)


def dropped(tx: Transaction, apology_id: int, why: str | None, on: date) -> Apology:
    """Let an apology go, with the reason."""
    apology = _open(tx, apology_id, on)
    if not why:
        raise Problem(f"Say why: engage apology dropped {numbers.shown('apology', apology.id)} REASON")
    tx.update("apologies", apology_id, dropped_on=on.isoformat(), dropped_why=why)
    return load(tx, apology_id)


def load(tx: Transaction, apology_id: int) -> Apology:
    """Read one apology; raises NotFound."""
    return rows.load(tx.db, Apology, "apology", apology_id)


def _step(tx: Transaction, apology_id: int, step: str, words: str | None, on: date) -> Apology:
    apology = _open(tx, apology_id, on)
    if done_on := getattr(apology, f"{step}_on"):
        number = numbers.shown("apology", apology_id)
        raise Problem(f"{number} was {step} on {clock.full(date.fromisoformat(done_on))} already; nothing was changed.")
    tx.update("apologies", apology_id, **{f"{step}_on": on.isoformat(), f"{step}_words": words})
    return load(tx, apology_id)


def _open(tx: Transaction, apology_id: int, on: date) -> Apology:
    apology = load(tx, apology_id)
    if apology.dropped_on:
        day = clock.full(date.fromisoformat(apology.dropped_on))
        raise Problem(f"{numbers.shown('apology', apology_id)} was dropped on {day}; nothing was changed.")
    rows.not_before("apology", apology_id, apology.owed_on, on)
    return apology
