"""From cards to contacts: what a card adds, to whom, and how little it takes for thousands."""

import sqlite3

import pytest

from engage_cli import store
from engage_cli.carry.people import AddressBook, Entered
from engage_cli.formats import vcard
from engage_cli.formats.vcard import Card
from engage_cli.store import opening


def card(*lines: str) -> Card:
    (found,) = vcard.read("\n".join(["BEGIN:VCARD", *lines, "END:VCARD"]).encode())
    assert isinstance(found, Card)
    return found


@pytest.fixture
def empty() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    opening.build(db)
    return db


def outcome(entered: Entered) -> str:
    return "new" if entered.is_new else "changed" if entered.is_changed else "unchanged"


def test_entering_stores_nothing_until_it_is_written(empty: sqlite3.Connection) -> None:
    book = AddressBook(empty)
    book.enter(card("FN:Ana", "ORG:Padaria"))
    assert [party.handle for party in (*book.people, *book.organisations)] == ["ana", "padaria"]
    assert empty.execute("SELECT count(*) FROM contacts").fetchone() == (0,)


def test_cards_of_one_import_know_each_other(empty: sqlite3.Connection) -> None:
    book = AddressBook(empty)
    cards = [
        card("FN:Ana", "EMAIL:a@example.org"),
        card("FN:ANA", "EMAIL:A@EXAMPLE.ORG", "UID:1"),
        card("FN:Ana", "EMAIL:a@example.org", "UID:1", "TEL:12345"),
        card("FN:ana", "TEL:(123) 45"),
        card("FN:Ana"),
        card("FN:Ana"),
    ]
    assert [outcome(book.enter(one)) for one in cards] == [
        "new", "unchanged", "changed", "unchanged", "new", "unchanged"
    ]  # fmt: skip


def test_an_organisation_is_found_by_handle_then_alias_then_name() -> None:
    with store.writing("import") as tx:
        for handle, name in (("acme", "First"), ("two", "Acme"), ("three", "Third")):
            tx.insert("contacts", kind="organisation", handle=handle, name=name)
        tx.insert("aliases", contact_id=3, alias="Ácme Ltd")
        tx.insert("contacts", kind="organisation", handle="four", name="Acme Ltd")
        tx.insert("contacts", kind="person", handle="five", name="Fifth")
        book = AddressBook(tx.db)
        for organisation, handle in (("ACME", "acme"), ("acme ltd", "three"), ("Third", "three"), ("Fifth", "fifth")):
            party = book.enter(card(f"FN:Member of {organisation}", f"ORG:{organisation}")).party
            assert [one.handle for one in party.memberships] == [handle]
