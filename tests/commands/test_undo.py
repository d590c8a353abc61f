"""`engage undo` and `engage history`, as they are typed."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell


@pytest.fixture(autouse=True)
def done(engage: Engage, journal: Path) -> Engage:
    return furnish(engage, journal, ["contact add Ana Silva", "log ana hello --sorry late", "apology said a1"])


def test_it_says_what_it_takes_back_and_what_it_took_back(engage: Engage) -> None:
    assert engage.ok("undo").splitlines() == [
        "Taking back h3, apology said of Fri 20 Nov 2026 12:00: changed a1",
        "Taken back. To have it again: engage undo h4",
    ]
    assert engage.items("apologies")[0]["next"] == "say"


def test_an_undo_can_be_undone(engage: Engage) -> None:
    engage.ok("undo")
    engage.ok("undo h4")
    assert engage.items("apologies")[0]["next"] == "fix"


def test_several_steps(engage: Engage) -> None:
    assert engage.ok("undo --steps 2").count("Taken back") == 2
    assert engage("conversation show c1").code == 3 and len(engage.items("contacts")) == 1
    assert engage.ok("undo --steps 99").count("Taken back") == 1
    result = engage("undo")
    assert result.code == 1 and result.err == "engage: There is nothing to take back.\n"


def test_an_older_action_that_nothing_builds_upon(engage: Engage) -> None:
    engage.ok("contact edit ana --tag vip")
    engage.ok("log ana again")
    engage.ok("undo h4")
    assert engage.items("contacts")[0]["tags"] == [] and engage("conversation show c2").code == 0


def test_what_stands_in_the_way_is_named(engage: Engage) -> None:
    result = engage("undo h2")
    assert result.code == 1 and "h2 cannot be taken back: h3 came later and stands in the way" in result.err
    assert "engage undo h3" in result.err
    result = engage("undo h1")
    assert result.code == 1 and "cannot be taken back" in result.err


def test_taken_back_already(engage: Engage) -> None:
    engage.ok("undo h3")
    result = engage("undo h3")
    assert result.code == 1 and "h3 was taken back already" in result.err


def test_the_list_changes_nothing(engage: Engage) -> None:
    out = engage.ok("undo --list")
    assert [line[:2] for line in out.splitlines()[2:]] == ["h3", "h2", "h1"]
    assert engage.items("apologies")[0]["next"] == "fix"
    assert [item["id"] for item in engage("undo --list --json").json["items"]] == ["h3", "h2", "h1"]


def test_the_json(engage: Engage) -> None:
    reply = engage("undo --steps 2 --json").json
    assert set(reply) == {"format", "action", "items"} and reply["action"] == "h5"
    assert [item["undone"] for item in reply["items"]] == ["h3", "h2"]


def test_a_change_that_changes_nothing_leaves_no_action(engage: Engage) -> None:
    assert engage.ok("apology edit a1 late").endswith("Nothing was changed.\n")
    assert engage("apology edit a1 late --json").json["action"] is None
    assert engage.items("history")[0]["id"] == "h3"


def test_the_history_of_all_and_of_one(engage: Engage) -> None:
    engage.ok("contact add Ben")
    engage.ok("undo")
    assert [item["command"] for item in engage.items("history")] == [
        "undo",
        "contact add",
        "apology said",
        "log",
        "contact add",
    ]
    assert [item["id"] for item in engage.items("history ana")] == ["h3", "h2", "h1"]
    assert [item["taken_back"] for item in engage.items("history")] == [False, True, False, False, False]
    assert len(engage.items("history --most 2")) == 2
    assert engage.ok("history --format ids --most 2") == "h5\nh4\n"


def test_the_history_holds_no_words(engage: Engage) -> None:
    assert "late" not in engage.ok("history") and "hello" not in engage.ok("history --json")


def test_several_at_once_take_back_as_many(engage: Engage) -> None:
    undo = "engage undo > /dev/null & "
    assert shell(f"{undo * 3} wait").returncode == 0
    assert engage.items("contacts") == [] and [item["command"] for item in engage.items("history")[:3]] == ["undo"] * 3
