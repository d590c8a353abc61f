"""From the cards of address books to contacts: who is new, who is known again, who only looks alike."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from engage_cli import who
from engage_cli.folding import fold
from engage_cli.formats.vcard import Card
from engage_cli.records import contacts, handles
from engage_cli.searched import SEARCHED
from engage_cli.store import Transaction, triggers

SOURCE = "vcard"  # sources.kind


@dataclass(eq=False)
class Party:
    """A person or an organisation of the address book; `id` is None until it is stored.

    `has` are its aliases (and its name), addresses, phones and tags, in the form in which two are compared;
    what cards add to it waits in `facts`, `gained` and `keys` until it is written.
    """

    id: int | None
    kind: str
    handle: str
    name: str
    note: str | None = None
    birthday: str | None = None
    has: dict[str, set[str]] = field(default_factory=lambda: {table: set() for table in contacts.LISTS})
    memberships: dict["Party", "Membership"] = field(default_factory=dict)
    is_from_card: bool = False
    facts: dict[str, str | int] = field(default_factory=dict)
    gained: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in contacts.LISTS})
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.has["aliases"].add(fold(self.name))

    @property
    def is_only_a_name(self) -> bool:
        """Whether nothing is known that could tell it from another of the same name."""
        return not (self.is_from_card or self.has["emails"] or self.has["phones"])


@dataclass
class Membership:
    """That a party belongs to an organisation; `is_written` tells whether the journal says the same."""

    id: int | None
    role: str | None
    is_written: bool


@dataclass(frozen=True)
class Entered:
    """What became of one card: its party, whether that is new or gained something.

    `like` is whom a new one looks like, `unclear` the organisations that the one on the card could be.
    """

    party: Party
    is_new: bool
    is_changed: bool = False
    like: Party | None = None
    unclear: tuple[Party, ...] = ()


# For each way to call or reach a contact those who answer to it; a dict, because it keeps their order.
_Index = defaultdict[tuple[str, ...], dict[Party, None]]


class AddressBook:
    """The contacts of a journal in memory, as cards are entered; nothing is stored before `write`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._supply = handles.Supply(db)
        self._sources: dict[str, Party] = {}
        self._named: _Index = defaultdict(dict)
        self._reached: _Index = defaultdict(dict)
        self._organisations: _Index = defaultdict(dict)
        self._touched: dict[Party, None] = {}
        parties = _parties(db)
        for party in dict.fromkeys(parties.values()):
            self._index(party)
            self._index_organisation(party)
        for key, contact_id in _sources(db):
            parties[contact_id].is_from_card = True
            self._sources[key] = parties[contact_id]

    @property
    def people(self) -> list[Party]:
        """The persons that are new, in the order of their cards."""
        return [party for party in self._touched if party.id is None and party.kind == "person"]

    @property
    def organisations(self) -> list[Party]:
        """The organisations that are new because somebody's card names them."""
        return [party for party in self._touched if party.id is None and not party.is_from_card]

    def enter(self, card: Card) -> Entered:
        """Add a card's contact, or to the contact it is about what that is missing."""
        if same := self._sources.get(f"sha256:{card.fingerprint}"):
            # Nothing can be missing but what the user took away since.
            return Entered(same, is_new=False)
        known = self._known(card)
        like = None if known else self._like(card)
        party = known or self._welcome(card.name, card.kind)
        is_new = party.id is None and not party.is_from_card
        self._remember(party, card)
        is_changed = self._add(party, card)
        has_joined, unclear = self._join(party, card)
        self._index(party)
        return Entered(party, is_new, is_changed or has_joined, like, unclear)

    def spread(self, every_days: int, today: date) -> None:
        """Make customers of the new persons, their first days spread evenly over one cadence; 0 is never."""
        people = self.people
        for party, first in zip(people, contacts.first_days(len(people), every_days, today), strict=True):
            party.facts["every_days"] = every_days
            if every_days:
                party.facts |= {"customer_since": today.isoformat(), "first_due_on": first.isoformat()}

    def write(self, tx: Transaction) -> None:
        """Store what the cards added."""
        with _in_bulk(tx):
            for party in self._touched:
                _write(tx, party)
            for party in self._touched:
                _write_memberships(tx, party)

    def _known(self, card: Card) -> Party | None:
        if party := self._sources.get(f"uid:{card.uid}"):
            return party
        named = self._named[card.kind, fold(card.name)]
        for where in _reach(card):
            reached = self._reached[where]
            # Thousands may share a switchboard's number, or a name like "Unknown", but hardly both.
            for party in min(named, reached, key=len):
                if party in named and party in reached:
                    return party
        # An organisation that so far is but a word on somebody's card is the one this card describes.
        bare = (party for party in named if card.kind == "organisation" and party.is_only_a_name)
        return next(bare, None)

    def _like(self, card: Card) -> Party | None:
        """Find who has the same name, else the same address or phone."""
        alike = (self._named[card.kind, fold(card.name)], *(self._reached[where] for where in _reach(card)))
        return next((party for parties in alike for party in parties), None)

    def _welcome(self, name: str, kind: str) -> Party:
        party = Party(None, kind, self._supply.whole(name), contacts.named(name))
        self._touched[party] = None
        self._index(party)
        self._index_organisation(party)
        return party

    def _remember(self, party: Party, card: Card) -> None:
        """Keep the keys by which the card will be known again."""
        self._touched[party] = None
        party.is_from_card = True
        for key in ([f"uid:{card.uid}"] if card.uid else []) + [f"sha256:{card.fingerprint}"]:
            if key not in self._sources:
                self._sources[key] = party
                party.keys.append(key)

    def _add(self, party: Party, card: Card) -> bool:
        """Add to a party what it does not have yet; return whether there was anything."""
        facts = {"note": card.note, "birthday": card.birthday}
        missing = {name: value for name, value in facts.items() if value and getattr(party, name) is None}
        for name, value in missing.items():
            setattr(party, name, value)
        party.facts |= missing
        gained = [_gain(party, table, values) for table, values in _listed(card).items()]
        return any(gained) or bool(missing)

    def _join(self, party: Party, card: Card) -> tuple[bool, tuple[Party, ...]]:
        """Make a person a member where the card says so; one who left stays away, a role is kept.

        Return whether that is new, and the organisations that could be meant where there are several.
        """
        if not card.organisation or party.kind != "person":
            return False, ()
        called = self._called(card.organisation) or [self._welcome(card.organisation, "organisation")]
        if len(called) > 1:
            return False, tuple(called)
        before = party.memberships.get(called[0])
        if before and (before.role or not card.role):
            return False, ()
        party.memberships[called[0]] = Membership(before.id if before else None, card.role, is_written=False)
        return True, ()

    def _called(self, name: str) -> list[Party]:
        """Find the organisations called exactly so: by handle, else alias, else name, as `who` does."""
        found = (self._organisations[what, fold(name)] for what in ("handle", "alias", "name"))
        return list(next(filter(None, found), {}))

    def _index(self, party: Party) -> None:
        for name in party.has["aliases"]:
            self._named[party.kind, name][party] = None
        for table in ("emails", "phones"):
            for value in party.has[table]:
                self._reached[party.kind, table, value][party] = None

    def _index_organisation(self, party: Party) -> None:
        if party.kind == "organisation":
            name = fold(party.name)
            self._organisations["handle", party.handle][party] = None
            self._organisations["name", name][party] = None
            for alias in party.has["aliases"] - {name}:
                self._organisations["alias", alias][party] = None


