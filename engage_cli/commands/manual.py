"""The man page, written from the commands themselves: `engage help --manual`.

The escapes are those of man(7). All signs are ASCII, and every `-` is one that can be copied into a shell.
"""

import re
from collections.abc import Iterable, Iterator

from typer._click import Context, Parameter

from engage_cli import lazy
from engage_cli.commands import topics

DESCRIPTION = """
engage keeps a journal of what you and your customers say to each other. You type `engage log` after a call and
`engage review` once a week; in between it remembers what was said, what you owe and whom you neglect.

Everything enters through `engage log`. A noun in the plural shows: `engage apologies`. A noun in the singular says what
became of one: `engage apology said a7`. Every change can be taken back with `engage undo`.

Everything is in one file on your machine.
"""

ENVIRONMENT = {
    "ENGAGE_DB": "The journal to use, instead of the one under FILES; --db before the command wins over it.",
    "ENGAGE_NOW": "A moment such as 2026-11-20T09:00 that replaces the clock.",
    "NO_COLOR": "When set, nothing is coloured; the same where TERM is dumb.",
    "TERM": "The kind of terminal.",
    "VISUAL": "The editor for notes.",
    "EDITOR": "The editor where VISUAL is not set; else vi.",
    "ENGAGE_PAGER": "The pager for what is longer than the screen.",
    "PAGER": "The pager where ENGAGE_PAGER is not set.",
    "LESS": "The options of less; FRX where it is not set.",
    "COLUMNS": "The width to write for.",
    "TZ": "The time zone, such as Europe/Berlin.",
    "XDG_DATA_HOME": "Where the folder of the journal is, instead of in ~/.local/share.",
    "XDG_CONFIG_HOME": "Where the folder of the configuration is, instead of in ~/.config.",
    "XDG_STATE_HOME": "Where the folder of recovered words is, instead of in ~/.local/state.",
}

FILES = {
    "~/.local/share/engage/journal.db": "The journal, an SQLite file that only you can read.",
    "~/.local/share/engage/backups": "Copies made before an update changes the journal.",
    "~/.config/engage/config.toml": "The configuration; it need not exist.",
    "~/.local/state/engage/recovered": "Words that could not be stored.",
}

EXAMPLES = {
    'engage log ana talked about the site --promise "send a quote by friday"': "Log a call, and what you promised.",
    'engage log ana - --sorry "sent the invoice twice" < mail.txt': "Log what is in a file, and what went wrong.",
    "engage apology said a1 she laughed": "Say that you apologised, and how it went.",
    "engage prep ana": "Get ready for the next call.",
    "engage neglected --format ids | engage log --each - sent the newsletter --via email": "Log it for all of them.",
    "engage review": "Look over the week.",
}


def page(root: Context) -> str:
    """Write the page; `root` is the context of the program itself."""
    sections = {
        "NAME": [_name(root.command.help or "")],
        "SYNOPSIS": _synopsis(),
        "DESCRIPTION": _paragraphs(DESCRIPTION),
        "OPTIONS": [*_parameters(root), *_paragraphs("Every command also takes `-h` and `--help`.")],
        "COMMANDS": _commands(root),
        "TOPICS": _topics(),
        "ENVIRONMENT": _terms(ENVIRONMENT),
        "FILES": [*_terms(FILES), *_paragraphs("Where these are on your system, `engage where` says.")],
        "EXIT STATUS": _exit_codes(),
        "EXAMPLES": _terms(EXAMPLES),
    }
    head = '.TH ENGAGE 1 "" engage "engage manual"\n.nh\n.ad l'  # no date and no version: the page is compared
    return "\n".join([head, *(row for name, rows in sections.items() for row in (f".SH {name}", *rows))])


def _name(purpose: str) -> str:
    return rf"engage \- {_escaped(purpose[:1].lower() + purpose[1:].rstrip('.'))}"


def _synopsis() -> list[str]:
    return [
        r"\fBengage\fR [\fB\-\-db\fR \fIPATH\fR] \fICOMMAND\fR [\fIOPTIONS\fR] [\fIWORDS\fR]...",
        ".br",
        r"\fBengage help\fR [\fITOPIC\fR|\fICOMMAND\fR]...",
    ]


def _commands(outer: Context) -> Iterator[str]:
    """Describe all that a group holds, one below the other: each command, then its verbs."""
    for name, command, _ in lazy.held(outer.command):
        context = Context(command, parent=outer, info_name=name)
        yield f".SS {_escaped(_line(context))}"
        yield from _paragraphs(command.help or "")
        yield from _parameters(context)
        yield from _commands(context)


def _line(context: Context) -> str:
    """Write a command with its arguments: engage promise moved ID... WHEN."""
    arguments = [one.make_metavar(context) for one in _shown(context) if one.param_type_name == "argument"]
    return " ".join([context.command_path, *arguments])


def _parameters(context: Context) -> Iterator[str]:
    """Describe the arguments and options; --help is said once, with those of the program."""
    for param in _shown(context):
        if param.name != "help" or context.parent is None:
            yield from _term(_written(param, context), getattr(param, "help", None) or "")


def _shown(context: Context) -> list[Parameter]:
    return [one for one in context.command.get_params(context) if not getattr(one, "hidden", False)]


def _written(param: Parameter, context: Context) -> str:
    """Write an option with its names and its value, or the name of an argument."""
    metavar = rf"\fI{_escaped(param.make_metavar(context))}\fR"
    if param.param_type_name == "argument":
        return metavar
    names = sorted([*param.opts, *param.secondary_opts], key=len)
    written = ", ".join(_bold(name) for name in names)
    return written if getattr(param, "is_flag", False) else f"{written} {metavar}"


def _topics() -> Iterator[str]:
    """Print the topics as `engage help` does; the exit codes have a section of their own."""
    for topic in topics.TOPICS:
        if topic != "exit-codes":
            heading, _, body = topics.text(topic).partition("\n")
            yield from _as_written([_bold(heading), *map(_escaped, body.split("\n"))])


def _exit_codes() -> list[str]:
    return _as_written(map(_escaped, topics.text("exit-codes").split("\n")[2:]))


def _as_written(lines: Iterable[str]) -> list[str]:
    """Keep lines as they are, so far to the left that the widest fits a screen."""
    return [".PP", ".nf", ".in 2n", *lines, ".in", ".fi"]


def _terms(terms: dict[str, str]) -> Iterator[str]:
    for term, meaning in terms.items():
        yield from _term(_bold(term), meaning)


def _term(written: str, meaning: str) -> list[str]:
    return [".TP", written, _marked(meaning)]


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        yield from (".PP", _marked(" ".join(paragraph.split())))


def _marked(text: str) -> str:
    """Escape prose; what stands between backquotes becomes bold."""
    parts = re.split("`([^`]+)`", text)
    return "".join(_bold(part) if place % 2 else _escaped(part) for place, part in enumerate(parts))


def _bold(text: str) -> str:
    return rf"\fB{_escaped(text)}\fR"


def _escaped(text: str) -> str:
    """Escape what has a meaning in roff; a dot only where it would begin a line."""
    text = "".join(_SIGNS.get(sign, sign if sign.isascii() else rf"\[u{ord(sign):04X}]") for sign in text)
    return rf"\&{text}" if text.startswith(".") else text


_SIGNS = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    '"': r"\(dq",
    "^": r"\(ha",
    "~": r"\(ti",
}
