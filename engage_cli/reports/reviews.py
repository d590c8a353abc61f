"""The weeks that were looked over to the end."""

import sqlite3
from datetime import date, timedelta


def last_finished(db: sqlite3.Connection) -> tuple[str, str] | None:
    """Find the last finished review: its day, and its moment in UTC."""
    row = db.execute("SELECT reviewed_on, reviewed_at FROM reviews ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else None


def since(db: sqlite3.Connection, today: date) -> date:
    """Say how far back the week goes: to the last finished review, else seven days."""
    last = last_finished(db)
    return date.fromisoformat(last[0]) if last else today - timedelta(days=7)
