"""The brief before a call: who they are, what matters to them, what is owed, what to ask."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from engage_cli.reports import apologies, conflicts, expectations, insights, needs, promises, steers
from engage_cli.reports.ask import ask
from engage_cli.reports.conversations import latest_talks
from engage_cli.reports.fit import fit, said
from engage_cli.reports.only import Only, about
from engage_cli.reports.report import Brief, Column, Report
from engage_cli.reports.show import contact_facts, introducers, who_line
from engage_cli.reports.talk import how
from engage_cli.reports.wording import ago, days, full, span

FEELINGS, DECIDED, TALKS = 3, 3, 3  # how many of each are shown

Sentence = Callable[[Any], str]


def prep(db: sqlite3.Connection, today: date, contact_id: int, default_days: int) -> Brief:
    """Brief on one contact, or on an organisation and its members, in the order of what matters in a call."""
    facts = contact_facts(db, today, contact_id, default_days)
    theirs = about(db, contact_id, today)
    sections = [
        *_heard(db, today, theirs),
        *_owed(db, today, theirs),
        *_open(db, today, theirs),
        _talks(db, today, theirs),
        _decided(db, today, theirs),
        _section("ask", "ask", today, ask(db, today, theirs).items, lambda item: f"{item.question} ({item.reason})"),
        _section("fit", "fit", today, fit(db, today, theirs).items, said),
    ]
    return Brief(
        "prep",
        f"{facts['name']} ({facts['handle']})",
        today,
        [section for section in sections if section.items],
        [_who(db, today, contact_id, facts, theirs)],
        {"contact": facts},
        is_sheet=True,
    )


def _who(db: sqlite3.Connection, today: date, contact_id: int, facts: dict[str, Any], theirs: Only) -> str:
    """Say in a line who this is, who introduced you, how long you know each other."""
    [first_on] = db.execute(
        f"SELECT min(happened_on) FROM participants WHERE {theirs.on('contact_id')} AND role = 'with'", theirs.values
    ).fetchone()
    through = introducers(db, contact_id)
    parts = (
        who_line(facts),
        f"met through {through}" if through else "",
        f"known for {span(first_on, today)}" if first_on else "never talked to",
        f"last in touch {ago(facts['last_on'], today)}" if facts["last_on"] else "",
    )
    return ", ".join(part for part in parts if part)


def _heard(db: sqlite3.Connection, today: date, theirs: Only) -> Iterable[Report]:
    """What matters most to them now, what they do, how they felt lately."""
    every = insights.insights(db, today, theirs).items

    def latest(kind: str, most: int) -> list[Any]:
        return [item for item in every if item.kind == kind][:most]

    def words(item: Any) -> str:
        return f"{insights.feeling(item.level, item.words)} ({ago(item.heard_on, today)})"

    yield _section("matters", "matters", today, latest("matters", 1), words)
    yield _section("doing", "doing", today, latest("doing", 1), words)
    yield _section("feels", "feels", today, latest("feels", FEELINGS), words)


def _owed(db: sqlite3.Connection, today: date, theirs: Only) -> Iterable[Report]:
    """What we owe, apologies first, and what they owe."""
    open_ones = promises.promises(db, today, theirs).items
    mine, their = ([item for item in open_ones if item.by == side] for side in ("me", "them"))
    owed = apologies.apologies(db, today, theirs).items
    yield _section(
        "apologies", "you owe", today, owed, lambda item: f"{item.next} it: {item.words}, {days(item.days_owed)}"
    )
    yield _section("promises", "you owe", today, mine, _promise)
    yield _section("their_promises", "they owe", today, their, _promise)


def _open(db: sqlite3.Connection, today: date, theirs: Only) -> Iterable[Report]:
    """What they expect, where you do not agree, how they steered you, what they need."""
    expected = expectations.latest(db, today, theirs).items
    disagreed, steered = conflicts.conflicts(db, today, theirs).items, steers.steers(db, today, theirs).items
    needed = needs.needs(db, today, theirs).items
    yield _section("expectations", "expects", today, expected, _expectation)
    yield _section("conflicts", "conflict", today, disagreed, lambda item: f"{item.words}, since {full(item.heard_on)}")
    yield _section("steers", "steers", today, steered, lambda item: f"{item.words}, {_answer(item)}")
    yield _section("needs", "needs", today, needed, lambda item: f"{item.words}, {needs.decision(item)}")


def _talks(db: sqlite3.Connection, today: date, theirs: Only) -> Report:
    items = latest_talks(db, theirs, TALKS)
    return _section(
        "conversations", "talked", today, items, lambda item: f"{full(item.happened_on)}, {how(item)}: {item.note}"
    )


def _decided(db: sqlite3.Connection, today: date, theirs: Only) -> Report:
    items = [item for item in insights.insights(db, today, theirs).items if item.kind == "decided"][:DECIDED]
    return _section("decided", "decided", today, items, lambda item: f"{item.words} ({ago(item.heard_on, today)})")


def _section(name: str, label: str, today: date, items: Sequence[Any], sentence: Sentence) -> Report:
    """Make a section whose items are said in a sentence each, behind their number."""
    columns = (
        Column("", lambda item: getattr(item, "id", "")),
        Column(label, sentence, wraps=True),
    )
    return Report(name, label, today, columns, items, "")


def _promise(item: promises.Promised) -> str:
    due = f"due {full(item.due_on)}" if item.due_on else "no due date"
    late = f", overdue by {days(item.days_overdue)}" if item.days_overdue else ""
    return f"{item.words}, {due}{late}"


def _expectation(item: expectations.Changed) -> str:
    change = f"{item.before} -> {item.after}" if item.before and not item.changed_back else item.after
    back = " (changed back)" if item.changed_back else ""
    return f"{item.topic}: {change}{back}, {item.answer or 'not answered'}"


def _answer(item: Any) -> str:
    return "not answered" if item.state == "open" else item.state
