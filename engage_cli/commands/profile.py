"""What is known of a contact, as options: read from the command line and written into the journal."""

import re
from datetime import date
from typing import Annotated, NamedTuple

import typer

from engage_cli import clock, settings, who
from engage_cli.errors import WrongUsage
from engage_cli.records import contacts, handles, introductions, memberships, types
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction

Text = str | None
Texts = list[str] | None
Option = typer.Option

KINDS = {"person": "person", "org": "organisation", "organisation": "organisation"}


class Profile(NamedTuple):
    """The options that `contact add` and `contact edit` share, as typed."""

    handle: Annotated[Text, Option("--as", metavar="HANDLE", help="The short name to type.")] = None
    alias: Annotated[Texts, Option("--alias", metavar="A", help="Another name for them.")] = None
    email: Annotated[Texts, Option("--email", metavar="E", help="An e-mail address.")] = None
    phone: Annotated[Texts, Option("--phone", metavar="P", help="A phone number.")] = None
    org: Annotated[Text, Option("--org", metavar="NAME", help="The organisation they belong to.")] = None
    role: Annotated[Text, Option("--role", metavar="R", help="What they do there.")] = None
    type: Annotated[Text, Option("--type", metavar="TYPE", help="The type of customer.")] = None
    tag: Annotated[Texts, Option("--tag", metavar="TAG", help="A tag.")] = None
    every: Annotated[Text, Option("--every", metavar="CADENCE", help="How often to talk: 10d, 2w, 3m, never.")] = None
    birthday: Annotated[Text, Option("--birthday", metavar="DATE", help="1980-02-29, or --02-29.")] = None
    note: Annotated[Text, Option("--note", metavar="TEXT", help="What else to know.")] = None
    met_through: Annotated[Text, Option("--met-through", metavar="WHO", help="Who introduced you.")] = None
    kind: Annotated[Text, Option("--kind", metavar="person|org", help="person or org.")] = None


class Removals(NamedTuple):
    """What `contact edit` takes away, and another name, as typed."""

    name: Annotated[Text, Option("--name", metavar="NAME", help="Another name.")] = None
    drop_alias: Annotated[Texts, Option("--drop-alias", metavar="A", help="Take an alias away.")] = None
    drop_email: Annotated[Texts, Option("--drop-email", metavar="E", help="Take an address away.")] = None
    drop_phone: Annotated[Texts, Option("--drop-phone", metavar="P", help="Take a number away.")] = None
    untag: Annotated[Texts, Option("--untag", metavar="TAG", help="Take a tag away.")] = None


def add(tx: Transaction, name: str, profile: Profile, today: date) -> tuple[Contact, list[str]]:
    """Add a contact with all its profile says; return it with what the user should hear.

    It becomes a customer, unless it belongs to an organisation that is one itself.
    """
    remarks = _namesakes(tx, name)
    kind = _kind(profile.kind) or "person"
    handle = handles.chosen(tx.db, profile.handle) if profile.handle is not None else handles.short(tx.db, name)
    contact = contacts.load(tx.db, contacts.add(tx, name, kind, handle))
    remarks += apply(tx, contact, profile, today)
    if profile.every is None and not _belongs_to_customer(tx, contact, today):
        tx.update("contacts", contact.id, customer_since=today.isoformat())
    return contacts.load(tx.db, contact.id), remarks


def apply(tx: Transaction, contact: Contact, profile: Profile, today: date) -> list[str]:
    """Write into the journal what a profile says of a contact; return what the user should hear."""
    kind = _kind(profile.kind)
    given: dict[str, str | int | None] = {}
    if kind is not None:
        given["kind"] = kind
    if profile.note is not None:
        given["note"] = profile.note.strip() or None
    if profile.birthday is not None:
        given["birthday"] = _birthday(profile.birthday, today)
    if profile.type is not None:
        given["type_id"] = types.find(tx.db, profile.type).id
    if kind and kind != contact.kind:
        _can_change_kind(tx, contact)
    tx.update("contacts", contact.id, **given)
    for table, values in _lists(profile).items():
        contacts.extend(tx, contact.id, table, values)
    if profile.every is not None:
        contacts.rhythm(tx, contact, clock.cadence(profile.every), today)
    return [*_join(tx, contacts.load(tx.db, contact.id), profile, today), *_meet(tx, contact, profile, today)]


