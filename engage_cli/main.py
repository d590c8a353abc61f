"""The table of commands, and the one place where errors are shown."""

import contextlib
import gc
import os
import sys
from typing import Annotated

# Thousands of objects are about to be made and none is garbage: looking for some takes longer than a query.
gc.disable()

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError, UsageError

from engage_cli import __version__, lazy
from engage_cli.errors import Problem, WrongUsage

gc.freeze()
gc.enable()

ESCAPED = "backslashreplace"

COMMANDS: lazy.Table = {
    "log": ("log", "Log a conversation and what it brought up."),
    "prep": ("prep", "Get ready for a call, on one screen."),
    "recap": ("recap", "Write what to send them after a call."),
    "review": ("review", "Look over the week: owed, due, neglected, changed."),
    "triage": ("triage", "Decide how often to talk to each plain contact."),
    "neglected": ("neglected", "Show the customers not talked to in time, worst first."),
    "apologies": ("apologies", "Show the apologies owed."),
    "promises": ("promises", "Show the open promises of both sides."),
    "expectations": ("expectations", "Show the expectations that changed."),
    "needs": ("needs", "Show what they need and is not done."),
    "conflicts": ("conflicts", "Show the conflicts that are open."),
    "steers": ("steers", "Show the course-corrections to act on."),
    "shifts": ("shifts", "Show what changed for several customers of a type."),
    "ties": ("ties", "Show who brought whom."),
    "stats": ("stats", "Show the last year in figures."),
    "contacts": ("contacts", "Show all contacts."),
    "show": ("show", "Show everything about one contact."),
    "find": ("find", "Search everything you wrote."),
    "contact": ("contact", "Add and change contacts."),
    "conversation": ("conversation", "Show, edit or delete a conversation."),
    "apology": ("apology", "Say what became of an apology."),
    "promise": ("promise", "Say what became of a promise."),
    "expectation": ("expectation", "Answer what they expect."),
    "need": ("need", "Decide what they need."),
    "conflict": ("conflict", "Resolve a conflict."),
    "steer": ("steer", "Answer a course-correction."),
    "insight": ("insight", "Edit or delete an insight."),
    "type": ("type", "Add and change types of customers."),
    "intro": ("intro", "Say who introduced whom."),
    "undo": ("undo", "Take back the last action, or an older one."),
    "history": ("history", "Show what was done."),
    "import": ("importing", "Bring in an address book (vCard)."),
    "config": ("config", "Show and change the settings."),
    "where": ("where", "Say where the journal is."),
    "demo": ("demo", "Try everything on a made-up journal."),
    "completion": ("completion", "Print a script that completes commands in your shell."),
    "help": ("help", "Explain a topic, such as dates, or a command."),
}


class Commands(lazy.LazyGroup):
    """The commands of engage."""

    table = COMMANDS


app = lazy.application(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})


def _version(wanted: bool) -> None:
    if wanted:
        print(f"engage {__version__}")
        raise typer.Exit


@app.callback()
def engage(
    context: typer.Context,
    db: Annotated[
        str | None, typer.Option("--db", metavar="PATH", help="The journal to use, instead of yours.")
    ] = None,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Do not page long reports.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """A journal of engagement: log every call, see what you owe, review the week."""
    if db == "":
        raise WrongUsage("--db names no file. Say where the journal is: engage --db PATH ...")
    if db is not None:
        os.environ["ENGAGE_DB"] = db
    if no_pager:
        os.environ["ENGAGE_PAGER"] = ""
    if context.invoked_subcommand != "completion":
        _configure()


def _configure() -> None:
    """Let the configuration hold for this run, and say what is wrong in it."""
    from engage_cli import settings
    from engage_cli.show.text import warn

    for problem in settings.apply():
        warn(problem)


def main() -> None:
    """Run the program with the words of the command line, and end with its exit code."""
    code = run(sys.argv[1:])
    with contextlib.suppress(OSError):
        _flush()
    # Taking a whole interpreter down costs more than storing a conversation.
    os._exit(code)


def run(words: list[str]) -> int:
    """Run one command line and return its exit code; whatever goes wrong becomes a sentence."""
    _speak_any_alphabet()
    typed = [_readable(word) for word in words]
    try:
        lazy.invoke(typer.main.get_command(app), typed)
        _flush()
        return 0
    except typer.Exit as end:
        return end.exit_code
    except Problem as problem:
        return _complain(str(problem), problem, problem.exit_code)
    except NoArgsIsHelpError as help_:
        print(help_.format_message())
        return 2
    except UsageError as error:
        return _complain(f"{error.format_message()} {_see(error)}".strip(), error, 2)
    except ClickException as error:
        return _complain(error.format_message(), error, 1)
    except (typer.Abort, EOFError, KeyboardInterrupt) as stop:
        return _complain("Interrupted.", stop, 130, before="\n")  # the line of a question is left behind
    except BrokenPipeError:
        return _hung_up()
    except OSError as error:
        return _complain(
            f"{error.strerror or error}: {error.filename or 'the output'}. See to it, then repeat.", error, 1
        )
    except Exception as error:
        return _complain(_unexpected(error), error, 1)


def _speak_any_alphabet() -> None:
    """Print what an output cannot encode in a readable form, rather than fail after the words were stored."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, ESCAPED), (sys.stderr, ESCAPED)):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def _readable(word: str) -> str:
    r"""Bytes that are no text arrive as surrogates, which no database takes: write them as \xff."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _complain(sentence: str, error: BaseException, code: int, before: str = "") -> int:
    """Print what is wrong on standard error, then whatever keeps the user's words."""
    from engage_cli.show.text import warn

    for part in (f"{before}engage: {sentence}", *getattr(error, "__notes__", ())):
        warn(part)
    return code


def _see(error: UsageError) -> str:
    return f"See: {error.ctx.command_path} --help" if error.ctx else ""


def _hung_up() -> int:
    """The reader of our output has gone (`| head`): nothing is wrong, and nothing more can be said."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(error: Exception) -> str:
    from engage_cli import recovery

    return f"Something went wrong inside engage ({type(error).__name__}: {error}). {recovery.crashed(error)}"
