"""`engage import`: the people of address books, in one step that one undo takes back."""

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from engage_cli import clock, store
from engage_cli.carry.people import AddressBook, Entered, Party
from engage_cli.commands.options import JsonReply
from engage_cli.commands.replying import reply
from engage_cli.errors import Problem
from engage_cli.formats import vcard
from engage_cli.formats.vcard import BrokenCard, Card
from engage_cli.lazy import application
from engage_cli.show.text import line, shorten

app = application()

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Address books (.vcf); - is standard input.")]
Every = Annotated[
    str | None, typer.Option("--every", metavar="CADENCE", help="Talk so often to each new person: 2w, 1m.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")]

MANY = 300  # cards from which on a terminal shows how far we are


@app.command()
def import_(files: Files, every: Every = None, dry_run: DryRun = False, json: JsonReply = False) -> None:
    """Bring in the people of an address book, saved as vCard (.vcf).

    Somebody known already only gains what was missing; nothing is overwritten, and the same file
    twice changes nothing. Whoever only looks like somebody else comes in and is named. All are plain
    contacts, unless --every makes customers of the new persons, their first days spread over one
    cadence; organisations and people known before keep the cadence they have.
    """
    every_days = None if every is None else clock.cadence(every)
    sources = _read(files)
    if dry_run:
        with store.reading() as db:
            arrival = _enter(db, sources, every_days)
        reply(None, _lines(arrival, "would come in"), json, dry_run=True, **_content(arrival))
        return
    with store.writing("import") as tx:
        arrival = _enter(tx.db, sources, every_days)
        arrival.book.write(tx)
    reply(tx, _lines(arrival, "came in"), json, dry_run=False, **_content(arrival))


@dataclass
class Source:
    """One file: its cards, those that are broken, and what became of the others."""

    file: str
    cards: list[Card]
    broken: list[BrokenCard]
    entered: list[Entered] = field(default_factory=list)

    @property
    def new(self) -> list[Entered]:
        """The cards of people and organisations that were not known."""
        return [one for one in self.entered if one.is_new]

    @property
    def changed(self) -> list[Entered]:
        """The cards that added something to a contact known before."""
        return [one for one in self.entered if one.is_changed and not one.is_new]


@dataclass(frozen=True)
class Arrival:
    """What all files together bring in; `organisations` are those that are only named on somebody's card."""

    book: AddressBook
    sources: list[Source]
    people: list[Party]
    organisations: list[Party]
    every_days: int | None

    @property
    def suspects(self) -> list[tuple[Party, Party]]:
        """The new ones, each with whom it looks like."""
        return [(one.party, one.like) for source in self.sources for one in source.entered if one.like]

    @property
    def unclear(self) -> list[Entered]:
        """The cards whose organisation can be one of several."""
        return [one for source in self.sources for one in source.entered if one.unclear]


def _enter(db: sqlite3.Connection, sources: list[Source], every_days: int | None) -> Arrival:
    book = AddressBook(db)
    for source in sources:
        source.entered = [book.enter(card) for card in source.cards]
    if every_days is not None:
        book.spread(every_days, clock.today())
    return Arrival(book, sources, book.people, book.organisations, every_days)


def _read(files: list[str]) -> list[Source]:
    """Read all files before anything is written; raises Problem for one that cannot be used."""
    contents = [(file, _bytes(file)) for file in files]
    with _progress(sum(_count(data) for _, data in contents)) as advance:
        return [_source(file, data, advance) for file, data in contents]


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read() if sys.stdin else b""
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Problem(f"{line(file)} cannot be read: {why}. Nothing was brought in.") from None


def _count(data: bytes) -> int:
    return len(re.findall(rb"BEGIN:VCARD", data, re.IGNORECASE))


def _source(file: str, data: bytes, advance: Callable[[], object]) -> Source:
    source = Source(file, [], [])
    for card in vcard.read(data):
        if isinstance(card, Card):
            source.cards.append(card)
        else:
            source.broken.append(card)
        advance()
    if not source.cards:
        raise Problem(_unusable(source))
    return source


