"""What was said moves on: steps that can be taken once, and what they leave behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from memory import transaction

from engage_cli.errors import NotFound, Problem, WrongUsage
from engage_cli.records import (
    apologies,
    conflicts,
    contacts,
    conversations,
    expectations,
    needs,
    promises,
    signals,
    steers,
)
from engage_cli.signals import Signal
from engage_cli.store import Transaction

DAY, LATER = date(2026, 11, 10), date(2026, 11, 12)


@pytest.fixture
def tx() -> Transaction:
    tx = transaction()
    for handle in ("ana", "ben"):
        contacts.add(tx, handle.title(), "person", handle)
    return tx


def _talk(tx: Transaction) -> int:
    return conversations.add(tx, [contacts.load(tx.db, 1)], [], happened_on=str(DAY), channel="call", note="hello")


def _promise(tx: Transaction, keyword: str = "promise", talk: int | None = None) -> int:
    return promises.make(tx, Signal(keyword, "the quote", due_on=LATER), 1, talk, DAY)


def test_an_apology_is_open_until_it_was_said_and_fixed(tx: Transaction) -> None:
    number = apologies.owe(tx, Signal("sorry", "late"), 1, None, DAY)
    assert apologies.load(tx, number).said_on is None
    assert apologies.said(tx, number, "by phone", DAY).said_on == "2026-11-10"
    assert apologies.fixed(tx, number, None, LATER).fixed_on == "2026-11-12"
    assert apologies.confirmed(tx, number, None, LATER).confirmed_on == "2026-11-12"


@pytest.mark.parametrize("step", [apologies.said, apologies.fixed, apologies.confirmed])
def test_each_step_is_taken_once(tx: Transaction, step: Callable[..., Any]) -> None:
    number = apologies.owe(tx, Signal("sorry", "late"), 1, None, DAY)
    step(tx, number, None, DAY)
    with pytest.raises(Problem, match=rf"a1 was {step.__name__} on Tue 10 Nov 2026 already; nothing was changed"):
        step(tx, number, None, LATER)


def test_an_apology_is_dropped_with_a_reason_and_then_stays_so(tx: Transaction) -> None:
    number = apologies.owe(tx, Signal("sorry", "late"), 1, None, DAY)
    with pytest.raises(Problem, match="engage apology dropped a1 REASON"):
        apologies.dropped(tx, number, None, DAY)
    assert apologies.dropped(tx, number, "she left", DAY).dropped_on == "2026-11-10"
    with pytest.raises(Problem, match="a1 was dropped on Tue 10 Nov 2026"):
        apologies.said(tx, number, None, DAY)


@pytest.mark.parametrize(
    ("ending", "state"), [(promises.kept, "kept"), (promises.broken, "broken"), (promises.dropped, "dropped")]
)
def test_a_promise_ends_once(tx: Transaction, ending: Callable[..., Any], state: str) -> None:
    number = _promise(tx)
    assert promises.load(tx, number).state == "open"
    assert ending(tx, number, None, DAY).state == state
    for other in (promises.kept, promises.broken, promises.dropped):
        with pytest.raises(Problem, match=f"p1 was {state} on Tue 10 Nov 2026 already"):
            other(tx, number, None, LATER)
    with pytest.raises(Problem, match=f"p1 was {state}"):
        promises.moved(tx, number, LATER, "me", LATER)


def test_a_moved_promise_keeps_every_date_and_who_asked(tx: Transaction) -> None:
    number = _promise(tx, "they-promise")
    promises.moved(tx, number, date(2026, 11, 20), "me", DAY)
    with pytest.raises(Problem, match="p1 is due on Fri 20 Nov 2026 already"):
        promises.moved(tx, number, date(2026, 11, 20), "them", DAY)
    promises.moved(tx, number, LATER, "them", DAY)
    assert promises.dues(tx.db, number) == ["2026-11-12", "2026-11-20", "2026-11-12"]
    asked = [by for (by,) in tx.db.execute("SELECT asked_by FROM due_dates ORDER BY id")]
    assert asked == ["them", "me", "them"]


def test_an_apology_follows_only_from_our_own_promise(tx: Transaction) -> None:
    ours, theirs = _promise(tx), _promise(tx, "they-promise")
    owed = promises.apologise(tx, promises.load(tx, ours), "late", DAY)
    assert tx.db.execute("SELECT promise_id FROM apologies WHERE id = ?", (owed,)).fetchone() == (ours,)
    with pytest.raises(Problem, match="p2 is their promise"):
        promises.apologise(tx, promises.load(tx, theirs), "late", DAY)
    with pytest.raises(Problem, match="a1 is owed for p1; delete a1 first"):
        signals.delete(tx, "promise", ours)


def test_an_expectation_is_answered_once(tx: Transaction) -> None:
    number = expectations.hear(tx, Signal("expects", "low", topic="price"), 1, None, DAY)
    assert expectations.answered(tx, number, "adapted", "from May on", DAY).answer == "adapted"
    with pytest.raises(Problem, match=r"e1 was answered on Tue 10 Nov 2026 already \(adapted\)"):
        expectations.answered(tx, number, "agreed", None, LATER)


def test_the_earlier_statement_is_the_one_heard_before_on_the_same_topic(tx: Transaction) -> None:
    heard = [("Price", 1, 10), ("price", 1, 8), ("PRICE", 1, 10), ("price", 2, 9), ("date", 1, 9)]
    for topic, whose, day in heard:
        expectations.hear(tx, Signal("expects", "x", topic=topic), whose, None, date(2026, 11, day))
    earlier = [expectations.earlier(tx.db, expectations.load(tx, number)) for number in range(1, 6)]
    assert [one and one.id for one in earlier] == [2, None, 1, None, None]
    assert expectations.topics(tx.db, 1) == ["date", "price"]


def test_a_conversation_takes_its_signals_along_to_another_day(tx: Transaction) -> None:
    talk = _talk(tx)
    _promise(tx, talk=talk)
    apologies.owe(tx, Signal("sorry", "late"), 1, talk, date(2026, 11, 1))  # of another day on purpose
    conversations.redate(tx, conversations.load(tx.db, talk), LATER)
    assert promises.load(tx, 1).made_on == "2026-11-12"
    assert apologies.load(tx, 1).owed_on == "2026-11-01"
    assert tx.db.execute("SELECT happened_on FROM participants").fetchone() == ("2026-11-12",)


def test_a_conversation_goes_with_its_signals_unless_something_followed(tx: Transaction) -> None:
    talk = _talk(tx)
    _promise(tx, talk=talk)
    apologies.owe(tx, Signal("sorry", "late"), 1, talk, DAY)
    promises.moved(tx, 1, date(2026, 11, 20), "me", DAY)
    with pytest.raises(Problem, match=r"c1 brought up p1, on which something followed; nothing was deleted"):
        conversations.delete(tx, talk)
    signals.delete(tx, "promise", 1)
    assert conversations.delete(tx, talk) == ["a1"]
    counts = [tx.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("due_dates", "participants")]
    assert counts == [0, 0]


@pytest.mark.parametrize("noun", ["apology", "promise", "conversation", "insight", "need"])
def test_an_unknown_number_says_where_the_numbers_are(tx: Transaction, noun: str) -> None:
    with pytest.raises(NotFound, match=f"There is no {noun} .7; `engage "):
        signals.require(tx.db, noun, 7)


def test_words_added_to_a_conversation_stand_below(tx: Transaction) -> None:
    talk = _talk(tx)
    conversations.more(tx, conversations.load(tx.db, talk), "and more")
    conversations.more(tx, conversations.load(tx.db, talk), "")
    assert conversations.load(tx.db, talk).note == "hello\nand more"


def test_who_took_part_can_be_said_anew(tx: Transaction) -> None:
    talk = _talk(tx)
    ana, ben = (contacts.load(tx.db, number) for number in (1, 2))
    conversations.involve(tx, talk, [ben], [ana])
    assert [row[1] for row in conversations.participants(tx.db, talk, "with")] == ["ben"]
    assert [row[1] for row in conversations.participants(tx.db, talk, "about")] == ["ana"]
    conversations.involve(tx, talk, [ben, ana], [ana])
    assert [row[1] for row in conversations.participants(tx.db, talk, "with")] == ["ben", "ana"]


EARLY = [
    ("sorry", apologies.said),
    ("sorry", apologies.fixed),
    ("sorry", apologies.confirmed),
    ("sorry", apologies.dropped),
    ("promise", promises.kept),
    ("promise", promises.broken),
    ("promise", promises.dropped),
    ("needs", needs.answered),
    ("needs", needs.declined),
    ("needs", needs.done),
    ("conflict", conflicts.resolved),
    ("conflict", conflicts.dropped),
    ("steer", steers.accepted),
    ("steer", steers.declined),
    ("steer", steers.done),
]


@pytest.mark.parametrize(("keyword", "verb"), EARLY)
def test_nothing_follows_on_a_signal_before_its_day(tx: Transaction, keyword: str, verb: Callable[..., Any]) -> None:
    noun, number = signals.bring_up(tx, Signal(keyword, "words"), 1, None, LATER)
    with pytest.raises(WrongUsage, match=r"1 is of Thu 12 Nov 2026, so nothing followed on Tue 10 Nov 2026"):
        verb(tx, number, "words", DAY)
    assert not signals.is_followed(tx.db, noun, number)
    verb(tx, number, "words", LATER)


def test_a_promise_is_moved_and_apologised_for_after_it_was_made(tx: Transaction) -> None:
    number = promises.make(tx, Signal("promise", "the quote"), 1, None, LATER)
    with pytest.raises(WrongUsage, match="p1 is of"):
        promises.moved(tx, number, LATER, "me", DAY)
    with pytest.raises(WrongUsage, match="p1 is of"):
        promises.apologise(tx, promises.load(tx, number), "late", DAY)


def test_the_apology_for_a_promise_belongs_to_no_conversation(tx: Transaction) -> None:
    talk = _talk(tx)
    owed = promises.apologise(tx, promises.load(tx, _promise(tx, talk=talk)), "late", DAY)
    assert apologies.load(tx, owed).conversation_id is None
    assert signals.of(tx.db, talk) == [("promise", 1)]


def test_the_first_due_date_was_set_on_the_day_of_the_conversation(tx: Transaction) -> None:
    talk = _talk(tx)
    promises.moved(tx, _promise(tx, talk=talk), date(2026, 11, 20), "me", DAY)
    conversations.redate(tx, conversations.load(tx.db, talk), LATER)
    assert tx.db.execute("SELECT set_on FROM due_dates ORDER BY id").fetchall() == [("2026-11-12",), ("2026-11-10",)]
