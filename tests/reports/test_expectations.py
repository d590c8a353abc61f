"""Expectations that changed: the rule of the design, read independently and by example."""

import time
import unicodedata
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction

from engage_cli.records import expectations as records
from engage_cli.reports.expectations import every_expectation, expectations, latest
from engage_cli.reports.only import only
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)


class Said(NamedTuple):
    """One statement; `id` is its place in the order of recording."""

    id: int
    topic: str
    words: str
    old: str | None
    heard_on: str
    recorded_at: str
    answer: str | None


@st.composite
def statements(draw: st.DrawFn) -> list[Said]:
    """Statements in the order in which they were recorded, on a few topics, some about days long past."""
    moments = sorted(draw(st.lists(st.integers(1, 19), min_size=1, max_size=7)))
    return [
        Said(
            number,
            draw(st.sampled_from(("Price", "price", "PRICE", "Straße", "STRASSE"))),
            draw(st.sampled_from(("low", "Low", "high", "fair"))),
            draw(st.sampled_from((None, "low", "none"))),
            f"2026-11-{draw(st.integers(1, day)):02}",
            f"2026-11-{day:02}T10:00:00Z",
            draw(st.sampled_from((None, "agreed", "declined"))),
        )
        for number, day in enumerate(moments, start=1)
    ]


def _store(said: list[Said], reviewed_at: str | None = None, handle: str = "ana") -> Transaction:
    tx = transaction(is_bulk=True)
    contact_id = tx.insert("contacts", kind="person", handle=handle, name=handle.title())
    for one in said:
        _hear(tx, contact_id, one)
    if reviewed_at:
        day = reviewed_at[:10]
        tx.insert("reviews", since_on=day, reviewed_on=day, reviewed_at=reviewed_at)
    return tx


def _hear(tx: Transaction, contact_id: int, one: Said) -> int:
    answered_on = TODAY.isoformat() if one.answer else None
    days = {"heard_on": one.heard_on, "recorded_at": one.recorded_at, "answered_on": answered_on}
    said = {"topic": one.topic, "words": one.words, "before": one.old, "answer": one.answer}
    return tx.insert("expectations", contact_id=contact_id, **said, **days)


def _by_the_rule(said: list[Said], reviewed_at: str | None) -> dict[str, tuple[str, str, bool]]:
    """For each number: before, after, changed back."""
    changes = {}
    for topic in {one.topic.casefold() for one in said}:
        ordered = sorted((one for one in said if one.topic.casefold() == topic), key=lambda one: (one.heard_on, one.id))
        after = ordered.pop()
        is_new = not reviewed_at or after.recorded_at >= reviewed_at
        before = _before(ordered, after, reviewed_at)
        if before is not None and (after.answer is None or is_new):
            changes[f"e{after.id}"] = (before, after.words, before.casefold() == after.words.casefold())
    return changes


def _before(older: list[Said], after: Said, reviewed_at: str | None) -> str | None:
    """The statement to compare with; one that was only said again, with nothing else in between, is none."""
    answered = [place for place, one in enumerate(older) if one.answer is not None]
    seen = [place for place, one in enumerate(older) if reviewed_at and one.recorded_at < reviewed_at]
    place = answered[-1] if answered else seen[-1] if seen else len(older) - 1
    if place < 0:
        return after.old
    words = {one.words.casefold() for one in [*older[place:], after]}
    return None if len(words) == 1 else older[place].words


@given(statements(), st.none() | st.integers(1, 19).map(lambda day: f"2026-11-{day:02}T10:00:00Z"))
def test_the_changes_are_those_of_the_rule(said: list[Said], reviewed_at: str | None) -> None:
    tx = _store(said, reviewed_at)
    items = expectations(tx.db, TODAY).items
    assert {item.id: (item.before, item.after, item.changed_back) for item in items} == _by_the_rule(said, reviewed_at)
    tx.db.close()


@given(statements())
def test_every_statement_stands_beside_the_one_before_it(said: list[Said]) -> None:
    tx = _store(said)
    assert len(every_expectation(tx.db, TODAY).items) == len(said)
    for item in every_expectation(tx.db, TODAY).items:
        one = said[int(item.id[1:]) - 1]
        moment = (one.heard_on, one.id)
        same = [other for other in said if other.topic.casefold() == one.topic.casefold()]
        older = [other for other in same if (other.heard_on, other.id) < moment]
        last = max(older, key=lambda other: (other.heard_on, other.id), default=None)
        is_repeated = last is not None and last.words.casefold() == one.words.casefold()
        before = None if is_repeated else last.words if last else one.old
        assert (item.before, item.after, item.topic) == (before, one.words, one.topic)
    tx.db.close()


def _said(number: int, words: str, on: int, **columns: Any) -> Said:
    day = f"2026-11-{on:02}"
    one = Said(number, "price", words, None, day, f"{day}T10:00:00Z", None)
    return one._replace(**columns)


def _changes(said: list[Said], reviewed_at: str | None = None) -> list[tuple[str | None, str]]:
    return [(item.before, item.after) for item in expectations(_store(said, reviewed_at).db, TODAY).items]


