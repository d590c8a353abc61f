"""`engage undo`: taking back."""

from typing import Annotated, Any

import typer

from engage_cli import history, numbers, store
from engage_cli.commands.reporting import Asked, answer
from engage_cli.errors import Problem, WrongUsage
from engage_cli.lazy import application
from engage_cli.reports.history import to_undo, when
from engage_cli.show.text import emit

app = application()

ActionNumber = Annotated[
    str | None, typer.Argument(metavar="[ACTION]", help="A number like h88; the last if left out.")
]


@app.command()
def undo(
    action: ActionNumber = None,
    steps: Annotated[int, typer.Option("--steps", metavar="N", min=1, help="Take so many actions back.")] = 1,
    listed: Annotated[bool, typer.Option("--list", help="Only show what would be taken back.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Say what was taken back as JSON.")] = False,
) -> None:
    """Take back the last action, or an older one by its number; taking back can itself be taken back."""
    if listed:
        answer(Asked(json=json), lambda db, today, only: to_undo(db, today))
        return
    if action and steps > 1:
        raise WrongUsage("Say either which action, or how many steps; not both.")
    taken: list[dict[str, Any]] = []
    for _ in range(steps):
        target = _target(action, is_first=not taken)
        if target is None:
            break
        taken.append(_take_back(target, json))
    if json:
        from engage_cli.show.json import document

        emit(document({"action": taken[-1]["undo"], "items": taken}))


def _target(action: str | None, is_first: bool) -> int | None:
    """Choose what to take back; after the first step running out of actions is no error."""
    if action:
        return numbers.read("action", action)
    with store.reading() as db:
        target = history.last(db)
    if target is None and is_first:
        raise Problem("There is nothing to take back.")
    return target


def _take_back(target: int, as_json: bool) -> dict[str, Any]:
    with store.reading() as db:
        action = history.describe(db, target)
    number = numbers.shown("action", target)
    if not as_json:
        emit(f"Taking back {number}, {action.command} of {when(action.at)}: {history.sentence(action)}")
    _, undo_id = history.undo(target)
    again = numbers.shown("action", undo_id)
    if not as_json:
        emit(f"Taken back. To have it again: engage undo {again}")
    return {"undone": number, "command": action.command, "at": action.at, "undo": again}
