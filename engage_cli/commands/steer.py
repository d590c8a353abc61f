"""`engage steer`: taking course-corrections."""

from engage_cli.commands import facts
from engage_cli.commands.asking import past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.words import WordyCommand
from engage_cli.lazy import application
from engage_cli.records import steers

app = application(help="Answer how they corrected your course.")

VERBS = (
    ("accepted", steers.accepted, "Accept a course-correction."),
    ("declined", steers.declined, "Decline a course-correction; WORDS say why."),
    ("done", steers.done, "Say that your course is corrected."),
)


def _add(verb: str, step: facts.Verb, help_: str) -> None:
    """Add the command for one verb."""

    @app.command(verb, cls=WordyCommand, help=help_)
    def command(typed: Numbers, on: On = None, json: JsonReply = False) -> None:
        facts.state("steer", verb, typed, on, json, step)


for _verb in VERBS:
    _add(*_verb)


@app.command(cls=WordyCommand)
def edit(typed: Numbers, who: Move = None, on: On = None, json: JsonReply = False) -> None:
    """Change the words of a course-correction, the day it was heard, or whose it is."""
    facts.edit("steer", typed, who, json, heard_on=past_day(on).isoformat() if on is not None else None)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete a course-correction that should never have been stored."""
    facts.delete("steer", typed, json)
