"""All contacts: who they are, how often to talk, when the next day is due."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from engage_cli import clock
from engage_cli.reports.due import Due, due
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import Column, Report
from engage_cli.reports.wording import full


@dataclass(frozen=True)
class Listed:
    """One contact. Days are ISO; `every_days` is what holds for them now, None for a plain contact, 0 for never."""

    handle: str
    name: str
    kind: str
    organisation: str | None
    role: str | None
    type: str | None
    customer_since: str | None
    every_days: int | None
    last_on: str | None
    due_on: str | None
    tags: list[str]
    archived_on: str | None


COLUMNS = (
    Column("handle", lambda item: item.handle),
    Column("name", lambda item: item.name),
    Column("at", lambda item: ", ".join(part for part in (item.role, item.organisation) if part), wraps=True),
    Column("every", lambda item: _every(item)),
    Column("last in touch", lambda item: full(item.last_on, "never")),
    Column("due", lambda item: full(item.due_on)),
    Column("tags", lambda item: ", ".join(item.tags)),
)


def contacts(db: sqlite3.Connection, today: date, default_days: int, only: Only = EVERYONE) -> Report:
    """List everybody who is not archived, by name."""
    items = _items(db, today, default_days, "contacts.archived_on IS NULL", only)
    return Report("contacts", "Contacts", today, COLUMNS, items, _NOBODY, "engage contacts", kind=Listed)


def every_contact(db: sqlite3.Connection, today: date, default_days: int, only: Only = EVERYONE) -> Report:
    """List everybody, also who is archived, by name."""
    items = _items(db, today, default_days, "1", only)
    return Report("contacts", "Contacts", today, COLUMNS, items, _NOBODY, "engage contacts --all", kind=Listed)


def listed(db: sqlite3.Connection, today: date, default_days: int, contact_id: int) -> Listed:
    """Read one contact as the list shows it."""
    return _items(db, today, default_days, f"contacts.id = {int(contact_id)}", EVERYONE)[0]


_NOBODY = "There is nobody here yet. Add somebody: engage contact add NAME, or engage import FILE.vcf"


def _items(db: sqlite3.Connection, today: date, default_days: int, which: str, only: Only) -> list[Listed]:
    found = due(db, today, default_days, which, only)
    items = [_item(db, one, today) for one in found]
    return sorted(items, key=lambda item: (item.name.casefold(), item.handle))


def _item(db: sqlite3.Connection, one: Due, today: date) -> Listed:
    kind, type_, archived_on = db.execute(
        "SELECT kind, (SELECT name FROM types WHERE types.id = type_id), archived_on FROM contacts WHERE id = ?",
        (one.id,),
    ).fetchone()
    member = db.execute(
        "SELECT name, role FROM memberships JOIN contacts ON contacts.id = organisation_id WHERE contact_id = ?"
        " AND ? BETWEEN coalesce(since_on, '') AND coalesce(until_on, '9999')"
        " ORDER BY until_on IS NOT NULL, memberships.id DESC LIMIT 1",
        (one.id, today.isoformat()),
    ).fetchone() or (None, None)
    tags = [tag for (tag,) in db.execute("SELECT tag FROM tags WHERE contact_id = ? ORDER BY tag", (one.id,))]
    every = one.every_days if one.customer_since or one.every_days == 0 else None
    organisation, role = member
    return Listed(
        one.handle,
        one.name,
        kind,
        organisation,
        role,
        type_,
        one.customer_since,
        every,
        one.last_on,
        one.due_on,
        tags,
        archived_on,
    )


def _every(item: Listed) -> str:
    return "" if item.every_days is None else clock.every(item.every_days).removeprefix("every ")
