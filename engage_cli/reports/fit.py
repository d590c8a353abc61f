"""Fit: whether both sides' needs are met, in figures."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli.reports.only import Only
from engage_cli.reports.promises import outcomes
from engage_cli.reports.report import Column, Report
from engage_cli.signals import LEVEL_NAMES

LATEST = 5  # feelings that make a trend


@dataclass(frozen=True)
class Fit:
    """Needs by decision, promises kept in time of those whose outcome is known, and the latest feelings
    (5 great ... 1 upset), the oldest first; `trend` is rising, falling, steady or None where fewer than two are known.
    """

    needs_answered: int
    needs_open: int
    needs_declined: int
    kept_by_me: int
    known_by_me: int
    kept_by_them: int
    known_by_them: int
    feelings: list[int]
    trend: str | None


COLUMNS = (
    Column("needs", lambda item: _needs(item)),
    Column("kept in time", lambda item: _promises(item)),
    Column("feelings", lambda item: _feelings(item), wraps=True),
)

NEEDS = """
SELECT coalesce(sum(decision = 'answered'), 0), coalesce(sum(decision IS NULL OR decision = 'later'), 0),
  coalesce(sum(decision = 'declined'), 0) FROM needs WHERE {only}
"""
FEELINGS = """
SELECT level FROM insights WHERE {only} AND kind = 'feels' AND level IS NOT NULL ORDER BY heard_on DESC, id DESC LIMIT ?
"""


def fit(db: sqlite3.Connection, today: date, only: Only) -> Report:
    """Sum up how well the two sides fit: one item, or none where nothing is known."""
    answered, undecided, declined = db.execute(NEEDS.format(only=only.on("contact_id")), only.values).fetchone()
    kept = outcomes(db, today, only)
    (mine, of_mine), (theirs, of_theirs) = (kept.get(side, (0, 0)) for side in ("me", "them"))
    rows = db.execute(FEELINGS.format(only=only.on("contact_id")), (*only.values, LATEST))
    feelings = [level for (level,) in rows][::-1]
    one = Fit(answered, undecided, declined, mine, of_mine, theirs, of_theirs, feelings, _trend(feelings))
    is_known = answered or undecided or declined or kept or feelings
    return Report("fit", "Fit", today, COLUMNS, [one] if is_known else [], "Nothing is known yet of how you fit.")


def said(item: Fit) -> str:
    """Say in a sentence how well the two sides fit."""
    parts = (("needs", _needs(item)), ("kept in time:", _promises(item)), ("feelings", _feelings(item)))
    return "; ".join(f"{label} {text}" for label, text in parts if text)


def _trend(feelings: list[int]) -> str | None:
    """Compare the latest feeling with the average of those before it."""
    if len(feelings) < 2:
        return None
    *earlier, latest = feelings
    average = sum(earlier) / len(earlier)
    return "rising" if latest > average else "falling" if latest < average else "steady"


def _needs(item: Fit) -> str:
    if not (item.needs_answered or item.needs_open or item.needs_declined):
        return ""
    return f"{item.needs_answered} answered, {item.needs_open} open, {item.needs_declined} declined"


def _promises(item: Fit) -> str:
    sides = (("you", item.kept_by_me, item.known_by_me), ("they", item.kept_by_them, item.known_by_them))
    return ", ".join(f"{side} {kept} of {known}" for side, kept, known in sides if known)


def _feelings(item: Fit) -> str:
    levels = ", ".join(LEVEL_NAMES[level] for level in item.feelings)
    return f"{item.trend} ({levels})" if item.trend else levels
