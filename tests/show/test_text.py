"""The only door of stored text to a terminal."""

import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engage_cli.show import text
from engage_cli.show.text import line, shorten, visible, warn

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "a\rb",
    "a\x08b",
    "\u202edesrever",
    "\u2028line\u2029",
    "\ud800",
    "\x7f",
]

everything = st.text(st.characters())  # surrogates too


def _acts(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in BIDI


@given(everything)
def test_nothing_that_acts_gets_through_but_line_feeds(words: str) -> None:
    assert not [sign for sign in visible(words) if _acts(sign) and sign != "\n"]


@given(everything)
def test_a_line_is_one_line_in_which_nothing_acts(words: str) -> None:
    assert not [sign for sign in line(words) if _acts(sign)]
    assert len(line(words).splitlines()) <= 1


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=BIDI)))
def test_anything_else_gets_through_unchanged(words: str) -> None:
    assert visible(words) == words


@pytest.mark.parametrize("words", HOSTILE)
def test_what_acts_can_be_seen(words: str) -> None:
    assert visible(words) != words
    assert "\\x" in visible(words) or "\\u" in visible(words)


def test_lines_are_parted_by_a_slash_and_a_tab_is_a_space() -> None:
    assert line(" one\r\n\n two\tthree \n") == "one / two three"
    assert visible("one\r\ntwo\n") == "one\ntwo\n"


@example("x" * 11, 10)
@given(st.text(), st.integers(1, 30))
def test_what_is_cut_says_how_long_it_was(words: str, length: int) -> None:
    cut = shorten(words, length)
    assert (cut == words) if len(words) <= length else cut.endswith(f"… ({len(words):,} signs)")


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("1", 20), ("0", 1000), ("wide", 1000), ("", 1000)])
def test_the_width_is_what_columns_says(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert text.width() == width


def test_a_warning_is_made_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = io.StringIO()
    monkeypatch.setattr("sys.stderr", errors)
    warn("a\x1b[2Jb")
    assert errors.getvalue() == "a\\x1b[2Jb\n"
    monkeypatch.setattr("sys.stderr", None)
    warn("nobody hears this")