def _unusable(source: Source) -> str:
    file = _shown(source.file)
    if not source.broken:
        return f"{file} holds no vCard. Export your address book as vCard (.vcf). Nothing was brought in."
    first = source.broken[0]
    return (
        f"{file} holds no card that can be read: card {first.number} at line {first.line} is {first.why}."
        " Nothing was brought in."
    )


@contextmanager
def _progress(count: int) -> Iterator[Callable[[], object]]:
    """Show on a terminal how many cards are read, where they are many."""
    if count < MANY or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading the cards", total=count)
        yield lambda: progress.advance(task)


def _lines(arrival: Arrival, come_in: str) -> list[str]:
    """Say what became of each file, then what needs a look, then what can be done next."""
    return [
        *(_counts(source, come_in) for source in arrival.sources),
        *_organisations(arrival, come_in),
        *(_broken(source.file, card) for source in arrival.sources for card in source.broken),
        *(_suspect(*pair) for pair in arrival.suspects),
        *(_unclear(one) for one in arrival.unclear),
        *_next(arrival, come_in),
    ]


def _counts(source: Source, come_in: str) -> str:
    known = len(source.entered) - len(source.new)
    changed = len(source.changed)
    total = len(source.cards) + len(source.broken)
    parts = [
        f"{total:,} {'card' if total == 1 else 'cards'}",
        f"{len(source.new):,} {come_in}",
        f"{known:,} known",
    ]
    if known:
        parts[-1] += f" ({changed:,} with something new, {known - changed:,} unchanged)"
    return f"{_shown(source.file)}: " + ", ".join([*parts, f"{len(source.broken):,} broken"])


def _organisations(arrival: Arrival, come_in: str) -> list[str]:
    count = len(arrival.organisations)
    noun = "organisation" if count == 1 else "organisations"
    return [f"With them {count:,} {noun} {come_in}."] if count else []


def _broken(file: str, card: BrokenCard) -> str:
    return f"Broken: {_shown(file)}, card {card.number} at line {card.line}: {card.why}"


def _suspect(new: Party, like: Party) -> str:
    merge = f"engage contact merge {new.handle} --into {like.handle}"
    return f"{_called(new)} looks like {_called(like)}. If they are one: {merge}"


def _unclear(one: Entered) -> str:
    either = " or ".join(party.handle for party in one.unclear)
    return (
        f"The organisation of {_called(one.party)} can be {either}: engage contact edit {one.party.handle} --org NAME"
    )


def _shown(file: str) -> str:
    return "standard input" if file == "-" else line(file)


def _called(party: Party) -> str:
    return f"{shorten(line(party.name), 60)} ({party.handle})"


def _next(arrival: Arrival, come_in: str) -> list[str]:
    if not arrival.people:
        return []
    if not arrival.every_days:
        return [
            f"New people {come_in} as plain contacts. To make one a customer: engage contact edit HANDLE --every 1m"
        ]
    days = sorted(str(person.facts["first_due_on"]) for person in arrival.people)
    first, last = (clock.full(date.fromisoformat(day)) for day in (days[0], days[-1]))
    return [f"New people {come_in} as customers, {clock.every(arrival.every_days)}, first due {first} to {last}."]


def _content(arrival: Arrival) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": source.file,
                "cards": len(source.cards) + len(source.broken),
                "new": len(source.new),
                "known": len(source.entered) - len(source.new),
                "changed": len(source.changed),
                "broken": source.broken,
            }
            for source in arrival.sources
        ],
        "organisations": [party.handle for party in arrival.organisations],
        "suspects": [{"contact": new.handle, "name": new.name, "like": like.handle} for new, like in arrival.suspects],
        "unclear": [
            {"contact": one.party.handle, "organisations": [party.handle for party in one.unclear]}
            for one in arrival.unclear
        ],
    }
