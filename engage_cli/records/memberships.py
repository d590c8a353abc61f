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
    """Make a person a member from today on; one who is a member already gets the role, where one is given."""
    _belongs(person, organisation)
    for row_id, organisation_id, _ in current(tx.db, person.id, today):
        if organisation_id == organisation.id:
            if role is not None:
                tx.update("memberships", row_id, role=role)
            return
    tx.insert(
        "memberships",
        contact_id=person.id,
        organisation_id=organisation.id,
        role=role,
        since_on=_since(tx.db, person.id, organisation.id, today),
    )


def leave(tx: Transaction, person: Contact, organisation: Contact | None, on: date) -> list[int]:
    """End a person's membership, of one organisation or of all; return the ids of the organisations left.

    The day of leaving still counts. Raises Problem where there is nothing to leave.
    """
    ended = []
    for row_id, organisation_id, _ in current(tx.db, person.id, on):
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


def _since(db: sqlite3.Connection, person_id: int, organisation_id: int, today: date) -> str | None:
    """A first membership has no beginning, so that what was logged before counts; one after a pause begins today."""
    been = db.execute(
        "SELECT 1 FROM memberships WHERE contact_id = ? AND organisation_id = ?", (person_id, organisation_id)
    )
    return today.isoformat() if been.fetchone() else None
