"""What was done, the latest first: the journal's actions, and those that an undo would take back."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from engage_cli import clock, history, numbers
from engage_cli.reports.report import Column, Report


@dataclass(frozen=True)
class Done:
    """One action: `at` its moment in UTC, `taken_back` whether it is undone now, and the rows it touched."""

    id: str
    at: str
    command: str
    undoes: str | None
    taken_back: bool
    made: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    summary: str


COLUMNS = (
    Column("", lambda item: item.id),
    Column("when", lambda item: when(item.at)),
    Column("command", lambda item: f"{item.command} {item.undoes or ''}".strip()),
    Column("what", lambda item: item.summary + (" (taken back)" if item.taken_back else ""), wraps=True),
)

# Which actions touched the rows of one contact: rows that are theirs no more, and rows that are.
TOUCHED = """
SELECT any.action_id FROM changes AS gone
  JOIN changes AS any ON any.row_id = gone.row_id AND any.table_id = gone.table_id
  WHERE json_extract(gone.old, '$.contact_id') = :who AND gone.old IS NOT NULL
UNION SELECT action_id FROM changes WHERE row_id = :who
  AND table_id = (SELECT id FROM tables WHERE name = 'contacts')
UNION SELECT action_id FROM changes JOIN participants ON participants.conversation_id = row_id
  WHERE participants.contact_id = :who AND table_id = (SELECT id FROM tables WHERE name = 'conversations')
UNION SELECT action_id FROM changes JOIN due_dates ON due_dates.id = row_id JOIN promises ON promises.id = promise_id
  WHERE contact_id = :who AND table_id = (SELECT id FROM tables WHERE name = 'due_dates')
"""
STANDING = """
UNION SELECT action_id FROM changes JOIN {table} ON {table}.id = row_id
  WHERE contact_id = :who AND table_id = (SELECT id FROM tables WHERE name = '{table}')
"""
# Who is meant by another column than contact_id.
NAMED = """
UNION SELECT action_id FROM changes JOIN {table} ON {table}.id = row_id
  WHERE {column} = :who AND table_id = (SELECT id FROM tables WHERE name = '{table}')
UNION SELECT any.action_id FROM changes AS gone
  JOIN changes AS any ON any.row_id = gone.row_id AND any.table_id = gone.table_id
  WHERE gone.table_id = (SELECT id FROM tables WHERE name = '{table}') AND json_extract(gone.old, '$.{column}') = :who
"""
NAMING = {"introductions": "introducer_id", "memberships": "organisation_id"}
WITH_CONTACT = (
    *("aliases", "emails", "phones", "tags", "memberships", "introductions", "participants", "apologies"),
    *("promises", "expectations", "insights", "needs", "conflicts", "steers"),
)


def actions(db: sqlite3.Connection, today: date, contact_id: int | None = None, most: int = 50) -> Report:
    """List the latest actions, of one contact or of all."""
    which, values = "", {}
    if contact_id is not None:
        standing = [STANDING.format(table=table) for table in WITH_CONTACT]
        named = [NAMED.format(table=table, column=column) for table, column in NAMING.items()]
        touched = "".join((TOUCHED, *standing, *named))
        which, values = f"WHERE id IN ({touched})", {"who": contact_id}
    ids = [row[0] for row in db.execute(f"SELECT id FROM actions {which} ORDER BY id DESC LIMIT {most}", values)]
    return _report(db, today, "History", ids, "Nothing was done yet.")


def to_undo(db: sqlite3.Connection, today: date, most: int = 10) -> Report:
    """List the actions that bare undos would take back, the next one first."""
    ids: list[int] = []
    while len(ids) < most and (action_id := history.last(db, ids[-1] if ids else None)):
        ids.append(action_id)
    return _report(db, today, "What undo takes back, the next one first", ids, "There is nothing to take back.")


def when(at: str) -> str:
    """Write a moment in UTC as the local day and time."""
    local = datetime.fromisoformat(at).astimezone()
    return f"{clock.full(local.date())} {local:%H:%M}"


def _report(db: sqlite3.Connection, today: date, title: str, ids: list[int], empty: str) -> Report:
    gone = history.taken_back(db)
    return Report("history", title, today, COLUMNS, [_item(db, one, one in gone) for one in ids], empty, kind=Done)


def _item(db: sqlite3.Connection, action_id: int, taken_back: bool) -> Done:
    one = history.describe(db, action_id)
    undoes = numbers.shown("action", one.undoes_id) if one.undoes_id else None
    number = numbers.shown("action", one.id)
    summary = history.sentence(one)
    return Done(number, one.at, one.command, undoes, taken_back, one.made, one.changed, one.removed, summary)
