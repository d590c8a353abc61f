"""Where somebody stands in what they go through key by key: a small file that outlives the program."""

import json
import os
import sqlite3
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from engage_cli import clock, numbers, settings
from engage_cli.show.text import warn

FRESH = 6  # days after which a walk begins anew
SKIPPED = "skipped"


@dataclass
class Place:
    """What was passed, in order, and what became of each: deeds with their action ("said h12"), or SKIPPED.

    What was passed without any of these has been seen.
    """

    path: Path
    start: str
    passed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def skipped(self) -> list[str]:
        """Name what was skipped."""
        return [name for name, hows in self.passed.items() if hows == [SKIPPED]]

    @property
    def last(self) -> str | None:
        """Name what the latest action was for."""
        acted = [name for name in self.passed if self.actions(name)]
        return max(acted, key=lambda name: self.actions(name)[-1], default=None)

    def actions(self, name: str) -> list[int]:
        """List the actions done for something passed, the latest last."""
        return [_action(how) for how in self.passed.get(name, []) if how != SKIPPED]

    def add(self, name: str, deed: str) -> None:
        """Add what was done, which makes good a skip."""
        self.passed[name] = [*(how for how in self.passed.get(name, []) if how != SKIPPED), deed]

    def leave(self, name: str, is_open: bool) -> None:
        """Pass something by: skipped where it is open and nothing was done for it, else seen."""
        self.passed.setdefault(name, [SKIPPED] if is_open else [])

    def take_back(self, gone: Container[int]) -> None:
        """Forget the actions that were taken back; what they were done for is not passed then."""
        for name in [name for name in self.passed if self.actions(name)]:
            self.passed[name] = [how for how in self.passed[name] if _action(how) not in gone]
            if not self.passed[name]:
                del self.passed[name]

    def forget_skipped(self) -> None:
        """Let what was skipped come again."""
        for name in self.skipped:
            del self.passed[name]

    def keep(self) -> None:
        """Write it to its file; where that is impossible it says so, for what was stored stays stored."""
        content = {"start": self.start, "on": clock.today().isoformat(), "passed": self.passed}
        try:
            _write(self.path, json.dumps(content))
        except OSError as error:
            warn(f"Where you are cannot be kept ({error.strerror}); nothing else is lost.")

    def forget(self) -> None:
        """Remove the file."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def place(db: sqlite3.Connection, what: str, start: str = "") -> Place:
    """Find where somebody stands in `what` of this journal; at the beginning where `start` is another or long ago."""
    [journal] = db.execute("SELECT value FROM meta WHERE key = 'journal'").fetchone() or ["new"]
    path = settings.state_folder() / f"{what}-{journal}.json"
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        is_fresh = clock.today() - date.fromisoformat(kept["on"]) <= timedelta(FRESH)
        if kept["start"] == start and is_fresh:
            return Place(path, start, {str(name): list(hows) for name, hows in kept["passed"].items()})
    return Place(path, start)


def _action(how: str) -> int:
    return numbers.read("action", how.rpartition(" ")[2])


def _write(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    aside.replace(path)
