"""`engage triage`: how often to talk to those of whom that was never decided, one key each."""

import sqlite3
from datetime import date

from engage_cli import clock, history, settings, store
from engage_cli.commands import keys
from engage_cli.commands.asking import is_somebody_there
from engage_cli.commands.keys import say
from engage_cli.commands.place import place
from engage_cli.commands.profile import Profile, apply
from engage_cli.errors import Problem, WrongUsage
from engage_cli.lazy import application
from engage_cli.records import contacts
from engage_cli.reports.contacts import Listed, listed
from engage_cli.reports.due import Due, due, due_of
from engage_cli.reports.wording import full, last_touch
from engage_cli.show.text import emit, line, title
from engage_cli.store import Transaction

app = application()

UNDECIDED = "contacts.every_days IS NULL AND contacts.customer_since IS NULL AND contacts.archived_on IS NULL"
CADENCES = {
    "w": ("week", "1w"),
    "f": ("fortnight", "2w"),
    "m": ("month", "1m"),
    "q": ("quarter", "3m"),
    "y": ("year", "1y"),
    "n": ("never", "never"),
}
ASKED = {
    keys.ENTER: ("every", "How often (10d, 2w, 3m, 1y, never)? "),
    "t": ("type", "Which type? "),
    "g": ("tag", "Which tags (a comma between two)? "),
}
BACK, QUIT = ("b", "-", *keys.BACKSPACES), "x"
SHORT = ["w f m q y n", "s skip", "? keys:"]
EACH = [f"{key} {word}" for key, (word, _) in CADENCES.items()]
MOST = [*EACH, "s skip", "? keys:"]
ALL = [*EACH, "s skip", "Enter another (10d)", "t type", "g tag", "b back", "u undo", "x quit"]


@app.command()
def triage() -> None:
    """Decide how often to talk to each plain contact, one key each; whom you talked to last comes first."""
    if not is_somebody_there():
        raise WrongUsage(
            "triage needs a terminal, because it reads keys. Without one: engage contact edit WHO --every 1m"
        )
    way = Triage()
    try:
        with keys.as_it_was():
            while way.at < len(way.people) and way.take_a_key(way.people[way.at]):
                pass
    except KeyboardInterrupt:
        way.end()
        raise
    way.end()


