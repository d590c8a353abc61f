"""Contacts: persons and organisations, and what becomes of them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from engage_cli.errors import Problem, WrongUsage
from engage_cli.folding import fold
from engage_cli.store import Transaction

# What a contact can have several of: the table, and the column beside contact_id.
LISTS = {"aliases": "alias", "emails": "email", "phones": "phone", "tags": "tag"}


@dataclass(frozen=True)
class Contact:
    """One person or organisation, as stored; days are ISO, `every_days` None inherits and 0 is never."""

    id: int
    kind: str
    handle: str
    name: str
    type_id: int | None
    customer_since: str | None
    every_days: int | None
    first_due_on: str | None
    snoozed_until: str | None
    archived_on: str | None
    archived_why: str | None
    birthday: str | None
    note: str | None
    merged_into_id: int | None


COLUMNS = ", ".join(field.name for field in fields(Contact))


def load(db: sqlite3.Connection, contact_id: int) -> Contact:
    """Read the contact with that id."""
    return Contact(*db.execute(f"SELECT {COLUMNS} FROM contacts WHERE id = ?", (contact_id,)).fetchone())


def add(
    tx: Transaction, name: str, kind: str, handle: str, customer_since: date | None = None, note: str | None = None
) -> int:
    """Add a contact and return its id; a customer where `customer_since` is given.

    Raises WrongUsage for a name without any visible sign.
    """
    return tx.insert(
        "contacts",
        kind=kind,
        handle=handle,
        name=named(name),
        customer_since=customer_since and customer_since.isoformat(),
        note=note,
    )


def named(name: str) -> str:
    """Return a name with single spaces; raises WrongUsage where nothing is left."""
    if not (name := " ".join(name.split())):
        raise WrongUsage("A contact needs a name. Say for example: engage contact add Ana Silva")
    return name


def extend(tx: Transaction, contact_id: int, table: str, values: Iterable[str]) -> None:
    """Add aliases, e-mail addresses, phones or tags; what is there already stays as it is."""
    column = LISTS[table]
    for value in values:
        if value.strip():
            tx.db.execute(
                f"INSERT OR IGNORE INTO {table}(contact_id, {column}) VALUES (?, ?)", (contact_id, value.strip())
            )


def shorten(tx: Transaction, contact_id: int, table: str, values: Iterable[str]) -> None:
    """Take aliases, e-mail addresses, phones or tags away.

    Raises Problem for one that the contact does not have.
    """
    column = LISTS[table]
    for value in values:
        rows = tx.db.execute(f"SELECT id, {column} FROM {table} WHERE contact_id = ?", (contact_id,)).fetchall()
        gone = [row_id for row_id, has in rows if fold(has) == fold(value)]
        if not gone:
            has = ", ".join(has for _, has in rows) or "none"
            raise Problem(f'There is no {column} "{value}" to take away; there is: {has}.')
        for row_id in gone:
            tx.delete(table, row_id)


def clear(tx: Transaction, contact_id: int, table: str) -> None:
    """Take all aliases, e-mail addresses, phones or tags of a contact away."""
    for (row_id,) in tx.db.execute(f"SELECT id FROM {table} WHERE contact_id = ?", (contact_id,)).fetchall():
        tx.delete(table, row_id)


def values(db: sqlite3.Connection, contact_id: int, table: str) -> list[str]:
    """List the aliases, e-mail addresses, phones or tags of a contact, in the order they came."""
    rows = db.execute(f"SELECT {LISTS[table]} FROM {table} WHERE contact_id = ? ORDER BY id", (contact_id,))
    return [value for (value,) in rows]


def rhythm(tx: Transaction, contact: Contact, every_days: int, today: date) -> None:
    """Set how often to talk to a contact, which makes a customer of it; never (0) makes a plain contact."""
    since = contact.customer_since or today.isoformat()
    tx.update("contacts", contact.id, every_days=every_days, customer_since=since if every_days else None)


def first_days(count: int, every_days: int, today: date) -> list[date]:
    """Spread the first days to talk to so many new customers evenly over one cadence, from tomorrow on."""
    return [today + timedelta(1 + place * every_days // count) for place in range(count)]


def archive(tx: Transaction, contact: Contact, on: date, why: str | None) -> None:
    """Put a contact away: out of review and neglected, still in show and find."""
    if contact.archived_on:
        raise Problem(f"{contact.name} is archived already. `engage contact unarchive {contact.handle}` takes it back.")
    tx.update("contacts", contact.id, archived_on=on.isoformat(), archived_why=why)


def unarchive(tx: Transaction, contact: Contact) -> None:
    """Bring an archived contact back."""
    if not contact.archived_on:
        raise Problem(f"{contact.name} is not archived; nothing was changed.")
    tx.update("contacts", contact.id, archived_on=None, archived_why=None)


def snooze(tx: Transaction, contact: Contact, until: date) -> None:
    """Put the next conversation off until a day."""
    tx.update("contacts", contact.id, snoozed_until=until.isoformat())
