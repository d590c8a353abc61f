"""Expectations that changed: one row for each contact and topic, before and after."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from engage_cli import clock, numbers
from engage_cli.folding import caseless
from engage_cli.reports import reviews
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import DRAWN, Column, Report


@dataclass(frozen=True)
class Changed:
    """What somebody expects on a topic: the latest statement and the one to compare it with. Days are ISO."""

    id: str
    contact: str
    name: str
    topic: str
    before: str | None
    after: str
    changed_back: bool
    heard_on: str
    answer: str | None
    answered_on: str | None
    answer_words: str | None = field(default=None, metadata=DRAWN)


@dataclass(frozen=True)
class Statement:
    """One statement as stored, with the moment (UTC) at which it was recorded."""

    id: int
    handle: str
    name: str
    contact_id: int
    topic: str
    words: str
    before: str | None
    heard_on: str
    recorded_at: str
    answer: str | None
    answered_on: str | None
    answer_words: str | None


COLUMNS = (
    Column("", lambda item: item.id),
    Column("who", lambda item: item.name),
    Column("topic", lambda item: item.topic),
    Column("before -> after", lambda item: _change(item), wraps=True),
    Column("answer", lambda item: _answer(item), lambda item: "done" if item.answer else "overdue", wraps=True),
)

STATEMENTS = """
SELECT expectations.id, handle, name, contact_id, topic, words, before, heard_on, recorded_at, answer, answered_on,
  answer_words
FROM expectations JOIN contacts ON contacts.id = contact_id
WHERE {condition} ORDER BY contact_id, heard_on, expectations.id
"""


def expectations(db: sqlite3.Connection, today: date, only: Only = EVERYONE, since: date | None = None) -> Report:
    """List the changes that are unanswered, of any age, and all since the last finished review (or `since`)."""
    last = reviews.last_finished(db)
    reviewed_at = last[1] if last else ""
    news = clock.midnight(since) if since else reviewed_at
    recent = (
        "contact_id IN (SELECT contact_id FROM expectations WHERE answer IS NULL"
        " UNION SELECT contact_id FROM expectations WHERE recorded_at >= ?)"
    )
    said = _statements(db, f"{recent} AND {only.on('contact_id')}", (news, *only.values))
    items = [
        change
        for topic in _topics(said)
        if topic[-1].answer is None or topic[-1].recorded_at >= news
        if (change := _compare(topic, reviewed_at)) and (change.before is not None)
    ]
    items.sort(key=lambda item: (item.answer is not None, item.heard_on))
    return Report(
        "expectations",
        "Expectations changed",
        today,
        COLUMNS,
        items,
        "No expectation has changed.",
        "engage expectations",
        kind=Changed,
    )


def every_expectation(db: sqlite3.Connection, today: date, only: Only = EVERYONE) -> Report:
    """List every statement, each with the one before it."""
    items = listed(db, today, only.on("contact_id"), only.values)
    return Report(
        "expectations", "Expectations", today, COLUMNS, items, "Nobody has said yet what they expect.", kind=Changed
    )


def latest(db: sqlite3.Connection, today: date, only: Only) -> Report:
    """List the latest statement on each topic, changed or not; the unanswered ones first."""
    last = reviews.last_finished(db)
    said = _statements(db, only.on("contact_id"), only.values)
    items = [_compare(topic, last[1] if last else "") for topic in _topics(said)]
    items.sort(key=lambda item: (item.answer is not None, item.heard_on))
    return Report(
        "expectations", "Expectations", today, COLUMNS, items, "They have not said yet what they expect.", kind=Changed
    )


def changed_since(db: sqlite3.Connection, since: date) -> list[Changed]:
    """List what changed, topic by topic, with a statement heard since a day; what changed back is no change."""
    last = reviews.last_finished(db)
    recent = "contact_id IN (SELECT contact_id FROM expectations WHERE heard_on >= ?)"
    topics = _topics(_statements(db, recent, (since.isoformat(),)))
    changes = [_compare(topic, last[1] if last else "") for topic in topics]
    return [
        one for one in changes if one.before is not None and not one.changed_back and one.heard_on >= since.isoformat()
    ]


def listed(db: sqlite3.Connection, today: date, condition: str, values: tuple[int, ...]) -> list[Changed]:
    """List the statements that a condition selects, each with the one before it."""
    chosen = {one.id for one in _statements(db, condition, values)}
    theirs = f"contact_id IN (SELECT contact_id FROM expectations WHERE {condition})"
    return [
        _against(topic[place], topic[max(0, place - 1) : place])
        for topic in _topics(_statements(db, theirs, values))
        for place in range(len(topic))
        if topic[place].id in chosen
    ]


def _statements(db: sqlite3.Connection, condition: str, values: tuple[object, ...]) -> list[Statement]:
    return [Statement(*row) for row in db.execute(STATEMENTS.format(condition=condition), values)]


def _topics(said: list[Statement]) -> list[list[Statement]]:
    """Gather statements by contact and topic, the oldest first."""
    topics: dict[tuple[int, str], list[Statement]] = {}
    for one in said:
        topics.setdefault((one.contact_id, caseless(one.topic)), []).append(one)
    return list(topics.values())


def _compare(topic: list[Statement], reviewed_at: str) -> Changed:
    """Compare the latest statement with the last answered older one, else with the latest that the last
    review saw, else with the one before it, else with what was stated as its OLD.
    """
    *older, latest = topic
    answered = [one for one in older if one.answer is not None]
    seen = [one for one in older if one.recorded_at < reviewed_at]
    against = (answered or seen or older)[-1:]
    return _against(latest, older[older.index(against[0]) :] if against else [])


def _against(one: Statement, others: list[Statement]) -> Changed:
    """Compare a statement with the first of those before it; where there is none, with what was stated as its OLD."""
    if not others:
        return _item(one, one.before)
    # Said again in the same words, with nothing else in between, is no change.
    is_repeated = all(_is_same(other, one) for other in others)
    return _item(one, None if is_repeated else others[0].words)


def _is_same(one: Statement, other: Statement) -> bool:
    return caseless(one.words) == caseless(other.words)


def _item(one: Statement, before: str | None) -> Changed:
    back = before is not None and caseless(before) == caseless(one.words)
    return Changed(
        numbers.shown("expectation", one.id),
        one.handle,
        one.name,
        one.topic,
        before,
        one.words,
        back,
        one.heard_on,
        one.answer,
        one.answered_on,
        one.answer_words,
    )


def _answer(item: Changed) -> str:
    answer = item.answer or "none yet"
    return f"{answer}: {item.answer_words}" if item.answer_words else answer


def _change(item: Changed) -> str:
    if item.changed_back:
        return f"{item.after} (changed back)"
    return f"{item.before} -> {item.after}" if item.before else item.after
