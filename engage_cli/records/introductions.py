"""Introductions: through whom we met somebody."""

from datetime import date

from engage_cli.errors import Problem
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction


def meet(tx: Transaction, contact: Contact, introducer: Contact, words: str | None, on: date) -> int:
    """Write down that we met a contact through another one; return the row's number.

    Raises Problem for somebody who would introduce themselves, or did so already.
    """
    if contact.id == introducer.id:
        raise Problem(f"{contact.name} cannot introduce themselves; nothing was changed.")
    known = tx.db.execute(
        "SELECT 1 FROM introductions WHERE contact_id = ? AND introducer_id = ?", (contact.id, introducer.id)
    )
    if known.fetchone():
        raise Problem(f"That {introducer.name} introduced {contact.name} is in the journal already.")
    return tx.insert(
        "introductions",
        contact_id=contact.id,
        introducer_id=introducer.id,
        words=words,
        introduced_on=on.isoformat(),
    )


def thank(tx: Transaction, introducer: Contact, on: date) -> None:
    """Write down that an introducer was thanked; raises Problem where there is nothing to thank for."""
    rows = tx.db.execute(
        "SELECT id FROM introductions WHERE introducer_id = ? AND thanked_on IS NULL", (introducer.id,)
    ).fetchall()
    if not rows:
        raise Problem(f"{introducer.name} has introduced nobody whom you have not thanked for; nothing was changed.")
    for (row_id,) in rows:
        tx.update("introductions", row_id, thanked_on=on.isoformat())
