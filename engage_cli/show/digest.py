"""Several reports on one screen: a line for each item, and those left out are counted."""

from collections.abc import Sequence

from engage_cli.reports.report import Column, Report
from engage_cli.show.text import NARROW, line, painted, title, width
from engage_cli.show.wrapping import cells, cut, wrapped

SCREEN = 40  # lines that a digest may fill
FRAME = 4  # of which its title and its last line take these
GAP = 2  # columns between two cells
LEAST = 16  # columns of a sentence, before what stands beside it gives way too


def write(sections: Sequence[Report]) -> list[str]:
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
    items = report.items[:share]
    columns = [column for column in report.columns if not column.is_roomy]
    body = (
        [row for item in items for row in _in_a_line(columns, item)] if width() < NARROW else _aligned(columns, items)
    )
    where = f", all: {report.more}" if report.more else ""
    count = f"{len(items)} of {len(report.items):,}{where}" if len(items) < len(report.items) else f"{len(items)}"
    return "\n".join([title(f"{report.title} ({count})"), *body])


def _in_a_line(columns: Sequence[Column], item: object) -> list[str]:
    return wrapped(", ".join(cell for column in columns if (cell := line(column.spoken(item)))), width())


def _aligned(columns: Sequence[Column], items: Sequence[object]) -> list[str]:
    """Write a line for each item, cut where it is too long for the screen; the number never is."""
    table = [[line(column.spoken(item)) for column in columns] for item in items]
    widths = _widths(columns, [max(map(cells, column)) for column in zip(*table, strict=True)])
    return [_row(columns, item, row, widths) for item, row in zip(items, table, strict=True)]


def _row(columns: Sequence[Column], item: object, row: Sequence[str], widths: Sequence[int]) -> str:
    shown = []
    for column, text, room in zip(columns, row, widths, strict=True):
        if room:
            short = cut(text, room)
            mark = column.mark(item) if column.mark else ""
            shown.append(painted(short, mark) + " " * (room - cells(short)))
    return (" " * GAP).join(shown).rstrip()


def _widths(columns: Sequence[Column], natural: list[int]) -> list[int]:
    """Fit the columns to the screen: first sentences give way, then whatever is widest, a number never."""
    widths = [min(wide, width()) for wide in natural]
    room = width() - GAP * (sum(map(bool, widths)) - 1)
    sentences = [place for place, column in enumerate(columns) if column.wraps]
    others = [place for place, column in enumerate(columns) if column.heading]
    for places, least in ((sentences, LEAST), (others, 1)):
        while sum(widths) > room and (wide := [place for place in places if widths[place] > least]):
            widths[max(wide, key=widths.__getitem__)] -= 1
    return widths
