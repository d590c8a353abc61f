"""Ties: who brought whom, whom to thank, and who could bring you together with whom."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from engage_cli.folding import fold
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import DRAWN, Brief, Column, Report
from engage_cli.reports.wording import full


@dataclass(frozen=True)
class Tie:
    """One introduction: `contact` was met through `introducer`. Days are ISO; `depth` is its place in the tree."""

    contact: str
    name: str
    introducer: str
    introducer_name: str
    words: str | None
    introduced_on: str
    thanked_on: str | None
    depth: int = field(default=0, metadata=DRAWN)


@dataclass(frozen=True)
class Introducer:
    """Somebody who brought others: how many, and the names of those."""

    contact: str
    name: str
    brought: int
    who: list[str]


@dataclass(frozen=True)
class Thanks:
    """An introducer whom you have neither thanked nor talked to since; days are ISO."""

    contact: str
    name: str
    brought: str
    introduced_on: str
    last_on: str | None


@dataclass(frozen=True)
class Chance:
    """Somebody without any tie, and who could introduce you: they share an organisation or a tag."""

    contact: str
    name: str
    through: str
    through_name: str
    shared: str


TREE = (
    Column("who brought whom", lambda item: f"{'  ' * item.depth}{item.introducer_name} -> {item.name}"),
    Column("words", lambda item: item.words or "", wraps=True),
    Column("when", lambda item: full(item.introduced_on)),
)
MOST = (
    Column("", lambda item: item.contact),
    Column("who", lambda item: item.name),
    Column("brought", lambda item: str(item.brought)),
    Column("whom", lambda item: ", ".join(item.who), wraps=True),
)
TO_THANK = (
    Column("", lambda item: item.contact),
    Column("who", lambda item: item.name),
    Column("brought", lambda item: item.brought, wraps=True, is_spoken=True),
    Column("on", lambda item: full(item.introduced_on), is_spoken=True),
    Column("talked", lambda item: full(item.last_on, "never"), lambda item: "overdue", is_spoken=True),
)
CHANCES = (
    Column("", lambda item: item.contact),
    Column("who", lambda item: item.name),
    Column("ask", lambda item: f"{item.through_name} ({item.through})", is_spoken=True),
    Column("they share", lambda item: item.shared, wraps=True, is_spoken=True),
)

INTRODUCTIONS = """
SELECT met.handle, met.name, introducer.handle, introducer.name, words, introduced_on, thanked_on
FROM introductions JOIN contacts AS met ON met.id = contact_id
JOIN contacts AS introducer ON introducer.id = introducer_id
ORDER BY introduced_on, introductions.id
"""
LAST = """
SELECT max(happened_on) FROM participants JOIN contacts ON contacts.id = contact_id
WHERE contact_id = (SELECT id FROM contacts WHERE handle = ?) AND participants.role = 'with' AND is_touch = 1
  AND happened_on <= ?
"""
PEOPLE = "SELECT id FROM contacts WHERE archived_on IS NULL AND merged_into_id IS NULL AND kind = 'person'"
UNTIED = f"""
SELECT id, handle, name FROM contacts WHERE id IN ({PEOPLE}) AND {{only}}
  AND id NOT IN (SELECT contact_id FROM introductions) AND id NOT IN (SELECT introducer_id FROM introductions)
