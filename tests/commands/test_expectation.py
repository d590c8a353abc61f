"""`engage expectation` and what the report compares."""

import pytest
from conftest import Engage

KEYS = {"id", "contact", "name", "topic", "before", "after", "changed_back", "heard_on", "answer", "answered_on"}


@pytest.fixture(autouse=True)
def ana(engage: Engage) -> Engage:
    engage.ok("contact add Ana Silva", now="2026-10-01T12:00:00")
    return engage


def hear(engage: Engage, text: str, day: str) -> None:
    engage.ok(["log", "ana", "--expects", text], now=f"{day}T12:00:00")


def changes(engage: Engage) -> list[tuple[object, ...]]:
    return [(item["before"], item["after"], item["changed_back"]) for item in engage.items("expectations")]


def test_a_first_statement_is_no_change(engage: Engage) -> None:
    hear(engage, "price: low", "2026-10-01")
    assert changes(engage) == []
    assert engage.ok("expectations") == "No expectation has changed.\n"
    assert len(engage.items("expectations --all")) == 1


def test_an_old_that_was_stated_is_a_change(engage: Engage) -> None:
    hear(engage, "price: high -> low", "2026-10-01")
    assert changes(engage) == [("high", "low", False)]


def test_what_is_stored_wins_over_what_was_stated(engage: Engage) -> None:
    hear(engage, "Price: high", "2026-10-01")
    hear(engage, "price: lower -> low", "2026-10-02")
    assert changes(engage) == [("high", "low", False)]


def test_before_is_the_last_answered_statement(engage: Engage) -> None:
    for place, text in enumerate(("price: one", "price: two", "price: three"), start=1):
        hear(engage, text, f"2026-10-0{place}")
    engage.ok("expectation agreed e1")
    assert changes(engage) == [("one", "three", False)]


def test_before_is_what_the_last_review_saw(engage: Engage) -> None:
    hear(engage, "price: one", "2026-10-01")
    hear(engage, "price: two", "2026-10-02")
    engage.ok("review --done", now="2026-10-03T12:00:00")
    hear(engage, "price: three", "2026-10-04")
    hear(engage, "price: four", "2026-10-05")
    assert changes(engage) == [("two", "four", False)]


def test_changed_back(engage: Engage) -> None:
    hear(engage, "price: one", "2026-10-01")
    engage.ok("expectation agreed e1")
    hear(engage, "price: two", "2026-10-02")
    hear(engage, "price: ONE", "2026-10-03")
    assert changes(engage) == [("one", "ONE", True)]
    assert "ONE (changed back)" in engage.ok("expectations")


def test_answered_changes_stay_until_the_next_review(engage: Engage) -> None:
    hear(engage, "price: high -> low", "2026-10-01")
    engage.ok("expectation declined e1 not at this quality")
    assert engage.items("expectations")[0]["answer"] == "declined"
    engage.ok("review --done")
    assert (
        engage.items(
            "expectations",
        )
        == []
    )


def test_an_unanswered_change_stays_for_ever(engage: Engage) -> None:
    hear(engage, "price: high -> low", "2026-10-01")
    engage.ok("review --done")
    assert len(engage.items("expectations")) == 1


@pytest.mark.parametrize("answer", ["agreed", "adapted", "declined"])
def test_an_answer_is_given_once(engage: Engage, answer: str) -> None:
    hear(engage, "price: high -> low", "2026-10-01")
    assert engage.ok(f"expectation {answer} e1 for good reasons --on yesterday").splitlines()[0] == (
        f"e1    {answer} on Thu 19 Nov 2026: price: low (Ana Silva)"
    )
    item = engage.items("expectations --all")[0]
    assert (item["answer"], item["answered_on"]) == (answer, "2026-11-19")
    result = engage("expectation agreed e1")
    assert result.code == 1 and f"was answered on Thu 19 Nov 2026 already ({answer})" in result.err
    assert "good reasons" in engage.ok("find reasons")


def test_editing_and_deleting(engage: Engage) -> None:
    engage.ok("contact add Ben Okafor")
    hear(engage, "price: high -> low", "2026-10-01")
    hear(engage, "place: here", "2026-10-01")
    engage.ok("expectation edit e1 lower still --topic cost --who ben --on 2026-10-02")
    item = next(item for item in engage.items("expectations --all") if item["id"] == "e1")
    assert (item["after"], item["topic"], item["contact"], item["heard_on"]) == (
        "lower still",
        "cost",
        "ben",
        "2026-10-02",
    )
    engage.ok("expectation delete e1 e2")
    assert engage.items("expectations --all") == []
    engage.ok("undo")
    assert len(engage.items("expectations --all")) == 2


def test_several_at_once(engage: Engage) -> None:
    hear(engage, "price: a -> b", "2026-10-01")
    hear(engage, "place: a -> b", "2026-10-01")
    engage.ok("expectation agreed e1 2")
    assert {item["answer"] for item in engage.items("expectations --all")} == {"agreed"}


def test_the_json(engage: Engage) -> None:
    hear(engage, "price: high -> low", "2026-10-01")
    assert set(engage.items("expectations")[0]) == KEYS == set(engage.items("expectations --all")[0])
    assert set(engage("expectation agreed e1 --json").json["items"][0]) == {"kind"} | KEYS


def test_no_answer_is_older_than_the_question(engage: Engage) -> None:
    engage.ok("log --new zoe hello --expects 'price: low'")
    number = engage.items("expectations --all --who zoe")[0]["id"]
    result = engage(f"expectation agreed {number} --on 2025-01-01")
    assert result.code == 2 and f"{number} is of Fri 20 Nov 2026" in result.err
