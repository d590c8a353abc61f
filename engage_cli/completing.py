"""What can stand where somebody is typing: the candidates of `engage completion`.

Neither Typer nor a command is loaded for them. The commands and their options are read from grammar.tsv, which
`engage completion --table` writes and a test compares with the commands.
"""

import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, redirect_stderr, suppress
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from engage_cli import clock, numbers, settings
from engage_cli.folding import fold
from engage_cli.show.text import emit, line
from engage_cli.store import opening

PATIENCE = 200  # milliseconds to wait for a journal in use, then nothing is offered
LATEST = 20  # numbers offered where any of them can be meant
LONGEST = 70  # signs of a meaning


class Candidate(NamedTuple):
    """A word that can stand there, safe in any shell, and what it means, for people to read."""

    value: str
    meaning: str = ""


FILES = Candidate("", "files")  # the name of a file stands there, and the shell knows those better


class Row(NamedTuple):
    """One row of the grammar: a command with its arguments, or one option of it with its value."""

    command: str
    names: list[str]  # of the option; none where the row is the command itself
    takes: str
    help: str


class Place(NamedTuple):
    """Where the cursor stands: in which command, behind which words, after which option, in which word."""

    command: str
    given: list[str]
    option: Row | None
    typed: str


def answer(words: list[str]) -> None:
    """Print the candidates for the last word, one a line: its value, a tab, what it means. Silent if anything fails."""
    # Whoever presses TAB is in the middle of a line: no error, remark or question may break into it.
    with suppress(Exception), redirect_stderr(StringIO()):
        found = [f"{one.value}\t{_short(line(one.meaning))}" for one in candidates(words)]
        if found:
            emit("\n".join(found))


def candidates(words: list[str]) -> list[Candidate]:
    """List what can stand in the place of the last word, which may be empty or unfinished."""
    grammar = read()
    *before, typed = _unquoted(words) or [""]
    option, equals, value = typed.partition("=") if typed.startswith("--") else (typed, "", "")
    if equals:
        found = _at(grammar, _place(grammar, [*before, option], value))
        return [one._replace(value=f"{option}={one.value}") for one in found if one != FILES]
    return _at(grammar, _place(grammar, before, typed))


def read() -> list[Row]:
    """Read the commands and their options."""
    rows = Path(__file__).with_name("grammar.tsv").read_text(encoding="utf-8").splitlines()
    return [Row(command, names.split(), takes, help_) for command, names, takes, help_ in (r.split("\t") for r in rows)]


def _unquoted(words: list[str]) -> list[str]:
    """Take off the quotes, which zsh and bash pass as typed, and the `=` that bash makes a word of its own."""
    bare = [_without_quotes(word) for word in words]
    return [word for word in bare[:-1] if word != "="] + [word if word != "=" else "" for word in bare[-1:]]


def _without_quotes(word: str) -> str:
    if not re.search(r"['\"\\]", word):
        return word
    try:
        return " ".join(shlex.split(word))
    except ValueError:  # a quote that is still open
        return word.lstrip("'\"")


def _place(grammar: list[Row], before: list[str], typed: str) -> Place:
    """Go through the words before the cursor; `--db PATH` among them counts as it does in any command."""
    commands = {row.command for row in grammar}
    command, given, option = "", list[str](), None
    for word in before:
        name, equals, value = word.partition("=")
        if option:
            _obey(option, word)
            option = None
        elif found := _option(grammar, command, name):
            option = found if found.takes and not equals else None
            _obey(found, value)
        elif not given and f"{command} {word}".strip() in commands:
            command = f"{command} {word}".strip()
        elif not re.match("-+[a-zA-Z]", word):
            given.append(word)
    return Place(command, [word for word in given if word != "--"], option, typed)


def _option(grammar: list[Row], command: str, name: str) -> Row | None:
    return next((row for row in grammar if row.command == command and name in row.names), None)


