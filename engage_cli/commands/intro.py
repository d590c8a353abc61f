"""`engage intro`: through whom you met whom."""

from typing import Annotated

import typer

from engage_cli import clock, store, who
from engage_cli.commands.asking import certain, past_day
from engage_cli.commands.options import JsonReply, On
from engage_cli.commands.replying import reply
from engage_cli.commands.words import WordyCommand
from engage_cli.lazy import application
from engage_cli.records import introductions
from engage_cli.show.text import line

app = application(help="Say who introduced whom.")

Introducer = Annotated[str, typer.Argument(metavar="WHO", help="Who introduced you.")]


@app.command(cls=WordyCommand)
def add(
    introducer: Introducer,
    contact: Annotated[str, typer.Argument(metavar="WHO", help="Whom you met.")],
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="How it came about.")] = None,
    on: On = None,
    json: JsonReply = False,
) -> None:
    """Say that the first one introduced you to the second one."""
    names, day = certain([introducer, contact]), past_day(on)
    with store.writing("intro add") as tx:
        through, met = (who.find(tx.db, name) for name in names)
        introductions.meet(tx, met, through, " ".join(words or []) or None, day)
    said = f"{line(through.name)} introduced you to {line(met.name)} on {clock.full(day)}."
    reply(tx, [said], json, introducer=through.handle, contact=met.handle, introduced_on=day.isoformat())


@app.command()
def thanked(introducer: Introducer, on: On = None, json: JsonReply = False) -> None:
    """Say that you thanked somebody for all they introduced."""
    [name], day = certain([introducer]), past_day(on)
    with store.writing("intro thanked") as tx:
        through = who.find(tx.db, name)
        introductions.thank(tx, through, day)
    reply(tx, [f"{line(through.name)} was thanked on {clock.full(day)}."], json, introducer=through.handle)
