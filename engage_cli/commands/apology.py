"""`engage apology`: what became of something that went wrong on our side."""

from typing import Annotated

import typer

from engage_cli.commands import facts
from engage_cli.commands.asking import past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.words import WordyCommand
from engage_cli.lazy import application
from engage_cli.records import apologies

app = application(help="Say what became of an apology.")

Cause = Annotated[str | None, typer.Option("--cause", metavar="TEXT", help="How it came about.")]
Impact = Annotated[str | None, typer.Option("--impact", metavar="TEXT", help="What it meant for them.")]
Remedy = Annotated[str | None, typer.Option("--remedy", metavar="TEXT", help="What puts it right.")]
Prevent = Annotated[str | None, typer.Option("--prevent", metavar="TEXT", help="What keeps it from happening again.")]

VERBS = (
    ("said", apologies.said, "Say that you apologised, in which WORDS."),
    ("fixed", apologies.fixed, "Say that it was put right, how in WORDS."),
    ("confirmed", apologies.confirmed, "Say that they confirmed it is put right."),
    ("dropped", apologies.dropped, "Let an apology go; WORDS say why."),
)


def _add(verb: str, step: facts.Verb, help_: str) -> None:
    """Add the command for one verb; all take the same options."""

    @app.command(verb, cls=WordyCommand, help=help_)
    def command(
        typed: Numbers,
        cause: Cause = None,
        impact: Impact = None,
        remedy: Remedy = None,
        prevent: Prevent = None,
        on: On = None,
        json: JsonReply = False,
    ) -> None:
        details = {"cause": cause, "impact": impact, "remedy": remedy, "prevent": prevent}
        facts.state("apology", verb, typed, on, json, step, **details)


for _verb in VERBS:
    _add(*_verb)


@app.command(cls=WordyCommand)
def edit(
    typed: Numbers,
    who: Move = None,
    cause: Cause = None,
    impact: Impact = None,
    remedy: Remedy = None,
    prevent: Prevent = None,
    on: On = None,
    json: JsonReply = False,
) -> None:
    """Change the words of an apology, its details, its day, or whose it is."""
    details = {"cause": cause, "impact": impact, "remedy": remedy, "prevent": prevent}
    facts.edit("apology", typed, who, json, owed_on=past_day(on).isoformat() if on is not None else None, **details)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete an apology that should never have been stored."""
    facts.delete("apology", typed, json)
