"""A sheet: titles in a margin, a sentence for each item, never more lines than the screen has."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from engage_cli.reports.report import Column, Report
from engage_cli.show import sheet

COLUMNS = (Column("", lambda item: item.id), Column("what", lambda item: item.words, wraps=True))


@dataclass(frozen=True)
class Item:
    """A number, if any, and words."""

    id: str
    words: str


def _section(title: str, *words: str, number: str = "a1") -> Report:
    return Report("x", title, date(2026, 11, 20), COLUMNS, [Item(number, text) for text in words], "")


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")


def test_titles_stand_in_a_margin_and_sentences_beside_it() -> None:
    sections = [_section("owe", "late", "lost"), _section("expects", "x", number="")]
    assert sheet.rows(sections, 40) == ["owe      a1  late", "         a1  lost", "expects  x"]


def test_two_sections_of_one_title_say_it_once() -> None:
    assert sheet.rows([_section("owe", "late"), _section("owe", "lost")], 40) == ["owe  a1  late", "     a1  lost"]


def test_long_sentences_go_on_below_and_are_cut_after_five_lines() -> None:
    rows = sheet.rows([_section("owe", "some words " * 20)], 40)
    assert rows[:2] == ["owe  a1  some words some words", "     some words some words"]
    assert len(rows) == 5
    assert rows[-1].endswith("…")


def test_what_finds_no_room_is_counted() -> None:
    words = [f"w{number}" for number in range(20)]
    rows = sheet.rows([_section("owe", *words)], 10)
    assert rows == ["owe  a1  w0", *(f"     a1  w{number}" for number in range(1, 8)), "     and 12 more"]


sections = st.lists(
    st.lists(st.text(st.sampled_from("ab 최é"), min_size=1, max_size=200), min_size=1, max_size=20), max_size=14
)


@given(sections)
def test_it_fits_the_screen_and_names_every_section(found: list[list[str]]) -> None:
    rows = sheet.rows([_section(f"t{number}", *words) for number, words in enumerate(found)], 34)
    assert len(rows) <= 34
    assert all(cell_len(row) <= 30 for row in rows)
    assert [row.split()[0] for row in rows if row[:1] != " "] == [f"t{number}" for number in range(len(found))]