ORDER BY name, handle
"""


NOTHING = "Nobody introduced anybody yet. Write it down: engage intro add WHO WHOM"
FEWER = "Nothing fits what was asked for."


def ties(db: sqlite3.Connection, today: date, only: Only = EVERYONE, handle: str | None = None) -> Brief:
    """Show who brought whom, as a tree; who brought most; whom to thank; and who could introduce you.

    With a handle only the ties above and below that contact are shown.
    """
    known = [Tie(*row) for row in db.execute(INTRODUCTIONS)]
    shown = _around(known, handle) if handle else _among(db, known, only)
    sections = (
        Report("tree", "Who brought whom", today, TREE, _tree(shown), ""),
        Report("introducers", "Who brought most", today, MOST, _introducers(shown), ""),
        Report("thanks", "Not thanked, not talked to since", today, TO_THANK, _to_thank(db, shown, today), ""),
        Report("chances", "Who could introduce you", today, CHANCES, _chances(db, only, handle), ""),
    )
    filled = [section for section in sections if section.items]
    nothing = FEWER if known and (handle or only.conditions) else NOTHING
    return Brief("ties", "Ties", today, filled, () if filled else (nothing,), is_digest=True)


def _among(db: sqlite3.Connection, known: list[Tie], only: Only) -> list[Tie]:
    """Keep the ties of which one end or the other passes the filter."""
    if not only.conditions:
        return known
    handles = {handle for (handle,) in db.execute(f"SELECT handle FROM contacts WHERE {only.on('id')}", only.values)}
    return [tie for tie in known if tie.contact in handles or tie.introducer in handles]


def _around(known: list[Tie], handle: str) -> list[Tie]:
    """Keep the ties that lead to a contact and those that lead on from it."""
    above, below = {handle}, {handle}
    for _ in known:
        above |= {tie.introducer for tie in known if tie.contact in above}
        below |= {tie.contact for tie in known if tie.introducer in below}
    return [tie for tie in known if tie.contact in above or tie.introducer in below]


def _tree(known: list[Tie]) -> list[Tie]:
    """Order ties as a tree, each below the one that brought its introducer; circles are cut where they close."""
    brought: dict[str, list[Tie]] = {}
    for tie in known:
        brought.setdefault(tie.introducer, []).append(tie)
    met = {tie.contact for tie in known}
    roots = sorted(brought, key=lambda introducer: introducer in met)
    return [tie for root in roots for tie in _grow(root, brought)]


def _grow(root: str, brought: dict[str, list[Tie]]) -> Iterator[Tie]:
    """Yield what a contact brought, and what those brought; each tie is taken out of `brought` and so drawn once."""
    open_ties = [(tie, 0) for tie in reversed(brought.pop(root, []))]
    while open_ties:
        tie, depth = open_ties.pop()
        yield replace(tie, depth=depth)
        open_ties += [(below, depth + 1) for below in reversed(brought.pop(tie.contact, []))]


def _introducers(known: list[Tie]) -> list[Introducer]:
    brought: dict[tuple[str, str], list[str]] = {}
    for tie in known:
        brought.setdefault((tie.introducer, tie.introducer_name), []).append(tie.name)
    found = [Introducer(*who, len(names), names) for who, names in brought.items()]
    return sorted(found, key=lambda one: (-one.brought, one.name))


def _to_thank(db: sqlite3.Connection, known: list[Tie], today: date) -> list[Thanks]:
    found = []
    for tie in known:
        last_on = db.execute(LAST, (tie.introducer, today.isoformat())).fetchone()[0]
        if tie.thanked_on is None and (last_on or "") <= tie.introduced_on:
            found.append(Thanks(tie.introducer, tie.introducer_name, tie.name, tie.introduced_on, last_on))
    return found


def _chances(db: sqlite3.Connection, only: Only, whose: str | None) -> list[Chance]:
    """Find for each contact without a tie the first other one that shares an organisation or a tag."""
    shared = _shared(db)
    found = []
    for contact_id, handle, name in db.execute(UNTIED.format(only=only.on("id")), only.values).fetchall():
        if whose not in (None, handle):
            continue
        others = ((other, what) for what, people in shared.items() if contact_id in people for other in people)
        through = next(((other, what) for other, what in others if other != contact_id), None)
        if through:
            other, what = through
            found.append(Chance(handle, name, *_person(db, other), what))
    return found


def _shared(db: sqlite3.Connection) -> dict[str, list[int]]:
    """List who shares what: an organisation's name or a tag -> the ids of its people."""
    rows = db.execute(
        "SELECT contact_id, organisation.name FROM memberships JOIN contacts AS organisation"
        " ON organisation.id = organisation_id WHERE until_on IS NULL"
        f" AND contact_id IN ({PEOPLE}) UNION ALL SELECT contact_id, tag FROM tags WHERE contact_id IN ({PEOPLE})"
    )
    spelled: dict[str, str] = {}
    shared: dict[str, list[int]] = {}
    for contact_id, what in rows:
        shared.setdefault(spelled.setdefault(fold(what), what), []).append(contact_id)
    return shared


def _person(db: sqlite3.Connection, contact_id: int) -> tuple[str, str]:
    handle, name = db.execute("SELECT handle, name FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return handle, name
