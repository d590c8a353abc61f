"""Counting by week, which begins on Monday, and the strip that shows it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction

from engage_cli.reports.weeks import BLOCKS, by_week, of_contact, start, strip
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("day", "place"),
    [("2026-11-16", 2), ("2026-11-22", 2), ("2026-11-15", 1), ("2026-11-09", 1), ("2026-11-08", 0), ("2026-11-02", 0)],
)
def test_a_week_begins_on_monday(day: str, place: int) -> None:
    assert by_week([(day, 3)], TODAY, 3) == [3 if place == number else 0 for number in range(3)]


@pytest.mark.parametrize("day", ["2026-11-01", "2026-11-23", "2025-11-20"])
def test_what_lies_outside_is_not_counted(day: str) -> None:
    assert by_week([(day, 3)], TODAY, 3) == [0, 0, 0]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_day_belongs_to_the_monday_before_it(day: date) -> None:
    assert start(day).weekday() == 0
    assert timedelta(0) <= day - start(day) < timedelta(7)


@pytest.mark.parametrize(
    ("counts", "signs"),
    [([], ""), ([0, 0], "··"), ([1], "█"), ([0, 1, 2], "·▄█"), (list(range(9)), "·" + BLOCKS), ([1, 100], "▁█")],
)
def test_a_strip_shows_none_as_a_dot_and_the_most_as_a_full_block(counts: list[int], signs: str) -> None:
    assert strip(counts) == signs


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_a_strip_is_never_higher_for_less(counts: list[int]) -> None:
    heights = [("·" + BLOCKS).index(sign) for sign in strip(counts)]
    assert len(heights) == len(counts)
    in_order = [height for _, height in sorted(zip(counts, heights, strict=True))]
    assert in_order == sorted(heights)
    assert all((height == 0) == (count == 0) for height, count in zip(heights, counts, strict=True))


def _contact(tx: Transaction, handle: str, kind: str = "person") -> int:
    return tx.insert("contacts", kind=kind, handle=handle, name=handle)


def _talk(tx: Transaction, day: str, *who: int, role: str = "with", **columns: Any) -> None:
    talk = tx.insert("conversations", **{"happened_on": day, "channel": "call", **columns})
    touch = int(columns.get("channel") != "note" and columns.get("is_reached", 1))
    for contact in who:
        part = {"conversation_id": talk, "contact_id": contact, "role": role}
        tx.insert("participants", **part, happened_on=day, is_touch=touch)


def test_only_what_keeps_in_touch_counts_for_a_contact() -> None:
    tx = transaction()
    ana, ben = _contact(tx, "ana"), _contact(tx, "ben")
    _talk(tx, "2026-11-20", ana)
    _talk(tx, "2026-11-09", ana, ben)
    _talk(tx, "2026-11-19", ana, role="about")
    _talk(tx, "2026-11-19", ana, channel="note")
    _talk(tx, "2026-11-19", ana, is_reached=0)
    _talk(tx, "2026-11-19", ben)
    assert of_contact(tx.db, ana, TODAY, 3) == [0, 1, 1]


def test_a_conversation_with_members_counts_once_for_their_organisation_while_they_belong_to_it() -> None:
    tx = transaction()
    ana, ben, kite = _contact(tx, "ana"), _contact(tx, "ben"), _contact(tx, "kite", "organisation")
    tx.insert("memberships", contact_id=ana, organisation_id=kite, since_on="2026-11-04")
    tx.insert("memberships", contact_id=ben, organisation_id=kite, until_on="2026-11-10")
    _talk(tx, "2026-11-03", ana)  # before she joined
    _talk(tx, "2026-11-04", ana)
    _talk(tx, "2026-11-10", ana, ben)
    _talk(tx, "2026-11-11", ben)  # after he left
    _talk(tx, "2026-11-17", ana, kite)
    assert of_contact(tx.db, kite, TODAY, 3) == [1, 1, 1]
