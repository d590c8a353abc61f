"""The types of customers, and how many there are of each."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engage_cli import clock
from engage_cli.reports.expectations import latest
from engage_cli.reports.insights import Heard, insights
from engage_cli.reports.only import Only, only
from engage_cli.reports.report import Brief, Column, Report
from engage_cli.reports.sameness import same


@dataclass(frozen=True)
class ListedType:
    """One type of customer; `every_days` is its cadence, None where it has none."""

    name: str
    about: str | None
    needs: str | None
    expects: str | None
    every_days: int | None
    contacts: int


@dataclass(frozen=True)
class Common:
    """A need, and the handles of those who have it."""

    words: str
    who: list[str]


NEEDS = (
    Column("need", lambda item: item.words, wraps=True),
    Column("who", lambda item: ", ".join(item.who), wraps=True),
)

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
    return Report(
        "types",
        "Types of customers",
        today,
        COLUMNS,
        items,
        "There is no type yet: engage type add NAME",
        kind=ListedType,
    )


def listed(db: sqlite3.Connection, type_id: int) -> ListedType:
    """Read one type."""
    return ListedType(*db.execute(f"{ROWS} WHERE id = ?", (type_id,)).fetchone())


def described(one: ListedType) -> str:
    """Say in a line what a type is."""
    every = f"talk {clock.every(one.every_days)}" if one.every_days is not None else ""
    needs = f"needs {one.needs}" if one.needs else ""
    expects = f"expects {one.expects}" if one.expects else ""
    return "; ".join(part for part in (one.about, every, needs, expects) if part) or "no description yet"


def prototype(db: sqlite3.Connection, today: date, type_id: int) -> Brief:
    """Sum up what the customers of a type said, so that the prototype grows with every conversation."""
    one = listed(db, type_id)
    theirs = only(db, type_id=type_id)
    heard = insights(db, today, theirs).items
    sections = (
        Report("needs", "Needs", today, NEEDS, _needs(db, theirs), ""),
        latest(db, today, theirs),
        replace(insights(db, today, theirs), name="why", title="Why they chose", items=_of("why", heard)),
        replace(insights(db, today, theirs), name="matters", title="What matters", items=_of("matters", heard)),
    )
    lines = (
        f"who they are: {one.about}" if one.about else "",
        f"talk: {clock.every(one.every_days)}" if one.every_days is not None else "",
        f"usually need: {one.needs}" if one.needs else "",
        f"usually expect: {one.expects}" if one.expects else "",
        f"contacts: {one.contacts}",
    )
    filled = [section for section in sections if section.items]
    return Brief("type", one.name, today, filled, [text for text in lines if text], {"type": one})


def _of(kind: str, heard: Sequence[Heard]) -> list[Heard]:
    return [item for item in heard if item.kind == kind]


def _needs(db: sqlite3.Connection, theirs: Only) -> list[Common]:
    """Gather the needs that mean the same, the most widely shared first."""
    rows = db.execute(
        "SELECT coalesce(topic, words), handle FROM needs JOIN contacts ON contacts.id = contact_id"
        f" WHERE {theirs.on('contact_id')} ORDER BY heard_on, needs.id",
        theirs.values,
    )
    gathered: dict[str, tuple[str, list[str]]] = {}
    for words, handle in rows:
        gathered.setdefault(same(words), (words, []))[1].append(handle)
    found = [Common(words, list(dict.fromkeys(who))) for words, who in gathered.values()]
    return sorted(found, key=lambda one: -len(one.who))
