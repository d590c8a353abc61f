"""Where the words of a note come from besides the command line: standard input, an editor, questions."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engage_cli import recovery, settings, signals
from engage_cli.commands import asking
from engage_cli.errors import Problem, Unsaid, WrongUsage
from engage_cli.show.text import emit, line, shorten

if TYPE_CHECKING:
    from engage_cli.commands.drafts import Draft

CUT = "------------------------ everything from this line on is left out ------------------------"


class Captured(NamedTuple):
    """A text that was typed, and the file that keeps it until it is stored."""

    text: str
    path: Path | None = None
    is_typed: bool = False  # on the command line, where the shell remembers it too
    draft: "Draft | None" = None  # in the answers to questions

    def stored(self) -> None:
        """Forget the file, now that the journal has the words."""
        if self.path:
            self.path.unlink(missing_ok=True)
        if self.draft:
            self.draft.forget()


def standard_input() -> Captured:
    """Read all of standard input; bytes that are no text become visible escapes."""
    if sys.stdin is None:
        raise WrongUsage("There is no standard input to read the note from; give the words on the command line.")
    return Captured(sys.stdin.buffer.read().decode("utf-8", "backslashreplace").strip("\r\n"))


def editor(begun: str, about: str, typed: list[str]) -> Captured:
    """Let the user go on writing in their editor, with `about` shown below a line that is cut off.

    Raises Problem where the editor fails; what was written is then kept in a named file.
    """
    path = recovery.keep(f"{begun}\n\n{CUT}\n{about}\n", "md")
    if path is None:
        raise Problem("There is no place to write a file for the editor; give the words on the command line.")
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        ended = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        path.unlink()
        raise Problem(f'The editor "{command}" could not be started ({error}). Set VISUAL or EDITOR.') from None
    written = path.read_text(encoding="utf-8", errors="backslashreplace").partition(CUT)[0].strip()
    path.write_text(written, encoding="utf-8")
    captured = Captured(written, path)
    if ended:
        problem = Problem(f'The editor "{command}" ended with an error ({ended}); nothing was logged.')
        _add_words(problem, captured, typed)
        raise problem
    return captured


def questions(draft: "Draft", day: date, typed: list[str]) -> Captured:
    """Ask for what a guided log on a day still lacks: whom it was with, the note, the signals.

    An interruption keeps what was typed so far, and says how to go on from the command line `typed`.
    """
    from engage_cli.commands.field import Field

    with _interrupted_once(), keeping(typed, Captured("", draft=draft)):
        is_new = draft.options["new"]
        draft.who = draft.who or _answer(draft, "sought", lambda begun: asking.anybody(is_new, begun))
        name, topics = asking.acquaintance(draft.who, is_new)
        way = asking.way()
        if not draft.is_noted:
            draft.note = _answer(draft, "note", lambda begun: way.note(f"What happened with {name}?", begun))
            _part(draft)
        else:
            emit(f"What happened with {name}: {shorten(line(draft.note), 200)}")
        field = Field(day, settings.load().date_order, topics)
        draft.signals = _answer(draft, "signals", lambda begun: way.signals(field, begun))
    return Captured(draft.note, draft=draft)


def _answer(draft: "Draft", part: str, ask: Callable[[str], str]) -> str:
    """Ask for one part of a draft, beginning with what it has; an interruption leaves there what was typed."""
    try:
        return ask(getattr(draft, part))
    except asking.Stopped as stop:
        _be_deaf()
        setattr(draft, part, stop.begun)
        raise


def _part(draft: "Draft") -> None:
    """Let the signals at the end of a note go into their field."""
    trailer = signals.part(draft.note) if not draft.options["plain"] else signals.Trailer(draft.note, [], [])
    draft.note, draft.is_noted = trailer.note, True
    draft.signals = "".join(f"{keyword}: {text}\n" for keyword, text in trailer.signals) + draft.signals


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Let a closed terminal, or being told to end, interrupt like Ctrl-C; from then on nothing more does."""
    before = {number: signal.signal(number, _interrupt) for number in _endings()}
    after = before
    try:
        yield
    except KeyboardInterrupt:
        after = dict.fromkeys(before, signal.SIG_IGN)
        raise
    finally:
        for number, handler in after.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: object) -> None:
    _be_deaf()
    raise KeyboardInterrupt


def _be_deaf() -> None:
    """Let no further interruption stop the words from being kept."""
    for number in _endings():
        signal.signal(number, signal.SIG_IGN)


def _endings() -> list[signal.Signals]:
    return [one for one in signal.Signals if one.name in ("SIGINT", "SIGHUP", "SIGTERM")]


def ask(prompt: str) -> str:
    """Ask for a line; bytes that are no text become visible escapes. Raises EOFError where the input ends."""
    return input(prompt).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@contextmanager
def keeping(typed: list[str], captured: Captured | None = None) -> Iterator[None]:
    """Whatever goes wrong inside, give the words typed back with the command that repeats them."""
    try:
        yield
    except (BrokenPipeError, Unsaid):
        raise  # what was typed is stored by then
    except (Exception, KeyboardInterrupt) as error:
        if captured and not captured.is_typed:
            _add_words(error, captured, typed)
        elif _is_much(typed) and not hasattr(error, "__notes__"):
            error.add_note(f"Nothing was lost. To repeat, mended where it must be:\n  {shlex.join(['engage', *typed])}")
        raise


def _is_much(typed: list[str]) -> bool:
    """Whether words were typed that are worth giving back: more than `log ana` or `promise kept p31`."""
    return len(typed) > (2 if "log" in typed[:3] else 3)


def _add_words(error: BaseException, captured: Captured, typed: list[str]) -> None:
    """Add to an error where the words are kept, and the command that repeats them."""
    if captured.draft:
        captured.draft.interrupted(error, typed)
        return
    if not captured.text.strip():
        captured.stored()
        return
    path = captured.path or recovery.keep(captured.text)
    if path is None:
        error.add_note(f"Your words, to be kept:\n{captured.text}")
        return
    words = [word for word in typed if word not in ("-", "-e", "--edit")]
    error.add_note(f"Your words are in {path}. To repeat:\n  {shlex.join(['engage', *words, '-'])} < {path}")
