"""The journal's memory of itself: which actions stand, and taking one back.

An action is taken back by replaying its changes backwards as a new action, so that
taking back can be taken back. The pattern is that of sqlite.org/undoredo.html.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from engage_cli import numbers
from engage_cli.errors import NotFound, Problem
from engage_cli.store import Dangling, Transaction, reading, writing

# Later changes to the same rows: of the same columns, or of the row's very existence.
LATER = """
SELECT DISTINCT later.action_id, actions.undoes_id
FROM changes AS mine
JOIN changes AS later ON later.row_id = mine.row_id AND later.table_id = mine.table_id
  AND later.action_id > mine.action_id
JOIN actions ON actions.id = later.action_id
WHERE mine.action_id = ? AND (mine.op <> '~' OR later.op <> '~' OR EXISTS (
  SELECT 1 FROM json_each(mine.old) AS one JOIN json_each(later.old) AS other ON one.key = other.key))
"""

# The rows of an action, a contact with its handle: the present one, else that of the row that is gone.
TOUCHED = """
SELECT op, tables.name, row_id, coalesce(contacts.handle, json_extract(old, '$.handle')) FROM changes
JOIN tables ON tables.id = table_id LEFT JOIN contacts ON tables.name = 'contacts' AND contacts.id = row_id
WHERE action_id = ? ORDER BY changes.id
"""


@dataclass(frozen=True)
class Action:
    """One command that changed something; `at` is its moment in UTC, `made`, `changed`, `removed` name the rows."""

    id: int
    command: str
    at: str
    undoes_id: int | None
    made: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


class NothingStands(Problem):
    """No action is left that could be taken back."""

    def __init__(self) -> None:
        super().__init__("There is nothing to take back.")


class InTheWay(Problem):
    """An older action that later ones have built upon."""

    def __init__(self, target: int, later: list[int]) -> None:
        self.later = later
        names = ", ".join(numbers.shown("action", action_id) for action_id in later)
        stands, them = ("stands", "it") if len(later) == 1 else ("stand", "them")
        super().__init__(
            f"{numbers.shown('action', target)} cannot be taken back: {names} came later and {stands} in the way."
            f" Take {them} back first, with `engage undo {numbers.shown('action', later[-1])}`."
        )


def undo(action_id: int | None = None) -> tuple[Action, int]:
    """Take back one action, by default the last one standing; return it and the number of the undoing.

    The last one is chosen inside the transaction, so that two at once take back two. Raises NotFound,
    NothingStands, Problem where it was taken back already, InTheWay where later actions have built upon it.
    """
    try:
        with writing("undo") as tx:
            target = _target(tx, action_id)
            taken = describe(tx.db, target)
            _take_back(tx, target)
        return taken, tx.action_id
    except Dangling as dangling:
        with reading() as db:
            later = _latest(db, target, (dangling.row, dangling.parent))
        raise InTheWay(target, [later]) from None
    except sqlite3.IntegrityError as error:
        raise Problem(
            f"{numbers.shown('action', target)} cannot be taken back: what it would bring back is in use elsewhere"
            f" by now ({error}). `engage history` shows what came later."
        ) from None


def last(db: sqlite3.Connection, before: int | None = None) -> int | None:
    """Find the action that a bare undo takes back: the last one standing."""
    gone = set()
    for action_id, undoes_id, is_back in db.execute(
        "SELECT id, undoes_id, is_back FROM actions WHERE origin = 'here' AND NOT is_sealed AND id < ?"
        " ORDER BY id DESC",
        (before or 1 << 62,),
    ):
        if is_back:
            gone.add(undoes_id)
        elif action_id not in gone:
            return int(action_id)
    return None


def taken_back(db: sqlite3.Connection, before: int | None = None) -> set[int]:
    """Name the actions that are undone now: an undo counts unless it was itself undone."""
    gone: set[int] = set()
    for action_id, undoes_id in db.execute(
        "SELECT id, undoes_id FROM actions WHERE undoes_id IS NOT NULL AND id < ? ORDER BY id DESC",
        (before or 1 << 62,),
    ):
        if action_id not in gone:
            gone.add(undoes_id)
    return gone


def describe(db: sqlite3.Connection, action_id: int) -> Action:
    """Tell what one action did; raises NotFound."""
    row = db.execute("SELECT command, at, undoes_id FROM actions WHERE id = ?", (action_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no action {numbers.shown('action', action_id)}; `engage history` lists them.")
    touched: dict[str, dict[str, None]] = {"+": {}, "~": {}, "-": {}}
    for op, *named in db.execute(TOUCHED, (action_id,)):
        touched[op][_name(*named)] = None
    made, changed, removed = (tuple(touched[op]) for op in "+~-")
    changed = tuple(name for name in changed if name not in made and name not in removed)
    command, at, undoes_id = row
    return Action(action_id, command, at, undoes_id, made, changed, removed)


def sentence(action: Action) -> str:
    """Tell what an action did in a line: made c12, a7; changed p31."""
    parts = (("made", action.made), ("changed", action.changed), ("removed", action.removed))
    return "; ".join(f"{verb} {_few(names)}" for verb, names in parts if names) or "changed nothing"


def _target(tx: Transaction, action_id: int | None) -> int:
    target = action_id if action_id is not None else last(tx.db, tx.action_id)
    if target is None:
        raise NothingStands
    row = tx.db.execute("SELECT is_sealed FROM actions WHERE id = ? AND id <> ?", (target, tx.action_id)).fetchone()
    number = numbers.shown("action", target)
    if row is None:
        raise NotFound(f"There is no action {number}; `engage history` lists them.")
    if row[0]:
        raise Problem(f"{number} can no longer be taken back; nothing was changed.")
    if target in taken_back(tx.db, tx.action_id):
        raise Problem(f"{number} was taken back already; `engage history` shows by which action.")
    return target


def _take_back(tx: Transaction, target: int) -> None:
    is_back = int(target == last(tx.db, tx.action_id))
    tx.db.execute("UPDATE actions SET undoes_id = ?, is_back = ? WHERE id = ?", (target, is_back, tx.action_id))
    if later := _in_the_way(tx, target):
        raise InTheWay(target, later)
    changes = tx.db.execute(
        "SELECT name, row_id, op, old FROM changes JOIN tables ON tables.id = table_id WHERE action_id = ?"
        " ORDER BY changes.id DESC",
        (target,),
    )
    for table, row_id, op, old in changes.fetchall():
        _reverse(tx, table, row_id, op, old)


def _in_the_way(tx: Transaction, target: int) -> list[int]:
    gone = taken_back(tx.db, tx.action_id)
    return sorted(
        action_id
        for action_id, undoes_id in tx.db.execute(LATER, (target,))
        # The undoing of a later action is no obstacle: that action is gone, and so is its undoing's trace.
        if action_id < tx.action_id and action_id not in gone and (undoes_id is None or undoes_id < target)
    )


def _reverse(tx: Transaction, table: str, row_id: int, op: str, old: str | None) -> None:
    if op == "+":
        tx.delete(table, row_id)
    elif op == "-":
        tx.insert(table, **json.loads(old or "{}"))
    else:
        tx.update(table, row_id, **json.loads(old or "{}"))


def _latest(db: sqlite3.Connection, target: int, rows: Iterable[tuple[str, int]]) -> int:
    """Find the latest standing action after `target` that made, changed or removed one of the rows."""
    gone = taken_back(db)
    touched: set[int] = {
        action_id
        for row in rows
        for (action_id,) in db.execute(
            "SELECT action_id FROM changes JOIN tables ON tables.id = table_id"
            " WHERE name = ? AND row_id = ? AND action_id > ?",
            (*row, target),
        )
    }
    return max(touched - gone)


def _name(table: str, row_id: int, handle: str | None) -> str:
    """Name a row as the user knows it: its number, its handle, else the kind of thing it is."""
    if table in numbers.NOUNS:
        return numbers.shown(numbers.NOUNS[table], row_id)
    return handle or "a contact" if table == "contacts" else table.replace("_", " ")


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
