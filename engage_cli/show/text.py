"""The only door of stored text to a terminal."""

import os
import re
import shutil
import sys
from contextlib import suppress

from engage_cli.errors import Unsaid
from engage_cli.show.wrapping import wrapped

# What could move the cursor, hide text or turn it around: C0 and C1 controls, DEL, the marks of
# direction (bidi), line and paragraph separators, lone surrogates. Line feeds are ours to place.
UNSAFE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"

# The signs of a strip, and of what was cut, for outputs that know only ASCII.
PLAIN_BLOCKS = str.maketrans("·▁▂▃▄▅▆▇█…", ".:-=+*%#@~")

# What a mark means in colour (as SGR codes); the words say the same, for those who see none.
COLOURS = {"overdue": "1;31", "soon": "33", "done": "32", "": ""}

NARROW = 60  # columns below which a table becomes stacked records


def visible(text: str) -> str:
    """Return text in which every control can be seen and none acts; line feeds stay."""
    if text.isprintable():  # which is nearly always, and spares a search
        return text
    return re.sub(UNSAFE, _shown, text.replace("\r\n", "\n").replace("\t", " "))


def line(text: str) -> str:
    """Return text as one line, safe to print: its lines are parted by a slash."""
    return " / ".join(part.strip() for part in visible(text).splitlines() if part.strip())


def shorten(text: str, length: int) -> str:
    """Cut a line to so many signs, saying how many there were."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}… ({len(text):,} signs)"


def width() -> int:
    """Return the columns to write for: those of the terminal, or COLUMNS; plenty where neither is known."""
    return max(20, shutil.get_terminal_size((0, 0) if not is_terminal() else (80, 24)).columns or 1000)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return bool(sys.stdout and sys.stdout.isatty())


def has_colour() -> bool:
    """Whether standard output shows colours and is asked to."""
    return is_terminal() and "NO_COLOR" not in os.environ and os.environ.get("TERM", "dumb") != "dumb"


def painted(text: str, mark: str) -> str:
    """Give text the colour of a mark, where there are colours."""
    return f"\x1b[{COLOURS[mark]}m{text}\x1b[0m" if COLOURS[mark] and text and has_colour() else text


def title(text: str) -> str:
    """Write a title: bold where there are colours, no wider than the screen."""
    rows = "\n".join(wrapped(line(text), width()))
    return f"\x1b[1m{rows}\x1b[0m" if has_colour() else rows


def emit(text: str) -> None:
    """Print text that is safe already; raises Unsaid where the output cannot be written to."""
    if sys.stdout is None:  # the output was closed before we began
        return
    try:
        print(text if carries_unicode() else text.translate(PLAIN_BLOCKS), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unsaid(error.strerror or str(error)) from None


def carries_unicode() -> bool:
    """Whether standard output can carry every letter."""
    return "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()


def fitted(text: str) -> str:
    """Break text at its spaces to fit the screen of a terminal; what goes on stands below the first words."""
    if not is_terminal():
        return text
    indent = len(text) - len(text.lstrip(" "))
    rows = [
        row for part in text.strip().split("\n") for row in wrapped(part, width() - indent, deeper=0 if indent else 6)
    ]
    return "\n".join(" " * indent + row for row in rows)


def warn(text: str) -> None:
    """Print a line on standard error, where there is one that takes it."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(visible(text), file=sys.stderr, flush=True)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
