"""`engage recap`: the words to send after a conversation."""

import re
import sqlite3
from dataclasses import asdict
from typing import Annotated

import typer

from engage_cli import clock, numbers, settings, store, who
from engage_cli.commands.asking import certain
from engage_cli.commands.options import Json
from engage_cli.errors import NotFound, Problem, WrongUsage
from engage_cli.lazy import application
from engage_cli.records import conversations
from engage_cli.reports import recap as report
from engage_cli.reports.only import EVERYONE, about
from engage_cli.show import letter
from engage_cli.show.text import emit, warn

app = application()


@app.command()
def recap(
    what: Annotated[str | None, typer.Argument(metavar="[ID|WHO]", help="A conversation, or whose latest.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="WHO", help="To whom, if several took part.")] = None,
    json: Json = False,
) -> None:
    """Write what to send them: what was decided, what each promised, what you understood; nothing private."""
    name = certain([what])[0] if what and not _is_number(what) else what
    receiver = certain([to])[0] if to else None
    with store.reading() as db:
        conversation_id = _conversation(db, name)
        said = report.recap(db, conversation_id, _receiver(db, conversation_id, receiver, name))
    values = settings.load().values
    text = letter.write(said, _template(), values["name"], values["signature"])
    if json:
        from engage_cli.show.json import document

        emit(document({"report": "recap", "as_of": clock.today(), **asdict(said), "text": text}))
        return
    emit(text)
    if not (said.decided or said.promised or said.they_promised or said.expected):
        warn(f"Nothing was decided, promised or expected in {said.conversation}; another one: engage recap ID")


def _is_number(what: str) -> bool:
    return re.fullmatch("c?[0-9]+", what.casefold()) is not None


def _conversation(db: sqlite3.Connection, what: str | None) -> int:
    """Find the conversation meant; raises NotFound, and Problem for one that is not to be sent."""
    if what is not None and _is_number(what):
        row_id = numbers.read("conversation", what)
        _refuse_private(conversations.load(db, row_id))
        return row_id
    theirs = about(db, who.find(db, what).id, clock.today()) if what else EVERYONE
    latest = report.latest_to_send(db, theirs)
    if latest is None:
        raise NotFound("There is no conversation to send yet; notes and private ones are never sent.")
    return latest


def _refuse_private(conversation: conversations.Conversation) -> None:
    number = numbers.shown("conversation", conversation.id)
    if conversation.is_private or conversation.channel == "note":
        raise Problem(f"{number} is private, so there is nothing to send. Name another conversation.")
    if not conversation.is_reached:
        raise Problem(f"Nobody was reached in {number}, so there is nothing to send. Name another conversation.")


def _receiver(db: sqlite3.Connection, conversation_id: int, to: str | None, what: str | None) -> int:
    """Say to whom: the one named, else the only one who took part."""
    there = conversations.participants(db, conversation_id, "with")
    asked = to or (what if what and not _is_number(what) else None)
    if asked:
        contact = who.find(db, asked)
        if contact.id in [row[0] for row in there]:
            return contact.id
        if to:
            names = ", ".join(handle for _, handle, _ in there)
            raise WrongUsage(f"{contact.name} took no part in it. Say --to with one of: {names}.")
    if len(there) != 1:
        names = ", ".join(handle for _, handle, _ in there)
        raise WrongUsage(f"Several took part; say to whom it goes: --to with one of {names}.")
    return int(there[0][0])


def _template() -> str:
    """Read the user's own template, if there is one beside the configuration."""
    path = settings.config_file().with_name("recap.txt")
    if not path.exists():
        return letter.TEMPLATE
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"The template {path} cannot be read: {error}. Mend it or move it away.") from None
