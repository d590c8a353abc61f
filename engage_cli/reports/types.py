"""The types of customers, and how many there are of each."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import clock
from engage_cli.reports.report import Column, Report


@dataclass(frozen=True)
class ListedType:
    """One type of customer; `every_days` is its cadence, None where it has none."""

    name: str
    about: str | None
    needs: str | None
    expects: str | None
    every_days: int | None
    contacts: int


COLUMNS = (
    Column("type", lambda item: item.name),
    Column("who they are", lambda item: item.about or "", wraps=True),
    Column("every", lambda item: "" if item.every_days is None else clock.every(item.every_days)),
    Column("contacts", lambda item: str(item.contacts)),
)

ROWS = """
SELECT name, about, needs, expects, every_days,
  (SELECT count(*) FROM contacts WHERE type_id = types.id AND merged_into_id IS NULL) FROM types
"""


def types(db: sqlite3.Connection, today: date) -> Report:
    """List all types by name."""
    items = [ListedType(*row) for row in db.execute(f"{ROWS} ORDER BY name, id")]
    return Report("types", "Types of customers", today, COLUMNS, items, "There is no type yet: engage type add NAME")


def listed(db: sqlite3.Connection, type_id: int) -> ListedType:
    """Read one type."""
    return ListedType(*db.execute(f"{ROWS} WHERE id = ?", (type_id,)).fetchone())


def described(one: ListedType) -> str:
    """Say in a line what a type is."""
    every = f"talk {clock.every(one.every_days)}" if one.every_days is not None else ""
    needs = f"needs {one.needs}" if one.needs else ""
    expects = f"expects {one.expects}" if one.expects else ""
    return "; ".join(part for part in (one.about, every, needs, expects) if part) or "no description yet"
