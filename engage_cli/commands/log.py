"""`engage log`: the one door through which everything enters the journal."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from engage_cli import clock, settings, signals, store
from engage_cli.commands import asking, capture, logged
from engage_cli.commands.capture import Captured
from engage_cli.commands.entry import Entry, keep
from engage_cli.commands.options import parameter, parameters, taking
from engage_cli.commands.words import WordyCommand, almost_signals
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.show.text import warn
from engage_cli.signals import CHANNELS, KEYWORDS, VOCABULARY, Trailer

if TYPE_CHECKING:
    from engage_cli.commands.drafts import Draft

app = application()

Text = str | None
Texts = list[str] | None
Option = typer.Option


class Typed(NamedTuple):
    """The command line of `engage log`, signals apart."""

    words: Annotated[Texts, typer.Argument(metavar="WHO [NOTE]...", help="Who, then what happened.")] = None
    with_: Annotated[Texts, Option("--with", metavar="WHO", help="Who else took part.")] = None
    about: Annotated[Texts, Option("--about", metavar="WHO", help="Who was talked about.")] = None
    via: Annotated[Text, Option("--via", metavar="CHANNEL", help=f"{', '.join(CHANNELS)}; call if left out.")] = None
    on: Annotated[Text, Option("--on", metavar="DATE", help="The day; today if left out.")] = None
    at: Annotated[Text, Option("--at", metavar="HH:MM", help="The time of day.")] = None
    length: Annotated[Text, Option("--for", metavar="30m", help="How long it took.")] = None
    next: Annotated[Text, Option("--next", metavar="WHEN", help="The day to talk again.")] = None
    no_answer: Annotated[bool, Option("--no-answer", help="You tried, nobody was reached.")] = False
    they_started: Annotated[bool, Option("--they-started", help="They got in touch with you.")] = False
    said: Annotated[Texts, Option("--said", metavar="ID", help="This apology was said.")] = None
    fixed: Annotated[Texts, Option("--fixed", metavar="ID", help="What this apology is about was fixed.")] = None
    kept: Annotated[Texts, Option("--kept", metavar="ID", help="This promise was kept.")] = None
    more: Annotated[bool, Option("--more", help="Add to the latest conversation with WHO.")] = False
    new: Annotated[bool, Option("--new", help="Whoever is not known yet becomes a customer.")] = False
    private: Annotated[bool, Option("--private", help="Never part of anything sent to them.")] = False
    plain: Annotated[bool, Option("--plain", help="Take no line of the note for a signal.")] = False
    each: Annotated[Text, Option("--each", metavar="-", help="Log it for each WHO listed in a file, or in -.")] = None
    edit: Annotated[bool, Option("-e", "--edit", help="Write the note in your editor.")] = False
    resume: Annotated[bool, Option("--resume", help="Go on with a guided log that was interrupted.")] = False
    quiet: Annotated[bool, Option("-q", "--quiet", help="Say nothing when all went well.")] = False
    json: Annotated[bool, Option("--json", help="Say what was stored as JSON.")] = False

    @property
    def done(self) -> dict[str, list[str]]:
        """The numbers of what was done in this conversation, by option."""
        return {"said": self.said or [], "fixed": self.fixed or [], "kept": self.kept or []}

    @property
    def is_deed(self) -> bool:
        """Whether the options alone say what happened, without note and signals."""
        return self.no_answer or any(self.done.values())


def _parameter(keyword: str) -> str:
    return f"signal_{keyword.replace('-', '_')}"


SPOKEN = [
    parameter(_parameter(one.word), Annotated[Texts, Option(f"--{one.word}", metavar="TEXT", help=one.question)])
    for one in VOCABULARY
]


@app.command(cls=WordyCommand)
@taking(parameters(Typed), SPOKEN)
def log(context: typer.Context, **options: Any) -> None:
    """Log a conversation: WHO, then what happened, in words that need no quotes.

    `-` in the place of the note reads standard input, -e opens your editor; a last paragraph of
    `keyword: text` lines becomes signals. At a terminal, without any words, you are asked.
    """
    said = [(word, text) for word in KEYWORDS for text in options.pop(_parameter(word)) or ()]
    typed = Typed(**options)
    if _is_asked(typed, said):
        _log_guided(context.obj, typed)
        return
    with capture.keeping(context.obj):
        names, words = _names(typed)
        again = _again(context.obj, typed, names, words)
        captured = _captured(typed, names, words, again, bool(said) or typed.is_deed)
    with capture.keeping(again, captured):
        trailer = _trailer(captured, typed.plain)
        entry = _entry(typed, trailer.note, [*said, *trailer.signals])
        reply = _stored(entry, names)
    captured.stored()
    _say(typed, reply)
    _warn([*almost_signals(words), *trailer.almost])


def _is_asked(typed: Typed, said: list[tuple[str, str]]) -> bool:
    """Whether the note and its signals are asked for: only WHO was said, if that, and somebody is there to answer."""
    if typed.resume:
        _refuse_more(typed, said)
    is_said = said or typed.is_deed or typed.edit or typed.each is not None or len(typed.words or []) > 1
    return not is_said and asking.is_somebody_there()


def _refuse_more(typed: Typed, said: list[tuple[str, str]]) -> None:
    """Refuse --resume with anything else said, or where nobody can answer."""
    rest = typed._replace(resume=False, quiet=False, json=False)
    if said or any(rest):
        raise WrongUsage("--resume goes on with what was typed before. Say it alone: engage log --resume")
    if not asking.is_somebody_there():
        raise WrongUsage("--resume needs a terminal, because it asks.")


def _log_guided(command: list[str], typed: Typed) -> None:
    """Ask for what is missing, from the beginning or from where an interruption left it, and store it."""
    from engage_cli.commands import drafts, field

    with capture.keeping(command):
        draft = drafts.latest() if typed.resume else _draft(typed)
        typed = Typed(**{**draft.options, "quiet": typed.quiet, "json": typed.json})
        day = asking.happened(typed.on, typed.at).day
    captured = capture.questions(draft, day, command)
    with capture.keeping(command, captured):
        said = field.read(draft.signals)
        entry = _entry(typed._replace(next=said.next or typed.next), draft.note, said.signals)
        reply = _stored(entry, [draft.who])
    captured.stored()
    _say(typed, reply)


def _draft(typed: Typed) -> "Draft":
    """Begin a guided log; what is wrong on the command line is said before anything is asked."""
    from engage_cli.commands.drafts import Draft

    who = _known(typed, (typed.words or [])[:1])
    entry = _read(typed, "", [])
    settled = typed._replace(words=None, with_=entry.with_, about=entry.about, on=None if typed.more else _day(typed))
    return Draft(settled._asdict(), who="".join(who))


def _day(typed: Typed) -> str:
    """Write the day down, with its time if --on has one: by the time of a resumption "today" may be another."""
    on = typed.on or "today"
    day, time = clock.happened(on, clock.today(), settings.load().date_order)
    return f"{day} {time:%H:%M}" if time else f"{day}"


def _names(typed: Typed) -> tuple[list[str], list[str]]:
    """Part the words into those it was with, and the note; with --each all words are the note."""
    words = list(typed.words or [])
    if typed.each is not None:
        return _listed(typed.each), words
    if not words:
        if not asking.is_somebody_there():
            raise WrongUsage("Say who it was with, then what happened: engage log ana talked about the invoice")
        return [asking.anybody(typed.new)], []
    return _known(typed, words[:1]), words[1:]


def _known(typed: Typed, names: list[str]) -> list[str]:
    """Settle whom names mean where that can be asked; with --new only exact names count, so nothing is asked."""
    return names if typed.new else asking.certain(names)


def _again(words: list[str], typed: Typed, names: list[str], note: list[str]) -> list[str]:
    """Return the command line that repeats this one with a note from standard input."""
    if not typed.words and typed.each is None:
        return [*words, *names]
    return [word for word in words if word not in note] if typed.edit else words


def _listed(source: str) -> list[str]:
    text = capture.standard_input().text if source == "-" else Path(source).read_text("utf-8", "backslashreplace")
    names = [name.strip() for name in text.splitlines() if name.strip()]
    if not names:
        raise WrongUsage("The list for --each names nobody. For example: engage neglected --format ids")
    return list(dict.fromkeys(names))


def _captured(typed: Typed, names: list[str], words: list[str], again: list[str], is_enough: bool) -> Captured:
    """Take the note from where it is: the command line, standard input, the editor, or questions."""
    if words == ["-"] and typed.each == "-":
        raise WrongUsage(
            "Standard input holds the names of --each -, so it cannot hold the note too. Give the note in words."
        )
    if words == ["-"]:
        return capture.standard_input()
    if typed.edit:
        return capture.editor(" ".join(words), logged.reminder(names), again)
    note = " ".join(words).strip()
    if not note and not is_enough:
        raise WrongUsage("There is nothing to log: say what happened, or add a signal like --sorry TEXT.")
    return Captured(note, is_typed=True)


def _trailer(captured: Captured, is_plain: bool) -> Trailer:
    if captured.is_typed or is_plain:
        return Trailer(captured.text, [], [])
    return signals.part(captured.text)


def _entry(typed: Typed, note: str, said: list[tuple[str, str]]) -> Entry:
    """Read an entry; raises WrongUsage where it says nothing."""
    if not (note or said or typed.is_deed):
        raise WrongUsage("Nothing was written down, so nothing was logged. Say what happened, or add a signal.")
    return _read(typed, note, said)


def _read(typed: Typed, note: str, said: list[tuple[str, str]]) -> Entry:
    happened = asking.happened(typed.on, typed.at)
    return Entry(
        on=happened.day,
        note=note,
        said=said,
        columns={
            "happened_at": happened.at,
            "zone": happened.zone,
            "channel": asking.channel(settings.load().values["default_channel"] if typed.via is None else typed.via),
            "is_reached": int(not typed.no_answer),
            "started_by": "them" if typed.they_started else "me",
            "minutes": None if typed.length is None else clock.minutes(typed.length),
            "is_private": int(typed.private),
            "next_on": None if typed.next is None else asking.coming_day(typed.next, happened.day).isoformat(),
        },
        with_=_known(typed, typed.with_ or []),
        about=_known(typed, typed.about or []),
        done=typed.done,
        is_new=typed.new,
        is_more=_is_more(typed),
    )


def _is_more(typed: Typed) -> bool:
    """Whether to add to a conversation; what it already says can then not be said otherwise."""
    else_said = {
        **{"--with": typed.with_, "--about": typed.about, "--via": typed.via, "--on": typed.on, "--at": typed.at},
        **{"--for": typed.length, "--next": typed.next, "--private": typed.private, "--no-answer": typed.no_answer},
        "--they-started": typed.they_started,
    }
    also = [option for option, value in else_said.items() if value]
    if typed.more and also:
        raise WrongUsage(f"--more adds words and signals; change {also[0]} with: engage conversation edit ID")
    return typed.more


def _stored(entry: Entry, names: list[str]) -> logged.Reply:
    """Write an entry down for each contact, in one action."""
    with store.writing("log") as tx:
        kept = [keep(tx, entry, name) for name in names]
        return logged.Reply(tx, kept, settings.load().every_days)


def _say(typed: Typed, reply: logged.Reply) -> None:
    if not typed.quiet:
        reply.say(typed.json, is_list=typed.each is not None)


def _warn(almost: list[str]) -> None:
    for text in almost:
        meant = signals.nearest(re.split("[=:：\\s]", text.lstrip("-"))[0])
        how = f" Did you mean {meant}? Then say engage undo, and log it again." if meant else ""
        warn(f'Kept as text, though it looks like a signal: "{text}".{how}')
