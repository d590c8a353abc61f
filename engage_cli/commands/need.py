"""`engage need`: deciding which needs to answer."""

from typing import Annotated

import typer

from engage_cli.commands import facts
from engage_cli.commands.asking import coming_day, past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.words import WordyCommand
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.records import needs

app = application(help="Decide what they need.")

Until = Annotated[str | None, typer.Option("--until", metavar="WHEN", help="The day to look at it again.")]
Topic = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="What it is about, to compare needs.")]

VERBS = (
    ("answered", needs.answered, "Decide to meet a need; WORDS say how."),
    ("declined", needs.declined, "Decide not to meet a need; WORDS say why."),
    ("done", needs.done, "Say that a need is met."),
)


def _add(verb: str, step: facts.Verb, help_: str) -> None:
    """Add the command for one verb."""

    @app.command(verb, cls=WordyCommand, help=help_)
    def command(typed: Numbers, on: On = None, json: JsonReply = False) -> None:
        facts.state("need", verb, typed, on, json, step)


for _verb in VERBS:
    _add(*_verb)


@app.command(cls=WordyCommand)
def later(typed: Numbers, until: Until = None, on: On = None, json: JsonReply = False) -> None:
    """Decide to look at a need again, on the day that --until names."""
    if until is None:
        raise WrongUsage("Say when to look again: engage need later n3 --until 2w")
    day = coming_day(until, past_day(on))
    facts.state(
        "need", "later", typed, on, json, lambda tx, row_id, words, on_: needs.later(tx, row_id, words, on_, day)
    )


@app.command(cls=WordyCommand)
def edit(typed: Numbers, topic: Topic = None, who: Move = None, on: On = None, json: JsonReply = False) -> None:
    """Change the words of a need, its topic, the day it was heard, or whose it is."""
    heard_on = past_day(on).isoformat() if on is not None else None
    facts.edit("need", typed, who, json, topic=topic and " ".join(topic.split()), heard_on=heard_on)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete a need that should never have been stored."""
    facts.delete("need", typed, json)
