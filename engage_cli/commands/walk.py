"""`engage review --walk`: the week item by item, one key each.

Each key that acts runs the very command that could be typed instead, so it stores, says and takes back the same.
"""

import re
from collections.abc import Iterable
from datetime import date

from typer._click import Command

from engage_cli import clock, history, lazy, numbers, settings, store
from engage_cli.commands import keys
from engage_cli.commands.asking import is_somebody_there
from engage_cli.commands.deeds import Deed, deeds, of_others
from engage_cli.commands.keys import say
from engage_cli.commands.place import SKIPPED, place
from engage_cli.commands.stops import Stop, stops
from engage_cli.errors import Problem, Unsaid, WrongUsage
from engage_cli.reports.review import review
from engage_cli.reports.reviews import last_finished
from engage_cli.show.text import emit, line, title

SKIP, BACK, UNDO, QUIT, HELP = (keys.ENTER, " "), ("-", *keys.BACKSPACES), "u", ("q", "x"), "?"
A_NUMBER = "[a-zA-Z]?[0-9]+"


def walk(program: Command, since: date | None) -> None:
    """Walk over the review since a day, or the last finished one; `program` runs what the keys mean.

    Raises WrongUsage where there is no terminal, KeyboardInterrupt where it is interrupted.
    """
    if not is_somebody_there():
        raise WrongUsage("--walk needs a terminal, because it reads keys. Without one: engage review")
    way = Walk(program, since)
    try:
        with keys.as_it_was():
            while way.stop and way.take_a_key(way.stop):
                pass
    except KeyboardInterrupt:
        way.pause()
        raise
    if way.stop:
        way.pause()
    else:
        way.end()


