"""A report as comma-separated values, for spreadsheets; the columns are the keys of the JSON."""

import csv
import io
from typing import Any

from engage_cli.reports.report import Brief, Report
from engage_cli.show.json import item, keys
from engage_cli.show.text import visible


def write(answer: Report | Brief) -> str:
    """Write a report; several under one title become one table with the report's name in front."""
    if isinstance(answer, Brief):
        rows = [{"report": section.name, **item(one)} for section in answer.sections for one in section.items]
        return _table(rows, ["report"])
    return _table([item(one) for one in answer.items], keys(answer.kind))


def _table(rows: list[dict[str, Any]], first: list[str]) -> str:
    names = list(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[_cell(row.get(name)) for name in names] for row in rows])
    return out.getvalue().rstrip("\n")


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return visible("; ".join(_one(one) for one in value))
    return visible(value) if isinstance(value, str) else value


def _one(value: Any) -> str:
    """Write one of several: a contact, or whatever holds one, by its handle."""
    if isinstance(value, dict):
        return str(value["contact"])
    return str(getattr(value, "contact", value))
