"""A report as Markdown tables."""

import re

from engage_cli.reports.report import Brief, Report
from engage_cli.show.text import line


def write(answer: Report | Brief) -> str:
    """Write a report, or several under one title, with headings."""
    if isinstance(answer, Report):
        return f"## {_plain(answer.title)}\n\n{_table(answer)}"
    facts = "\n".join(f"- {_plain(fact)}" for fact in answer.lines)
    sections = [f"## {_plain(section.title)}\n\n{_table(section)}" for section in answer.sections]
    return "\n\n".join(part for part in (f"# {_plain(answer.title)}", facts, *sections) if part)


def _table(report: Report) -> str:
    if not report.items:
        return _plain(report.empty)
    head = [column.heading or "number" for column in report.columns]
    rows = [[_plain(column.text(item)) for column in report.columns] for item in report.items]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def _plain(text: str) -> str:
    """Take away what Markdown would read as its own signs."""
    return re.sub(r"([\\`*_{}\[\]<>|~#&])", r"\\\1", line(text))
