"""Imports a command when it is run: a table of names costs nothing, a module does."""

import importlib
from collections.abc import Iterator
from typing import Any

import typer
from typer._click import Command, Context
from typer.core import TyperCommand, TyperGroup

# name -> (module in engage_cli.commands, one line of help)
Table = dict[str, tuple[str, str]]


def application(**settings: Any) -> typer.Typer:
    """Make a Typer application whose help is plain text."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, **settings)


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and help, and loads the one that is run."""

    table: Table

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {
            name: TyperCommand(name, help=help_, callback=lambda: None, rich_markup_mode=None)
            for name, (_, help_) in self.table.items()
        }

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command as Typer does, then put the real one in the place of its stand-in."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(self.table, name) if name in self.table else command, rest

    def list_commands(self, ctx: Context) -> list[str]:
        """List the commands in the order of the table."""
        return list(self.table)


def load(table: Table, name: str) -> Command:
    """Import the module of a command and build the command."""
    module = importlib.import_module(f"engage_cli.commands.{table[name][0]}")
    command: Command = typer.main.get_command(module.app)
    command.name = name
    return command


def held(command: Command) -> Iterator[tuple[str, Command, str]]:
    """List the commands of a group, or the verbs of a command, each with its help."""
    if not isinstance(command, TyperGroup):
        return
    for name, inner in command.commands.items():
        if not inner.hidden:
            real = load(command.table, name) if isinstance(command, LazyGroup) else inner
            yield name, real, inner.help or ""


def invoke(command: Command, words: list[str]) -> None:
    """Run a command line; unlike Typer's own way, an interruption arrives as it was raised, with what it carries."""
    with command.make_context("engage", list(words), obj=words) as context:
        command.invoke(context)
