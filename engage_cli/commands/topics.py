"""The topics of `engage help`: texts of their own, whose facts are taken from the code that knows them."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from textwrap import wrap

from engage_cli import numbers
from engage_cli.errors import Problem
from engage_cli.show import FORMATS
from engage_cli.signals import LEVELS, VOCABULARY

TOPICS = ("dates", "signals", "who", "numbers", "shell", "undo", "json", "exit-codes")
WIDTH = 78


def text(topic: str) -> str:
    """Return the text of a topic; its first line is its name and its title."""
    written = (Path(__file__).parents[1] / "help" / f"{topic}.txt").read_text(encoding="utf-8").strip()
    return re.sub(r"\{\{(\w+)\}\}", lambda found: _FACTS[found[1]](), written)


def title(topic: str) -> str:
    """Say in a few words what a topic is about."""
    return text(topic).splitlines()[0].partition(": ")[2]


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Write terms and what they mean below each other, indented, no wider than a screen."""
    pairs = list(rows)
    start = max(len(term) for term, _ in pairs) + 4
    return "\n".join(_row(f"  {term}".ljust(start), meaning) for term, meaning in pairs)


def _row(term: str, meaning: str) -> str:
    return "\n".join(wrap(term + meaning, WIDTH, subsequent_indent=" " * len(term), break_long_words=False))


def _signals() -> str:
    return table((one.word, one.question) for one in VOCABULARY)


def _numbers() -> str:
    return table((f"{letter}1", numbers.a(noun)) for noun, letter in numbers.LETTERS.items())


def _exit_codes() -> str:
    """List the codes that the classes of errors have, each with what its class says of itself."""
    kinds = [kind for kind in Problem.__subclasses__() if "exit_code" in vars(kind)]
    meanings = {kind.exit_code: (kind.__doc__ or "").partition("\n")[0] for kind in reversed(kinds)}
    return table((str(code).ljust(3), meaning) for code, meaning in sorted(meanings.items()))


_FACTS: dict[str, Callable[[], str]] = {
    "signals": _signals,
    "levels": lambda: ", ".join(LEVELS),
    "numbers": _numbers,
    "exit_codes": _exit_codes,
    "formats": lambda: ", ".join(FORMATS),
}
