"""`engage expectation`: our answer to what they expect."""

from datetime import date
from typing import Annotated

import typer

from engage_cli.commands import facts
from engage_cli.commands.asking import past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.words import WordyCommand
from engage_cli.lazy import application
from engage_cli.records import expectations, rows
from engage_cli.store import Transaction

app = application(help="Answer what they expect.")

Topic = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="What it is about.")]

VERBS = (
    ("agreed", "Answer that it will be so."),
    ("adapted", "Answer that you changed something to meet it; WORDS say what."),
    ("declined", "Answer that it will not be so; WORDS say why."),
)


def _add(answer: str, help_: str) -> None:
    """Add the command for one answer."""

    def step(tx: Transaction, row_id: int, words: str | None, day: date) -> None:
        rows.not_before("expectation", row_id, expectations.load(tx, row_id).heard_on, day)
        expectations.answered(tx, row_id, answer, words, day)

    @app.command(answer, cls=WordyCommand, help=help_)
    def command(typed: Numbers, on: On = None, json: JsonReply = False) -> None:
        facts.state("expectation", answer, typed, on, json, step)


for _verb in VERBS:
    _add(*_verb)


@app.command(cls=WordyCommand)
def edit(typed: Numbers, topic: Topic = None, who: Move = None, on: On = None, json: JsonReply = False) -> None:
    """Change what they expect, its topic, the day it was heard, or whose it is."""
    heard_on = past_day(on).isoformat() if on is not None else None
    facts.edit("expectation", typed, who, json, topic=facts.filled("topic", topic), heard_on=heard_on)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete an expectation that should never have been stored."""
    facts.delete("expectation", typed, json)
