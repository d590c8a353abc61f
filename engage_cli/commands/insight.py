"""`engage insight`: mending what we learnt about them."""

from typing import Annotated, Any

import typer

from engage_cli import clock, numbers, signals, store
from engage_cli.commands import facts
from engage_cli.commands.asking import past_day
from engage_cli.commands.options import JsonReply, Move, Numbers, On
from engage_cli.commands.words import WordyCommand
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.records import signals as records
from engage_cli.reports.signals import signal

app = application(help="Edit or delete an insight.")

Level = Annotated[str | None, typer.Option("--level", metavar="LEVEL", help=f"{', '.join(signals.LEVELS)}, or 5 to 1.")]


@app.command(cls=WordyCommand)
def edit(typed: Numbers, level: Level = None, who: Move = None, on: On = None, json: JsonReply = False) -> None:
    """Change the words of an insight, the level of a feeling, the day it was heard, or whose it is."""
    heard_on = past_day(on).isoformat() if on is not None else None
    if level is not None:
        _refuse_others(typed)
    typed, felt = _felt(typed)
    if level is not None:
        felt["level"] = _level(level)
    facts.edit("insight", typed, who, json, heard_on=heard_on, **felt)


@app.command()
def delete(typed: Numbers, json: JsonReply = False) -> None:
    """Delete an insight that should never have been stored."""
    facts.delete("insight", typed, json)


def _felt(typed: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Take the new words of a feeling apart as the log does, where they begin with a level."""
    ids, words = numbers.split("insight", typed)
    level, rest = signals.feeling(" ".join(words))
    if level is None or len(ids) > 1 or _kinds(ids) != ["feels"]:
        return typed, {}
    return [numbers.shown("insight", ids[0])], {"level": level, "words": rest}


def _refuse_others(typed: list[str]) -> None:
    """Only a feeling has a level."""
    ids, _ = numbers.split("insight", typed)
    for row_id, kind in zip(ids, _kinds(ids), strict=True):
        if kind != "feels":
            number = numbers.shown("insight", row_id)
            raise WrongUsage(f"{number} is no feeling ({kind}), so it has no level. Nothing was changed.")


def _kinds(ids: list[int]) -> list[str]:
    with store.reading() as db:
        for row_id in ids:
            records.require(db, "insight", row_id)
        return [signal(db, clock.today(), "insight", row_id)["kind"] for row_id in ids]


def _level(typed: str) -> int:
    level, rest = signals.feeling(typed)
    if level is None or rest:
        raise WrongUsage(f'"{typed}" is no level. Say one of: {", ".join(signals.LEVELS)}, or 5 to 1.')
    return level
