"""Types: prototype customers whose shifts are tracked together."""

import difflib
import sqlite3
from dataclasses import dataclass

from engage_cli.errors import NotFound, Problem
from engage_cli.folding import fold
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Type:
    """One type of customer, as stored; `every_days` is its cadence, None where it has none."""

    id: int
    name: str
    about: str | None
    needs: str | None
    expects: str | None
    every_days: int | None


def add(tx: Transaction, name: str, **values: str | int | None) -> int:
    """Add a type; raises Problem where there is one of that name."""
    if any(fold(one.name) == fold(name) for one in all_of(tx.db)):
        raise Problem(f'There is a type "{name}" already; change it with: engage type edit "{name}"')
    return tx.insert("types", name=name, **values)


def find(db: sqlite3.Connection, name: str) -> Type:
    """Find a type by its name; raises NotFound, with what looks alike."""
    known = {fold(one.name): one for one in all_of(db)}
    if one := known.get(fold(name)):
        return one
    close = difflib.get_close_matches(fold(name), known, n=1)
    meant = f'Did you mean "{known[close[0]].name}"? ' if close else ""
    raise NotFound(f'There is no type "{name}". {meant}Add it with: engage type add "{name}"')


def all_of(db: sqlite3.Connection) -> list[Type]:
    """List all types by name."""
    rows = db.execute("SELECT id, name, about, needs, expects, every_days FROM types ORDER BY name, id")
    return [Type(*row) for row in rows]
