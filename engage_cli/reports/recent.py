"""Everybody in the journal, whom you spoke to last first: what a pick list offers."""

import sqlite3
from typing import NamedTuple

from engage_cli.folding import fold
from engage_cli.reports.due import LATEST


class Person(NamedTuple):
    """One contact to pick; `key` holds the handle, the name and the aliases, folded."""

    handle: str
    name: str
    last_on: str | None
    key: str


def recent(db: sqlite3.Connection, handles: list[str] | None = None) -> list[Person]:
    """List those with these handles, or all who are not archived; whom you never spoke to comes last."""
    named = ", ".join("?" * len(handles or []))
    condition = "archived_on IS NULL" if handles is None else f"handle IN ({named})"
    last = LATEST.format(whose="contacts.id", since="''", until="'9999'")
    aliases = "(SELECT group_concat(alias, ' ') FROM aliases WHERE contact_id = contacts.id)"
    rows = db.execute(
        f"SELECT handle, name, {last} AS last, {aliases}"
        f" FROM contacts WHERE merged_into_id IS NULL AND {condition} ORDER BY last DESC, handle",
        handles or [],
    )
    return [
        Person(handle, name, last and last[:10], fold(f" {handle} {name} {also or ''}"))
        for handle, name, last, also in rows
    ]


def matching(people: list[Person], typed: str) -> list[Person]:
    """Leave those whose handle, name or alias holds each word typed: exact handles first, then beginnings of words."""
    words = fold(typed).split()
    ranked = [(_rank(one, words), one) for one in people]
    return [one for rank, one in sorted(ranked, key=lambda pair: pair[0]) if rank < _NOT]


_NOT = 3


def _rank(one: Person, words: list[str]) -> int:
    if words == [one.handle]:
        return 0
    if all(f" {word}" in f" {one.key}" for word in words):
        return 1
    return 2 if all(word in one.key for word in words) else _NOT