def test_a_first_statement_is_no_change_unless_it_says_what_was_before() -> None:
    assert _changes([_said(1, "low", 1)]) == []
    assert _changes([_said(1, "low", 1, old="high")]) == [("high", "low")]


def test_what_is_stored_wins_over_what_was_stated_as_old() -> None:
    assert _changes([_said(1, "low", 1), _said(2, "fair", 2, old="high")]) == [("low", "fair")]


def test_the_answered_one_is_what_both_sides_knew() -> None:
    said = [_said(1, "low", 1, answer="agreed"), _said(2, "fair", 2), _said(3, "high", 3)]
    assert _changes(said, "2026-11-02T12:00:00Z") == [("low", "high")]


def test_without_an_answer_the_last_review_is_compared_with() -> None:
    said = [_said(1, "low", 1), _said(2, "fair", 5), _said(3, "high", 6)]
    assert _changes(said, "2026-11-03T12:00:00Z") == [("low", "high")]
    assert _changes(said) == [("fair", "high")]


def test_a_back_dated_statement_does_not_rewrite_what_the_review_saw() -> None:
    late = _said(3, "free", 2, recorded_at="2026-11-10T10:00:00Z")
    said = [_said(1, "low", 1), _said(2, "fair", 8), late]
    assert _changes(said, "2026-11-03T12:00:00Z") == [("low", "fair")]


def test_an_answered_change_is_shown_until_the_review_after_it() -> None:
    said = [_said(1, "low", 1), _said(2, "fair", 5, answer="adapted")]
    assert _changes(said, "2026-11-04T12:00:00Z") == [("low", "fair")]
    assert _changes(said, "2026-11-06T12:00:00Z") == []


def test_an_unanswered_change_is_shown_whatever_its_age() -> None:
    said = [_said(1, "low", 1), _said(2, "fair", 2)]
    assert _changes(said, "2026-11-19T12:00:00Z") == [("low", "fair")]


def test_a_later_statement_is_not_hidden_by_an_answer_to_an_older_one() -> None:
    said = [_said(1, "low", 1), _said(2, "fair", 2, answer="agreed"), _said(3, "high", 3)]
    assert _changes(said, "2026-11-19T12:00:00Z") == [("fair", "high")]


def test_a_change_can_be_asked_for_since_a_day() -> None:
    said = [_said(1, "low", 1), _said(2, "fair", 5, answer="agreed")]
    db = _store(said, "2026-11-19T12:00:00Z").db
    assert [len(expectations(db, TODAY, since=date(2026, 11, day)).items) for day in (5, 6)] == [1, 0]


def test_back_where_it_was_is_said_in_words() -> None:
    report = expectations(
        _store([_said(1, "Low", 1, answer="agreed"), _said(2, "high", 2), _said(3, "low", 3)]).db, TODAY
    )
    assert report.items[0].changed_back
    assert "low (changed back)" in [column.text(report.items[0]) for column in report.columns]


def test_unanswered_changes_come_first() -> None:
    tx = _store([_said(1, "low", 1, topic="a"), _said(2, "high", 2, topic="a", answer="agreed")])
    _hear(tx, 1, _said(3, "low", 3, topic="b", old="x"))
    assert [item.topic for item in expectations(tx.db, TODAY).items] == ["b", "a"]


def test_two_contacts_share_no_topic() -> None:
    tx = _store([_said(1, "low", 1)])
    _hear(tx, tx.insert("contacts", kind="person", handle="ben", name="Ben"), _said(2, "high", 2))
    assert expectations(tx.db, TODAY).items == []
    assert len(latest(tx.db, TODAY, only(tx.db)).items) == 2
    assert [item.contact for item in latest(tx.db, TODAY, only(tx.db, who_id=2)).items] == ["ben"]


def test_said_again_in_the_same_words_is_no_change_in_any_list() -> None:
    tx = _store([_said(1, "two weeks", 1), _said(2, "Two weeks", 2), _said(3, "one week", 3), _said(4, "two weeks", 4)])
    found = [(item.before, item.changed_back) for item in every_expectation(tx.db, TODAY).items]
    assert found == [(None, False), (None, False), ("Two weeks", False), ("one week", False)]


def test_a_day_begins_at_the_local_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    # Recorded at 9 o'clock of the 20th, which is the evening of the 19th in UTC.
    said = _said(1, "low", 20, answer="agreed", recorded_at="2026-11-19T20:00:00Z", old="high")
    tx = _store([said])
    assert len(expectations(tx.db, TODAY, since=TODAY).items) == 1
    assert expectations(tx.db, TODAY, since=date(2026, 11, 21)).items == []
    assert len(expectations(tx.db, TODAY, since=date.min).items) == 1


def test_a_topic_is_the_same_in_any_unicode_form() -> None:
    composed, apart = (unicodedata.normalize(form, "Délai") for form in ("NFC", "NFD"))
    tx = _store([_said(1, "short", 1, topic=composed), _said(2, "long", 2, topic=apart.upper())])
    assert [(item.before, item.after) for item in expectations(tx.db, TODAY).items] == [("short", "long")]
    assert len(records.topics(tx.db, 1)) == 1
    assert records.same_topic(composed, apart)
    assert not records.same_topic("Délai", "Delai")
