"""The numbers that people see and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage_cli import numbers
from engage_cli.errors import WrongUsage


@given(st.sampled_from(sorted(numbers.LETTERS)), st.integers(1, 10**14))
def test_what_is_shown_can_be_typed(noun: str, row_id: int) -> None:
    shown = numbers.shown(noun, row_id)
    assert [numbers.read(noun, typed) for typed in (shown, shown.upper(), f" {row_id} ")] == [row_id] * 3


def test_every_noun_has_a_letter_and_a_table_of_its_own() -> None:
    assert list(numbers.LETTERS) == list(numbers.TABLES)
    assert len(set(numbers.LETTERS.values())) == len(set(numbers.TABLES.values())) == len(numbers.LETTERS)


@pytest.mark.parametrize("typed", ["", "a", "seven", "a7b", "7a", "-7", "a-7", "a7 a8", "7.0", "٧", "a" + "9" * 16])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsage, match=r"is no number of an apology\. Write it like a7"):
        numbers.read("apology", typed)


def test_a_wrong_letter_is_refused_with_what_it_means() -> None:
    with pytest.raises(WrongUsage, match="p7 is the number of a promise; here an apology is meant, like a7"):
        numbers.read("apology", "p7")
    with pytest.raises(WrongUsage, match="q7 is no number; here a promise is meant, like p7"):
        numbers.read("promise", "q7")


@pytest.mark.parametrize(
    ("typed", "ids", "words"),
    [
        ("a7", [7], []),
        ("7", [7], []),
        ("a7 a8 a7", [7, 8], []),
        ("7 8 9", [7, 8, 9], []),
        ("a7 8", [7, 8], []),
        ("a7 2 invoices", [7], ["2", "invoices"]),
        ("a7 a8 2 invoices", [7, 8], ["2", "invoices"]),
        ("a7 called her a8", [7], ["called", "her", "a8"]),
    ],
)
def test_numbers_and_words_are_parted(typed: str, ids: list[int], words: list[str]) -> None:
    assert numbers.split("apology", typed.split()) == (ids, words)


def test_a_wrong_letter_among_the_numbers_is_refused() -> None:
    with pytest.raises(WrongUsage, match="p8 is the number of a promise"):
        numbers.split("apology", ["a7", "p8"])
