"""`engage conflict`: surfacing conflicts, and resolving them together."""

from engage_cli.commands import facts
from engage_cli.commands.asking import past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.words import WordyCommand
from engage_cli.lazy import application
from engage_cli.records import conflicts

app = application(help="Resolve what you do not agree on.")

VERBS = (
    ("resolved", conflicts.resolved, "Say what you agreed, in WORDS."),
    ("dropped", conflicts.dropped, "Let a conflict go; WORDS say why."),
)


def _add(verb: str, step: facts.Verb, help_: str) -> None:
    """Add the command for one verb."""

    @app.command(verb, cls=WordyCommand, help=help_)
    def command(typed: Numbers, on: On = None, json: JsonReply = False) -> None:
        facts.state("conflict", verb, typed, on, json, step)


for _verb in VERBS:
    _add(*_verb)


@app.command(cls=WordyCommand)
def edit(typed: Numbers, who: Move = None, on: On = None, json: JsonReply = False) -> None:
    """Change the words of a conflict, the day it was heard, or whose it is."""
    facts.edit("conflict", typed, who, json, heard_on=past_day(on).isoformat() if on is not None else None)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete a conflict that should never have been stored."""
    facts.delete("conflict", typed, json)