def _parties(db: sqlite3.Connection) -> dict[int, Party]:
    """Read all contacts; the number of a merged one leads to the one it was merged into."""
    rows = db.execute("SELECT id, kind, handle, name, note, birthday FROM contacts WHERE merged_into_id IS NULL")
    parties = {row[0]: Party(*row) for row in rows}
    merged = dict(db.execute("SELECT id, merged_into_id FROM contacts WHERE merged_into_id IS NOT NULL"))
    for lost, into in merged.items():
        while into in merged:
            into = merged[into]
        parties[lost] = parties[into]
    for table, column in contacts.LISTS.items():
        for contact_id, value in db.execute(f"SELECT contact_id, {column} FROM {table}"):
            parties[contact_id].has[table].add(_compared(table, value))
    for row_id, contact_id, organisation_id, role in db.execute(
        "SELECT id, contact_id, organisation_id, role FROM memberships ORDER BY id"
    ):
        parties[contact_id].memberships[parties[organisation_id]] = Membership(row_id, role, is_written=True)
    return parties


def _sources(db: sqlite3.Connection) -> list[tuple[str, int]]:
    return db.execute("SELECT key, contact_id FROM sources WHERE kind = ?", (SOURCE,)).fetchall()


def _listed(card: Card) -> dict[str, tuple[str, ...]]:
    # Another name than the one we know is kept beside it.
    names = (card.name, *card.nicknames)
    return {"aliases": names, "emails": card.emails, "phones": card.phones, "tags": card.tags}


def _reach(card: Card) -> list[tuple[str, ...]]:
    lists = {"emails": card.emails, "phones": card.phones}
    return [(card.kind, table, _compared(table, value)) for table, values in lists.items() for value in values]


def _gain(party: Party, table: str, values: Iterable[str]) -> bool:
    before = len(party.gained[table])
    for value in values:
        if (compared := _compared(table, value)) not in party.has[table]:
            party.has[table].add(compared)
            party.gained[table].append(value)
    return len(party.gained[table]) > before


def _compared(table: str, value: str) -> str:
    """Reduce a value to what tells it from others: of a phone number its digits."""
    if table == "emails":
        return value.casefold()
    return (who.digits(fold(value)) if table == "phones" else "") or fold(value)


def _write(tx: Transaction, party: Party) -> None:
    if party.id is None:
        # Complete at once: a later change of its words would confuse the search index, which does not know it yet.
        party.id = tx.insert("contacts", kind=party.kind, handle=party.handle, name=party.name, **party.facts)
    else:
        tx.update("contacts", party.id, **party.facts)
    for table, values in party.gained.items():
        contacts.extend(tx, party.id, table, values)
    for key in party.keys:
        tx.insert("sources", contact_id=party.id, kind=SOURCE, key=key)


def _write_memberships(tx: Transaction, party: Party) -> None:
    for organisation, membership in party.memberships.items():
        if membership.id is None:
            # Without a beginning, so that what was logged before counts for the organisation too.
            tx.insert("memberships", contact_id=party.id, organisation_id=organisation.id, role=membership.role)
        elif not membership.is_written:
            tx.update("memberships", membership.id, role=membership.role)


@contextmanager
def _in_bulk(tx: Transaction) -> Iterator[None]:
    """Fill the search index at the end, with all rows that came in."""
    tables = list(SEARCHED)
    last = {table: tx.db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in tables}
    tx.db.execute("UPDATE doing SET is_bulk = 1")
    yield
    for table in tables:
        triggers.fill(tx.db, table, last[table])
    triggers.tidy(tx.db)
    tx.db.execute("UPDATE doing SET is_bulk = 0")