def _obey(option: Row, value: str) -> None:
    if "--db" in option.names and value:
        os.environ["ENGAGE_DB"] = value


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _at(grammar: list[Row], place: Place) -> list[Candidate]:
    if place.option:
        return _values(place.option.takes, place)
    if place.typed.startswith("-"):
        return _starting(_options(grammar, place.command), place)
    if inside := _starting(_inside(grammar, place.command), place):
        return [] if place.given else inside
    command = next(row for row in grammar if row.command == place.command and not row.names)
    return _values(_awaited(command.takes, place.given), place)


def _starting(found: Iterable[Candidate], place: Place) -> list[Candidate]:
    return [one for one in found if one == FILES or one.value.startswith(place.typed)]


def _options(grammar: list[Row], command: str) -> Iterator[Candidate]:
    for row in grammar:
        if row.command == command:
            yield from (Candidate(name, row.help) for name in row.names)


def _inside(grammar: list[Row], command: str) -> Iterator[Candidate]:
    """List the commands, or the verbs of a group."""
    for row in grammar:
        group, _, name = row.command.rpartition(" ")
        if name and group == command and not row.names:
            yield Candidate(name, row.help)


def _awaited(arguments: str, given: list[str]) -> str:
    """Say what the next word stands for, where `arguments` is like `ID... [WORDS]...`; nothing where none can."""
    kinds = arguments.split()
    for word in given:
        is_many = bool(kinds) and kinds[0].endswith("...")
        is_over = len(kinds) > 1 and not re.fullmatch("[a-z]?[0-9]+", word)
        kinds = kinds[1:] if not is_many or is_over else kinds
    return kinds[0].strip("[].") if kinds else ""


def _values(kinds: str, place: Place) -> list[Candidate]:
    """List what can stand for WHO, or for one of several kinds as in `ID|WHO`; small letters stand for themselves."""
    if "|" in kinds and kinds.islower():
        return _starting(map(Candidate, kinds.split("|")), place)
    return [one for kind in kinds.split("|") if kind in _KINDS for one in _KINDS[kind](place)]


def _people(place: Place) -> list[Candidate]:
    is_away = "IS NOT NULL" if place.command == "contact unarchive" else "IS NULL"
    return _contacts(f"archived_on {is_away}", fold(place.typed))


def _organisations(place: Place) -> list[Candidate]:
    return _contacts("archived_on IS NULL AND kind = 'organisation'", fold(place.typed))


def _contacts(condition: str, sought: str) -> list[Candidate]:
    """List contacts by the beginning of their handle; where no handle begins so, by that of a word of their name."""
    everybody = f"SELECT handle, name FROM contacts WHERE merged_into_id IS NULL AND {condition}"
    if found := _ask(f"{everybody} AND instr(handle, ?) = 1 ORDER BY handle", sought):
        return [Candidate(*row) for row in found]
    # SQLite knows no accents, but spares Python most names of a large journal.
    likely = _ask(f"{everybody} AND (instr(lower(name), ?) OR name GLOB '*[^ -~]*') ORDER BY handle", sought)
    word = re.compile(rf"(?<!\w){re.escape(sought)}")
    return [Candidate(*row) for row in likely if word.search(fold(row[1]))]


def _numbers(place: Place) -> list[Candidate]:
    """List the numbers that a verb can still be said of, or the latest ones; the newest first."""
    noun, _, verb = place.command.partition(" ")
    if place.option:
        noun, verb = _DONE.get(place.option.names[0], ("conversation", ""))
    elif noun not in numbers.TABLES:
        noun, verb = "conversation", ""
    condition = _OPEN.get(f"{noun} {verb}", "1" if verb in ("edit", "delete", "show") else _OPEN.get(noun, "1"))
    limit = LATEST if condition == "1" else -1
    rows = _ask(
        f"SELECT id, substr({_WORDS.get(noun, 'words')}, 1, 200) FROM {numbers.TABLES[noun]} WHERE {condition}"
        f" ORDER BY id DESC LIMIT {limit}"
    )
    return _starting((Candidate(numbers.shown(noun, row_id), words) for row_id, words in rows), place)


def _actions(place: Place) -> list[Candidate]:
    return _numbers(place._replace(command="action", option=None))


def _tags(place: Place) -> list[Candidate]:
    rows = _ask("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag")
    return _starting((Candidate(tag, f"{count:,} with it") for tag, count in rows if _is_safe(tag)), place)


