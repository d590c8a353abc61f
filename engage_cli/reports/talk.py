"""One conversation, with who took part."""

import sqlite3
from dataclasses import dataclass

from engage_cli import numbers


@dataclass(frozen=True)
class Talk:
    """One conversation: `with_` and `about` hold handle and name; `happened_at` is UTC, where a time is known."""

    id: str
    with_: list[dict[str, str]]
    about: list[dict[str, str]]
    happened_on: str
    happened_at: str | None
    zone: str | None
    channel: str
    minutes: int | None
    reached: bool
    started_by: str | None
    private: bool
    note: str


def talk(db: sqlite3.Connection, conversation_id: int) -> Talk:
    """Read one conversation with who took part."""
    day, at, zone, channel, minutes, reached, started_by, private, note = db.execute(
        "SELECT happened_on, happened_at, zone, channel, minutes, is_reached, started_by, is_private, note"
        " FROM conversations WHERE id = ?",
        (conversation_id,),
    ).fetchone()
    with_, about = (_people(db, conversation_id, role) for role in ("with", "about"))
    number = numbers.shown("conversation", conversation_id)
    return Talk(number, with_, about, day, at, zone, channel, minutes, bool(reached), started_by, bool(private), note)


def how(item: Talk) -> str:
    """Say how a conversation was held: call, no answer, 30 min, private."""
    return ", ".join([item.channel, *circumstances(item)])


def circumstances(item: Talk) -> list[str]:
    """Say what else is known of how a conversation was held."""
    parts = (
        "" if item.reached else "no answer",
        f"{item.minutes} min" if item.minutes else "",
        "they started" if item.started_by == "them" else "",
        "private" if item.private else "",
    )
    return [part for part in parts if part]


def _people(db: sqlite3.Connection, conversation_id: int, role: str) -> list[dict[str, str]]:
    people = db.execute(
        "SELECT handle, name FROM participants JOIN contacts ON contacts.id = contact_id"
        " WHERE conversation_id = ? AND participants.role = ? ORDER BY participants.id",
        (conversation_id, role),
    )
    return [{"contact": handle, "name": name} for handle, name in people]
