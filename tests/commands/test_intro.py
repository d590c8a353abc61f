"""`engage intro`, and `contact add --met-through`."""

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """A journal with ana, ben and cleo."""
    for name in ("ana", "ben", "cleo"):
        engage.ok(f"contact add {name}")
    return engage


def _tree(engage: Engage) -> list[dict[str, str]]:
    sections = engage("ties --json").json["sections"]
    return [item for section in sections if section["report"] == "tree" for item in section["items"]]


def test_who_introduced_whom_is_written_down_with_its_words(told: Engage) -> None:
    out = told.ok("intro add ana ben at the fair --on 2026-11-02")
    assert out.startswith("ana introduced you to ben on Mon 2 Nov 2026.\n")
    [tie] = _tree(told)
    assert (tie["introducer"], tie["contact"], tie["words"], tie["introduced_on"]) == (
        *("ana", "ben", "at the fair", "2026-11-02"),
    )
    assert "met through ana (ana): at the fair" in told.ok("prep ben")


def test_met_through_says_the_same_of_somebody_new(told: Engage) -> None:
    told.ok("contact add dora --met-through ana")
    assert [(tie["introducer"], tie["contact"]) for tie in _tree(told)] == [("ana", "dora")]
    told.ok("undo")
    assert _tree(told) == []


def test_met_through_nobody_adds_nobody(told: Engage) -> None:
    assert told("contact add dora --met-through zoe").code == 3
    assert told("show dora").code == 3


def test_thanking_holds_for_all_they_introduced(told: Engage) -> None:
    told.ok("intro add ana ben")
    told.ok("intro add ana cleo")
    assert told.ok("intro thanked ana").startswith("ana was thanked on Fri 20 Nov 2026.\n")
    assert {tie["thanked_on"] for tie in _tree(told)} == {"2026-11-20"}
    result = told("intro thanked ana")
    assert (result.code, "has introduced nobody whom you have not thanked for" in result.err) == (1, True)


REFUSED = [
    ("intro add ana ana", 1, "cannot introduce themselves"),
    ("intro add ana zoe", 3, "zoe"),
    ("intro add ana", 2, "Missing argument"),
    ("intro add ana ben --on 2026-11-21", 2, "has not come yet"),
    ("intro thanked ben", 1, "has introduced nobody"),
]


@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_what_cannot_be_is_refused(told: Engage, line: str, code: int, words: str) -> None:
    result = told(line)
    assert (result.code, result.out, words in result.err) == (code, "", True)
    assert _tree(told) == []


def test_the_same_is_not_written_down_twice(told: Engage) -> None:
    told.ok("intro add ana ben")
    assert told("intro add ana ben").code == 1
    told.ok("intro add ben ana")  # the other way round is another one
    assert len(_tree(told)) == 2