def _types(place: Place) -> list[Candidate]:
    rows = _ask("SELECT name, coalesce(about, '') FROM types ORDER BY name")
    return _starting((Candidate(name, about) for name, about in rows if _is_safe(name)), place)


def _is_safe(word: str) -> bool:
    """Whether a word means itself in every shell, without quotes."""
    return re.fullmatch(r"\w[\w.-]*", word) is not None


def _channels(place: Place) -> list[Candidate]:
    from engage_cli.signals import CHANNELS

    return _starting(map(Candidate, CHANNELS), place)


def _formats(place: Place) -> list[Candidate]:
    from engage_cli.show import FORMATS

    return _starting(map(Candidate, FORMATS), place)


def _explained(place: Place) -> list[Candidate]:
    """List what `engage help` explains: its topics, known by their files, then the commands."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(__file__).with_name("help").glob("*.txt")))
    topics = [Candidate(*text.partition("\n")[0].split(": ", 1)) for text in texts]
    commands = [one for one in _inside(read(), "") if one.value not in {topic.value for topic in topics}]
    return _starting([*topics, *commands], place)


def _past(place: Place) -> list[Candidate]:
    return _days(place, "yesterday", -1, clock.past)


def _ahead(place: Place) -> list[Candidate]:
    return _days(place, "tomorrow", 1, clock.ahead)


def _days(place: Place, neighbour: str, step: int, read_day: Callable[[str, Any], Any]) -> list[Candidate]:
    """List today, its neighbour and the weekdays, the nearest first."""
    today = clock.today()
    days = {word: read_day(word, today) for word in ("today", neighbour, *_WEEKDAYS)}
    nearest = sorted(days.items(), key=lambda one: (one[1] - today).days * step)
    return _starting((Candidate(word, clock.full(day)) for word, day in nearest), place)


def _ask(question: str, *values: str) -> list[Any]:
    """Look into the journal as it is: for a completion none is created, brought up to date or waited for."""
    path = settings.journal()
    if not opening.exists(path):
        return []
    opening.recognise(path)
    with closing(opening.connect(path)) as db:
        db.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        db.execute("PRAGMA query_only = ON")
        db.execute("BEGIN")
        return db.execute(question, values).fetchall() if opening.checked(db, path) >= opening.VERSION else []


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_KINDS: dict[str, Callable[[Place], list[Candidate]]] = {
    "WHO": _people,
    "ORG": _organisations,
    "ID": _numbers,
    "ACTION": _actions,
    "CHANNEL": _channels,
    "DATE": _past,
    "WHEN": _ahead,
    "FORMAT": _formats,
    "TAG": _tags,
    "TYPE": _types,
    "TOPIC": _explained,
    **dict.fromkeys(("FILE", "PATH", "DIR"), lambda _: [FILES]),
}

# An option that takes a number: of which noun, and what is said of it.
_DONE = {"--said": ("apology", "said"), "--fixed": ("apology", "fixed"), "--kept": ("promise", "kept")}

# Of which numbers a verb can still be said; where none stands here, of those that the noun alone names.
_OPEN = {
    "apology": "dropped_on IS NULL AND (said_on IS NULL OR fixed_on IS NULL)",
    "apology said": "dropped_on IS NULL AND said_on IS NULL",
    "apology fixed": "dropped_on IS NULL AND fixed_on IS NULL",
    "apology confirmed": "dropped_on IS NULL AND confirmed_on IS NULL",
    "promise": "kept_on IS NULL AND broken_on IS NULL AND dropped_on IS NULL",
    "expectation": "answer IS NULL",
    "need": "decision IS NULL OR decision = 'later'",
    "need done": "done_on IS NULL",
    "conflict": "resolved_on IS NULL AND dropped_on IS NULL",
    "steer": "answer IS NOT 'declined' AND done_on IS NULL",
}

_WORDS = {
    "conversation": "happened_on || ' ' || channel || ' ' || note",
    "expectation": "topic || ': ' || words",
    "action": "command || ', ' || substr(at, 1, 10)",
}
