"""The vocabulary of signals: what a conversation brought up that must not be lost.

One vocabulary with three ways in: an option of `engage log`, a last paragraph of
`keyword: text` lines, a field of the guided mode.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from engage_cli import clock
from engage_cli.errors import WrongUsage


class Keyword(NamedTuple):
    """One word of the vocabulary: what it makes, and the question that it answers."""

    word: str
    noun: str
    question: str


VOCABULARY = (
    Keyword("sorry", "apology", "What went wrong on our side?"),
    Keyword("promise", "promise", "What did you promise? (TEXT by DATE)"),
    Keyword("they-promise", "promise", "What did they promise? (TEXT by DATE)"),
    Keyword("expects", "expectation", "What do they expect? (TOPIC: TEXT, or TOPIC: OLD -> NEW)"),
    Keyword("matters", "insight", "What matters most to them now?"),
    Keyword("doing", "insight", "What are they doing at present, and where?"),
    Keyword("needs", "need", "What do they need?"),
    Keyword("why", "insight", "Why did they choose as they did?"),
    Keyword("feels", "insight", "How do they feel? (great, good, ok, uneasy, upset, then words)"),
    Keyword("verbatim", "insight", "What did they say, in their exact words?"),
    Keyword("decided", "insight", "What did you decide together?"),
    Keyword("conflict", "conflict", "What do you not agree on?"),
    Keyword("steer", "steer", "How did they correct your course?"),
)
KEYWORDS = {keyword.word: keyword for keyword in VOCABULARY}

CHANNELS = ("call", "video", "in-person", "email", "chat", "post", "note")

LEVELS = {"great": 5, "good": 4, "ok": 3, "uneasy": 2, "upset": 1}
LEVEL_NAMES = {level: word for word, level in LEVELS.items()}


class Signal(NamedTuple):
    """One signal as understood: words, whose it is where that was said, and what its kind adds."""

    keyword: str
    words: str
    whose: str | None = None
    due_on: date | None = None
    topic: str | None = None
    before: str | None = None
    level: int | None = None


class Trailer(NamedTuple):
    """A text parted into the note, its signals as (keyword, text), and lines kept as text that look like signals."""

    note: str
    signals: list[tuple[str, str]]
    almost: list[str]


def read(keyword: str, text: str, day: date, order: str | None = None) -> Signal:
    """Understand the text of one signal, counted from the conversation's day.

    Raises WrongUsage, UnreadableDate, AmbiguousDate.
    """
    whose, text = _whose(text.strip())
    if not text:
        raise WrongUsage(f'"{keyword}" needs words. {KEYWORDS[keyword].question}')
    if keyword in ("promise", "they-promise"):
        words, due_on = clock.due(text, day, order)
        return Signal(keyword, words, whose, due_on=due_on)
    if keyword == "expects":
        return _expectation(text, whose)
    if keyword == "feels":
        level, words = feeling(text)
        return Signal(keyword, words, whose, level=level)
    return Signal(keyword, text, whose)


def feeling(text: str) -> tuple[int | None, str]:
    """Part "uneasy about the price" into its level (5 great ... 1 upset, None if unknown) and its words."""
    first, _, rest = text.strip().partition(" ")
    word = first.rstrip(":,.;").casefold()
    level = LEVELS.get(word) or (int(word) if re.fullmatch("[1-5]", word) else None)
    return (level, rest.strip()) if level else (None, text.strip())


def part(text: str) -> Trailer:
    """Part a text into note and trailer: its last paragraph, where all of its lines are `keyword: text`.

    A line that begins with white space continues the one above.
    """
    text = text.lstrip("\r\n").rstrip()
    last = re.split(r"\n[ \t\r]*\n", text)[-1]
    lines = last.splitlines()
    found = list(_trailers(lines))
    if found and None not in found:
        return Trailer(text.removesuffix(last).strip(), [pair for pair in found if pair], [])
    return Trailer(text.strip(), [], [line for line in lines if _is_almost(line)])


def nearest(word: str) -> str | None:
    """Name the keyword that a mistyped word nearly is; None for a keyword itself and for any other word."""
    word = word.casefold()
    if word in KEYWORDS:
        return None
    close = difflib.get_close_matches(word, KEYWORDS, n=1, cutoff=0.75)
    return close[0] if close else None


def _whose(text: str) -> tuple[str | None, str]:
    if text.startswith("@@"):
        return None, text[1:]
    found = re.match(r"@([A-Za-z][A-Za-z0-9-]*)\s+", text)
    return (found[1].lower(), text[found.end() :]) if found else (None, text)


def _expectation(text: str, whose: str | None) -> Signal:
    topic, words = _parted(":|：", text)
    topic = " ".join(topic.split())
    if not (topic and words):
        raise WrongUsage(f'"{text}" does not say what is expected on which topic. Write it as "TOPIC: TEXT".')
    before, after = _parted("->|→", words)
    if after is None:
        return Signal("expects", words, whose, topic=topic)
    if not (before and after):
        raise WrongUsage(f'"{words}" does not say both what it was and what it is. Write it as "TOPIC: OLD -> NEW".')
    return Signal("expects", after, whose, topic=topic, before=before)


def _parted(sign: str, text: str) -> tuple[str, str | None]:
    """Part a text at the first of some signs; the second part is None where there is none."""
    first, *rest = re.split(sign, text, maxsplit=1)
    return first.strip(), rest[0].strip() if rest else None


def _trailers(lines: Iterable[str]) -> Iterator[tuple[str, str] | None]:
    """Yield the signals of a paragraph's lines, with None where a line is none."""
    open_signal: tuple[str, str] | None = None
    for line in lines:
        if open_signal and line[:1] in (" ", "\t"):
            open_signal = (open_signal[0], f"{open_signal[1]} {line.strip()}")
            continue
        if open_signal:
            yield open_signal
        open_signal = _trailer(line)
        if open_signal is None:
            yield None
    if open_signal:
        yield open_signal


def _trailer(line: str) -> tuple[str, str] | None:
    found = re.match(r"([A-Za-z-]+)\s*[:：]\s*(\S.*)", line)
    return (found[1].casefold(), found[2].strip()) if found and found[1].casefold() in KEYWORDS else None


def _is_almost(line: str) -> bool:
    found = re.match(r"([A-Za-z-]+)\s*[:：]", line)
    return found is not None and (found[1].casefold() in KEYWORDS or nearest(found[1]) is not None)
