"""Full-text search over everything the user wrote."""

import re
import sqlite3
from dataclasses import dataclass
from datetime import date

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


COLUMNS = (
    Column("", lambda item: item.id or item.kind),
    Column("when", lambda item: full(item.on)),
    Column("who", lambda item: item.name or ""),
    Column("text", lambda item: item.text, wraps=True),
)

# Where a row says whose it is and of which day; a conversation is filed under whom it was with first.
WHOSE = {
    "conversations": "(SELECT contact_id FROM participants WHERE conversation_id = it.id ORDER BY id LIMIT 1)",
    "contacts": "coalesce(it.merged_into_id, it.id)",
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
) -> Report:
    """Find the rows in which every word occurs, or begins a word, the latest first.

    Raises WrongUsage where there is nothing to look for.
    """
    query = _query(words)
    places = [
        row_id for (row_id,) in db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC", (query,))
    ]
    hits = []
    for position, table in enumerate(SEARCHED, start=1):
        ids = [place - position * STRIDE for place in places if place // STRIDE == position]
        hits += _hits(db, table, ids, only)
    kept = [hit for hit in hits if _within(hit.on, since, until)]
    kept.sort(key=lambda hit: hit.on or "", reverse=True)
    sought = " ".join(words)
    return Report("find", f'Found for "{sought}"', today, COLUMNS, kept, f'Nothing in the journal says "{sought}".')


def _query(words: list[str]) -> str:
    """Write an FTS5 query: each word as a quoted beginning, signs of scripts without spaces taken apart."""
    apart = [re.sub(f"({SIGN})", r" \1 ", word).strip() for word in " ".join(words).split()]
    sought = ['"' + word.replace('"', '""') + '"*' for word in apart if re.search(r"[^\W_]", word)]
    if not sought:
        raise WrongUsage("Say what to look for, in letters or digits: engage find invoice")
    return " AND ".join(sought)


def _hits(db: sqlite3.Connection, table: str, ids: list[int], only: Only) -> list[Hit]:
    whose, when = WHOSE.get(table, "it.contact_id"), WHEN.get(table, "it.heard_on")
    columns = ", ".join(f"it.{column}" for column in SEARCHED[table])
    hits = []
    for row_id in ids:
        row = db.execute(
            f"SELECT contacts.handle, contacts.name, {when}, {columns} FROM {table} AS it"
            f" LEFT JOIN contacts ON contacts.id = {whose} WHERE it.id = ? AND {_belonging(table, whose, only)}",
            (row_id, *only.values),
        ).fetchone()
        if row:
            hits.append(_hit(table, row_id, *row))
    return hits


def _belonging(table: str, whose: str, only: Only) -> str:
    """Write the filter: a conversation belongs to all it was with or about, anything else to one contact."""
    if table != "conversations":
        return only.on(whose)
    took_part = only.on("participants.contact_id")
    return f"EXISTS (SELECT 1 FROM participants WHERE conversation_id = it.id AND {took_part})"


def _hit(table: str, row_id: int, handle: str, name: str, on: str | None, *texts: str | None) -> Hit:
    noun = numbers.NOUNS.get(table)
    number = numbers.shown(noun, row_id) if noun else None
    kind = noun or KINDS[table]
    return Hit(kind, number, handle, name, on, "\n".join(text for text in texts if text))


def _within(on: str | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return on is not None and (since or date.min).isoformat() <= on <= (until or date.max).isoformat()
