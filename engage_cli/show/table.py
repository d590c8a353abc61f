"""A report as people read it: an aligned table, or stacked records where the screen is narrow."""

import os
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engage_cli.reports.report import Brief, Column, Report
from engage_cli.show import sheet
from engage_cli.show.text import NARROW, is_terminal, line, visible, width

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# What a mark means in colour; the words say the same, for those who see none.
STYLES = {"overdue": "bold red", "soon": "yellow", "done": "green", "": ""}

SCREEN = 40  # lines that a digest may fill
FRAME = 4  # of which its title and its last line take these


def write(answer: Report | Brief) -> str:
    """Write a report, or several under one title."""
    if isinstance(answer, Report):
        return "\n\n".join(part for part in (_body(answer), _wrapped(visible(answer.remark))) if part)
    facts = "\n".join(_wrapped(visible(fact)) for fact in answer.lines)
    head = "\n".join(part for part in (_title(answer.title), facts) if part)
    if answer.is_sheet:
        return "\n".join([head, *sheet.rows(answer.sections, SCREEN - head.count("\n") - 1)])
    sections = _digest(answer.sections) if answer.is_digest else [_section(section) for section in answer.sections]
    return "\n\n".join(part for part in (head, *sections, _wrapped(answer.ending)) if part)


def _body(report: Report) -> str:
    return _section(report) if report.items else _wrapped(visible(report.empty))


def _section(report: Report) -> str:
    body = _stacked(report) if width() < NARROW else _table(report.columns, report.items)
    return f"{_heading(report)}\n{body}"


def _digest(sections: Sequence[Report]) -> list[str]:
    """Write as much of each section as fits the screen, an item to a line."""
    lines = SCREEN - FRAME - len(sections)
    shares = _shares([len(section.items) for section in sections], lines)
    parts = [_beginning(section, share) for section, share in zip(sections, shares, strict=True)]
    # Air between the sections, where there is room for it.
    has_room = sum(shares) + len(sections) <= lines + 1
    return parts if has_room else ["\n".join(parts)]


def _shares(lengths: list[int], lines: int) -> list[int]:
    """Share lines out fairly: what a short section does not need goes to the longer ones, at least one each."""
    shares = [1 if length else 0 for length in lengths]
    while sum(shares) < lines and any(share < length for share, length in zip(shares, lengths, strict=True)):
        poorest = min(
            (place for place, share in enumerate(shares) if share < lengths[place]), key=lambda place: shares[place]
        )
        shares[poorest] += 1
    return shares


def _beginning(report: Report, share: int) -> str:
    """Write the first items of a section; its title counts the others and names the command that lists them."""
    items, columns = report.items[:share], [column for column in report.columns if not column.is_roomy]
    if width() < NARROW:
        body = "\n".join(_in_a_line(columns, item) for item in items)
    else:
        body = _table(columns, items, is_short=True)
    where = f", all: {report.more}" if report.more else ""
    count = f"{len(items)} of {len(report.items):,}{where}" if len(items) < len(report.items) else f"{len(items)}"
    return f"{_title(f'{report.title} ({count})')}\n{body}"


def _table(columns: Sequence[Column], items: Sequence[Any], is_short: bool = False) -> str:
    """Draw a table; a short one has no headings and a line for each item."""
    from rich.table import Table

    used = [column for column in columns if any(column.text(item) for item in items)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_header=not is_short)
    for column in used:
        table.add_column(column.heading, overflow="fold", no_wrap=not column.wraps)
    for item in items:
        table.add_row(*(_cell(column, item, is_short) for column in used))
    console = _console()
    with console.capture() as capture:
        console.print(table)
    return "\n".join(row.rstrip() for row in capture.get().rstrip("\n").split("\n"))


def _cell(column: Column, item: object, is_short: bool) -> "Text":
    from rich.text import Text

    style = STYLES[column.mark(item) if column.mark else ""]
    if is_short:
        return Text(line(column.spoken(item)), style, no_wrap=True, overflow="ellipsis")
    return Text(line(column.text(item)), style)


def _stacked(report: Report) -> str:
    return "\n\n".join(_record(report.columns, item) for item in report.items)


def _record(columns: Sequence[Column], item: object) -> str:
    """Write one item: its number and whose it is on the first line, the rest below."""
    cells = [(column.heading, line(column.text(item))) for column in columns]
    lead = 1 if columns[0].heading else 2
    head = "  ".join(cell for _, cell in cells[:lead] if cell)
    return "\n".join([_wrapped(head), *(_wrapped(f"{name}: {cell}", "  ") for name, cell in cells[lead:] if cell)])


def _in_a_line(columns: Sequence[Column], item: object) -> str:
    return _wrapped(", ".join(cell for column in columns if (cell := line(column.spoken(item)))))


def _heading(report: Report) -> str:
    return _title(f"{report.title} ({len(report.items)})")


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(
        textwrap.fill(part, width(), initial_indent=indent, subsequent_indent=indent + "  ")
        for part in text.split("\n")
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
