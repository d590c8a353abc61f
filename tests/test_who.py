"""Finding a contact by what was typed, level by level."""

import sqlite3

import pytest
from memory import transaction

from engage_cli import who
from engage_cli.errors import Ambiguous, NotFound
from engage_cli.records import contacts, merging
from engage_cli.store import Transaction


@pytest.fixture
def tx() -> Transaction:
    return transaction()


def _add(tx: Transaction, handle: str, name: str, archived_on: str | None = None, **lists: list[str]) -> int:
    contact_id = contacts.add(tx, name, "person", handle)
    for table, values in lists.items():
        contacts.extend(tx, contact_id, table, values)
    if archived_on:
        tx.update("contacts", contact_id, archived_on=archived_on)
    return contact_id


def _found(db: sqlite3.Connection, typed: str) -> str:
    return who.find(db, typed).handle


def _candidates(db: sqlite3.Connection, typed: str) -> list[str]:
    with pytest.raises(Ambiguous) as caught:
        who.find(db, typed)
    return [handle for handle, _ in caught.value.candidates]


@pytest.mark.parametrize(
    "typed",
    [
        *("ana", "ANA", " ana ", "Ána", "an", "bea", "sil", "Ana Silva", "ana  silva", "ANA SI", "AÑA"),
        *(
            "boss",
            "The Boss",
            "the b",
            "ana@example.org",
            "ANA@Example.org",
            "+49 (0)30 1234-56",
            "0049",
            "49030123456",
        ),
    ],
)
def test_one_contact_is_found_by_any_of_its_names(tx: Transaction, typed: str) -> None:
    phones = ["+49 030 123456", "0049"]
    _add(tx, "ana", "Ána Beatriz Silva", aliases=["The Boss", "Ana Silva"], emails=["ana@example.org"], phones=phones)
    _add(tx, "ben", "Ben Okafor")
    assert _found(tx.db, typed) == "ana"


@pytest.mark.parametrize(
    "typed", ["", "lva", "oss", "example.org", "ana@", "1234", "ana silva jr", "%", "a.a", "[a]", "*"]
)
def test_what_is_neither_a_name_nor_its_beginning_finds_nobody(tx: Transaction, typed: str) -> None:
    _add(tx, "ana", "Ana Silva", aliases=["boss"], emails=["ana@example.org"], phones=["+49 30 123456"])
    with pytest.raises(NotFound):
        who.find(tx.db, typed)


def test_each_level_wins_over_those_below_it(tx: Transaction) -> None:
    _add(tx, "kim", "Somebody Else")
    _add(tx, "boss", "Nobody", aliases=["kim"])
    _add(tx, "third", "Kim")
    _add(tx, "kimberly", "Kimberly Park")
    assert _found(tx.db, "kim") == "kim"
    tx.update("contacts", 1, handle="other")
    assert _found(tx.db, "kim") == "boss"
    contacts.clear(tx, 2, "aliases")
    assert _found(tx.db, "kim") == "third"
    tx.update("contacts", 3, name="Third")
    assert _found(tx.db, "kim") == "kimberly"


def test_several_on_one_level_are_ambiguous_and_named_in_order(tx: Transaction) -> None:
    _add(tx, "ben", "Ben Roe", aliases=["chief"], emails=["team@example.org"])
    _add(tx, "ana", "Ana Roe", aliases=["Chief"], emails=["team@example.org"])
    _add(tx, "cora-1", "Cora Lee", phones=["030 1"])
    _add(tx, "cora-2", "CORA LEE", phones=["0301"])
    assert _candidates(tx.db, "chief") == ["ana", "ben"]
    assert _candidates(tx.db, "team@example.org") == ["ana", "ben"]
    assert _candidates(tx.db, "roe") == ["ana", "ben"]
    assert _candidates(tx.db, "cora lee") == ["cora-1", "cora-2"]
    assert _candidates(tx.db, "cora") == ["cora-1", "cora-2"]
    assert _candidates(tx.db, "030-1") == ["cora-1", "cora-2"]


def test_a_contact_that_matches_twice_is_not_ambiguous(tx: Transaction) -> None:
    _add(tx, "ana", "Ana Anatol", aliases=["anastasia"], emails=["x@y.z"])
    assert _found(tx.db, "ana") == _found(tx.db, "anat") == _found(tx.db, "an") == "ana"


def test_the_sentence_about_many_names_eight(tx: Transaction) -> None:
    for number in range(11):
        _add(tx, f"ana-{number}x", "Ana")
    with pytest.raises(Ambiguous, match=r"ana-6x \(Ana\) and 3 more\. Nothing was written"):
        who.find(tx.db, "ana")


