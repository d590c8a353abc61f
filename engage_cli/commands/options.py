"""The options that several commands share."""

from typing import Annotated

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
