"""Memberships: leaving and joining again, also on one day."""

from datetime import date

import pytest
from memory import transaction

from engage_cli.errors import Problem
from engage_cli.records import contacts, memberships
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction

DAY, NEXT = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def tx() -> Transaction:
    return transaction()


@pytest.fixture
def ana(tx: Transaction) -> Contact:
    return contacts.load(tx.db, contacts.add(tx, "Ana", "person", "ana"))


@pytest.fixture
def acme(tx: Transaction, ana: Contact) -> Contact:
    acme = contacts.load(tx.db, contacts.add(tx, "Acme", "organisation", "acme"))
    memberships.join(tx, ana, acme, "owner", date(2026, 11, 1))
    return acme


def test_who_left_today_cannot_leave_again(tx: Transaction, ana: Contact, acme: Contact) -> None:
    assert memberships.leave(tx, ana, None, DAY) == [acme.id]
    for whom in (None, acme):
        with pytest.raises(Problem, match="Ana does not belong to"):
            memberships.leave(tx, ana, whom, DAY)


@pytest.mark.parametrize(("role", "after"), [(None, "owner"), ("adviser", "adviser"), ("", None)])
def test_who_left_and_joins_again_on_one_day_stays(
    tx: Transaction, ana: Contact, acme: Contact, role: str | None, after: str | None
) -> None:
    memberships.leave(tx, ana, acme, DAY)
    memberships.join(tx, ana, acme, role, DAY)
    assert memberships.current(tx.db, ana.id, NEXT) == [(1, acme.id, after)]


def test_who_joins_again_later_has_two_memberships(tx: Transaction, ana: Contact, acme: Contact) -> None:
    memberships.leave(tx, ana, acme, DAY)
    memberships.join(tx, ana, acme, None, NEXT)
    memberships.join(tx, ana, acme, None, NEXT)
    rows = tx.db.execute("SELECT since_on, until_on FROM memberships ORDER BY id").fetchall()
    assert rows == [(None, "2026-11-20"), ("2026-11-21", None)]
