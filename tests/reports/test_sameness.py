"""When two customers mean the same need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage_cli.reports.sameness import same

SAME = [
    ("fixed price", "Fixed Price"),
    ("fixed price", "fixed prices"),
    ("a café site", "A CAFE SITE"),
    ("Müller's key", "muller's keys"),
    ("fewer mails", "fewer mail"),
    ("fixed price.", "  fixed   price!"),
    ("on-call support", "on call support"),
    ("keep dates", "keeps date"),
    ("two bodies", "two body"),
    ("a box", "a boxes"),
    ("one batch", "one batches"),
    ("a glass", "a glasses"),
    ("a dish", "a dishes"),
    ("a size", "a sizes"),
    ("a house", "a houses"),
    ("a course", "a courses"),
    ("a cache", "a caches"),
    ("a movie", "a movies"),
    ("a bus", "a buses"),
    ("a virus", "a viruses"),
    ("a quiz", "a quizes"),
    ("C++ code", "c++ Code"),
    ("Łódź", "lodz"),
    ("café", "cafe\u0301"),
    ("전화 주문", "전화  주문"),
]
DIFFERENT = [
    ("fixed price", "fixed date"),
    ("fixed price", "price fixed"),
    ("a fixed price", "fixed price"),
    ("fewer mails", "more mails"),
    ("two languages", "three languages"),
    ("a bus", "a bu"),
    ("glass", "glas"),
    ("analysis", "analysi"),
    ("use a map", "us a map"),
    ("press", "pres"),
    ("30 days", "3 days"),
    ("30 days", "30 day's work"),
    ("need it", "needs"),
    ("v2.0", "v20"),
    ("전화", "주문"),
    ("C++", "C"),
    ("C#", "C"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_accents_plurals_and_punctuation_do_not_matter(one: str, other: str) -> None:
    assert same(one) == same(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_are_another_need(one: str, other: str) -> None:
    assert same(one) != same(other)


@given(st.text(), st.text())
def test_what_is_the_same_stays_the_same_in_any_company(one: str, other: str) -> None:
    assert same(one) == same(one.upper().lower()) or not one.isascii()
    assert same(f"{one} {other}").split() == [*same(one).split(), *same(other).split()]
