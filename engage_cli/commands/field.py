"""The field for signals: what its lines mean, the letters that stand for keywords, what may come next."""

import re
from datetime import date
from typing import NamedTuple

from engage_cli import clock, signals
from engage_cli.errors import Problem, WrongUsage
from engage_cli.signals import KEYWORDS

NEXT = "next"  # no signal, but asked for in the same breath: the day to talk again
WORDS = (*KEYWORDS, NEXT)


def _letters() -> dict[str, str]:
    """Give each word the first of its letters that no word before it has."""
    taken: dict[str, str] = {}
    for word in WORDS:
        taken[next(letter for letter in word if letter not in taken)] = word
    return taken


LETTERS = _letters()


class Said(NamedTuple):
    """What the lines of a field say: the signals as (keyword, text), and the day to talk again."""

    signals: list[tuple[str, str]]
    next: str | None


class Field(NamedTuple):
    """What lines are measured by: the day of the conversation, the order of 3/4, the topics known of the contact."""

    day: date
    order: str | None
    topics: list[str]

    def wrong(self, line: str) -> str:
        """Say what is wrong with a line; "" where nothing is."""
        try:
            self._understand(*_parted(line))
        except Problem as problem:
            return str(problem)
        return ""

    def first_wrong(self, text: str) -> tuple[int, str]:
        """Find the first line that is wrong: its place and why; (0, "") where there is none."""
        wrongs = ((place, self.wrong(line)) for place, line in enumerate(text.split("\n")) if line.strip())
        return next(((place, why) for place, why in wrongs if why), (0, ""))

    def completions(self, line: str) -> tuple[str, list[str]]:
        """Say which end of a line is unfinished, and what it can become: a keyword, or a topic known."""
        topic = re.fullmatch(r"\s*(?:e|expects)\s*[:：]\s*([^:：]*)", line, re.IGNORECASE)
        typed, words = (topic[1], self.topics) if topic else (line, list(WORDS) if line else [])
        return typed, [f"{word}: " for word in words if word.casefold().startswith(typed.casefold())]

    def _understand(self, keyword: str, text: str) -> None:
        if keyword != NEXT:
            signals.read(keyword, text, self.day, self.order)
        elif text:
            clock.ahead(text, self.day, self.order)
        else:
            raise WrongUsage('"next" needs a day. When do you talk again? For example: friday, 2w, 20 nov.')


def read(text: str) -> Said:
    """Read the lines of a field, none of which is wrong; of several days to talk again the last counts."""
    said = [_parted(line) for line in text.splitlines() if line.strip()]
    days = [words for keyword, words in said if keyword == NEXT]
    return Said([one for one in said if one[0] != NEXT], days[-1] if days else None)


def expanded(begun: str) -> str:
    """Return the keyword that the beginning of a line, just before a space or a colon, stands for; "" if none."""
    word = begun.strip().casefold()
    return f"{LETTERS.get(word, word)}: " if word in LETTERS or word in WORDS else ""


def _parted(line: str) -> tuple[str, str]:
    """Part a line into keyword and text; raises WrongUsage for a line that is no signal."""
    found = re.fullmatch(r"([A-Za-z-]+)(?:\s*[:：]\s*|\s+|$)(.*)", line.strip())
    word = found[1].casefold() if found else ""
    keyword = LETTERS.get(word, word)
    if found is None or keyword not in WORDS:
        raise WrongUsage(f'"{line.strip()}" is no signal. {_meant(word)}')
    return keyword, found[2]


def _meant(word: str) -> str:
    near = signals.nearest(word)
    return f"Did you mean {near}?" if near else "Begin it with one of the words, or with its letter."
