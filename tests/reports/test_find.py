"""Full-text search: beginnings of words, accents, every script, and whatever a user may type."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import action, transaction

from engage_cli.errors import WrongUsage
from engage_cli.records import contacts, conversations, merging
from engage_cli.reports.find import find
from engage_cli.reports.only import EVERYONE, Only, only
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)


def _journal(*notes: str) -> Transaction:
    """One conversation with Wim for each note, on the 1st, the 2nd, ..."""
    tx = transaction()
    wim = contacts.load(tx.db, contacts.add(tx, "Wim", "person", "wim"))
    for day, note in enumerate(notes, start=1):
        _log(tx, wim, f"2026-11-{day:02}", note)
    return tx


def _log(tx: Transaction, contact: contacts.Contact, on: str, note: str) -> int:
    return conversations.add(tx, [contact], [], happened_on=on, channel="call", note=note)


def _found(
    tx: Transaction, words: str, whose: Only = EVERYONE, since: date | None = None, until: date | None = None
) -> list[str]:
    return [hit.id or hit.kind for hit in find(tx.db, TODAY, words.split(" "), whose, since, until).items]


@pytest.mark.parametrize(
    ("note", "typed"),
    [
        ("talked about the invoice", "invoice"),
        ("talked about the invoice", "inv"),
        ("talked about the invoice", "TALK INVO"),
        ("Gespräch über den Fußboden", "gesprach uber"),
        ("gesprach", "Gespräch"),
        ("cafe\u0301 Bräunlich", "café"),
        ("café", "cafe\u0301"),
        ("会议在东京举行", "东京"),
        ("会议在东京举行", "京"),
        ("カタログを送る", "ログ"),
        ("최유림 통화", "최유"),
        ("Встреча в офисе", "встреч"),
        ("naïve O'Brien said", "o'brien"),
        ("naïve O'Brien said", "brien"),
        ("costs $1500 (net)", "$1500"),
        ("see https://example.org/a_b", "a_b"),
        ("mail to ana@example.org", "ana@example.org"),
        ('she said "never" twice', '"never"'),
        ("one two three", '"one three"'),
        ("cats AND dogs", "AND"),
        ("this OR that", "OR"),
        ("NEAR the NOT", "NOT NEAR"),
        ("a*b", "a*"),
        ("text: one", "text:one"),
        ("column {words}", "{words}"),
        ("plus + minus", "plus + minus"),
        ("up ^ there", "^ there"),
        ("snake_case _", "_ snake"),
    ],
)
def test_found(note: str, typed: str) -> None:
    assert _found(_journal(note, "something else"), typed) == ["c1"]


@pytest.mark.parametrize(
    ("note", "typed"),
    [
        ("invoice", "voice"),
        ("invoice", "invoices"),
        ("talked about the invoice", "invoice lost"),
        ("cats and dogs", "cats OR birds"),
        ("会议在东京举行", "京东"),
    ],
)
def test_not_found(note: str, typed: str) -> None:
    assert _found(_journal(note), typed) == []


def test_words_may_stand_apart_and_in_any_order() -> None:
    assert _found(_journal("the invoice was late", "late again"), "late invo") == ["c1"]


@pytest.mark.parametrize("typed", ["", " ", "!?", "*", '"', "-- ()"])
def test_without_letters_or_digits_there_is_nothing_to_look_for(typed: str) -> None:
    with pytest.raises(WrongUsage, match="letters or digits"):
        find(_journal("note").db, TODAY, [typed])


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_whatever_is_typed_either_is_looked_for_or_refused(typed: str) -> None:
    tx = _journal("note")
    try:
        find(tx.db, TODAY, [typed])
    except WrongUsage:
        assert not any(sign.isalnum() for sign in typed)
    finally:
        tx.db.close()


LETTERS = st.sampled_from("abcxyz019äéñøßçİıΑλЖйאبגไก한국가漢字かなカナ々ー")


@given(st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_the_words_of_a_note_and_their_beginnings_find_it(words: list[str], data: st.DataObject) -> None:
    tx = _journal(" ".join(words))
    word = data.draw(st.sampled_from(words))
    beginning = word[: data.draw(st.integers(1, len(word)))]
    assert _found(tx, beginning) == ["c1"]
    tx.db.close()


def test_the_latest_comes_first_also_within_a_day() -> None:
    tx = _journal("call one", "call two")
    wim = contacts.load(tx.db, 1)
    for _ in range(9):
        _log(tx, wim, "2026-11-02", "call again")
    assert _found(tx, "call") == [*(f"c{number}" for number in range(11, 1, -1)), "c1"]


def test_from_one_day_to_another() -> None:
    tx = _journal("call", "call", "call")
    assert _found(tx, "call", since=date(2026, 11, 2)) == ["c3", "c2"]
    assert _found(tx, "call", until=date(2026, 11, 2)) == ["c2", "c1"]
    assert _found(tx, "call", since=date(2026, 11, 2), until=date(2026, 11, 2)) == ["c2"]
    assert _found(tx, "wim", until=date(2026, 11, 2)) == []  # a name is of no day


def test_of_one_contact_also_what_was_only_about_them() -> None:
    tx = _journal("call")
    wim = contacts.load(tx.db, 1)
    ben = contacts.load(tx.db, contacts.add(tx, "Ben", "person", "ben"))
    conversations.add(tx, [wim], [ben], happened_on="2026-11-02", channel="call", note="call about ben")
    _log(tx, ben, "2026-11-03", "call")
    assert _found(tx, "call", only(tx.db, who_id=ben.id)) == ["c3", "c2"]
    assert _found(tx, "call", only(tx.db, who_id=wim.id)) == ["c2", "c1"]


def test_everything_the_user_wrote_is_found_with_its_number_and_whose_it_is() -> None:
    tx = _journal()
    said = {"contact_id": 1, "words": "needle"}
    tx.insert("apologies", **said, owed_on="2026-11-01")
    promise = tx.insert("promises", contact_id=1, words="x", side="me", made_on="2026-11-01")
    tx.insert("due_dates", promise_id=promise, due_on="2026-11-03", set_on="2026-11-01", asked_by="me", why="needle")
    moment = {"heard_on": "2026-11-01", "recorded_at": "2026-11-01T10:00:00Z"}
    tx.insert("expectations", contact_id=1, topic="needle", words="x", **moment)
    for table in ("needs", "conflicts", "steers"):
        tx.insert(table, **said, heard_on="2026-11-01")
    tx.insert("insights", **said, kind="matters", heard_on="2026-11-01")
    tx.insert("aliases", contact_id=1, alias="Needle")
    tx.insert("tags", contact_id=1, tag="needle")
    tx.insert("types", name="needles")
    tx.update("contacts", 1, note="needlework")
    hits = find(tx.db, TODAY, ["needle"]).items
    found = {(hit.kind, hit.id, hit.contact) for hit in hits}
    signals = {("apology", "a1"), ("expectation", "e1"), ("need", "n1"), ("conflict", "x1"), ("steer", "s1")}
    others = {("insight", "i1"), ("alias", None), ("tag", None), ("contact", None), ("due date", None)}
    assert found == {(*one, "wim") for one in signals | others} | {("type", None, None)}
    assert all(hit.on == "2026-11-01" for hit in hits if hit.id)


def test_what_was_changed_or_deleted_is_found_no_more() -> None:
    tx = _journal("old words", "gone")
    tx.update("conversations", 1, note="new words")
    conversations.delete(tx, 2)
    assert [_found(tx, word) for word in ("old", "new", "gone")] == [[], ["c1"], []]


def test_a_merged_contact_is_found_as_the_one_it_became() -> None:
    tx = _journal()
    lost = contacts.add(tx, "Anna Maria Silva", "person", "anna")
    merging.merge(action(tx.db, "contact merge"), contacts.load(tx.db, lost), contacts.load(tx.db, 1))
    assert {hit.contact for hit in find(tx.db, TODAY, ["maria"]).items} == {"wim"}


def test_only_so_many_are_shown_and_all_are_counted() -> None:
    tx = _journal(*["call"] * 9)
    report = find(tx.db, TODAY, ["call"], most=3)
    assert [hit.id for hit in report.items] == ["c9", "c8", "c7"]
    assert report.remark == "These are the latest 3 of 9; for more, add --most N."
    assert report.keys == {"found": 9}
    assert find(tx.db, TODAY, ["call"], most=9).remark == ""
    few = find(tx.db, TODAY, ["call"], until=date(2026, 11, 4), most=3)
    assert ([hit.id for hit in few.items], few.keys) == (["c4", "c3", "c2"], {"found": 4})


def test_it_asks_once_for_each_table_however_much_is_found() -> None:
    asked: list[list[str]] = []
    for count in (2, 20):
        tx = _journal(*["call"] * count)
        asked.append([])
        tx.db.set_trace_callback(asked[-1].append)
        find(tx.db, TODAY, ["call"])
        tx.db.set_trace_callback(None)
    few, many = ([query for query in queries if query.startswith("SELECT")] for queries in asked)
    assert len(few) == len(many) == 3  # the words, the days, the texts


def test_a_note_merged_twice_is_found_once() -> None:
    tx = _journal()
    chain = [contacts.add(tx, name, "person", name.lower()) for name in ("Bo", "Bea", "Di")]
    tx.update("contacts", chain[0], note="zebra")
    for lost, into in pairwise(chain):
        merging.merge(tx, contacts.load(tx.db, lost), contacts.load(tx.db, into))
    assert [(hit.kind, hit.contact) for hit in find(tx.db, TODAY, ["zebra"]).items] == [("contact", "di")]
    assert {hit.contact for hit in find(tx.db, TODAY, ["bo"]).items} == {"di"}
