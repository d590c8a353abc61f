"""A guided log under way, and the file that keeps it when it is interrupted."""

import json
import shlex
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engage_cli import recovery, settings
from engage_cli.errors import Problem

ENDING = "guided"


@dataclass
class Draft:
    """The options typed, whom it is with, and the words so far; `sought` is what was typed to find them."""

    options: dict[str, Any]
    who: str = ""
    sought: str = ""
    note: str = ""
    signals: str = ""
    is_noted: bool = False  # the note is finished
    journal: str = field(default_factory=lambda: str(settings.journal()))
    path: Path | None = None

    def interrupted(self, error: BaseException, typed: list[str]) -> None:
        """Keep the words, and add to an error where they are and how to go on; `typed` is the command line."""
        if not self.has_words:
            return
        if self._keep():
            error.add_note(f"Your words are kept in {self.path}. To go on:\n  {_resuming(typed)}")
        else:
            error.add_note("\n".join(("Your words, to be kept:", self.sought, self.note, self.signals)))

    @property
    def has_words(self) -> bool:
        """Whether anything was typed that is worth keeping."""
        return any(text.strip() for text in (self.sought, self.note, self.signals))

    def forget(self) -> None:
        """Remove its file, now that the journal has the words."""
        if self.path:
            self.path.unlink(missing_ok=True)

    def _keep(self) -> bool:
        """Write it to a file in the place of the one it came from; return whether that was possible."""
        kept = recovery.keep(json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str), ENDING)
        if kept:
            self.forget()
            self.path = kept
        return kept is not None


def latest() -> Draft:
    """Read the guided log of this journal that was interrupted last; raises Problem where there is none."""
    here = [draft for draft in map(_read, _files()) if draft and draft.journal == str(settings.journal())]
    if not here:
        raise Problem("No guided log waits to be finished. Begin one: engage log")
    return here[-1]


def _files() -> list[Path]:
    """List the files of interrupted logs, the latest last."""
    found = (settings.state_folder() / "recovered").glob(f"*.{ENDING}")
    return sorted(found, key=lambda path: path.stat().st_mtime_ns)


def _read(path: Path) -> Draft | None:
    """Read an interrupted log; None for a file that somebody changed until it is none."""
    try:
        return Draft(**{**json.loads(path.read_text(encoding="utf-8")), "path": path})
    except (OSError, ValueError, TypeError):
        return None


def _resuming(typed: list[str]) -> str:
    before = typed[: typed.index("log")] if "log" in typed else []
    return shlex.join(["engage", *before, "log", "--resume"])
