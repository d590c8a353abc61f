"""Conversations: one exchange on one day over one channel, with some contacts and about others."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage_cli import numbers
from engage_cli.errors import NotFound, Problem
from engage_cli.records import rows, signals
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction


@dataclass(frozen=True)
class Conversation:
    """One conversation, as stored: `happened_on` a local day, `happened_at` the UTC moment where a time is known."""

    id: int
    happened_on: str
    happened_at: str | None
    zone: str | None
    channel: str
    is_reached: int
    started_by: str | None
    minutes: int | None
    is_private: int
    note: str
    next_on: str | None


def add(tx: Transaction, with_: Iterable[Contact], about: Iterable[Contact], **said: object) -> int:
    """Write down a conversation and return its number; `said` are columns of the table."""
    conversation_id = tx.insert("conversations", **said)
    for contact in with_:
        _take_part(tx, conversation_id, contact.id, "with")
    for contact in about:
        _take_part(tx, conversation_id, contact.id, "about")
    return conversation_id


def more(tx: Transaction, conversation: Conversation, note: str) -> None:
    """Add words to a conversation that is stored already."""
    if note:
        whole = f"{conversation.note}\n{note}" if conversation.note else note
        tx.update("conversations", conversation.id, note=whole)


def redate(tx: Transaction, conversation: Conversation, on: date) -> None:
    """Move a conversation to another day; the time of the old day is forgotten, its signals move along."""
    tx.update("conversations", conversation.id, happened_on=on.isoformat(), happened_at=None, zone=None)
    signals.redate(tx, conversation.id, conversation.happened_on, on)


def involve(tx: Transaction, conversation_id: int, with_: Iterable[Contact], about: Iterable[Contact]) -> None:
    """Say anew who took part in a conversation, or whom it was about."""
    wanted = {contact.id: "about" for contact in about} | {contact.id: "with" for contact in with_}
    for row_id, contact_id, role in tx.db.execute(
        "SELECT id, contact_id, role FROM participants WHERE conversation_id = ?", (conversation_id,)
    ).fetchall():
        if wanted.get(contact_id) == role:
            del wanted[contact_id]
        else:
            tx.delete("participants", row_id)
    for contact_id, role in wanted.items():
        _take_part(tx, conversation_id, contact_id, role)


def delete(tx: Transaction, conversation_id: int) -> list[str]:
    """Delete a conversation with its signals, and return their numbers.

    Raises Problem where something followed on one of them: that would be lost too.
    """
    load(tx.db, conversation_id)
    brought = signals.of(tx.db, conversation_id)
    followed = [numbers.shown(*one) for one in brought if signals.is_followed(tx.db, *one)]
    if followed:
        raise Problem(
            f"{numbers.shown('conversation', conversation_id)} brought up {', '.join(followed)}, on which something"
            " followed; nothing was deleted. Delete those first if they are to go too."
        )
    for noun, row_id in brought:
        signals.delete(tx, noun, row_id)
    for table in ("participants", "sources"):
        found = tx.db.execute(f"SELECT id FROM {table} WHERE conversation_id = ?", (conversation_id,))
        for (row_id,) in found.fetchall():
            tx.delete(table, row_id)
    tx.delete("conversations", conversation_id)
    return [numbers.shown(*one) for one in brought]


def load(db: sqlite3.Connection, conversation_id: int) -> Conversation:
    """Read one conversation; raises NotFound."""
    return rows.load(db, Conversation, "conversation", conversation_id)


def latest(db: sqlite3.Connection, contact: Contact) -> Conversation:
    """Find the latest conversation with a contact; raises NotFound."""
    row = db.execute(
        "SELECT conversation_id FROM participants WHERE contact_id = ? AND role = 'with'"
        " ORDER BY happened_on DESC, conversation_id DESC LIMIT 1",
        (contact.id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no conversation with {contact.name} yet. Log one: engage log {contact.handle} ...")
    return load(db, row[0])


def participants(db: sqlite3.Connection, conversation_id: int, role: str) -> list[tuple[int, str, str]]:
    """List who took part (`with`) or was mentioned (`about`): id, handle and name, in the order they were said."""
    return db.execute(
        "SELECT contacts.id, handle, name FROM participants JOIN contacts ON contacts.id = contact_id"
        " WHERE conversation_id = ? AND participants.role = ? ORDER BY participants.id",
        (conversation_id, role),
    ).fetchall()


def _take_part(tx: Transaction, conversation_id: int, contact_id: int, role: str) -> None:
    tx.db.execute(
        "INSERT INTO participants(conversation_id, contact_id, role, happened_on, is_touch)"
        " SELECT id, ?, ?, happened_on, is_touch FROM conversations WHERE id = ?",
        (contact_id, role, conversation_id),
    )
