"""`engage promise`: what became of what one side said it would do."""

from datetime import date
from typing import Annotated

import typer

from engage_cli import clock, numbers, store
from engage_cli.commands import facts
from engage_cli.commands.asking import coming_day, past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.replying import reply
from engage_cli.commands.words import WordyCommand
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.records import promises
from engage_cli.reports.signals import signal
from engage_cli.show.text import line
from engage_cli.store import Transaction

app = application(help="Say what became of a promise.")

Dates = Annotated[list[str], typer.Argument(metavar="ID... WHEN", help="Numbers, then the new due date.")]
TheyAsked = Annotated[bool, typer.Option("--they-asked", help="The other side asked to move it.")]
Circumstances = Annotated[
    str | None, typer.Option("--circumstances", metavar="TEXT", help="Where they broke it: how it came about.")
]
Taken = Annotated[str | None, typer.Option("--taken", metavar="TEXT", help="And how you took it.")]
Sorry = Annotated[str | None, typer.Option("--sorry", metavar="TEXT", help="The apology that you owe for it.")]


@app.command(cls=WordyCommand)
def kept(typed: Numbers, on: On = None, json: JsonReply = False) -> None:
    """Say that a promise was kept."""
    facts.state("promise", "kept", typed, on, json, promises.kept)


@app.command(cls=WordyCommand)
def broken(
    typed: Numbers,
    sorry: Sorry = None,
    circumstances: Circumstances = None,
    taken: Taken = None,
    on: On = None,
    json: JsonReply = False,
) -> None:
    """Say that a promise was broken; --sorry owes the apology that follows from one of yours."""
    ids, words = numbers.split("promise", typed)
    day = past_day(on)
    facts.filled("apology", sorry)
    with store.writing("promise broken") as tx:
        lines = [text for row_id in ids for text in _break(tx, row_id, " ".join(words) or None, sorry, day)]
        for row_id in ids:
            _excuse(tx, row_id, circumstances, taken)
        stored = [signal(tx.db, clock.today(), "promise", row_id) for row_id in ids]
    reply(tx, lines, json, items=stored)


@app.command(cls=WordyCommand)
def moved(typed: Dates, they_asked: TheyAsked = False, on: On = None, json: JsonReply = False) -> None:
    """Give a promise another due date; the old one stays in its history."""
    ids, words = numbers.split("promise", typed)
    if not words:
        raise WrongUsage("Say the new due date: engage promise moved p31 next week")
    day = past_day(on)
    due_on = coming_day(" ".join(words), day)
    with store.writing("promise moved") as tx:
        lines = [_move(tx, row_id, due_on, they_asked, day) for row_id in ids]
        stored = [signal(tx.db, clock.today(), "promise", row_id) for row_id in ids]
    reply(tx, lines, json, items=stored)


@app.command(cls=WordyCommand)
def dropped(typed: Numbers, on: On = None, json: JsonReply = False) -> None:
    """Let a promise go, because it is no longer wanted; WORDS say why."""
    facts.state("promise", "dropped", typed, on, json, promises.dropped)


@app.command(cls=WordyCommand)
def edit(typed: Numbers, who: Move = None, on: On = None, json: JsonReply = False) -> None:
    """Change the words of a promise, the day it was made, or whose it is; its due date is moved, not edited."""
    _refuse_due(typed)
    facts.edit("promise", typed, who, json, made_on=past_day(on).isoformat() if on is not None else None)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete a promise that should never have been stored."""
    facts.delete("promise", typed, json)


def _refuse_due(typed: list[str]) -> None:
    """Refuse new words that end in a due date: a promise keeps every date it had, so it is moved."""
    ids, words = numbers.split("promise", typed)
    said, due_on = clock.due(" ".join(words), clock.today()) if words else ("", None)
    if due_on:
        number = numbers.shown("promise", ids[0])
        raise WrongUsage(
            f"A due date is moved, not edited. Say: engage promise moved {number} {due_on}, and for the words:"
            f" engage promise edit {number} {said}"
        )


def _break(tx: Transaction, promise_id: int, words: str | None, sorry: str | None, day: date) -> list[str]:
    """Break a promise and owe the apology; one that was broken before can still get its apology."""
    promise = promises.load(tx, promise_id)
    if not (promise.state == "broken" and sorry):
        promise = promises.broken(tx, promise_id, words, day)
    said = facts.said(signal(tx.db, clock.today(), "promise", promise_id))
    broken_on = clock.full(date.fromisoformat(promise.broken_on or day.isoformat()))
    lines = [f"{numbers.shown('promise', promise_id):<5} broken on {broken_on}: {said}"]
    if sorry:
        owed = numbers.shown("apology", promises.apologise(tx, promise, sorry, day))
        return [*lines, f"{owed:<5} sorry: {line(sorry)}; next: say it"]
    if promise.side == "me":
        how = f'engage promise broken {numbers.shown("promise", promise_id)} --sorry "TEXT"'
        lines.append(f"      To owe the apology that follows: {how}")
    return lines


def _excuse(tx: Transaction, promise_id: int, circumstances: str | None, taken: str | None) -> None:
    """Keep why they broke it and how we took it: they screw up as well."""
    if circumstances is None and taken is None:
        return
    if promises.load(tx, promise_id).side == "me":
        number = numbers.shown("promise", promise_id)
        raise WrongUsage(f"{number} is your own promise: owe the apology with --sorry, and say its --cause there.")
    tx.update("promises", promise_id, circumstances=circumstances or None, taken=taken or None)


def _move(tx: Transaction, promise_id: int, due_on: date, they_asked: bool, day: date) -> str:
    before = promises.dues(tx.db, promise_id)
    side = promises.load(tx, promise_id).side
    other = "them" if side == "me" else "me"
    promise = promises.moved(tx, promise_id, due_on, other if they_asked else side, day)
    was = f" (it was {clock.full(date.fromisoformat(before[-1]))})" if before else ""
    return f"{numbers.shown('promise', promise_id):<5} due {clock.full(due_on)}{was}: {line(promise.words)}"
