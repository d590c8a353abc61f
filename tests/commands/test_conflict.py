"""`engage conflict`: open until resolved together."""

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """A journal in which ana and we disagree on the price (x1)."""
    engage.ok("log --new ana hello --conflict 'the price'")
    return engage


def test_it_is_resolved_with_what_was_agreed(told: Engage) -> None:
    assert "resolved on Fri 20 Nov 2026: the price" in told.ok("conflict resolved x1 half each")
    assert told.items("conflicts") == []
    [item] = told.items("conflicts --all")
    assert (item["state"], item["answer"], item["decided_on"]) == ("resolved", "half each", "2026-11-20")
    assert "half each" in told.ok("conflicts --all")


def test_it_can_be_dropped_without_words(told: Engage) -> None:
    told.ok("conflict dropped x1")
    assert [(item["state"], item["decided_on"]) for item in told.items("conflicts --all")] == [
        ("dropped", "2026-11-20")
    ]


REFUSED = [
    ("resolved x1", 2, "Say what you agreed: engage conflict resolved x1 WORDS"),
    ("resolved x9 so", 3, "There is no conflict x9"),
    ("dropped n1", 2, "n1"),
    ("edit x1", 2, "Say what to change"),
    ("delete x1 words", 2, "delete takes numbers only"),
]


@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_what_cannot_be_is_refused(told: Engage, line: str, code: int, words: str) -> None:
    result = told(f"conflict {line}")
    assert (result.code, result.out, words in result.err) == (code, "", True)
    assert [item["state"] for item in told.items("conflicts --all")] == ["open"]


@pytest.mark.parametrize("first", ["resolved x1 so", "dropped x1 so"])
def test_what_ended_stays_as_it_is(told: Engage, first: str) -> None:
    told.ok(f"conflict {first}")
    for again in ("resolved x1 other", "dropped x1"):
        result = told(f"conflict {again}")
        assert (result.code, "on Fri 20 Nov 2026 already; nothing was changed." in result.err) == (1, True)


def test_it_is_in_review_and_prep_until_it_is_resolved(told: Engage) -> None:
    for line in ("review", "prep ana"):
        assert "x1" in told.ok(line)
    told.ok("conflict resolved x1 half each")
    for line in ("review", "prep ana"):
        assert "x1" not in told.ok(line)