def remove(tx: Transaction, contact: Contact, removals: Removals) -> None:
    """Take away what was said to be taken away, and give another name; raises Problem for what is not there."""
    if removals.name is not None:
        tx.update("contacts", contact.id, name=contacts.named(removals.name))
    contacts.shorten(tx, contact.id, "aliases", removals.drop_alias or ())
    contacts.shorten(tx, contact.id, "emails", removals.drop_email or ())
    contacts.shorten(tx, contact.id, "phones", removals.drop_phone or ())
    contacts.shorten(tx, contact.id, "tags", removals.untag or ())


def _namesakes(tx: Transaction, name: str) -> list[str]:
    from engage_cli.folding import fold

    rows = tx.db.execute("SELECT handle, name FROM contacts WHERE merged_into_id IS NULL")
    same = [handle for handle, other in rows if fold(other) == fold(name)]
    return [f"There is another {name} already: {', '.join(same)}."] if same else []


def _lists(profile: Profile) -> dict[str, list[str]]:
    return {
        "aliases": profile.alias or [],
        "emails": profile.email or [],
        "phones": profile.phone or [],
        "tags": profile.tag or [],
    }


def _join(tx: Transaction, contact: Contact, profile: Profile, today: date) -> list[str]:
    """Make a contact a member of the organisation named, which is created where nobody is called that."""
    if profile.org is None:
        return _give_role(tx, contact, profile.role, today)
    organisation = who.find_exactly(tx.db, profile.org)
    remarks = []
    if organisation is None:
        handle = handles.whole(tx.db, profile.org)
        organisation = contacts.load(tx.db, contacts.add(tx, profile.org, "organisation", handle))
        how = f"engage contact edit {handle} --every 1m"
        remarks = [f"{organisation.name} ({handle}) is new, a plain organisation; to make it a customer: {how}"]
    memberships.join(tx, contact, organisation, profile.role, today)
    return remarks


def _give_role(tx: Transaction, contact: Contact, role: str | None, today: date) -> list[str]:
    if role is None:
        return []
    places = memberships.current(tx.db, contact.id, today)
    if len(places) != 1:
        raise WrongUsage(f"Say where {contact.name} has that role: --org NAME --role {role}")
    tx.update("memberships", places[0][0], role=role or None)
    return []


def _meet(tx: Transaction, contact: Contact, profile: Profile, today: date) -> list[str]:
    if profile.met_through is not None:
        introductions.meet(tx, contact, who.find(tx.db, profile.met_through), None, today)
    return []


def _belongs_to_customer(tx: Transaction, contact: Contact, today: date) -> bool:
    places = memberships.current(tx.db, contact.id, today)
    return any(contacts.load(tx.db, organisation_id).customer_since for _, organisation_id, _ in places)


def _kind(typed: str | None) -> str | None:
    if typed is None:
        return None
    if typed.casefold() not in KINDS:
        raise WrongUsage(f'"{typed}" is no kind of contact. Say person or org.')
    return KINDS[typed.casefold()]


def _can_change_kind(tx: Transaction, contact: Contact) -> None:
    tied = tx.db.execute(
        "SELECT 1 FROM memberships WHERE contact_id = ?1 OR organisation_id = ?1 LIMIT 1", (contact.id,)
    )
    if tied.fetchone():
        raise WrongUsage(f"{contact.name} has memberships, so it stays a {contact.kind}. Nothing was changed.")


def _birthday(typed: str, today: date) -> str | None:
    """Read a birthday: a full date, or --02-29 where the year is unknown; nothing takes it away."""
    if not typed.strip():
        return None
    if found := re.fullmatch(r"--(\d\d)-?(\d\d)", typed):
        clock.past(f"2000-{found[1]}-{found[2]}", today)
        return f"--{found[1]}-{found[2]}"
    day = clock.past(typed, today, settings.load().date_order)
    if day > today:
        raise WrongUsage(f"{clock.full(day)} has not come yet, so it is no birthday. Nothing was changed.")
    return day.isoformat() if re.search(r"\d{4}", typed) else f"--{day:%m-%d}"
