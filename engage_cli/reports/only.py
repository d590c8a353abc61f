"""The filters that every report takes: one contact, a tag, a type, an organisation."""

import sqlite3
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
) -> Only:
    """Restrict a report to one contact, to those with a tag, of a type, or of an organisation."""
    conditions, values = [], []
    if who_id is not None:
        conditions.append("{column} = ?")
        values.append(who_id)
    if type_id is not None:
        conditions.append("{column} IN (SELECT id FROM contacts WHERE type_id = ?)")
        values.append(type_id)
    if organisation_id is not None:
        conditions.append("{column} IN (SELECT ? UNION SELECT contact_id FROM memberships WHERE organisation_id = ?)")
        values += [organisation_id, organisation_id]
    if tag is not None:
        tagged = [cid for cid, has in db.execute("SELECT contact_id, tag FROM tags") if fold(has) == fold(tag)]
        conditions.append(f"{{column}} IN ({', '.join('?' * len(tagged)) or 'NULL'})")
        values += tagged
    return Only(tuple(conditions), tuple(values))
