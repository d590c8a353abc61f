"""The commands that list one kind of thing: open ones, or with --all every one there ever was."""

import typer

from engage_cli.commands.options import Everything, Format, Json, OrgFilter, TagFilter, TypeFilter, WhoFilter
from engage_cli.commands.reporting import Asked, Question, answer
from engage_cli.lazy import application


def listing(some: Question, every: Question, help_: str) -> typer.Typer:
    """Make the command that asks `some`, or with --all `every`; all such commands take the same options."""
    app = application()

    @app.command(help=help_)
    def command(
        everything: Everything = False,
        who: WhoFilter = None,
        tag: TagFilter = None,
        type_: TypeFilter = None,
        org: OrgFilter = None,
        form: Format = "table",
        json: Json = False,
    ) -> None:
        answer(Asked(who, tag, type_, org, form, json), every if everything else some)

    return app
