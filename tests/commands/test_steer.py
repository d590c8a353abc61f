"""`engage steer`: course-corrections are accepted or declined, and done."""

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """A journal in which ana corrected our course (s1)."""
    engage.ok("log --new ana hello --steer 'call, do not mail'")
    return engage


def _state(engage: Engage) -> str:
    [item] = engage.items("steers --all")
    return str(item["state"])


def test_it_is_accepted_then_done(told: Engage) -> None:
    told.ok("steer accepted s1 of course")
    assert [(item["state"], item["answer"]) for item in told.items("steers")] == [("accepted", "of course")]
    assert "s1  call, do not mail, accepted" in told.ok("prep ana")
    told.ok("steer done s1")
    assert (told.items("steers"), _state(told)) == ([], "done")


def test_done_at_once_accepts_it(told: Engage) -> None:
    told.ok("steer done s1")
    told.ok("undo")
    assert _state(told) == "open"


def test_a_declined_one_is_no_longer_listed(told: Engage) -> None:
    told.ok("steer declined s1 mail is safer")
    assert (told.items("steers"), _state(told)) == ([], "declined")


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("accepted s1", "declined s1"),
        ("declined s1 no", "accepted s1"),
        ("declined s1 no", "done s1"),
        ("done s1", "done s1"),
    ],
)
def test_what_was_answered_is_not_answered_again(told: Engage, first: str, again: str) -> None:
    told.ok(f"steer {first}")
    before = _state(told)
    result = told(f"steer {again}")
    assert (result.code, "already; nothing was changed." in result.err, _state(told)) == (1, True, before)


@pytest.mark.parametrize(("line", "code"), [("accepted s9", 3), ("accepted x1", 2), ("done s1 --on tomorrow", 2)])
def test_what_cannot_be_is_refused(told: Engage, line: str, code: int) -> None:
    assert told(f"steer {line}").code == code
    assert _state(told) == "open"
