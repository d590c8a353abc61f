"""A report as people read it: an aligned table, or stacked records where the screen is narrow."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engage_cli.reports.report import Brief, Column, Report
from engage_cli.show import digest, sheet
from engage_cli.show.text import NARROW, has_colour, is_terminal, line, title, visible, width
from engage_cli.show.wrapping import cells, wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# What a mark means in colour; the words say the same, for those who see none.
STYLES = {"overdue": "bold red", "soon": "yellow", "done": "green", "": ""}

ROOM = 16  # columns that a cell which wraps must have, before those beside it wrap too


def write(answer: Report | Brief) -> str:
    """Write a report, or several under one title."""
    if isinstance(answer, Report):
        return "\n\n".join(part for part in (_body(answer), _wrapped(visible(answer.remark))) if part)
    facts = "\n".join(_wrapped(visible(fact)) for fact in answer.lines)
    head = "\n".join(part for part in (title(answer.title), facts) if part)
    if answer.is_sheet:
        return "\n".join([head, *sheet.rows(answer.sections, digest.SCREEN - head.count("\n") - 1)])
    sections = digest.write(answer.sections) if answer.is_digest else [_section(section) for section in answer.sections]
    return "\n\n".join(part for part in (head, *sections, _wrapped(answer.ending)) if part)


def _body(report: Report) -> str:
    return _section(report) if report.items else _wrapped(visible(report.empty))


def _section(report: Report) -> str:
    body = _stacked(report) if width() < NARROW else _table(report.columns, report.items)
    return f"{_heading(report)}\n{body}"


def _table(columns: Sequence[Column], items: Sequence[Any]) -> str:
    from rich.table import Table

    written = ((column, [line(column.text(item)) for item in items]) for column in columns)
    used = [(column, texts) for column, texts in written if any(texts)]
    is_tight = _is_tight(used)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column, texts in used:
        if column.wraps or (is_tight and column.heading):
            table.add_column(column.heading, overflow="fold")
        else:
            # What is known need not be measured: half of the time of a long table goes there.
            widest = max(map(cells, [column.heading, *texts]))
            table.add_column(column.heading, overflow="fold", no_wrap=True, width=widest)
    for place, item in enumerate(items):
        table.add_row(*(_cell(column, item, texts[place]) for column, texts in used))
    console = _console()
    with console.capture() as capture:
        console.print(table)
    return "\n".join(row.rstrip() for row in capture.get().rstrip("\n").split("\n"))


def _is_tight(used: Sequence[tuple[Column, list[str]]]) -> bool:
    """Whether cells that should not wrap leave too little room for those that may."""
    widths = [(column, max(map(cells, texts)) + 2) for column, texts in used]
    return sum(min(wide, ROOM) if column.wraps else wide for column, wide in widths) > width()


def _cell(column: Column, item: object, text: str) -> "Text":
    from rich.text import Text

    return Text(text, STYLES[column.mark(item) if column.mark else ""])


def _stacked(report: Report) -> str:
    return "\n\n".join(_record(report.columns, item) for item in report.items)


def _record(columns: Sequence[Column], item: object) -> str:
    """Write one item: its number and whose it is on the first line, the rest below."""
    cells = [(column.heading, line(column.text(item))) for column in columns]
    lead = 1 if columns[0].heading else 2
    head = "  ".join(cell for _, cell in cells[:lead] if cell)
    return "\n".join([_wrapped(head), *(_wrapped(f"{name}: {cell}", "  ") for name, cell in cells[lead:] if cell)])


def _heading(report: Report) -> str:
    return title(f"{report.title} ({len(report.items)})")


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(row for part in text.split("\n") for row in wrapped(part, width(), indent))


def _console() -> "Console":
    from rich.console import Console

    return Console(
        width=width(),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        force_terminal=is_terminal(),
        color_system="standard" if has_colour() else None,
    )
