"""Shifts: where two or more customers of one type changed, needed or felt the same within a period."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engage_cli import clock
from engage_cli.folding import caseless
from engage_cli.reports.expectations import Changed, changed_since
from engage_cli.reports.feelings import moved
from engage_cli.reports.report import Column, Report
from engage_cli.reports.sameness import same
from engage_cli.signals import LEVEL_NAMES

PERIOD = 90  # days, where no other period is asked for


@dataclass(frozen=True)
class Customer:
    """One of those who shifted: what it was, what it is (None where a need is new), and the ISO day it was heard."""

    contact: str
    name: str
    before: str | None
    after: str
    heard_on: str


@dataclass(frozen=True)
class Shift:
    """One shift of a type: `kind` is expectation, need or feeling; `count` of the `total` customers of the type."""

    type: str
    kind: str
    topic: str
    count: int
    total: int
    who: list[Customer]


COLUMNS = (
    Column("type", lambda item: item.type),
    Column(
        "what", lambda item: f"{item.kind}: {item.topic}" if item.kind != "feeling" else "feelings fell", wraps=True
    ),
    Column("how many", lambda item: f"{item.count} of {item.total}", mark=lambda item: "soon"),
    Column("who", lambda item: "; ".join(_said(one) for one in item.who), wraps=True),
)

CUSTOMERS = """
SELECT handle, types.name FROM contacts JOIN types ON types.id = type_id
WHERE type_id IS NOT NULL AND customer_since IS NOT NULL AND archived_on IS NULL AND merged_into_id IS NULL
"""
NEEDS = """
SELECT handle, name, words, coalesce(topic, ''), heard_on FROM needs JOIN contacts ON contacts.id = contact_id
WHERE heard_on >= ? ORDER BY heard_on, needs.id
"""


def shifts(db: sqlite3.Connection, today: date, since: date | None = None) -> Report:
    """List the shifts since a day (90 days if none is named), the widest first."""
    start = since or today - timedelta(days=PERIOD)
    types = dict(db.execute(CUSTOMERS).fetchall())
    found = [*_expected(db, types, today, start), *_needed(db, types, start), *_fallen(db, types, start)]
    items = sorted(found, key=lambda item: (-item.count / item.total, item.type, item.topic))
    empty = f"No two customers of a type shifted together since {clock.full(start)}."
    return Report(
        "shifts", "Shifts by type", today, COLUMNS, items, empty, "engage shifts", keys={"since": start}, kind=Shift
    )


def fresh(db: sqlite3.Connection, today: date, since: date) -> Report:
    """List the shifts of the last 90 days that somebody joined since a day: those new to a review."""
    whole = shifts(db, today)
    news = [item for item in whole.items if any(one.heard_on >= since.isoformat() for one in item.who)]
    return Report("shifts", whole.title, today, COLUMNS, news, whole.empty, whole.more, keys=whole.keys, kind=Shift)


def _expected(db: sqlite3.Connection, types: dict[str, str], today: date, since: date) -> Iterator[Shift]:
    by_topic: dict[tuple[str, str], list[Changed]] = {}
    for change in changed_since(db, since):
        if change.contact in types:
            by_topic.setdefault((types[change.contact], caseless(change.topic)), []).append(change)
    for (type_, _), changes in by_topic.items():
        who = [Customer(one.contact, one.name, one.before, one.after, one.heard_on) for one in changes]
        yield from _shift(types, type_, "expectation", changes[0].topic, who)


def _needed(db: sqlite3.Connection, types: dict[str, str], since: date) -> Iterator[Shift]:
    by_need: dict[tuple[str, str], dict[str, Customer]] = {}
    topics: dict[tuple[str, str], str] = {}
    for handle, name, words, topic, heard_on in db.execute(NEEDS, (since.isoformat(),)):
        if handle in types:
            key = (types[handle], same(topic or words))
            topics.setdefault(key, topic or words)
            by_need.setdefault(key, {})[handle] = Customer(handle, name, None, words, heard_on)
    for key, who in by_need.items():
        yield from _shift(types, key[0], "need", topics[key], list(who.values()))


def _fallen(db: sqlite3.Connection, types: dict[str, str], since: date) -> Iterator[Shift]:
    by_type: dict[str, list[Customer]] = {}
    for one in moved(db, since):
        if one.after < one.before and one.contact in types:
            levels = LEVEL_NAMES[one.before], LEVEL_NAMES[one.after]
            customer = Customer(one.contact, one.name, *levels, one.heard_on)
            by_type.setdefault(types[one.contact], []).append(customer)
    for type_, who in by_type.items():
        yield from _shift(types, type_, "feeling", "feelings", who)


def _shift(types: dict[str, str], type_: str, kind: str, topic: str, who: list[Customer]) -> Iterator[Shift]:
    """Yield a shift where two or more different customers share it."""
    if len(who) >= 2:
        yield Shift(type_, kind, topic, len(who), sum(other == type_ for other in types.values()), who)


def _said(one: Customer) -> str:
    return f"{one.name} {one.before} -> {one.after}" if one.before else one.name
