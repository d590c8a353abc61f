"""Merging two contacts that are one: everything moves, nothing is lost."""

from datetime import date

import pytest
from memory import transaction

from engage_cli.errors import Problem
from engage_cli.records import contacts, conversations, introductions, memberships, merging
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction, triggers


def _add(tx: Transaction, handle: str, kind: str = "person") -> Contact:
    return contacts.load(tx.db, contacts.add(tx, handle.title(), kind, handle))


def _merge(tx: Transaction, lost: Contact, into: Contact) -> Contact:
    merging.merge(tx, contacts.load(tx.db, lost.id), contacts.load(tx.db, into.id))
    return contacts.load(tx.db, into.id)


def test_no_row_refers_to_the_lost_contact_any_more() -> None:
    tx = transaction()
    lost, into, acme = _add(tx, "anna"), _add(tx, "ana"), _add(tx, "acme", "organisation")
    talk = {"happened_on": "2026-11-01", "channel": "call", "note": "hello"}
    conversations.add(tx, [lost], [into], **talk)
    conversations.add(tx, [into], [lost], **talk)
    conversations.add(tx, [lost], [], **talk)
    day = {"heard_on": "2026-11-01"}
    said = {"contact_id": lost.id, "words": "w"}
    tx.insert("apologies", **said, owed_on="2026-11-01")
    tx.insert("promises", **said, side="me", made_on="2026-11-01")
    tx.insert("expectations", **said, topic="t", recorded_at="x", **day)
    for table in ("needs", "conflicts", "steers"):
        tx.insert(table, **said, **day)
    tx.insert("insights", **said, kind="matters", **day)
    tx.insert("sources", contact_id=lost.id, kind="vcard", key="uid:1")
    memberships.join(tx, lost, acme, "buyer", date(2026, 11, 1))
    for table, value in (("aliases", "annie"), ("emails", "a@b.c"), ("phones", "030 123"), ("tags", "vip")):
        contacts.extend(tx, lost.id, table, [value])
    _merge(tx, lost, into)
    for table in triggers.remembered(tx.db):
        if "contact_id" in triggers.columns(tx.db, table):
            count = tx.db.execute(f"SELECT count(*) FROM {table} WHERE contact_id = ?", (lost.id,)).fetchone()[0]
            assert (table, count) == (table, 0)
    roles = tx.db.execute("SELECT conversation_id, role FROM participants WHERE contact_id = ?", (into.id,)).fetchall()
    assert sorted(roles) == [(1, "with"), (2, "with"), (3, "with")]
    assert contacts.values(tx.db, into.id, "aliases") == ["annie", "Anna"]
    assert tx.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_survivor_keeps_its_own_facts_and_fills_its_gaps() -> None:
    tx = transaction()
    lost, into = _add(tx, "anna"), _add(tx, "ana")
    tx.update("contacts", lost.id, every_days=7, customer_since="2026-01-01", birthday="1980-01-01", note="tall")
    tx.update("contacts", into.id, every_days=30, customer_since="2026-06-01", birthday="1980-01-02", note="loud")
    one = _merge(tx, lost, into)
    assert (one.every_days, one.customer_since, one.birthday) == (30, "2026-01-01", "1980-01-02")
    assert one.note == "loud\n\ntall\n(birthday also noted as 1980-01-01)"
    gone = contacts.load(tx.db, lost.id)
    assert (gone.merged_into_id, gone.customer_since) == (into.id, None)


def test_a_plain_survivor_becomes_a_customer_with_the_others_rhythm() -> None:
    tx = transaction()
    lost, into = _add(tx, "anna"), _add(tx, "ana")
    tx.update("contacts", lost.id, every_days=7, customer_since="2026-01-01", snoozed_until="2026-12-01")
    one = _merge(tx, lost, into)
    assert (one.every_days, one.customer_since, one.snoozed_until) == (7, "2026-01-01", "2026-12-01")


def test_an_introduction_between_the_two_is_no_introduction() -> None:
    tx = transaction()
    lost, into, ben = _add(tx, "anna"), _add(tx, "ana"), _add(tx, "ben")
    day = date(2026, 11, 1)
    introductions.meet(tx, into, lost, None, day)
    introductions.meet(tx, ben, lost, None, day)
    _merge(tx, lost, into)
    rows = tx.db.execute("SELECT contact_id, introducer_id FROM introductions").fetchall()
    assert rows == [(ben.id, into.id)]


def test_who_is_one_already_or_of_another_kind_is_not_merged() -> None:
    tx = transaction()
    ana, acme = _add(tx, "ana"), _add(tx, "acme", "organisation")
    with pytest.raises(Problem, match="one contact already"):
        merging.merge(tx, ana, ana)
    with pytest.raises(Problem, match="they cannot be one"):
        merging.merge(tx, ana, acme)


def test_what_was_introduced_to_both_is_introduced_once() -> None:
    tx = transaction()
    lost, into, cy, ben = _add(tx, "anna"), _add(tx, "ana"), _add(tx, "cy"), _add(tx, "ben")
    for one, day in ((lost, 9), (into, 3)):
        introductions.meet(tx, one, cy, f"at lunch with {one.handle}", date(2026, 11, day))
        introductions.meet(tx, ben, one, "at lunch", date(2026, 11, day))
    introductions.thank(tx, into, date(2026, 11, 4))
    _merge(tx, lost, into)
    rows = tx.db.execute("SELECT contact_id, introducer_id, words, introduced_on, thanked_on FROM introductions")
    assert sorted(rows) == [
        (into.id, cy.id, "at lunch with anna; at lunch with ana", "2026-11-03", None),
        (ben.id, into.id, "at lunch", "2026-11-03", "2026-11-04"),
    ]
