"""A report as people read it: an aligned table, or stacked records where the screen is narrow."""

import os
import textwrap
from typing import TYPE_CHECKING

from engage_cli.reports.report import Brief, Report
from engage_cli.show.text import NARROW, is_terminal, line, visible, width

if TYPE_CHECKING:
    from rich.console import Console

# What a mark means in colour; the words say the same, for those who see none.
STYLES = {"overdue": "bold red", "soon": "yellow", "done": "green", "": ""}


def write(answer: Report | Brief) -> str:
    """Write a report, or several under one title."""
    if isinstance(answer, Report):
        return _section(answer) if answer.items else visible(answer.empty)
    facts = "\n".join(_wrapped(visible(fact)) for fact in answer.lines)
    head = "\n".join(part for part in (_title(answer.title), facts) if part)
    sections = [_section(section) for section in answer.sections]
    return "\n\n".join(part for part in (head, *sections, _wrapped(answer.ending)) if part)


def _section(report: Report) -> str:
    body = _stacked(report) if width() < NARROW else _table(report)
    return f"{_title(f'{report.title} ({len(report.items)})')}\n{body}"


def _table(report: Report) -> str:
    from rich.table import Table
    from rich.text import Text

    columns = [column for column in report.columns if any(column.text(item) for item in report.items)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column.heading, overflow="fold", no_wrap=column.heading == "")
    for item in report.items:
        table.add_row(
            *(Text(line(column.text(item)), STYLES[column.mark(item) if column.mark else ""]) for column in columns)
        )
    console = _console()
    with console.capture() as capture:
        console.print(table)
    return "\n".join(row.rstrip() for row in capture.get().rstrip("\n").split("\n"))


def _stacked(report: Report) -> str:
    return "\n\n".join(_record(report, item) for item in report.items)


def _record(report: Report, item: object) -> str:
    """Write one item: its number and whose it is on the first line, the rest below."""
    cells = [(column.heading, line(column.text(item))) for column in report.columns]
    lead = 1 if report.columns[0].heading else 2
    head = "  ".join(cell for _, cell in cells[:lead] if cell)
    return "\n".join([_wrapped(head), *(_wrapped(f"{name}: {cell}", "  ") for name, cell in cells[lead:] if cell)])


def _wrapped(text: str, indent: str = "") -> str:
    lines = text.split("\n")
    return "\n".join(
        textwrap.fill(part, width(), initial_indent=indent, subsequent_indent=indent + "  ") for part in lines
    )


def _title(text: str) -> str:
    return f"\x1b[1m{line(text)}\x1b[0m" if _has_colour() else line(text)


def _console() -> "Console":
    from rich.console import Console

    return Console(
        width=width(),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        force_terminal=is_terminal(),
        color_system="standard" if _has_colour() else None,
    )


def _has_colour() -> bool:
    return is_terminal() and "NO_COLOR" not in os.environ and os.environ.get("TERM", "dumb") != "dumb"
