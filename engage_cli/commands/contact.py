"""`engage contact`: adding and changing contacts."""

import sqlite3
from typing import Annotated, Any

import typer

from engage_cli import clock, settings, store, who
from engage_cli.commands import asking
from engage_cli.commands.options import JsonReply, Name, On, parameters, taking
from engage_cli.commands.profile import Profile, Removals, add, apply, remove
from engage_cli.commands.replying import reply
from engage_cli.commands.words import WordyCommand
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.records import contacts, handles, memberships
from engage_cli.records.contacts import Contact
from engage_cli.records.merging import merge as merge_contacts
from engage_cli.reports.apologies import apologies
from engage_cli.reports.conflicts import conflicts
from engage_cli.reports.contacts import Listed, listed
from engage_cli.reports.expectations import latest
from engage_cli.reports.needs import needs
from engage_cli.reports.only import only
from engage_cli.reports.promises import promises
from engage_cli.reports.steers import steers
from engage_cli.reports.wording import full
from engage_cli.show.text import line

app = application(help="Add and change contacts.")

Words = Annotated[list[str], typer.Argument(metavar="WHO [WORDS]...", help="Who, then the reason.")]


@app.command("add")
@taking(parameters(Profile))
def add_(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="The name, as you write it.")],
    json: JsonReply = False,
    **options: Any,
) -> None:
    """Add a contact: a customer, unless they belong to an organisation that is one."""
    profile = Profile(**options)
    with store.writing("contact add") as tx:
        contact, remarks = add(tx, " ".join(names), profile, clock.today())
        stored = _stored(tx.db, contact)
    reply(tx, [_described(stored), *(f"  {remark}" for remark in remarks)], json, contact=stored)


@app.command()
@taking(parameters(Profile), parameters(Removals))
def edit(whom: Name, json: JsonReply = False, **options: Any) -> None:
    """Change what is known of a contact."""
    if not any(value is not None for value in options.values()):
        raise WrongUsage("Say what to change; engage contact edit --help lists the options.")
    removals = Removals(**{name: options.pop(name) for name in Removals._fields})
    profile = Profile(**options)
    [name] = asking.certain([whom])
    with store.writing("contact edit") as tx:
        contact = who.find(tx.db, name)
        remove(tx, contact, removals)
        if profile.handle is not None:
            tx.update("contacts", contact.id, handle=handles.chosen(tx.db, profile.handle, contact.id))
        remarks = apply(tx, contacts.load(tx.db, contact.id), profile, clock.today())
        stored = _stored(tx.db, contact)
    reply(tx, [_described(stored), *(f"  {remark}" for remark in remarks)], json, contact=stored)


@app.command()
def left(
    whom: Name,
    organisation: Annotated[
        str | None, typer.Argument(metavar="[ORG]", help="Which one, if there are several.")
    ] = None,
    on: On = None,
    json: JsonReply = False,
) -> None:
    """Say that somebody left an organisation; what was said until that day still counts for it."""
    day = asking.past_day(on)
    [name, *place] = asking.certain([whom, organisation] if organisation else [whom])
    with store.writing("contact left") as tx:
        contact = who.find(tx.db, name)
        gone = memberships.leave(tx, contact, who.find(tx.db, place[0]) if place else None, day)
        names = ", ".join(contacts.load(tx.db, organisation_id).name for organisation_id in gone)
        stored = _stored(tx.db, contact)
    reply(tx, [f"{line(contact.name)} left {line(names)} on {clock.full(day)}."], json, contact=stored)


@app.command(cls=WordyCommand)
def archive(words: Words, on: On = None, json: JsonReply = False) -> None:
    """Put a contact away, with the reason: out of review and neglected, still in show and find."""
    [typed, *why] = words
    [name] = asking.certain([typed])
    with store.writing("contact archive") as tx:
        contact = who.find(tx.db, name)
        contacts.archive(tx, contact, asking.past_day(on), " ".join(why) or None)
        stored, still_open = _stored(tx.db, contact), _open(tx.db, contact)
    reply(tx, [f"{line(contact.name)} ({contact.handle}) is archived.", *still_open], json, contact=stored)


@app.command()
def unarchive(whom: Name, json: JsonReply = False) -> None:
    """Bring an archived contact back."""
    with store.writing("contact unarchive") as tx:
        contact = who.find(tx.db, whom)
        contacts.unarchive(tx, contact)
        stored = _stored(tx.db, contact)
    reply(tx, [f"{line(contact.name)} ({contact.handle}) is back.", _described(stored)], json, contact=stored)


@app.command()
def snooze(
    whom: Name,
    when: Annotated[list[str], typer.Argument(metavar="WHEN...", help="Until when: friday, 2w, 2026-12-01.")],
    json: JsonReply = False,
) -> None:
    """Put the next conversation with somebody off."""
    until = asking.coming_day(" ".join(when), clock.today())
    if until <= clock.today():
        raise WrongUsage(f"{clock.full(until)} does not lie ahead; nothing was changed.")
    [name] = asking.certain([whom])
    with store.writing("contact snooze") as tx:
        contact = who.find(tx.db, name)
        contacts.snooze(tx, contact, until)
        stored = _stored(tx.db, contact)
    due = f"; next: {full(stored.due_on)}" if stored.due_on else "; no day is due for a plain contact"
    reply(tx, [f"{line(contact.name)} is put off until {clock.full(until)}{due}."], json, contact=stored)


@app.command()
def merge(
    whom: Name,
    into: Annotated[str, typer.Option("--into", metavar="WHO", help="The contact that stays.")],
    json: JsonReply = False,
) -> None:
    """Make one contact of two: everything moves to the one that stays, and one undo takes it back."""
    [lost, kept] = asking.certain([whom, into])
    with store.writing("contact merge") as tx:
        gone, contact = who.find(tx.db, lost), who.find(tx.db, kept)
        merge_contacts(tx, gone, contact)
        stored = _stored(tx.db, contact)
    reply(tx, [f"{line(gone.name)} ({gone.handle}) is now {_described(stored)}"], json, contact=stored)


def _stored(db: sqlite3.Connection, contact: Contact) -> Listed:
    return listed(db, clock.today(), settings.load().every_days, contact.id)


def _described(stored: Listed) -> str:
    """Say in a line who somebody is, and when to talk next."""
    place = " at ".join(part for part in (stored.role, stored.organisation) if part)
    standing = f"customer, {clock.every(stored.every_days or 0)}" if stored.customer_since else "plain contact"
    due = f"next: {full(stored.due_on)}" if stored.due_on else ""
    kind = "organisation" if stored.kind == "organisation" else ""
    said = ", ".join(part for part in (kind, line(place), stored.type and line(stored.type), standing, due) if part)
    return f"{line(stored.name)} ({stored.handle}): {said}"


def _open(db: sqlite3.Connection, contact: Contact) -> list[str]:
    """List what is still open with somebody who is put away."""
    theirs = only(db, who_id=contact.id)
    reports = (apologies, promises, conflicts, needs, steers)
    still_open = [(one.id, one.words) for report in reports for one in report(db, clock.today(), theirs).items]
    said = latest(db, clock.today(), theirs).items
    unanswered = [(one.id, f"{one.topic}: {one.after}") for one in said if one.answer is None]
    return [f"{number:<5} is still open: {line(words)}" for number, words in [*still_open, *unanswered]]
