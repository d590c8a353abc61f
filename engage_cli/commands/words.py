"""Parting the words of a note from options, so that words need no quotes and none gets lost."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from typer._click import Context, Parameter
from typer.core import TyperCommand

from engage_cli import signals
from engage_cli.commands.capture import keeping
from engage_cli.errors import WrongUsage


class Token(NamedTuple):
    """One or two words of the command line: an option with its value, or a word of the note."""

    words: tuple[str, ...]
    option: str | None = None


class WordyCommand(TyperCommand):
    """A command whose words may stand anywhere between its options."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put the options first and the words behind `--`, then parse as usual."""
        with keeping(ctx.obj):
            tokens = list(_tokens(_options(self.get_params(ctx)), args))
        _refuse_lost_quotes(["engage", *ctx.obj[: len(ctx.obj) - len(args)]], tokens, args)
        options = [word for token in tokens if token.option for word in token.words]
        words = [word for token in tokens if not token.option for word in token.words]
        with keeping(ctx.obj):
            return super().parse_args(ctx, [*options, "--", *words])

    def invoke(self, ctx: Context) -> Any:
        """Run the command; where something goes wrong, give back what was typed."""
        with keeping(ctx.obj):
            return super().invoke(ctx)


def _options(params: list[Parameter]) -> dict[str, Parameter]:
    """Name the options of a command; the names of its arguments are words like any other."""
    return {option: param for param in params for option in param.opts if option.startswith("-")}


def _tokens(known: dict[str, Parameter], args: list[str]) -> Iterator[Token]:
    rest = iter(args)
    for word in rest:
        name, equals, _ = word.partition("=") if word.startswith("--") else (word, "", "")
        if word == "--":
            yield from (Token((said,)) for said in rest)
        elif name in known:
            takes_value = not getattr(known[name], "is_flag", False) and not equals
            yield Token((word, _value(name, next(rest, None), known)) if takes_value else (word,), name)
        elif re.fullmatch("-[a-zA-Z]+", word) and all(f"-{letter}" in known for letter in word[1:]):
            yield Token((word,), word)
        else:
            yield Token((_as_text(word, known),))


def _value(option: str, word: str | None, known: dict[str, Parameter]) -> str:
    """Return the value of an option; raises WrongUsage where there is none, or another option in its place."""
    if word is None or word == "--" or word in known:
        instead = f' "{word}" is none; if it is, write {option}={word}' if word else ""
        raise WrongUsage(f"{option} needs a value behind it.{instead}")
    return word


def _as_text(word: str, known: dict[str, Parameter]) -> str:
    """Let a word that is no option be text: -10%, a lone dash, or what is almost a signal.

    Raises WrongUsage for what can only be a mistyped option.
    """
    if not re.match("--?[^\\W\\d]", word):
        return word
    if signals.nearest(word.lstrip("-").partition("=")[0]):
        return word
    import difflib

    close = difflib.get_close_matches(word, known, n=1)
    meant = f"Did you mean {close[0]}? " if close else ""
    raise WrongUsage(f'There is no option "{word}". {meant}If it belongs to the note, put -- before the note.')


def almost_signals(words: list[str]) -> list[str]:
    """Name the words of a note that are almost an option for a signal."""
    return [word for word in words if word.startswith("--") and signals.nearest(word[2:].partition("=")[0])]


def _refuse_lost_quotes(command: list[str], tokens: list[Token], args: list[str]) -> None:
    """Refuse `--promise send quote by friday`: its one-word value and the words behind it can be read two ways."""
    before_dashes = args.index("--") if "--" in args else len(args)
    seen = 0
    for token, following in pairwise(tokens):
        seen += len(token.words)
        value = _signal_value(token)
        if value is None or following.option or seen >= before_dashes or len(value.split()) != 1:
            continue
        keyword = (token.option or "")[2:]
        if keyword == "feels" and signals.feeling(value)[0]:
            continue
        raise WrongUsage(_both_readings(command, tokens, token, value))


def _signal_value(token: Token) -> str | None:
    if not token.option or token.option[2:] not in signals.KEYWORDS:
        return None
    return token.words[1] if len(token.words) > 1 else token.words[0].partition("=")[2]


def _both_readings(command: list[str], tokens: list[Token], token: Token, value: str) -> str:
    place = tokens.index(token)
    bare = [one.words[0] for one in _run(tokens[place + 1 :])]
    before = [word for one in tokens[:place] for word in one.words]
    after = [word for one in tokens[place + 1 + len(bare) :] for word in one.words]
    option = str(token.option)
    quoted = shlex.join([*command, *before, option, " ".join([value, *bare]), *after])
    apart = shlex.join([*command, *before, *after, option, value, "--", *bare])
    return f'Does "{" ".join(bare)}" belong to {option} or to the note? Say\n  {quoted}\nor\n  {apart}'


def _run(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.option:
            return
        yield token
