"""Everything about one contact."""

import sqlite3
from dataclasses import asdict
from datetime import date
from typing import Any

from engage_cli import clock
from engage_cli.reports.apologies import every_apology
from engage_cli.reports.contacts import Listed, listed
from engage_cli.reports.conversations import conversations
from engage_cli.reports.expectations import latest
from engage_cli.reports.insights import insights
from engage_cli.reports.only import only
from engage_cli.reports.promises import every_promise
from engage_cli.reports.report import Brief, Report
from engage_cli.reports.wording import full

# What a contact can have several of, by table: the column that holds it.
LISTS = {"aliases": "alias", "emails": "email", "phones": "phone"}
FACTS = ("birthday", "note", "snoozed_until", "archived_why")


def show(db: sqlite3.Connection, today: date, contact_id: int, default_days: int) -> Brief:
    """Gather everything about one contact; for an organisation, about its members too."""
    about = listed(db, today, default_days, contact_id)
    theirs = only(db, organisation_id=contact_id) if about.kind == "organisation" else only(db, who_id=contact_id)
    sections: list[Report] = [
        every_apology(db, today, theirs),
        every_promise(db, today, theirs),
        latest(db, today, theirs),
        insights(db, today, theirs),
        conversations(db, today, theirs),
    ]
    facts = _facts(db, contact_id)
    return Brief(
        "show",
        f"{about.name} ({about.handle})",
        today,
        [section for section in sections if section.items],
        _lines(about, facts, _members(db, contact_id), _introducers(db, contact_id)),
        {"contact": {**asdict(about), **facts}},
    )


def _facts(db: sqlite3.Connection, contact_id: int) -> dict[str, Any]:
    """Read what the list of contacts does not show, by the keys of the JSON."""
    lists = {
        table: [value for (value,) in db.execute(f"SELECT {column} FROM {table} WHERE contact_id = ?", (contact_id,))]
        for table, column in LISTS.items()
    }
    row = db.execute(f"SELECT {', '.join(FACTS)} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return {**lists, **dict(zip(FACTS, row, strict=True))}


def _lines(about: Listed, facts: dict[str, Any], members: str, introducers: str) -> list[str]:
    archived = " ".join(part for part in (full(about.archived_on), facts["archived_why"]) if part)
    pairs = (
        ("", _who(about)),
        ("customer since", full(about.customer_since)),
        ("talk", clock.every(about.every_days) if about.every_days is not None else ""),
        ("last in touch", full(about.last_on, "never")),
        ("next", full(about.due_on)),
        ("members", members),
        ("also called", ", ".join(facts["aliases"])),
        ("e-mail", ", ".join(facts["emails"])),
        ("phone", ", ".join(facts["phones"])),
        ("tags", ", ".join(about.tags)),
        ("birthday", facts["birthday"]),
        ("met through", introducers),
        ("archived", archived),
        ("note", facts["note"]),
    )
    return [f"{label + ': ' if label else ''}{text}" for label, text in pairs if text]


def _who(about: Listed) -> str:
    place = " at ".join(part for part in (about.role, about.organisation) if part)
    kind = "organisation" if about.kind == "organisation" else ""
    customer = "" if about.customer_since else "plain contact"
    return ", ".join(part for part in (kind, place, about.type, customer) if part)


def _members(db: sqlite3.Connection, contact_id: int) -> str:
    rows = db.execute(
        "SELECT name, handle, role, until_on FROM memberships JOIN contacts ON contacts.id = contact_id"
        " WHERE organisation_id = ? ORDER BY until_on IS NOT NULL, memberships.id",
        (contact_id,),
    )
    return ", ".join(
        f"{name} ({', '.join(part for part in (handle, role, until_on and f'until {full(until_on)}') if part)})"
        for name, handle, role, until_on in rows
    )


def _introducers(db: sqlite3.Connection, contact_id: int) -> str:
    rows = db.execute(
        "SELECT name, handle, words FROM introductions JOIN contacts ON contacts.id = introducer_id"
        " WHERE contact_id = ? ORDER BY introductions.id",
        (contact_id,),
    )
    return ", ".join(f"{name} ({handle})" + (f": {words}" if words else "") for name, handle, words in rows)
