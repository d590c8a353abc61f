"""What commands ask: the day that words mean, which contact is meant, whether anybody is there to answer."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from engage_cli import clock, settings, store, who
from engage_cli.errors import Ambiguous, WrongUsage
from engage_cli.show import text
from engage_cli.signals import CHANNELS


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
    text.emit(f'"{text.line(several.typed)}" can be:')
    for place, (handle, name) in enumerate(several.candidates, start=1):
        text.emit(f"  {place}  {text.line(name)} ({handle})")
    answer = input("Which one? (Enter for none) ").strip()
    if answer.isdecimal() and 1 <= int(answer) <= len(several.candidates):
        return several.candidates[int(answer) - 1][0]
    raise several
