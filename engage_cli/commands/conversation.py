"""`engage conversation`: showing and mending what was logged."""

from datetime import date
from typing import Annotated, Any

import typer

from engage_cli import clock, numbers, settings, store, who
from engage_cli.commands import asking, logged
from engage_cli.commands.options import JsonReply
from engage_cli.commands.replying import reply
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.records import contacts, conversations
from engage_cli.records import signals as records
from engage_cli.records.contacts import Contact
from engage_cli.records.conversations import Conversation
from engage_cli.reports.signals import signal
from engage_cli.reports.talk import talk
from engage_cli.show.text import emit, visible
from engage_cli.store import Transaction

app = application(help="Show, edit or delete a conversation.")

Text = str | None
Texts = list[str] | None
Number = Annotated[str, typer.Argument(metavar="ID", help="The number of a conversation, like c12.")]


@app.command()
def show(number: Number, json: JsonReply = False) -> None:
    """Show one conversation with its whole note and what it brought up."""
    row_id = numbers.read("conversation", number)
    with store.reading() as db:
        conversations.load(db, row_id)
        stored = talk(db, row_id)
        spoken = [signal(db, clock.today(), *one) for one in records.of(db, row_id)]
    if json:
        from engage_cli.show.json import document

        emit(document({"conversation": stored, "signals": spoken}))
        return
    lines = logged.conversation(stored)[1:] + [logged.spoken(one) for one in spoken]
    emit(visible("\n".join([f"{stored.id}", *lines, *(["", stored.note] if stored.note else [])])))


@app.command()
def edit(
    number: Number,
    whom: Annotated[Texts, typer.Option("--who", metavar="WHO", help="Whom it was with, instead.")] = None,
    with_: Annotated[Texts, typer.Option("--with", metavar="WHO", help="Who took part too.")] = None,
    about: Annotated[Texts, typer.Option("--about", metavar="WHO", help="Who was talked about too.")] = None,
    on: Annotated[Text, typer.Option("--on", metavar="DATE", help="The day; the time of the old day goes.")] = None,
    via: Annotated[Text, typer.Option("--via", metavar="CHANNEL", help="The channel.")] = None,
    length: Annotated[Text, typer.Option("--for", metavar="30m", help="How long it took.")] = None,
    next_: Annotated[Text, typer.Option("--next", metavar="WHEN", help="The day to talk again.")] = None,
    note: Annotated[Text, typer.Option("--note", metavar="TEXT", help="The whole note, instead.")] = None,
    private: Annotated[bool | None, typer.Option("--private/--no-private", help="Never sent to them.")] = None,
    json: JsonReply = False,
) -> None:
    """Change a conversation: whom it was with, its day, its channel, its note."""
    row_id = numbers.read("conversation", number)
    columns: dict[str, Any] = {
        "channel": None if via is None else asking.channel(via),
        "minutes": None if length is None else clock.minutes(length),
        "note": note,
        "is_private": int(private) if private is not None else None,
    }
    given = {name: value for name, value in columns.items() if value is not None}
    people = [asking.certain(names or []) for names in (whom, with_, about)]
    if not (given or on is not None or next_ is not None or any(people)):
        raise WrongUsage("Say what to change; engage conversation edit --help lists the options.")
    with store.writing("conversation edit") as tx:
        before = conversations.load(tx.db, row_id)
        tx.update("conversations", row_id, **given)
        _redate(tx, before, on, next_)
        _involve(tx, row_id, *people)
        stored = talk(tx.db, row_id)
    reply(tx, logged.conversation(stored), json, conversation=stored)


@app.command()
def delete(number: Number, json: JsonReply = False) -> None:
    """Delete a conversation and its signals; refused where something followed on one of them."""
    row_id = numbers.read("conversation", number)
    with store.writing("conversation delete") as tx:
        conversations.load(tx.db, row_id)
        stored = talk(tx.db, row_id)
        spoken = [signal(tx.db, clock.today(), *one) for one in records.of(tx.db, row_id)]
        conversations.delete(tx, row_id)
    lines = ["Deleted:", *logged.conversation(stored), *(logged.spoken(one) for one in spoken)]
    reply(tx, lines, json, conversation=stored, signals=spoken)


def _redate(tx: Transaction, conversation: Conversation, on: str | None, next_: str | None) -> None:
    day = date.fromisoformat(conversation.happened_on)
    if on is not None:
        day = asking.past_day(on)
        conversations.redate(tx, conversation, day)
    if next_ is not None:
        next_on = clock.ahead(next_, day, settings.load().date_order)
        tx.update("conversations", conversation.id, next_on=next_on.isoformat())


def _involve(tx: Transaction, row_id: int, whom: list[str], with_: list[str], about: list[str]) -> None:
    """Change who took part; signals of somebody who did not, after all, go to the one who did."""
    was_with, was_about = (_there(tx, row_id, role) for role in ("with", "about"))
    now_with = who.find_all(tx.db, whom) if whom else was_with
    conversations.involve(
        tx, row_id, [*now_with, *who.find_all(tx.db, with_)], [*was_about, *who.find_all(tx.db, about)]
    )
    there = {
        contact_id for role in ("with", "about") for contact_id, *_ in conversations.participants(tx.db, row_id, role)
    }
    for noun, signal_id in records.of(tx.db, row_id):
        [owner] = tx.db.execute(f"SELECT contact_id FROM {numbers.TABLES[noun]} WHERE id = ?", (signal_id,)).fetchone()
        if whom and owner not in there:
            records.move(tx, noun, signal_id, now_with[0].id)


def _there(tx: Transaction, row_id: int, role: str) -> list[Contact]:
    return [contacts.load(tx.db, contact_id) for contact_id, *_ in conversations.participants(tx.db, row_id, role)]
