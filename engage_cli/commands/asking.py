"""What commands ask: the day that words mean, which contact is meant, whether anybody is there to answer."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from engage_cli import clock, settings, store, who
from engage_cli.errors import Ambiguous, NotFound, WrongUsage
from engage_cli.show import text
from engage_cli.signals import CHANNELS

if TYPE_CHECKING:
    from engage_cli.commands.field import Field
    from engage_cli.reports.recent import Person


def is_somebody_there() -> bool:
    """Whether a question can be answered: standard input and output are terminals."""
    return bool(sys.stdin and sys.stdin.isatty() and text.is_terminal())


def past_day(typed: str | None) -> date:
    """Read a day on which something happened; today where nothing was typed.

    Raises UnreadableDate, AmbiguousDate, WrongUsage for a day that has not come.
    """
    today = clock.today()
    if typed is None:
        return today
    return not_ahead(clock.past(typed, today, settings.load().date_order))


def not_ahead(day: date) -> date:
    """Return a day that has come; raises WrongUsage for one that has not."""
    if day > clock.today():
        raise WrongUsage(
            f"{clock.full(day)} has not come yet (today is {clock.full(clock.today())}). Nothing was written; for a"
            " day ahead use --next, or a promise's due date."
        )
    return day


class Happened(NamedTuple):
    """When something happened: the day as it was lived, and where a time is known the UTC moment and the zone."""

    day: date
    at: str | None = None
    zone: str | None = None


def happened(on: str | None, at: str | None) -> Happened:
    """Read --on and --at; raises UnreadableDate, AmbiguousDate, WrongUsage for what has not come."""
    today = clock.today()
    day, time = clock.happened(on, today, settings.load().date_order) if on is not None else (today, None)
    time = time if at is None else clock.clock_time(at)
    if time is None:
        return Happened(not_ahead(day))
    zone = clock.zone()
    moment = clock.utc(day, time, zone)
    if moment > clock.moment():
        raise WrongUsage(f"{clock.full(day)} {time:%H:%M} has not come yet; nothing was written. Say an earlier time.")
    return Happened(day, moment, zone)


def channel(via: str) -> str:
    """Return a channel by its name or the beginning of one; raises WrongUsage."""
    exact = [one for one in CHANNELS if one == via.casefold()]
    found = exact or [one for one in CHANNELS if via and one.startswith(via.casefold())]
    if len(found) != 1:
        raise WrongUsage(f'There is no channel "{via}". Say one of: {", ".join(CHANNELS)}.')
    return found[0]


def coming_day(typed: str, day: date) -> date:
    """Read a day that lies ahead, counted from `day`."""
    return clock.ahead(typed, day, settings.load().date_order)


class Stopped(KeyboardInterrupt):
    """The user left a question; `begun` is what stood in its field."""

    def __init__(self, begun: str) -> None:
        super().__init__()
        self.begun = begun


class Way(Protocol):
    """How questions are asked; each can be begun with words, and raises Stopped with those that stand there."""

    def pick(self, question: str, people: "list[Person]", begun: str = "") -> str:
        """Let the user pick one of some people; return a handle, "" for none."""

    def note(self, question: str, begun: str = "") -> str:
        """Ask for a text."""

    def signals(self, field: "Field", begun: str = "") -> str:
        """Ask for lines of which none is wrong."""


def way() -> Way:
    """Ask as well as this terminal can: with lists and fields, or line by line."""
    if os.environ.get("TERM", "dumb") not in ("dumb", "unknown", ""):
        with suppress(ImportError):
            from engage_cli.commands import guided

            return guided
    from engage_cli.commands import plain

    return plain


def anybody(is_new: bool, begun: str = "") -> str:
    """Let the user pick any contact, and return its handle; where they may be new, ask for the name.

    Raises NotFound where the journal holds nobody, WrongUsage where nobody is picked, Stopped.
    """
    from engage_cli.reports.recent import recent

    question = "Who was it with?"
    if is_new:
        return way().note(question, begun)
    with store.reading() as db:
        people = recent(db)
    if not people:
        raise NotFound("Nobody is in the journal yet. Somebody new is added with: engage contact add NAME")
    if picked := way().pick(question, people, begun):
        return picked
    raise WrongUsage("Nobody was picked, so nothing was logged.")


def acquaintance(name: str, is_new: bool) -> tuple[str, list[str]]:
    """Say who somebody is, and which topics of their expectations are known; nothing where they are new.

    Raises NotFound, Ambiguous.
    """
    from engage_cli.records import expectations

    with store.reading() as db:
        contact = who.find_exactly(db, name) if is_new else who.find(db, name)
        topics = expectations.topics(db, contact.id) if contact else []
    return text.line(f"{contact.name} ({contact.handle})" if contact else name), topics


def certain(names: Sequence[str]) -> list[str]:
    """Let the user pick where a name means several contacts and somebody is there to ask.

    Elsewhere the names come back as they are, to be refused where they are looked up. Raises NotFound, Ambiguous.
    """
    if not is_somebody_there():
        return list(names)
    with store.reading() as db:
        meant: list[str | Ambiguous] = []
        for name in names:
            try:
                meant.append(who.find(db, name).handle)
            except Ambiguous as several:
                meant.append(several)
    return [one if isinstance(one, str) else _picked(one) for one in meant]


def _picked(several: Ambiguous) -> str:
    from engage_cli.reports.recent import recent

    with store.reading() as db:
        people = recent(db, [handle for handle, _ in several.candidates])
    picked = way().pick(f'"{text.line(several.typed)}" can be:', people)
    if not picked:
        raise several
    return picked
