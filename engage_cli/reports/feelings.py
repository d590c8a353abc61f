"""How feelings moved: the latest one of a period beside the last one before it."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import numbers
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full
from engage_cli.signals import LEVEL_NAMES


@dataclass(frozen=True)
class Moved:
    """How one contact's feeling moved: levels from 5 (great) to 1 (upset), the words of the latest; days are ISO."""

    id: str
    contact: str
    name: str
    before: int
    after: int
    words: str
    heard_on: str


COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("from", lambda item: LEVEL_NAMES[item.before]),
    Column("to", lambda item: LEVEL_NAMES[item.after], mark=lambda item: "overdue", is_spoken=True),
    Column("in their words", lambda item: item.words, wraps=True),
    Column("heard", lambda item: full(item.heard_on)),
)

PERIOD = """
SELECT insights.id, contact_id, handle, name, level, words, heard_on
FROM insights JOIN contacts ON contacts.id = contact_id
WHERE insights.kind = 'feels' AND level IS NOT NULL AND heard_on >= ? ORDER BY heard_on, insights.id
"""
BEFORE = """
SELECT level FROM insights WHERE contact_id = ? AND kind = 'feels' AND level IS NOT NULL AND heard_on < ?
ORDER BY heard_on DESC, id DESC LIMIT 1
"""


def fallen(db: sqlite3.Connection, today: date, since: date) -> Report:
    """List whose feelings fell since a day, the deepest fall first."""
    items = sorted((one for one in moved(db, since) if one.after < one.before), key=lambda one: one.after - one.before)
    return Report("feelings", "Feelings that fell", today, COLUMNS, items, "Nobody feels worse than before.")


def moved(db: sqlite3.Connection, since: date) -> list[Moved]:
    """List everybody of whose feelings there is a latest one since a day, and one before to compare it with."""
    heard: dict[int, list[tuple[int, int, str, str, int, str, str]]] = {}
    for row in db.execute(PERIOD, (since.isoformat(),)):
        heard.setdefault(row[1], []).append(row)
    return [one for rows in heard.values() if (one := _compare(db, rows, since))]


def _compare(db: sqlite3.Connection, rows: list[tuple[int, int, str, str, int, str, str]], since: date) -> Moved | None:
    number, contact_id, handle, name, level, words, heard_on = rows[-1]
    earlier = db.execute(BEFORE, (contact_id, since.isoformat())).fetchone()
    if earlier is None and len(rows) == 1:
        return None
    before = earlier[0] if earlier else rows[0][4]
    return Moved(numbers.shown("insight", number), handle, name, before, level, words, heard_on)
