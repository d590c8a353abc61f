"""Merging two contacts that are one: everything moves, nothing is lost, one undo takes it back."""

from engage_cli.errors import Problem
from engage_cli.records import contacts
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction

# Rows that belong to one contact and simply change hands.
OWNED = ("apologies", "promises", "expectations", "insights", "needs", "conflicts", "steers", "sources")

# What the survivor keeps where it has its own, and gets from the other where it has none.
KEPT = ("type_id", "customer_since", "every_days", "first_due_on", "snoozed_until", "birthday")


def merge(tx: Transaction, lost: Contact, into: Contact) -> None:
    """Move everything of one contact to another; the first stays as a pointer, so its handle still leads there.

    Raises Problem where the two cannot be one.
    """
    _can_be_one(lost, into)
    for table in OWNED:
        _hand_over(tx, table, "contact_id", lost, into)
    _conversations(tx, lost, into)
    _memberships(tx, lost, into)
    _introductions(tx, lost, into)
    for table in contacts.LISTS:
        contacts.extend(tx, into.id, table, contacts.values(tx.db, lost.id, table))
        contacts.clear(tx, lost.id, table)
    _facts(tx, lost, into)
    tx.update("contacts", lost.id, merged_into_id=into.id, customer_since=None)


def _can_be_one(lost: Contact, into: Contact) -> None:
    if lost.id == into.id:
        raise Problem(f"{into.name} ({into.handle}) is one contact already; nothing was changed.")
    if gone := next((one for one in (lost, into) if one.merged_into_id is not None), None):
        raise Problem(f"{gone.name} ({gone.handle}) was merged already; nothing was changed.")
    if lost.kind != into.kind:
        raise Problem(f"{lost.name} is a {lost.kind} and {into.name} is a {into.kind}; they cannot be one.")


def _hand_over(tx: Transaction, table: str, column: str, lost: Contact, into: Contact) -> None:
    for (row_id,) in tx.db.execute(f"SELECT id FROM {table} WHERE {column} = ?", (lost.id,)).fetchall():
        tx.update(table, row_id, **{column: into.id})


def _conversations(tx: Transaction, lost: Contact, into: Contact) -> None:
    """Where both took part in one conversation a single part remains: 'with' wins over 'about'."""
    both = tx.db.execute(
        "SELECT theirs.id, theirs.role, ours.id, ours.role FROM participants AS theirs JOIN participants AS ours"
        " ON ours.conversation_id = theirs.conversation_id AND ours.contact_id = ? WHERE theirs.contact_id = ?",
        (into.id, lost.id),
    ).fetchall()
    for their_id, their_role, our_id, our_role in both:
        tx.delete("participants", their_id)
        if (their_role, our_role) == ("with", "about"):
            tx.update("participants", our_id, role="with")
    _hand_over(tx, "participants", "contact_id", lost, into)


def _memberships(tx: Transaction, lost: Contact, into: Contact) -> None:
    _hand_over(tx, "memberships", "organisation_id" if into.kind == "organisation" else "contact_id", lost, into)
    doubles = tx.db.execute(
        "SELECT later.id FROM memberships AS later JOIN memberships AS first ON first.id < later.id"
        " AND (first.contact_id, first.organisation_id) = (later.contact_id, later.organisation_id)"
        " AND (first.role, first.since_on, first.until_on) IS (later.role, later.since_on, later.until_on)"
        " WHERE ? IN (later.contact_id, later.organisation_id)",
        (into.id,),
    ).fetchall()
    for row_id in {row_id for (row_id,) in doubles}:
        tx.delete("memberships", row_id)


def _introductions(tx: Transaction, lost: Contact, into: Contact) -> None:
    between = "SELECT id FROM introductions WHERE (contact_id, introducer_id) IN (VALUES (?, ?), (?, ?))"
    for (row_id,) in tx.db.execute(between, (lost.id, into.id, into.id, lost.id)).fetchall():
        tx.delete("introductions", row_id)  # nobody introduces themselves; the history keeps the words
    _hand_over(tx, "introductions", "contact_id", lost, into)
    _hand_over(tx, "introductions", "introducer_id", lost, into)
    doubles = tx.db.execute(
        "SELECT first.id, first.words, later.words, min(first.introduced_on, later.introduced_on),"
        " coalesce(first.thanked_on, later.thanked_on), later.id"
        " FROM introductions AS later JOIN introductions AS first ON first.id < later.id"
        " AND (first.contact_id, first.introducer_id) = (later.contact_id, later.introducer_id)"
        " WHERE ? IN (later.contact_id, later.introducer_id)",
        (into.id,),
    ).fetchall()
    for first_id, *both, introduced_on, thanked_on, later_id in doubles:
        words = "; ".join(dict.fromkeys(filter(None, both))) or None
        tx.update("introductions", first_id, words=words, introduced_on=introduced_on, thanked_on=thanked_on)
        tx.delete("introductions", later_id)


def _facts(tx: Transaction, lost: Contact, into: Contact) -> None:
    """Fill the survivor's gaps; the lost name becomes an alias, the lost note is added to the note."""
    gained = {name: getattr(lost, name) for name in KEPT if getattr(into, name) is None}
    if lost.customer_since and into.customer_since:
        gained["customer_since"] = min(lost.customer_since, into.customer_since)
    if lost.birthday and into.birthday and lost.birthday != into.birthday:
        lost_note = f"{lost.note or ''}\n(birthday also noted as {lost.birthday})".strip()
    else:
        lost_note = lost.note or ""
    if lost_note:
        gained["note"] = f"{into.note}\n\n{lost_note}" if into.note else lost_note
    tx.update("contacts", into.id, **gained)
    if lost.name != into.name:
        contacts.extend(tx, into.id, "aliases", [lost.name])
