"""How every change answers: what was stored, and that it can be taken back."""

from collections.abc import Sequence
from typing import Any

from engage_cli import numbers
from engage_cli.show.text import emit, fitted, visible
from engage_cli.store import Transaction


def reply(tx: Transaction | None, lines: Sequence[str], as_json: bool, **content: Any) -> None:
    """Say what a committed action stored, in lines or as one JSON document with the action's number.

    Without a transaction nothing was stored: it was a dry run.
    """
    action = numbers.shown("action", tx.action_id) if tx and tx.stored else None
    if as_json:
        from engage_cli.show.json import document

        emit(document({"action": action, **content}))
        return
    for line in lines:
        emit(fitted(visible(line)))
    emit("Take it back: engage undo" if action else "Nothing was changed.")
