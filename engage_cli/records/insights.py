"""Insights: what we learnt about them, in their voice."""

from dataclasses import dataclass
from datetime import date

from engage_cli.records import rows
from engage_cli.signals import Signal
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Insight:
    """One insight, as stored; `level` (5 great ... 1 upset) only where it is a feeling."""

    id: int
    contact_id: int
    conversation_id: int | None
    kind: str
    level: int | None
    words: str
    heard_on: str


def hear(tx: Transaction, signal: Signal, contact_id: int, conversation_id: int | None, on: date) -> int:
    """Write down an insight, and return its number."""
    return tx.insert(
        "insights",
        contact_id=contact_id,
        conversation_id=conversation_id,
        kind=signal.keyword,
        level=signal.level,
        words=signal.words,
        heard_on=on.isoformat(),
    )


def load(tx: Transaction, insight_id: int) -> Insight:
    """Read one insight; raises NotFound."""
    return rows.load(tx.db, Insight, "insight", insight_id)
