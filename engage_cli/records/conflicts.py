"""Conflicts: what the two sides do not agree on, open until resolved together."""

from datetime import date

from engage_cli.signals import Signal
from engage_cli.store import Transaction


def surface(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down a conflict, and return its number."""
    return tx.insert(
        "conflicts", contact_id=contact_id, conversation_id=conversation_id, words=signal.words, heard_on=on.isoformat()
    )