@pytest.mark.parametrize("typed", ["최유림", "최", "유림", "림"])
def test_any_part_of_a_name_without_latin_letters_will_do(tx: Transaction, typed: str) -> None:
    _add(tx, "contact-1", "최유림")
    _add(tx, "contact-2", "田中花子")
    assert _found(tx.db, typed) == "contact-1"
    assert _found(tx.db, "中花") == "contact-2"


def test_the_unicode_form_does_not_matter(tx: Transaction) -> None:
    _add(tx, "contact-1", "\u110e\u116c\u110b\u1172\u1105\u1175\u11b7")  # Choi Yu-rim, each letter by itself
    _add(tx, "zoe", "Zoe\u0308 Müller")
    _add(tx, "lukasz", "Łukasz Żak")
    assert _found(tx.db, "최유") == "contact-1"
    assert _found(tx.db, "ZOË mu\u0308ller") == _found(tx.db, "MULLER") == "zoe"
    assert _found(tx.db, "lukasz zak") == _found(tx.db, "ŻAK") == "lukasz"


def test_in_a_mixed_name_only_beginnings_of_words_count(tx: Transaction) -> None:
    _add(tx, "kim", "Kim 최유림")
    assert _found(tx.db, "최") == "kim"
    with pytest.raises(NotFound):
        who.find(tx.db, "유림")


@pytest.mark.parametrize(
    ("name", "typed"), [("Conan O'Brien", "brien"), ("Anne-Marie Roe", "mar"), ("J. (Jo) Doe", "jo")]
)
def test_a_word_begins_after_any_sign_that_is_no_letter(tx: Transaction, name: str, typed: str) -> None:
    _add(tx, "somebody", name)
    assert _found(tx.db, typed) == "somebody"


def test_who_is_archived_is_found_exactly_only(tx: Transaction) -> None:
    _add(tx, "ana", "Ana Silva", "2026-11-01", aliases=["boss"], emails=["ana@example.org"])
    for exact in ("ana", "Ana Silva", "boss", "ana@example.org"):
        assert _found(tx.db, exact) == "ana"
    for beginning in ("an", "silva", "bos"):
        with pytest.raises(NotFound):
            who.find(tx.db, beginning)
    _add(tx, "anatol", "Anatol")
    assert _found(tx.db, "an") == "anatol"


def test_a_merged_handle_leads_to_the_survivor_of_all_merges(tx: Transaction) -> None:
    for handle, name in (("ana", "Ana"), ("anna", "Anna Silva"), ("silva", "A. Silva")):
        _add(tx, handle, name)
    for lost, into in ((1, 2), (2, 3)):
        merging.merge(tx, contacts.load(tx.db, lost), contacts.load(tx.db, into))
    assert [_found(tx.db, typed) for typed in ("ana", "anna", "Anna Silva")] == ["silva"] * 3


def test_who_is_new_is_looked_for_exactly(tx: Transaction) -> None:
    _add(tx, "ana", "Ana Silva", aliases=["boss"])
    assert who.find_exactly(tx.db, "an") is None
    assert who.find_exactly(tx.db, "Sil") is None
    found = [who.find_exactly(tx.db, typed) for typed in ("ANA", "ana silva", "Boss")]
    assert [one.handle for one in found if one] == ["ana"] * 3
    _add(tx, "ana-2", "Ana Silva")
    with pytest.raises(Ambiguous):
        who.find_exactly(tx.db, "ana silva")


def test_all_are_found_once_or_none(tx: Transaction) -> None:
    _add(tx, "ana", "Ana Silva")
    _add(tx, "ben", "Ben")
    assert [one.handle for one in who.find_all(tx.db, ["ben", "silva", "ana"])] == ["ben", "ana"]
    with pytest.raises(NotFound):
        who.find_all(tx.db, ["ben", "nobody"])


@pytest.mark.parametrize(
    ("typed", "meant"), [("anna", "ana"), ("sliva", "ana"), ("ben okafro", "ben"), ("zzz", None), ("", None)]
)
def test_what_looks_alike_is_suggested(tx: Transaction, typed: str, meant: str | None) -> None:
    _add(tx, "ana", "Ana Silva")
    _add(tx, "ben", "Ben Okafor")
    with pytest.raises(NotFound) as caught:
        who.find(tx.db, typed)
    assert f'Nobody in the journal is "{typed}".' in str(caught.value)
    assert (f"Did you mean {meant}?" in str(caught.value)) if meant else ("Did you mean" not in str(caught.value))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+49 (0)30 12-34", "490301234"),
        ("030/1234", "0301234"),
        ("12", ""),
        ("a123", ""),
        ("1+2 3", ""),
        ("3.4.5", "345"),
    ],
)
def test_a_phone_number_is_its_digits(text: str, number: str) -> None:
    assert who.digits(text) == number
