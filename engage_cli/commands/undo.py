"""`engage undo`: taking back."""

from typing import Annotated, Any

import typer

from engage_cli import history, numbers
from engage_cli.commands.reporting import Asked, answer
from engage_cli.errors import WrongUsage
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
    target = numbers.read("action", action) if action else None
    for _ in range(steps):
        try:
            taken.append(_take_back(target, json))
        except history.NothingStands:
            if not taken:  # later, running out of actions is no error
                raise
            break
    if json:
        from engage_cli.show.json import document

        emit(document({"action": taken[-1]["undo"], "items": taken}))


def _take_back(target: int | None, as_json: bool) -> dict[str, Any]:
    action, undo_id = history.undo(target)
    number, again = numbers.shown("action", action.id), numbers.shown("action", undo_id)
    if not as_json:
        emit(f"Taking back {number}, {action.command} of {when(action.at)}: {history.sentence(action)}")
        emit(f"Taken back. To have it again: engage undo {again}")
    return {"undone": number, "command": action.command, "at": action.at, "undo": again}
