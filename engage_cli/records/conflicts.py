"""Conflicts: what the two sides do not agree on, open until resolved together."""

from dataclasses import dataclass
from datetime import date

from engage_cli import clock, numbers
from engage_cli.errors import Problem, WrongUsage
from engage_cli.records import rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Conflict:
    """One conflict, as stored; days are ISO."""

    id: int
    contact_id: int
    conversation_id: int | None
    words: str
    heard_on: str
    resolved_on: str | None
    dropped_on: str | None


def surface(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down a conflict, and return its number."""
    return tx.insert(
        "conflicts", contact_id=contact_id, conversation_id=conversation_id, words=signal.words, heard_on=on.isoformat()
    )


def resolved(tx: Transaction, conflict_id: int, agreed: str | None, on: date) -> None:
    """Resolve a conflict with the words of what was agreed; raises WrongUsage where there are none."""
    _open(tx, conflict_id, on)
    if not agreed:
        raise WrongUsage(
            f"Say what you agreed: engage conflict resolved {numbers.shown('conflict', conflict_id)} WORDS"
        )
    tx.update("conflicts", conflict_id, resolved_on=on.isoformat(), resolution=agreed)


def dropped(tx: Transaction, conflict_id: int, why: str | None, on: date) -> None:
    """Let a conflict go that went away by itself."""
    _open(tx, conflict_id, on)
    tx.update("conflicts", conflict_id, dropped_on=on.isoformat(), dropped_why=why)


def load(tx: Transaction, conflict_id: int) -> Conflict:
    """Read one conflict; raises NotFound."""
    return rows.load(tx.db, Conflict, "conflict", conflict_id)


def _open(tx: Transaction, conflict_id: int, on: date) -> None:
    conflict = load(tx, conflict_id)
    if ended_on := conflict.resolved_on or conflict.dropped_on:
        how = "resolved" if conflict.resolved_on else "dropped"
        number, day = numbers.shown("conflict", conflict_id), clock.full(date.fromisoformat(ended_on))
        raise Problem(f"{number} was {how} on {day} already; nothing was changed.")
    rows.not_before("conflict", conflict_id, conflict.heard_on, on)
