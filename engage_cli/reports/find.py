"""Full-text search over everything the user wrote."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engage_cli import numbers
from engage_cli.errors import WrongUsage
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full
from engage_cli.searched import SEARCHED, SIGN, STRIDE


@dataclass(frozen=True)
class Hit:
    """One row in which all words occur: `kind` its noun, `id` its number where it has one. Days are ISO."""

    kind: str
    id: str | None
    contact: str | None
    name: str | None
    on: str | None
    text: str


class Place(NamedTuple):
    """Where the words occur: a row and its day."""

    table: str
    row_id: int
    on: str | None


COLUMNS = (
    Column("", lambda item: item.id or item.kind),
    Column("when", lambda item: full(item.on)),
    Column("who", lambda item: item.name or ""),
    Column("text", lambda item: item.text, wraps=True),
)

# Where a row says whose it is and of which day; a conversation is filed under whom it was with first.
WHOSE = {
    "conversations": "(SELECT contact_id FROM participants WHERE conversation_id = it.id ORDER BY id LIMIT 1)",
    "contacts": "it.id",
    "due_dates": "(SELECT contact_id FROM promises WHERE promises.id = it.promise_id)",
    "types": "NULL",
}
WHEN = {
    "conversations": "it.happened_on",
    "apologies": "it.owed_on",
    "promises": "it.made_on",
    "due_dates": "it.set_on",
    "introductions": "it.introduced_on",
    "memberships": "it.since_on",
    "contacts": "NULL",
    "aliases": "NULL",
    "tags": "NULL",
    "types": "NULL",
}

# Rows that are found elsewhere: of those merged the survivor has the name, as an alias, and the note.
LEFT_OUT = {"contacts": "it.merged_into_id IS NOT NULL"}

KINDS = {
    "contacts": "contact",
    "aliases": "alias",
    "tags": "tag",
    "memberships": "membership",
    "introductions": "introduction",
    "due_dates": "due date",
    "types": "type",
}


def find(
    db: sqlite3.Connection,
    today: date,
    words: list[str],
    only: Only = EVERYONE,
    since: date | None = None,
    until: date | None = None,
    most: int = 50,
) -> Report:
    """Find the rows in which every word occurs, or begins a word: at most so many, the latest first.

    Raises WrongUsage where there is nothing to look for.
    """
    found = [place for place in _places(db, _query(words), only) if _within(place.on, since, until)]
    found.sort(key=lambda place: place.on or "", reverse=True)
    sought = " ".join(words)
    return Report(
        "find",
        f'Found for "{sought}"',
        today,
        COLUMNS,
        _hits(db, found[:most]),
        f'Nothing in the journal says "{sought}".',
        remark=f"These are the latest {most:,} of {len(found):,}; for more, add --most N." if len(found) > most else "",
        keys={"found": len(found)},
        kind=Hit,
    )


def _query(words: list[str]) -> str:
    """Write an FTS5 query: each word as a quoted beginning, signs of scripts without spaces taken apart."""
    apart = [re.sub(f"({SIGN})", r" \1 ", word).strip() for word in " ".join(words).split()]
    sought = ['"' + word.replace('"', '""') + '"*' for word in apart if re.search(r"[^\W_]", word)]
    if not sought:
        raise WrongUsage("Say what to look for, in letters or digits: engage find invoice")
    return " AND ".join(sought)


def _places(db: sqlite3.Connection, query: str, only: Only) -> Iterator[Place]:
    """Find where the words occur, table by table, the rows written last first."""
    rows = db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC", (query,))
    by_table: dict[int, list[int]] = {}
    for (place,) in rows:
        by_table.setdefault(place // STRIDE, []).append(place % STRIDE)
    for position, table in enumerate(SEARCHED, start=1):
        if ids := by_table.get(position):
            yield from (Place(table, row_id, on) for row_id, on in _days(db, table, ids, only))


def _days(db: sqlite3.Connection, table: str, ids: list[int], only: Only) -> sqlite3.Cursor:
    """Read number and day of those rows that the filter leaves."""
    whose, when = WHOSE.get(table, "it.contact_id"), WHEN.get(table, "it.heard_on")
    return db.execute(
        f"SELECT it.id, {when} FROM {table} AS it WHERE it.id IN (SELECT value FROM json_each(?))"
        f" AND NOT ({LEFT_OUT.get(table, '0')}) AND {_belonging(table, whose, only)} ORDER BY it.id DESC",
        (json.dumps(ids), *only.values),
    )


def _belonging(table: str, whose: str, only: Only) -> str:
    """Write the filter: a conversation belongs to all it was with or about, anything else to one contact."""
    if table != "conversations":
        return only.on(whose)
    took_part = only.on("participants.contact_id")
    return f"EXISTS (SELECT 1 FROM participants WHERE conversation_id = it.id AND {took_part})"


def _hits(db: sqlite3.Connection, places: list[Place]) -> list[Hit]:
    """Read what stands at the places, in their order."""
    texts = {table: _texts(db, table, places) for table in {place.table for place in places}}
    return [_hit(place, *texts[place.table][place.row_id]) for place in places]


def _texts(db: sqlite3.Connection, table: str, places: list[Place]) -> dict[int, tuple[str | None, ...]]:
    ids = json.dumps([place.row_id for place in places if place.table == table])
    columns = ", ".join(f"it.{column}" for column in SEARCHED[table])
    rows = db.execute(
        f"SELECT it.id, contacts.handle, contacts.name, {columns} FROM {table} AS it"
        f" LEFT JOIN contacts ON contacts.id = {WHOSE.get(table, 'it.contact_id')}"
        " WHERE it.id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    return {row_id: tuple(said) for row_id, *said in rows}


def _hit(place: Place, handle: str | None, name: str | None, *texts: str | None) -> Hit:
    noun = numbers.NOUNS.get(place.table)
    number = numbers.shown(noun, place.row_id) if noun else None
    kind = noun or KINDS[place.table]
    return Hit(kind, number, handle, name, place.on, "\n".join(text for text in texts if text))


def _within(on: str | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return on is not None and (since or date.min).isoformat() <= on <= (until or date.max).isoformat()
