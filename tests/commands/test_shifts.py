"""`engage shifts`: since when."""

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """Two agencies that need the same, one of them half a year ago."""
    engage.ok("type add agency")
    for name, on in (("ana", "2026-05-01"), ("ben", "2026-11-01")):
        engage.ok(f"contact add {name} --type agency")
        engage.ok(f"log {name} hello --needs 'a fixed price' --on {on}")
    return engage


def test_the_period_is_ninety_days_unless_another_day_is_named(told: Engage) -> None:
    assert told.ok("shifts") == "No two customers of a type shifted together since Sat 22 Aug 2026.\n"
    assert "need: a fixed price  2 of 2    ana; ben" in told.ok("shifts --since 2026-05-01")
    assert told.items("shifts --since 2026-05-02") == []


def test_a_topic_makes_needs_the_same(told: Engage) -> None:
    told.ok("log ana again --needs 'no surprises'")
    assert told.items("shifts") == []
    told.ok("need edit n3 --topic 'A fixed prices'")
    [item] = told.items("shifts")
    assert (item["topic"], [one["after"] for one in item["who"]]) == (
        "a fixed price",
        ["a fixed price", "no surprises"],
    )


@pytest.mark.parametrize(("day", "code"), [("2026-11-21", 2), ("someday", 2)])
def test_a_day_that_has_not_come_or_is_none_is_refused(told: Engage, day: str, code: int) -> None:
    assert told(f"shifts --since {day}").code == code
