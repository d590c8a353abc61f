"""Reads what is pressed and typed at a terminal: one key, or a line."""

import os
import select
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

from engage_cli.commands.capture import ask
from engage_cli.show.text import emit, visible, width
from engage_cli.show.wrapping import wrapped

ENTER, ESCAPE, END = "\n", "\x1b", "\x04"
ROOM = 11  # columns left behind a row of keys, for the word that answers
TIED = "\u00a0"  # a space at which no line is broken
BACKSPACES = ("\x7f", "\b")
BEGINNINGS = (b"\xc0", b"\xe0", b"\xf0")  # of letters that UTF-8 writes in two, three and four bytes


def say(text: str) -> None:
    """Print text no wider than the screen, whatever is in it."""
    for part in visible(text).split("\n"):
        emit("\n".join(wrapped(part, width())))


def row(parts: Iterable[str]) -> str:
    """Put keys with what they mean into a row, as wide as the screen; none is torn apart."""
    whole = ", ".join(part.replace(" ", TIED) for part in parts)
    return "\n".join(wrapped(whole, width() - ROOM, deeper=0)).replace(TIED, " ")


def key(prompt: str) -> str:
    """Wait for one key and return its sign; keys that are a sequence (arrows) are all ESCAPE.

    Raises KeyboardInterrupt, and EOFError where the input has ended.
    """
    _give(is_line=False)  # before the prompt is seen, so that no answer comes too early
    print(prompt, end=" ", flush=True)
    sign = _sign(sys.stdin.fileno())
    if sign in ("", END):
        raise EOFError
    return ENTER if sign == "\r" else sign


def words(question: str, command: list[str]) -> str:
    """Ask for a line of words to put behind a command; "" where none come.

    Raises KeyboardInterrupt, which carries the command with the words typed so far.
    """
    with suppress(ImportError):  # some builds of Python come without it
        import_module("readline")  # lets a line be edited, and tells what of it was typed
    in_lines()
    try:
        return ask(question).strip()
    except EOFError:
        emit("")
        return ""
    except KeyboardInterrupt as stop:
        if begun := _begun():
            stop.add_note(f"Nothing was lost. To store it:\n  {shlex.join(['engage', *command, begun])}")
        raise


def in_lines() -> None:
    """Let the terminal give whole lines again, until the next key is waited for."""
    _give(is_line=True)


@contextmanager
def as_it_was() -> Iterator[None]:
    """Give the terminal back as it was, after keys were read."""
    import termios

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _begun() -> str:
    known = sys.modules.get("readline")
    return str(known.get_line_buffer()).strip() if known else ""


def _give(is_line: bool) -> None:
    """Let the terminal give lines that are seen, or each key at once; what was typed ahead is kept."""
    import termios

    mode = termios.tcgetattr(sys.stdin)
    flags = termios.ICANON | termios.ECHO
    mode[3] = mode[3] | flags if is_line else mode[3] & ~flags
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(sys.stdin, termios.TCSADRAIN, mode)


def _sign(terminal: int) -> str:
    """Read one letter of any alphabet, however many bytes it has."""
    read = os.read(terminal, 1)
    if read == ESCAPE.encode():
        _swallow(terminal)
    more = sum(read >= beginning for beginning in BEGINNINGS)
    return (read + b"".join(os.read(terminal, 1) for _ in range(more))).decode("utf-8", "replace")


def _swallow(terminal: int) -> None:
    """Drop the rest of a sequence, which arrives at once."""
    if select.select([terminal], [], [], 0.02)[0]:
        os.read(terminal, 16)
