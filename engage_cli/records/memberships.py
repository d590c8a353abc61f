"""Memberships: who belongs to which organisation, as what, from when to when."""

import sqlite3
from datetime import date

from engage_cli.errors import Problem
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction


def current(db: sqlite3.Connection, contact_id: int, today: date) -> list[tuple[int, int, str | None]]:
    """List a person's memberships of today: their id, the organisation's id, the role."""
    return db.execute(
        "SELECT id, organisation_id, role FROM memberships WHERE contact_id = ?"
        " AND ? BETWEEN coalesce(since_on, '') AND coalesce(until_on, '9999') ORDER BY id",
        (contact_id, today.isoformat()),
    ).fetchall()


def join(tx: Transaction, person: Contact, organisation: Contact, role: str | None, today: date) -> None:
    """Make a person a member from today on.

    One who is a member already stays it, also where the membership was to end today, and gets the role where one
    is given; an empty role takes it away.
    """
    _belongs(person, organisation)
    if (row_id := _membership(tx.db, person.id, organisation.id, today)) is not None:
        tx.update("memberships", row_id, until_on=None, **({} if role is None else {"role": role or None}))
        return
    tx.insert(
        "memberships",
        contact_id=person.id,
        organisation_id=organisation.id,
        role=role or None,
        since_on=_since(tx.db, person.id, organisation.id, today),
    )


def leave(tx: Transaction, person: Contact, organisation: Contact | None, on: date) -> list[int]:
    """End a person's membership, of one organisation or of all; return the ids of the organisations left.

    The day of leaving still counts. Raises Problem where there is nothing to leave.
    """
    ended = []
    for row_id, organisation_id in _lasting(tx.db, person.id, on):
        if organisation is None or organisation.id == organisation_id:
            tx.update("memberships", row_id, until_on=on.isoformat())
            ended.append(organisation_id)
    if not ended:
        where = organisation.name if organisation else "any organisation"
        raise Problem(f"{person.name} does not belong to {where}; nothing was changed.")
    return ended


def _belongs(person: Contact, organisation: Contact) -> None:
    if organisation.kind != "organisation":
        raise Problem(
            f"{organisation.name} ({organisation.handle}) is a person. To make it an organisation:"
            f" engage contact edit {organisation.handle} --kind org"
        )
    if person.kind != "person":
        raise Problem(f"{person.name} ({person.handle}) is an organisation; only a person can belong to one.")


def _membership(db: sqlite3.Connection, person_id: int, organisation_id: int, today: date) -> int | None:
    """Find the membership of today in an organisation; one that goes on comes before one that ends."""
    found = db.execute(
        "SELECT id FROM memberships WHERE contact_id = ? AND organisation_id = ?"
        " AND ? BETWEEN coalesce(since_on, '') AND coalesce(until_on, '9999')"
        " ORDER BY until_on IS NOT NULL, id LIMIT 1",
        (person_id, organisation_id, today.isoformat()),
    ).fetchone()
    return found and int(found[0])


def _lasting(db: sqlite3.Connection, person_id: int, on: date) -> list[tuple[int, int]]:
    """List the memberships that go on after a day: their id and the organisation's id."""
    return db.execute(
        "SELECT id, organisation_id FROM memberships WHERE contact_id = ?1"
        " AND coalesce(since_on, '') <= ?2 AND (until_on IS NULL OR until_on > ?2) ORDER BY id",
        (person_id, on.isoformat()),
    ).fetchall()


def _since(db: sqlite3.Connection, person_id: int, organisation_id: int, today: date) -> str | None:
    """A first membership has no beginning, so that what was logged before counts; one after a pause begins today."""
    been = db.execute(
        "SELECT 1 FROM memberships WHERE contact_id = ? AND organisation_id = ?", (person_id, organisation_id)
    )
    return today.isoformat() if been.fetchone() else None
