"""`engage stats`: for all, for one contact, for a filter."""

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """Ana of Kite, a designer, twice; Ben once."""
    engage.ok("contact add ana --org Kite --tag design")
    engage.ok("contact add ben")
    engage.ok("log ana hello --for 30m --they-started --matters family")
    engage.ok("log ana --via video hello --for 45m")
    engage.ok("log ben hello --no-answer")
    return engage


def _measures(engage: Engage, line: str) -> dict[str, tuple[float, int]]:
    return {item["measure"]: (item["value"], item["of"]) for item in engage.items(line)}


@pytest.mark.parametrize(
    ("line", "talks", "unknown"),
    [
        ("stats", 3, (1, 2)),
        ("stats ana", 2, (0, 1)),
        ("stats ben", 1, (1, 1)),
        ("stats --tag design", 2, (0, 1)),
        ("stats --org kite", 2, (0, 1)),
    ],
)
def test_a_filter_counts_only_whom_it_names(told: Engage, line: str, talks: int, unknown: tuple[int, int]) -> None:
    measures = _measures(told, line)
    assert measures["conversations"][0] == talks
    assert measures["customers whose `matters` is unknown or old"] == unknown


def test_it_is_read_as_a_table_with_a_calendar(told: Engage) -> None:
    out = told.ok("stats ana").splitlines()
    assert out[:5] == [
        "The last year (13)",
        "measure                                      in the last year",
        "conversations                                2",
        "by call                                      1 of 2 (50 %)",
        "by video                                     1 of 2 (50 %)",
    ]
    assert out[-3:] == [
        "Conversations by week:",
        "Nov 2025  ···························",
        "May 2026  ·························█",
    ]


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_other_formats_hold_every_measure(told: Engage, form: str) -> None:
    out = told.ok(f"stats --format {form}")
    assert all(
        item["measure"].replace("`", "\\`" if form == "markdown" else "`") in out for item in told.items("stats")
    )


def test_nothing_yet_is_said_in_a_sentence(engage: Engage) -> None:
    assert engage.ok("stats") == "Nothing was logged in the last year.\n"


def test_nobody_by_that_name_is_refused(told: Engage) -> None:
    assert told("stats zoe").code == 3
