"""How facts move a signal on: one or several numbers, words, a day; then what was stored is said."""

from collections.abc import Callable
from datetime import date
from typing import Any

from engage_cli import clock, numbers, store, who
from engage_cli.commands.asking import certain, past_day
from engage_cli.commands.replying import reply
from engage_cli.errors import WrongUsage
from engage_cli.records import signals as records
from engage_cli.records.contacts import Contact
from engage_cli.reports.signals import signal
from engage_cli.show.text import line
from engage_cli.store import Transaction

# The texts that a signal need not have; '' takes one away.
OPTIONAL = ("cause", "impact", "remedy", "prevent", "topic")

# A verb of a record: the transaction, the number, the words typed if any, the day.
Verb = Callable[[Transaction, int, str | None, date], object]


def state(noun: str, verb: str, typed: list[str], on: str | None, as_json: bool, step: Verb, **columns: Any) -> None:
    """Take one step with each number typed, and fill the columns given; all of it is one action."""
    ids, words = numbers.split(noun, typed)
    day = past_day(on)
    with store.writing(f"{noun} {verb}") as tx:
        for row_id in ids:
            step(tx, row_id, " ".join(words) or None, day)
            _fill(tx, noun, row_id, columns)
        stored = [signal(tx.db, clock.today(), noun, row_id) for row_id in ids]
    lines = [f"{one['id']:<5} {verb} on {clock.full(day)}: {said(one)}" for one in stored]
    # The words are repeated, because a shell may have eaten a part of them.
    reply(tx, [*lines, f"      {line(' '.join(words))}"] if words else lines, as_json, items=stored)


def edit(noun: str, typed: list[str], whom: str | None, as_json: bool, **columns: Any) -> None:
    """Change the words and columns of a signal, or move signals to another contact.

    Raises WrongUsage where nothing is to be changed, or several would get the same words.
    """
    ids, words = numbers.split(noun, typed)
    given = {name: value for name, value in columns.items() if value is not None}
    if words:
        given["words"] = " ".join(words).strip()
        filled("words", given["words"])
    if not given and whom is None:
        raise WrongUsage(f"Say what to change: new words after the number, or an option of engage {noun} edit --help")
    if len(ids) > 1 and words:
        raise WrongUsage("New words are for one number at a time; nothing was changed.")
    names = certain([whom]) if whom else []
    with store.writing(f"{noun} edit") as tx:
        contact = who.find(tx.db, names[0]) if names else None
        for row_id in ids:
            _change(tx, noun, row_id, contact, given)
        stored = [signal(tx.db, clock.today(), noun, row_id) for row_id in ids]
    reply(tx, [f"{one['id']:<5} now: {said(one)}" for one in stored], as_json, items=stored)


def delete(noun: str, typed: list[str], as_json: bool) -> None:
    """Delete signals that should never have been stored."""
    ids, words = numbers.split(noun, typed)
    if words:
        raise WrongUsage(f'delete takes numbers only; "{" ".join(words)}" is none. Nothing was deleted.')
    with store.writing(f"{noun} delete") as tx:
        for row_id in ids:
            records.require(tx.db, noun, row_id)
        gone = [signal(tx.db, clock.today(), noun, row_id) for row_id in ids]
        for row_id in ids:
            records.delete(tx, noun, row_id)
    reply(tx, [f"{one['id']:<5} deleted: {said(one)}" for one in gone], as_json, items=gone)


def filled(what: str, typed: str | None) -> str | None:
    """Return words, if any were typed, as one line; raises WrongUsage where they are nothing but space."""
    if typed is not None and not typed.strip():
        raise WrongUsage(f"The {what} cannot be empty; nothing was changed.")
    return typed and " ".join(typed.split())


def said(stored: dict[str, Any]) -> str:
    """Say in a line what a signal is about, whose it is and what comes next."""
    words = f"{stored['topic']}: {stored['after']}" if "topic" in stored else stored["words"]
    after = {"say": "; next: say it", "fix": "; next: fix it"}.get(stored.get("next") or "", "")
    if "due_on" in stored and stored["state"] == "open":
        due_on = stored["due_on"]
        after = f", due {clock.full(date.fromisoformat(due_on))}" if due_on else ", no due date"
    return f"{line(words)} ({stored['name']}){after}"


def _fill(tx: Transaction, noun: str, row_id: int, columns: dict[str, Any]) -> None:
    given = {name: value for name, value in columns.items() if value is not None}
    tx.update(numbers.TABLES[noun], row_id, **{name: _emptied(name, value) for name, value in given.items()})


def _emptied(name: str, value: Any) -> Any:
    """Let an empty text stand for none, where there may be none."""
    return None if name in OPTIONAL and not value.strip() else value


def _change(tx: Transaction, noun: str, row_id: int, contact: Contact | None, columns: dict[str, Any]) -> None:
    records.require(tx.db, noun, row_id)
    _fill(tx, noun, row_id, columns)
    if contact:
        records.move(tx, noun, row_id, contact.id)