class Walk:
    """A walk under way: what was passed, what the review holds now, and where it stops."""

    def __init__(self, program: Command, since: date | None) -> None:
        self.program, self.since = program, since
        with store.reading() as db:
            last = last_finished(db)
            self.place = place(db, "walk", since.isoformat() if since else last[1] if last else "")
            gone = history.taken_back(db)
        self.place.take_back(gone)
        self.shown = ""  # the stop that stands on the screen
        self.look()
        if not self.ahead:
            self.place.forget_skipped()
            self.look()

    def look(self, chosen: str = "") -> None:
        """See what the review holds now; stop at the item chosen, else at the first that was not passed."""
        with store.reading() as db:
            brief = review(db, clock.today(), settings.load().every_days, self.since)
        # What was kept or put right on the way has gone well by now; that is no stop of its own.
        acted = {_short(name) for name in self.place.passed if self.place.actions(name)}
        self.stops = [one for one in stops(brief) if not (one.noun == "success" and one.id in acted)]
        self.ahead = [one for one in self.stops if one.name not in self.place.passed]
        self.stop = next((one for one in self.stops if one.name == chosen), next(iter(self.ahead), None))

    @property
    def order(self) -> list[str]:
        """Name all stops in their order: those passed, then those ahead."""
        return [*self.place.passed, *(one.name for one in self.ahead)]

    def take_a_key(self, stop: Stop) -> bool:
        """Show a stop, take one key and do what it says; return whether the walk goes on."""
        self._show(stop)
        try:
            pressed = keys.key(_prompt(stop))
        except EOFError:
            pressed = QUIT[0]
        if pressed in QUIT:
            say("quit")
        else:
            self._answer(stop, pressed)
        return pressed not in QUIT

    def pause(self) -> None:
        """Say how far it went and how to go on."""
        self._sum_up(f"{_items(len(self.ahead))} to go")
        say("To go on: engage review --walk")

    def end(self) -> None:
        """Say what was done and what was skipped; where nothing was, the week is reviewed."""
        skipped = self.place.skipped
        self._sum_up(f"{len(skipped)} left")
        if skipped:
            say(f"Left: {_few(map(_short, skipped))}")
            say("To go on with them: engage review --walk")
            say("To close the week as it is: engage review --done")
        elif self._run(["review", "--done", *(["--since", self.since.isoformat()] if self.since else [])]):
            self.place.forget()

    def _show(self, stop: Stop) -> None:
        if self.shown == stop.name:
            return
        self.shown = stop.name
        order = self.order
        emit("")
        emit(title(f"[{order.index(stop.name) + 1} of {len(order)}] {stop.title}"))
        say(stop.sentence)
        say(stop.why)

    def _answer(self, stop: Stop, pressed: str) -> None:
        if deed := deeds(stop).get(pressed):
            self._do(stop, deed)
        elif pressed in SKIP:
            self._skip(stop)
        elif pressed in BACK:
            self._back(stop)
        elif pressed == UNDO:
            self._undo(stop)
        else:
            say("keys" if pressed == HELP else line(pressed))
            emit(_help(stop) if pressed == HELP else _unfit(stop, pressed))

    def _do(self, stop: Stop, deed: Deed) -> None:
        say(deed.word)
        words = deed.command.format(id=stop.id, contact=stop.contact).split()
        words = _completed(words, deed.question) if deed.question else words
        before = _latest()
        if deed.is_guided:
            keys.in_lines()
        if words and self._run(words) and (action := _latest()) > before:
            self.place.add(stop.name, f"{deed.past or deed.word} {numbers.shown('action', action)}")
            self._go(stop.name if deed.stays else "")
        else:
            self._go(stop.name)

    def _skip(self, stop: Stop) -> None:
        say(_onward(stop))
        self.place.leave(stop.name, is_open=stop.is_open)
        self._go()

    def _back(self, stop: Stop) -> None:
        say("back")
        order = self.order
        there = {one.name for one in self.stops}
        before = [name for name in order[: order.index(stop.name)] if name in there]
        if before:
            self._go(before[-1])
        else:
            say("Nothing before it is open any more; u takes the last key back.")

    def _undo(self, stop: Stop) -> None:
        say("undo")
        name = self.place.last
        if not name:
            say("No key of this walk has stored anything.")
        elif self._run(["undo", numbers.shown("action", self.place.actions(name)[-1])]):
            self.place.take_back({self.place.actions(name)[-1]})
            self._go(name)

    def _go(self, chosen: str = "") -> None:
        """Keep the place and look where to stop next."""
        self.place.keep()
        self.shown = ""
        self.look(chosen)

    def _run(self, words: list[str]) -> bool:
        """Run a command line as if it was typed; return whether it did what it should, and say why not."""
        try:
            lazy.invoke(self.program, words)
            return True
        except Unsaid:
            raise
        except Problem as problem:
            for part in (str(problem), *getattr(problem, "__notes__", ())):
                say(part)
            return False

    def _sum_up(self, rest: str) -> None:
        skipped, passed = self.place.skipped, self.place.passed
        emit("")
        say(f"{len(passed) - len(skipped)} of {len(self.order)} reviewed, {len(skipped)} skipped, {rest}.")
        did = [f"{_short(name)} {how.split()[0]}" for name in passed for how in passed[name] if how != SKIPPED]
        if did:
            say(f"Done: {_few(did)}")


def _completed(command: list[str], question: str) -> list[str]:
    """Put the answer to a question behind a command; nothing where there is none, or only a number."""
    answer = keys.words(question, command)
    if re.fullmatch(A_NUMBER, answer):  # behind numbers it would be one more of them
        say(f"{answer} is no answer in words; nothing was stored.")
        return []
    return [*command, answer] if answer else []


def _prompt(stop: Stop) -> str:
    """Name the keys that come first: the facts that fit, else what can be done with the contact."""
    first = stop.facts or "lzo"
    return keys.row([*_listed(stop, first), f"Enter {_onward(stop)}", "? keys:"])


def _help(stop: Stop) -> str:
    return keys.row([*_listed(stop), f"Enter {_onward(stop)}", "- back", "u undo", "q quit"])


def _listed(stop: Stop, only: str = "") -> list[str]:
    return [f"{letter} {deed.word}" for letter, deed in deeds(stop).items() if letter in only or not only]


def _onward(stop: Stop) -> str:
    return "skip" if stop.is_open else "next"


def _unfit(stop: Stop, pressed: str) -> str:
    meant = " or ".join(of_others(pressed))
    return f"{meant} does not fit {numbers.a(stop.noun)} like this." if meant else "There is no such key; ? lists them."


def _latest() -> int:
    with store.reading() as db:
        return int(db.execute("SELECT coalesce(max(id), 0) FROM actions").fetchone()[0])


def _short(name: str) -> str:
    return name.split(" ", 1)[1]


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _few(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join(every[:12]) + (f" and {len(every) - 12} more" if len(every) > 12 else "")
