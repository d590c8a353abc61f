"""`engage type`: prototype customers, whose shifts are tracked together."""

from typing import Annotated

import typer

from engage_cli import clock, store
from engage_cli.commands.facts import filled
from engage_cli.commands.options import Format, Json, JsonReply
from engage_cli.commands.replying import reply
from engage_cli.commands.reporting import Asked, answer
from engage_cli.errors import Problem, WrongUsage
from engage_cli.folding import fold
from engage_cli.lazy import application
from engage_cli.records import types
from engage_cli.reports import types as report

app = application(help="Add and change types of customers.")

TypeName = Annotated[str, typer.Argument(metavar="NAME", help="The name of the type.")]
About = Annotated[str | None, typer.Option("--about", metavar="TEXT", help="Who the prototype customer is.")]
Needs = Annotated[str | None, typer.Option("--needs", metavar="TEXT", help="What such customers usually need.")]
Expects = Annotated[str | None, typer.Option("--expects", metavar="TEXT", help="What they usually expect.")]
Every = Annotated[str | None, typer.Option("--every", metavar="CADENCE", help="How often to talk: 2w, 1m, never.")]


@app.command()
def add(
    name: TypeName,
    about: About = None,
    needs: Needs = None,
    expects: Expects = None,
    every: Every = None,
    json: JsonReply = False,
) -> None:
    """Add a type of customer."""
    named = str(filled("name", name))
    with store.writing("type add") as tx:
        type_id = types.add(
            tx,
            named,
            about=about,
            needs=needs,
            expects=expects,
            every_days=None if every is None else clock.cadence(every),
        )
        stored = report.listed(tx.db, type_id)
    reply(tx, [f"Type {stored.name}: {report.described(stored)}"], json, items=[stored])


@app.command()
def edit(
    name: TypeName,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    about: About = None,
    needs: Needs = None,
    expects: Expects = None,
    every: Every = None,
    json: JsonReply = False,
) -> None:
    """Change a type of customer."""
    values = {"name": filled("name", new_name), "about": about, "needs": needs, "expects": expects}
    values["every_days"] = None if every is None else clock.cadence(every)  # type: ignore[assignment]
    given = {column: value for column, value in values.items() if value is not None}
    if not given:
        raise WrongUsage("Say what to change; engage type edit --help lists the options.")
    with store.writing("type edit") as tx:
        found = types.find(tx.db, name)
        _refuse_double(types.all_of(tx.db), found, new_name)
        tx.update("types", found.id, **given)
        stored = report.listed(tx.db, found.id)
    reply(tx, [f"Type {stored.name}: {report.described(stored)}"], json, items=[stored])


def _refuse_double(known: list[types.Type], one: types.Type, name: str | None) -> None:
    if any(fold(other.name) == fold(name or "") for other in known if other.id != one.id):
        raise Problem(f'There is another type "{name}"; nothing was changed.')


@app.command()
def show(name: TypeName, form: Format = "table", json: Json = False) -> None:
    """Show a type and what its customers said: needs, expectations, why they chose, what matters."""
    answer(
        Asked(format=form, json=json),
        lambda db, today, only: report.prototype(db, today, types.find(db, name).id),
    )


@app.command("list")
def list_(form: Format = "table", json: Json = False) -> None:
    """List the types of customers."""
    answer(Asked(format=form, json=json), lambda db, today, only: report.types(db, today))