class Triage:
    """A triage under way: those to decide on, the place among them, what was decided (contact and days)."""

    def __init__(self) -> None:
        with store.reading() as db:
            self.place = place(db, "triage")
            self.people = sorted(_undecided(db), key=lambda one: one.handle in self.place.passed)
        self.at = 0
        self.decided: dict[int, int] = {}
        # Each action of this run, where it was done and what was decided before it.
        self.trail: list[tuple[int, int, dict[int, int]]] = []
        self.is_shown = False

    def take_a_key(self, one: Due) -> bool:
        """Show a contact, take one key and do what it says; return whether to go on."""
        self._show(one)
        try:
            pressed = keys.key(keys.row(SHORT if self.trail else MOST))
        except EOFError:
            pressed = QUIT
        if pressed == QUIT:
            say("quit")
        else:
            self._answer(one, pressed)
        return pressed != QUIT

    def end(self) -> None:
        """Spread the first days, say how many are decided and how many are left."""
        emit("")
        self._spread()
        with store.reading() as db:
            left = len(_undecided(db))
        how_to = "; to go on: engage triage" if left else ""
        say(f"{len(self.decided)} decided, {left} left{how_to}")

    def _show(self, one: Due) -> None:
        if self.is_shown:
            return
        self.is_shown = True
        with store.reading() as db:
            known = listed(db, clock.today(), settings.load().every_days, one.id)
        emit("")
        emit(title(f"[{self.at + 1} of {len(self.people)}] {known.name} ({known.handle})"))
        say(_known(known, one))

    def _answer(self, one: Due, pressed: str) -> None:
        if pressed in CADENCES:
            word, every = CADENCES[pressed]
            say(word)
            self._decide(one, every)
        elif pressed in ASKED:
            self._ask(one, *ASKED[pressed])
        else:
            self._step(one, pressed)

    def _step(self, one: Due, pressed: str) -> None:
        if pressed == "s":
            say("skip")
            self.place.leave(one.handle, is_open=one.id not in self.decided)
            self._go(self.at + 1)
        elif pressed in BACK:
            say("back")
            self._go(max(0, self.at - 1))
        elif pressed == "u":
            self._undo()
        else:
            say("keys" if pressed == "?" else line(pressed))
            emit(keys.row(ALL) if pressed == "?" else "There is no such key; ? lists them.")

    def _decide(self, one: Due, every: str) -> None:
        if self._change(one, Profile(every=every)):
            self.decided[one.id] = clock.cadence(every)
            self.place.passed.pop(one.handle, None)
            self._go(self.at + 1)

    def _ask(self, one: Due, option: str, question: str) -> None:
        """Ask for a cadence, a type or tags; after the last two the same contact is up again."""
        say(option)
        answer = keys.words(question, ["contact", "edit", one.handle, f"--{option}"])
        if answer and option == "every":
            self._decide(one, answer)
        elif answer and self._change(one, Profile(type=answer) if option == "type" else Profile(tag=answer.split(","))):
            self._go(self.at)

    def _change(self, one: Due, profile: Profile) -> bool:
        """Store what was said of a contact as one action and say it; return whether that could be done."""
        try:
            with store.writing("triage") as tx:
                apply(tx, contacts.load(tx.db, one.id), profile, clock.today())
                known = listed(tx.db, clock.today(), settings.load().every_days, one.id)
        except Problem as problem:
            say(str(problem))
            return False
        if tx.stored:
            self.trail.append((tx.action_id, self.at, dict(self.decided)))
        say(f"{known.name} ({known.handle}): {_stored(known)}")
        return True

    def _undo(self) -> None:
        say("undo")
        if not self.trail:
            say("No key has stored anything yet.")
            return
        try:
            history.undo(self.trail[-1][0])
        except Problem as problem:
            say(str(problem))
            return
        _, at, self.decided = self.trail.pop()
        say("Taken back.")
        self._go(at)

    def _go(self, at: int) -> None:
        self.place.keep()
        self.at, self.is_shown = at, False

    def _spread(self) -> None:
        """Spread the first days of those who were never talked to over one cadence each; one action."""
        with store.writing("triage") as tx:
            firsts = [first for days in set(self.decided.values()) for first in self._first_days(tx, days)]
        if firsts:
            days = f"{clock.full(min(firsts))} to {clock.full(max(firsts))}"
            say(f"First days of {len(firsts)} you never talked to: {days}. Take it back: engage undo")

    def _first_days(self, tx: Transaction, days: int) -> list[date]:
        if not days:
            return []
        ids = [contact_id for contact_id, every in self.decided.items() if every == days and _is_new(tx, contact_id)]
        firsts = contacts.first_days(len(ids), days, clock.today())
        for contact_id, first in zip(ids, firsts, strict=True):
            tx.update("contacts", contact_id, first_due_on=first.isoformat())
        return firsts


def _undecided(db: sqlite3.Connection) -> list[Due]:
    """List those to decide on: the latest spoken to first, then by name those never spoken to."""
    found = due(db, clock.today(), settings.load().every_days, UNDECIDED)
    found.sort(key=lambda one: (one.name.casefold(), one.handle))
    return sorted(found, key=lambda one: one.last_on or "", reverse=True)


def _is_new(tx: Transaction, contact_id: int) -> bool:
    return due_of(tx.db, contact_id, clock.today(), settings.load().every_days).last_on is None


def _known(known: Listed, one: Due) -> str:
    """Say in a line who somebody is and when you last talked."""
    place = " at ".join(part for part in (known.role, known.organisation) if part)
    last = f"last in touch {last_touch(one.last_on, one.last_channel)}" if one.last_on else "never in touch"
    kind = "organisation" if known.kind == "organisation" else ""
    parts = (
        kind,
        place,
        last,
        known.type,
        ", ".join(known.tags),
        _stored(known) if known.every_days is not None else "",
    )
    return line("; ".join(part for part in parts if part))


def _stored(known: Listed) -> str:
    """Say what was decided, or what else is known."""
    if known.every_days is not None:
        due_on = f", next: {full(known.due_on)}" if known.due_on else ""
        return f"{clock.every(known.every_days)}{due_on}"
    return line("; ".join(part for part in (known.type, ", ".join(known.tags)) if part))
