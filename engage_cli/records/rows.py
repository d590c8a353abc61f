"""Loads one row of a table as the dataclass that describes it."""

import sqlite3
from dataclasses import fields
from datetime import date
from typing import TypeVar

from engage_cli import clock, numbers
from engage_cli.errors import NotFound, WrongUsage

Row = TypeVar("Row")


def load(db: sqlite3.Connection, kind: type[Row], noun: str, row_id: int) -> Row:
    """Read the row with that number; the dataclass names the columns.

    Raises NotFound.
    """
    names = ", ".join(field.name for field in fields(kind))  # type: ignore[arg-type]
    row = db.execute(f"SELECT {names} FROM {numbers.TABLES[noun]} WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        raise unknown(noun, row_id)
    return kind(*row)


def of(db: sqlite3.Connection, kind: type[Row], noun: str, contact_id: int, order: str) -> list[Row]:
    """Read all rows of one contact as the dataclass that describes them."""
    names = ", ".join(field.name for field in fields(kind))  # type: ignore[arg-type]
    found = db.execute(
        f"SELECT {names} FROM {numbers.TABLES[noun]} WHERE contact_id = ? ORDER BY {order}", (contact_id,)
    )
    return [kind(*row) for row in found]


def not_before(noun: str, row_id: int, began_on: str, on: date) -> None:
    """Raise WrongUsage for a fact of a day before the one on which a signal was heard, owed or made."""
    if on.isoformat() < began_on:
        number, day = numbers.shown(noun, row_id), clock.full(date.fromisoformat(began_on))
        raise WrongUsage(f"{number} is of {day}, so nothing followed on {clock.full(on)}. Nothing was changed.")


def unknown(noun: str, row_id: int) -> NotFound:
    """Say that there is no such number, and where the numbers are listed."""
    listed = "history" if noun in ("action", "insight", "conversation") else numbers.TABLES[noun]
    where = {"history": "`engage show WHO` and `engage history` list them"}.get(listed, f"`engage {listed}` lists them")
    return NotFound(f"There is no {noun} {numbers.shown(noun, row_id)}; {where}.")
