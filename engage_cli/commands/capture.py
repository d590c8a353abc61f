"""Where the words of a note come from besides the command line: standard input, an editor, questions."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from engage_cli import recovery, signals
from engage_cli.errors import Problem, Unsaid, WrongUsage
from engage_cli.show.text import emit

CUT = "------------------------ everything from this line on is left out ------------------------"


class Captured(NamedTuple):
    """A text that was typed, and the file that keeps it until it is stored."""

    text: str
    path: Path | None = None
    is_typed: bool = False  # on the command line, where the shell remembers it too

    def stored(self) -> None:
        """Forget the file, now that the journal has the words."""
        if self.path:
            self.path.unlink(missing_ok=True)


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


def questions(who: str, typed: list[str]) -> Captured:
    """Ask for the note, then for signals, line by line; an empty line ends each."""
    note: list[str] = []
    said: list[str] = []
    try:
        emit(f"What happened with {who}? (an empty line ends the note)")
        _read_lines("> ", note)
        emit(f"Signals, as `keyword: text`; an empty line saves. Keywords: {', '.join(signals.KEYWORDS)}")
        _read_lines("+ ", said)
    except KeyboardInterrupt as stop:
        _add_words(stop, _joined(note, said), typed)
        raise
    return _joined(note, said)


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


def _joined(note: list[str], said: list[str]) -> Captured:
    return Captured("\n".join(note) + ("\n\n" + "\n".join(said) if said else ""))


def _add_words(error: BaseException, captured: Captured, typed: list[str]) -> None:
    """Add to an error where the words are kept, and the command that repeats them."""
    if not captured.text.strip():
        captured.stored()
        return
    path = captured.path or recovery.keep(captured.text)
    if path is None:
        error.add_note(f"Your words, to be kept:\n{captured.text}")
        return
    words = [word for word in typed if word not in ("-", "-e", "--edit")]
    error.add_note(f"Your words are in {path}. To repeat:\n  {shlex.join(['engage', *words, '-'])} < {path}")


def _read_lines(prompt: str, lines: list[str]) -> None:
    """Add the lines typed to `lines` one by one, so that an interruption leaves those that came before."""
    while line := _line(prompt).strip():
        lines.append(line)


def _line(prompt: str) -> str:
    try:
        return ask(prompt)
    except EOFError:
        return ""
