"""The filters that every report takes: one contact, a tag, a type, an organisation."""

import sqlite3
from datetime import date
from typing import Any, NamedTuple

from engage_cli.folding import fold


class Only(NamedTuple):
    """A condition on a column that holds a contact's id, as SQL and its values."""

    conditions: tuple[str, ...] = ()
    values: tuple[int, ...] = ()

    def on(self, column: str) -> str:
        """Write the condition for `column`, to be put after WHERE; its values go with it in order."""
        return " AND ".join(condition.format(column=column) for condition in self.conditions) or "1"

    def named(self, values: dict[str, Any], column: str = "contact_id") -> str:
        """Write the condition for a query that uses names, and add the filter's values by name to `values`."""
        condition = self.on(column)
        for number, value in enumerate(self.values):
            condition = condition.replace("?", f":only{number}", 1)
            values[f"only{number}"] = value
        return condition


EVERYONE = Only()


def only(
    db: sqlite3.Connection,
    who_id: int | None = None,
    tag: str | None = None,
    type_id: int | None = None,
    organisation_id: int | None = None,
    on: date | None = None,
) -> Only:
    """Restrict a report to one contact, to those with a tag, of a type, or of an organisation.

    An organisation is meant with its members of the day `on`; without a day, with all it ever had.
    """
    conditions, values = [], []
    if who_id is not None:
        conditions.append("{column} = ?")
        values.append(who_id)
    if type_id is not None:
        conditions.append("{column} IN (SELECT id FROM contacts WHERE type_id = ?)")
        values.append(type_id)
    if organisation_id is not None:
        conditions.append(f"{{column}} IN (SELECT ? UNION SELECT contact_id FROM memberships WHERE {_members(on)})")
        values += [organisation_id, organisation_id]
    if tag is not None:
        tagged = [cid for cid, has in db.execute("SELECT contact_id, tag FROM tags") if fold(has) == fold(tag)]
        conditions.append(f"{{column}} IN ({', '.join('?' * len(tagged)) or 'NULL'})")
        values += tagged
    return Only(tuple(conditions), tuple(values))


def about(db: sqlite3.Connection, contact_id: int, on: date | None = None) -> Only:
    """Restrict a report to one contact; an organisation is meant with its members of that day, or all it ever had."""
    [kind] = db.execute("SELECT kind FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return only(db, organisation_id=contact_id, on=on) if kind == "organisation" else only(db, who_id=contact_id)


def both(one: Only, other: Only) -> Only:
    """Join two restrictions."""
    return Only(one.conditions + other.conditions, one.values + other.values)


def _members(on: date | None) -> str:
    whenever = "organisation_id = ?"
    return f"{whenever} AND '{on}' BETWEEN coalesce(since_on, '') AND coalesce(until_on, '9999')" if on else whenever
