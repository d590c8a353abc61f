"""How every report is asked for: filters, format, the one look at the journal."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engage_cli import clock, store, who
from engage_cli.commands.asking import certain
from engage_cli.errors import WrongUsage
from engage_cli.records import types
from engage_cli.reports.only import Only, only
from engage_cli.reports.report import Brief, Report
from engage_cli.show import FORMATS, show


@dataclass(frozen=True)
class Asked:
    """The filters and the format of a report, as typed."""

    who: str | None = None
    tag: str | None = None
    type: str | None = None
    organisation: str | None = None
    format: str = "table"
    json: bool = False


def answer(asked: Asked, question: Callable[[sqlite3.Connection, date, Only], Report | Brief]) -> None:
    """Look into the journal once, and print the answer when it is closed again."""
    form = _form(asked)
    whom = certain([asked.who])[0] if asked.who else None
    where = certain([asked.organisation])[0] if asked.organisation else None
    with store.reading() as db:
        chosen = only(
            db,
            who.find(db, whom).id if whom else None,
            asked.tag,
            types.find(db, asked.type).id if asked.type else None,
            who.find(db, where).id if where else None,
        )
        found = question(db, clock.today(), chosen)
    show(found, form)


def _form(asked: Asked) -> str:
    form = "json" if asked.json else asked.format
    if form not in FORMATS:
        raise WrongUsage(f'There is no format "{form}". Say one of: {", ".join(FORMATS)}.')
    return form
