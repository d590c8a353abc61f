"""Needs: what they need, to be decided."""

from datetime import date

from engage_cli.signals import Signal
from engage_cli.store import Transaction


def hear(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down a need, and return its number."""
    return tx.insert(
        "needs", contact_id=contact_id, conversation_id=conversation_id, words=signal.words, heard_on=on.isoformat()
    )
