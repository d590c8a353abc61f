"""Several reports on one sheet: their titles in a margin, a sentence for each item."""

from collections.abc import Iterable, Sequence

from engage_cli.reports.report import Report
from engage_cli.show.text import line, width
from engage_cli.show.wrapping import cut, wrapped

# How many items of a section and how many lines of an item are shown, the first that fits the screen.
FITS = ((99, 5), (8, 5), (5, 3), (4, 2), (3, 1), (2, 1), (1, 1))


def rows(sections: Sequence[Report], screen: int) -> list[str]:
    """Write the sections within so many lines; what is left out is counted."""
    margin = max((len(section.title) for section in sections), default=0) + 2
    for items, lines in FITS:
        written = [row for section in sections for row in _section(section, items, lines, margin)]
        if len(written) <= screen:
            break
    return _without_repeats(written, margin)


def _section(section: Report, items: int, lines: int, margin: int) -> Iterable[str]:
    left = len(section.items) - items
    for item in section.items[:items]:
        number, *cells = (line(column.spoken(item)) for column in section.columns)
        text = ", ".join(cell for cell in cells if cell)
        yield from _labelled(section.title, f"{number}  {text}" if number else text, lines, margin)
    if left > 0:
        yield f"{section.title:<{margin}}and {left} more"


def _labelled(label: str, text: str, lines: int, margin: int) -> list[str]:
    columns = width() - margin
    rows_ = wrapped(text, columns, deeper=0)
    if len(rows_) > lines:
        rows_[lines - 1 :] = [cut(f"{rows_[lines - 1]} {rows_[lines]}", columns)]
    return [f"{label:<{margin}}{rows_[0]}", *(" " * margin + row for row in rows_[1:])]


def _without_repeats(written: list[str], margin: int) -> list[str]:
    """Say each title once, beside the first of its rows."""
    last = ""
    said = []
    for row in written:
        label = row[:margin].strip()
        said.append(" " * margin + row[margin:] if label and label == last else row)
        last = label or last
    return said
