"""Conversations, the latest first."""

import sqlite3
from datetime import date

from engage_cli.reports.only import Only
from engage_cli.reports.report import Column, Report
from engage_cli.reports.talk import Talk, how, talk
from engage_cli.reports.wording import full

COLUMNS = (
    Column("", lambda item: item.id),
    Column("when", lambda item: full(item.happened_on)),
    Column("how", lambda item: how(item)),
    Column("with", lambda item: ", ".join(contact["name"] for contact in item.with_)),
    Column("note", lambda item: item.note, wraps=True),
)


def conversations(db: sqlite3.Connection, today: date, only: Only) -> Report:
    """List the conversations with or about the contacts of a filter, the latest first."""
    items = latest_talks(db, only, -1)
    return Report("conversations", "Conversations", today, COLUMNS, items, "Nothing was logged yet.")


def latest_talks(db: sqlite3.Connection, only: Only, most: int) -> list[Talk]:
    """Read the latest conversations of a filter, at most so many; -1 is all."""
    rows = db.execute(
        f"SELECT DISTINCT conversation_id FROM participants WHERE {only.on('contact_id')}"
        " ORDER BY happened_on DESC, conversation_id DESC LIMIT ?",
        (*only.values, most),
    )
    return [talk(db, conversation_id) for (conversation_id,) in rows.fetchall()]
