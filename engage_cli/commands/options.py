"""The options that several commands share."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import typer

WhoFilter = Annotated[str | None, typer.Option("--who", metavar="WHO", help="Only this contact.")]
TagFilter = Annotated[str | None, typer.Option("--tag", metavar="TAG", help="Only contacts with this tag.")]
TypeFilter = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Only contacts of this type.")]
OrgFilter = Annotated[str | None, typer.Option("--org", metavar="WHO", help="Only this organisation and its members.")]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json, csv, markdown or ids.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
JsonReply = Annotated[bool, typer.Option("--json", help="Say what was stored as JSON.")]
Everything = Annotated[bool, typer.Option("--all", help="Also what is done or past.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it happened; today if left out.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")]
Numbers = Annotated[list[str], typer.Argument(metavar="ID... [WORDS]...", help="Numbers, then words.")]
Name = Annotated[str, typer.Argument(metavar="WHO", help="A handle, a name or the beginning of one.")]
Move = Annotated[str | None, typer.Option("--who", metavar="WHO", help="Move it to this contact.")]


def parameters(source: type[NamedTuple]) -> list[inspect.Parameter]:
    """Make a parameter of each field of a named tuple, so that options are declared once."""
    defaults = source._field_defaults
    return [parameter(name, annotation, defaults[name]) for name, annotation in source.__annotations__.items()]


def parameter(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    """Make one keyword parameter."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def taking(*more: list[inspect.Parameter]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Show Typer these parameters in the place of a command's **options."""

    def extend(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command)
        own = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
        every = [*own, *(one for group in more for one in group)]
        command.__signature__ = signature.replace(parameters=every)  # type: ignore[attr-defined]
        return command

    return extend
