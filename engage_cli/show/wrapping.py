"""Breaks text into lines that fit the screen, where a wide letter takes two columns."""

import unicodedata


def wrapped(text: str, columns: int, indent: str = "", deeper: int = 2) -> list[str]:
    """Break one line of text at its spaces, and a word where it alone is too long; all but the first go in deeper."""
    lines, row, used, inner = [], indent, len(indent), indent + " " * deeper
    for place, word in enumerate(text.split(" ")):
        space = " " if place else ""
        if row.strip() and used + len(space) + cells(word) > columns:
            lines.append(row.rstrip())
            row, used, space = inner, len(inner), ""
        row, used = row + space, used + len(space)
        for sign in word:
            if used + cells(sign) > columns:
                lines.append(row)
                row, used = inner, len(inner)
            row, used = row + sign, used + cells(sign)
    return [*lines, row.rstrip()]


def cut(text: str, columns: int) -> str:
    """Cut text to so many columns; a sign at its end says so."""
    return text if _beginning(text, columns) == text else f"{_beginning(text, columns - 1).rstrip()}…"


def cells(text: str) -> int:
    """Count the columns that text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _beginning(text: str, columns: int) -> str:
    """Take as much of the beginning of text as so many columns hold."""
    used = 0
    for place, sign in enumerate(text):
        used += cells(sign)
        if used > columns:
            return text[:place]
    return text


def _cells(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
