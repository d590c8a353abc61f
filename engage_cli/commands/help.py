"""`engage help`: the topics that commands share, the help of a command, and the man page."""

from difflib import get_close_matches
from typing import Annotated

import typer
from typer._click import Context
from typer.core import TyperGroup

from engage_cli import lazy
from engage_cli.commands import topics
from engage_cli.errors import WrongUsage
from engage_cli.show.text import emit

app = lazy.application()

Wanted = Annotated[
    list[str] | None, typer.Argument(metavar="[TOPIC|COMMAND]...", help="What to explain; all topics if left out.")
]


@app.command("help")
def help_(
    context: typer.Context,
    wanted: Wanted = None,
    manual: Annotated[bool, typer.Option("--manual", help="Print all there is, as a page for man.")] = False,
) -> None:
    """Explain a topic, such as dates, or say what a command takes."""
    if manual:
        from engage_cli.commands.manual import page

        emit(page(context.find_root()))
    elif not wanted:
        emit(_contents())
    elif (topic := "-".join(wanted).lower()) in topics.TOPICS:
        emit(topics.text(topic))
    else:
        _explain(context.find_root(), wanted)


def _contents() -> str:
    known = topics.table((topic, topics.title(topic)) for topic in topics.TOPICS)
    return f"engage help TOPIC explains:\n{known}\n\nengage help COMMAND says what a command takes: engage help log"


def _explain(root: Context, words: list[str]) -> None:
    """Print the help of a command; raises WrongUsage where there is none of that name."""
    commands = root.command.list_commands(root) if isinstance(root.command, TyperGroup) else []
    if words[0] not in commands:
        close = get_close_matches(" ".join(words).lower(), [*topics.TOPICS, *commands], n=1)
        meant = f"Did you mean {close[0]}? " if close else ""
        raise WrongUsage(f'There is no topic or command "{" ".join(words)}". {meant}All topics: engage help')
    lazy.invoke(root.command, [*words, "--help"])
