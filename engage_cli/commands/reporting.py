"""How every report is asked for: filters, format, the one look at the journal."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from engage_cli import clock, store, who
from engage_cli.commands.asking import certain
from engage_cli.errors import WrongUsage
from engage_cli.records import types
from engage_cli.reports.only import Only, about, both, only
from engage_cli.reports.report import Brief, Report
from engage_cli.show import FORMATS, show

# A report: the open look at the journal, today, the filter.
Question = Callable[[sqlite3.Connection, date, Only], Report | Brief]


@dataclass(frozen=True)
class Asked:
    """The filters and the format of a report, as typed."""

    who: str | None = None
    tag: str | None = None
    type: str | None = None
    organisation: str | None = None
    format: str = "table"
    json: bool = False


def answer(asked: Asked, question: Question, more_formats: tuple[str, ...] = ()) -> None:
    """Look into the journal once, and print the answer when it is closed again."""
    form = form_of(asked.format, asked.json, (*FORMATS, *more_formats))
    whom = certain([asked.who])[0] if asked.who else None
    where = certain([asked.organisation])[0] if asked.organisation else None
    with store.reading() as db:
        chosen = only(db, tag=asked.tag, type_id=types.find(db, asked.type).id if asked.type else None)
        for name in filter(None, (whom, where)):
            chosen = both(chosen, about(db, who.find(db, name).id, clock.today()))
        found = question(db, clock.today(), chosen)
    show(_filtered(found) if chosen.conditions else found, form)


def _filtered(found: Report | Brief) -> Report | Brief:
    """Say of nothing found that it was sought among some only."""
    return replace(found, empty="Nothing fits what was asked for.") if isinstance(found, Report) else found


def form_of(form: str, as_json: bool, formats: tuple[str, ...] = FORMATS) -> str:
    """Return the format that was asked for; raises WrongUsage for one that there is not."""
    form = "json" if as_json else form
    if form not in formats:
        raise WrongUsage(f'There is no format "{form}". Say one of: {", ".join(formats)}.')
    return form
