"""Whom we neglect: customers whose day to talk has passed, worst first."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from engage_cli.reports.due import Due, due
from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.report import DRAWN, Column, Report
from engage_cli.reports.weeks import of_contact, strip
from engage_cli.reports.wording import days, last_touch


@dataclass(frozen=True)
class Neglected:
    """One neglected customer. Days are ISO; `days_since` is None where nobody ever spoke to them."""

    contact: str
    name: str
    last_on: str | None
    last_channel: str | None
    days_since: int | None
    every_days: int
    due_on: str
    days_overdue: int
    matters: str | None
    weeks: str = field(default="", metadata=DRAWN)  # twelve weeks of contact, a sign each


COLUMNS = (
    Column("", lambda item: item.contact),
    Column("who", lambda item: item.name),
    Column("last in touch", lambda item: last_touch(item.last_on, item.last_channel), is_roomy=True),
    Column("overdue by", lambda item: days(item.days_overdue), mark=lambda item: "overdue", is_spoken=True),
    Column("twelve weeks", lambda item: item.weeks, is_roomy=True),
    Column("what matters to them", lambda item: item.matters or "", wraps=True),
)


def neglected(db: sqlite3.Connection, today: date, default_days: int, only: Only = EVERYONE) -> Report:
    """List the customers whose due day has passed, by days since the last contact over the cadence."""
    late = [one for one in due(db, today, default_days, only=only) if one.due_on and one.due_on < today.isoformat()]
    late.sort(key=lambda one: (-_age(one, today) / one.every_days, one.due_on, one.handle))
    return Report(
        "neglected",
        "Neglected",
        today,
        COLUMNS,
        [_item(db, one, today) for one in late],
        "Nobody is neglected: every customer was in touch in time.",
        "engage neglected",
        kind=Neglected,
    )


def _age(one: Due, today: date) -> int:
    return (today - date.fromisoformat(one.since)).days


def _item(db: sqlite3.Connection, one: Due, today: date) -> Neglected:
    assert one.due_on is not None
    return Neglected(
        one.handle,
        one.name,
        one.last_on,
        one.last_channel,
        _age(one, today) if one.last_on else None,
        one.every_days,
        one.due_on,
        (today - date.fromisoformat(one.due_on)).days,
        matters(db, one.id),
        strip(of_contact(db, one.id, today)),
    )


def matters(db: sqlite3.Connection, contact_id: int) -> str | None:
    """Find what matters most to a contact, as last heard."""
    row = db.execute(
        "SELECT words FROM insights WHERE contact_id = ? AND kind = 'matters' ORDER BY heard_on DESC, id DESC LIMIT 1",
        (contact_id,),
    ).fetchone()
    return row[0] if row else None
