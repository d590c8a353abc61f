"""What the user can mend: one class each, with its sentence and its exit code.

Whoever raises one passes the facts; the wording stands here. `main` is the only
place that prints them.
"""

from collections.abc import Sequence
from pathlib import Path


class Problem(Exception):
    """Something the user can mend: says in a sentence what is wrong and what to do."""

    exit_code = 1


class WrongUsage(Problem):
    """The words typed cannot be meant."""

    exit_code = 2


class UnreadableDate(WrongUsage):
    """Words that stand where a date is expected and are none."""

    def __init__(self, text: str, hint: str = "") -> None:
        forms = hint or "Say for example: today, friday, 3 days ago, in 2 weeks, 2026-11-20."
        super().__init__(f'"{text}" is not a date I can read. {forms}')


class AmbiguousDate(WrongUsage):
    """A date with more than one reading."""

    def __init__(self, text: str, readings: Sequence[str]) -> None:
        either = " or ".join(readings)
        super().__init__(f'"{text}" can mean {either}. Write the one you mean, for example {readings[0]}.')


class NotFound(Problem):
    """Nothing in the journal goes by that name or number."""

    exit_code = 3


class Ambiguous(Problem):
    """Several contacts match what was typed.

    `candidates` are pairs of handle and name, in the order they are shown.
    """

    exit_code = 4

    def __init__(self, typed: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.typed = typed
        self.candidates = candidates
        shown = ", ".join(f"{handle} ({name})" for handle, name in candidates[:8])
        more = f" and {len(candidates) - 8} more" if len(candidates) > 8 else ""
        super().__init__(f'"{typed}" can be {shown}{more}. Nothing was written; repeat with one of these handles.')


class Unsaid(Problem):
    """What was done is done, but the output cannot be written to."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The output cannot be written to ({why}). What was changed is stored; engage history shows it."
        )


class Busy(Problem):
    """Another program held the journal for longer than we wait."""

    exit_code = 5

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The journal {path} is in use by another program. Nothing was written; try again in a moment."
        )


class Unreadable(Problem):
    """The file is no journal that this program may touch; it was left as it is."""

    exit_code = 6
