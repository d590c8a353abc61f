"""Everything about one contact."""

import sqlite3
from dataclasses import asdict
from datetime import date
from typing import Any

from engage_cli import clock
from engage_cli.reports.apologies import every_apology
from engage_cli.reports.conflicts import every_conflict
from engage_cli.reports.contacts import listed
from engage_cli.reports.conversations import conversations
from engage_cli.reports.expectations import latest
from engage_cli.reports.insights import insights
from engage_cli.reports.needs import every_need
from engage_cli.reports.only import about
from engage_cli.reports.promises import every_promise
from engage_cli.reports.report import Brief, Report
from engage_cli.reports.steers import every_steer
from engage_cli.reports.weeks import of_contact, strip
from engage_cli.reports.wording import full

# What a contact can have several of, by table: the column that holds it.
LISTS = {"aliases": "alias", "emails": "email", "phones": "phone"}
FACTS = ("birthday", "note", "snoozed_until", "archived_why")


def show(db: sqlite3.Connection, today: date, contact_id: int, default_days: int) -> Brief:
    """Gather everything about one contact; for an organisation, about its members too."""
    one = listed(db, today, default_days, contact_id)
    theirs = about(db, contact_id)
    sections: list[Report] = [
        every_apology(db, today, theirs),
        every_promise(db, today, theirs),
        latest(db, today, theirs),
        every_conflict(db, today, theirs),
        every_need(db, today, theirs),
        every_steer(db, today, theirs),
        insights(db, today, theirs),
        conversations(db, today, theirs),
    ]
    facts = contact_facts(db, today, contact_id, default_days)
    return Brief(
        "show",
        f"{one.name} ({one.handle})",
        today,
        [section for section in sections if section.items],
        _lines(facts, _members(db, contact_id), introducers(db, contact_id), _weeks(db, contact_id, today)),
        {"contact": facts},
    )


def contact_facts(db: sqlite3.Connection, today: date, contact_id: int, default_days: int) -> dict[str, Any]:
    """Read all that is known of a contact itself, by the keys of the JSON."""
    lists = {
        table: [
            value
            for (value,) in db.execute(f"SELECT {column} FROM {table} WHERE contact_id = ? ORDER BY id", (contact_id,))
        ]
        for table, column in LISTS.items()
    }
    row = db.execute(f"SELECT {', '.join(FACTS)} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return {**asdict(listed(db, today, default_days, contact_id)), **lists, **dict(zip(FACTS, row, strict=True))}


def who_line(facts: dict[str, Any]) -> str:
    """Say in a line what somebody is: organisation, role and place, type, whether a customer."""
    place = " at ".join(part for part in (facts["role"], facts["organisation"]) if part)
    kind = "organisation" if facts["kind"] == "organisation" else ""
    customer = "" if facts["customer_since"] else "plain contact"
    return ", ".join(part for part in (kind, place, facts["type"], customer) if part)


def introducers(db: sqlite3.Connection, contact_id: int) -> str:
    """Name those who introduced a contact, with their words."""
    rows = db.execute(
        "SELECT name, handle, words FROM introductions JOIN contacts ON contacts.id = introducer_id"
        " WHERE contact_id = ? ORDER BY introductions.id",
        (contact_id,),
    )
    return ", ".join(f"{name} ({handle})" + (f": {words}" if words else "") for name, handle, words in rows)


def _lines(facts: dict[str, Any], members: str, through: str, weeks: str) -> list[str]:
    archived = " ".join(part for part in (full(facts["archived_on"]), facts["archived_why"]) if part)
    pairs = (
        ("", who_line(facts)),
        ("customer since", full(facts["customer_since"])),
        ("talk", clock.every(facts["every_days"]) if facts["every_days"] is not None else ""),
        ("last in touch", full(facts["last_on"], "never") + weeks),
        ("next", full(facts["due_on"])),
        ("members", members),
        ("also called", ", ".join(facts["aliases"])),
        ("e-mail", ", ".join(facts["emails"])),
        ("phone", ", ".join(facts["phones"])),
        ("tags", ", ".join(facts["tags"])),
        ("birthday", facts["birthday"]),
        ("met through", through),
        ("archived", archived),
        ("note", facts["note"]),
    )
    return [f"{label + ': ' if label else ''}{text}" for label, text in pairs if text]


def _weeks(db: sqlite3.Connection, contact_id: int, today: date) -> str:
    """Draw twelve weeks of contact, where there was any."""
    counts = of_contact(db, contact_id, today)
    return f", twelve weeks: {strip(counts)}" if any(counts) else ""


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
