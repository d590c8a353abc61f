"""A report as one JSON document: a contract with other programs."""

import json
import re
from dataclasses import fields
from datetime import date
from typing import Any

from engage_cli.reports.report import Brief, Report
from engage_cli.show.text import UNSAFE, carries_unicode

FORMAT = 1


def write(answer: Report | Brief) -> str:
    """Write a report, or several under one title, as a document."""
    return document(_brief(answer) if isinstance(answer, Brief) else _report(answer))


def document(content: dict[str, Any]) -> str:
    """Write any content as a document with the number of its format.

    Letters stay readable where the output can carry them; controls are escaped always.
    """
    text = json.dumps({"format": FORMAT, **content}, ensure_ascii=not carries_unicode(), indent=2, default=item)
    # The line feeds of the layout are the only controls that json leaves; strings hold none.
    return re.sub(UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", text)


def item(value: Any) -> Any:
    """Turn an item of a report into plain values; the names of its fields are the keys."""
    if isinstance(value, date):
        return value.isoformat()
    return {field.name.rstrip("_"): getattr(value, field.name) for field in fields(value) if not field.metadata}


def keys(kind: type[Any] | None) -> list[str]:
    """Name the keys of the items of a report, by their class, where it is known."""
    return [field.name.rstrip("_") for field in fields(kind) if not field.metadata] if kind else []


def _report(report: Report) -> dict[str, Any]:
    return {"report": report.name, "as_of": report.as_of, **report.keys, "items": report.items}


def _brief(brief: Brief) -> dict[str, Any]:
    head = {"report": brief.name, "as_of": brief.as_of}
    return {**head, **brief.keys, "sections": [_report(section) for section in brief.sections]}
