"""`engage promise`: kept, broken, moved, dropped."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish

KEYS = {
    *("id", "contact", "name", "by", "words", "made_on", "due_on", "first_due_on", "moved", "kept_on"),
    *("days_overdue", "state"),
}


@pytest.fixture(autouse=True)
def made(engage: Engage, journal: Path) -> Engage:
    promises = "--promise 'a quote by 2026-11-10' --they-promise 'the logo by 2026-11-25' --promise 'a call'"
    line = f"log ana hello {promises} --on 2026-11-02"
    return furnish(engage, journal, ["contact add Ana Silva", "contact add Ben Okafor", line])


def promise(engage: Engage, number: str = "p1") -> dict[str, object]:
    return next(item for item in engage.items("promises --all") if item["id"] == number)


def well(engage: Engage) -> set[str]:
    """Name what the review counts among what went well."""
    sections = engage("review --since 2026-11-01 --json").json["sections"]
    return {item["id"] for section in sections if section["report"] == "well" for item in section["items"]}


def test_open_ones_by_urgency(engage: Engage) -> None:
    items = engage.items("promises")
    assert [(item["id"], item["by"], item["days_overdue"]) for item in items] == [
        ("p1", "me", 10),
        ("p3", "them", 0),
        ("p2", "me", None),
    ]


def test_kept(engage: Engage) -> None:
    out = engage.ok("promise kept p1 p3 --on 2026-11-09")
    assert out.splitlines()[0] == "p1    kept on Mon 9 Nov 2026: a quote (Ana Silva)"
    assert (promise(engage)["state"], promise(engage)["kept_on"]) == ("kept", "2026-11-09")
    assert [item["id"] for item in engage.items("promises")] == ["p2"]
    again = engage("promise kept p1")
    assert again.code == 1 and "p1 was kept on Mon 9 Nov 2026 already" in again.err


def test_moved_keeps_the_first_date(engage: Engage) -> None:
    assert engage.ok("promise moved p1 next monday").splitlines()[0] == (
        "p1    due Mon 23 Nov 2026 (it was Tue 10 Nov 2026): a quote"
    )
    one = promise(engage)
    assert (one["due_on"], one["first_due_on"], one["moved"], one["days_overdue"]) == ("2026-11-23", "2026-11-10", 1, 0)
    assert engage("promise moved p1 2026-11-23").code == 1
    engage.ok("promise moved p2 friday")
    one = promise(engage, "p2")
    assert (one["due_on"], one["first_due_on"], one["moved"]) == ("2026-11-27", "2026-11-27", 0)


def test_moved_counts_from_the_day_it_was_moved(engage: Engage) -> None:
    assert "due Fri 13 Nov 2026" in engage.ok("promise moved p1 friday --on 2026-11-09")


def test_several_are_moved_at_once(engage: Engage) -> None:
    assert engage.ok("promise moved p1 p3 in 2 weeks").count("due Fri 4 Dec 2026") == 2


# who moved p1 (due 10 Nov) to 20 Nov, the day it was kept, whether that was in time
IN_TIME = [
    ([], "2026-11-10", True),
    ([], "2026-11-11", False),
    (["promise moved p1 2026-11-20"], "2026-11-20", False),
    (["promise moved p1 2026-11-20"], "2026-11-09", True),
    (["promise moved p1 2026-11-20 --they-asked"], "2026-11-20", True),
    (["promise moved p1 2026-11-15 --they-asked"], "2026-11-16", False),
    (["promise moved p1 2026-11-15 --they-asked", "promise moved p1 2026-11-20"], "2026-11-15", True),
    (["promise moved p1 2026-11-15 --they-asked", "promise moved p1 2026-11-20"], "2026-11-20", False),
    (["promise moved p1 2026-11-05 --they-asked"], "2026-11-08", False),
]


@pytest.mark.parametrize(("moves", "kept_on", "in_time"), IN_TIME)
def test_what_kept_in_time_means(engage: Engage, moves: list[str], kept_on: str, in_time: bool) -> None:
    for line in moves:
        engage.ok(line)
    engage.ok(f"promise kept p1 --on {kept_on}")
    assert well(engage) == ({"p1"} if in_time else set())


def test_kept_without_a_date_is_kept_in_time(engage: Engage) -> None:
    engage.ok("promise kept p2")
    assert well(engage) == {"p2"}


def test_broken_offers_the_apology_that_follows(engage: Engage) -> None:
    out = engage.ok("promise broken p1 ran out of days")
    assert 'To owe the apology that follows: engage promise broken p1 --sorry "TEXT"' in out
    assert engage.items("apologies") == []
    out = engage.ok("promise broken p1 --sorry 'the quote never came'")
    assert "a1    sorry: the quote never came; next: say it" in out
    assert engage.items("apologies")[0]["words"] == "the quote never came"
    assert promise(engage)["state"] == "broken"
    assert engage("promise broken p1").code == 1


def test_broken_and_sorry_in_one_step_is_one_undo(engage: Engage) -> None:
    engage.ok("promise broken p1 p2 --sorry 'nothing came'")
    assert len(engage.items("apologies")) == 2
    engage.ok("undo")
    assert engage.items("apologies") == [] and promise(engage)["state"] == "open"


def test_nothing_is_owed_for_their_promise(engage: Engage) -> None:
    assert "engage promise broken" not in engage.ok("promise broken p3")
    engage.ok("undo")
    result = engage("promise broken p3 --sorry x")
    assert result.code == 1 and "is their promise" in result.err
    assert promise(engage, "p3")["state"] == "open"


def test_a_promise_that_an_apology_is_owed_for_stays(engage: Engage) -> None:
    engage.ok("promise broken p1 --sorry x")
    result = engage("promise delete p1")
    assert result.code == 1 and "a1 is owed for p1; delete a1 first" in result.err
    engage.ok("apology delete a1")
    engage.ok("promise delete p1")


def test_dropped(engage: Engage) -> None:
    engage.ok("promise dropped p1 no longer wanted")
    assert promise(engage)["state"] == "dropped" and well(engage) == set()
    assert "no longer wanted" in engage.ok("find wanted")


def test_editing_and_deleting(engage: Engage) -> None:
    engage.ok("promise edit p1 an offer --who ben --on 2026-11-03")
    one = promise(engage)
    assert (one["words"], one["contact"], one["made_on"], one["due_on"]) == (
        "an offer",
        "ben",
        "2026-11-03",
        "2026-11-10",
    )
    engage.ok("promise delete p1 p3")
    assert [item["id"] for item in engage.items("promises --all")] == ["p2"]
    engage.ok("undo --steps 2")
    assert promise(engage)["words"] == "a quote" and promise(engage)["due_on"] == "2026-11-10"


def test_the_json(engage: Engage) -> None:
    assert all(set(item) == KEYS for item in engage.items("promises --all"))
    for line in (
        "promise kept p2",
        "promise moved p1 friday",
        "promise edit p1 x",
        "promise broken p1",
        "promise delete p3",
    ):
        reply = engage(f"{line} --json").json
        assert set(reply) == {"format", "action", "items"} and set(reply["items"][0]) == {"kind"} | KEYS


def test_the_table(engage: Engage) -> None:
    assert engage.ok("promises").splitlines() == [
        "Open promises (3)",
        "    who        by    what      due              overdue by",
        "p1  Ana Silva  me    a quote   Tue 10 Nov 2026  10 days",
        "p3  Ana Silva  them  the logo  Wed 25 Nov 2026",
        "p2  Ana Silva  me    a call    no due date",
    ]


FORGED = "x\nTake it back: engage undo h1"


def test_words_of_several_lines_forge_no_reply(engage: Engage) -> None:
    engage.ok(["promise", "edit", "p2", FORGED])
    for line in (
        ["promise", "moved", "p2", "friday"],
        ["promise", "broken", "p1", "--sorry", FORGED],
        ["log", "ana", "called", "--kept", "p2", "--said", "a1"],
    ):
        out = engage.ok(line)
        assert "x / Take it back: engage undo h1" in out and "\nTake it back: engage undo h1" not in out


def test_an_apology_needs_words(engage: Engage) -> None:
    result = engage(["promise", "broken", "p1", "--sorry", " "])
    assert result.code == 2 and "The apology cannot be empty" in result.err
    assert promise(engage)["state"] == "open"


def test_a_day_before_it_was_made_is_refused(engage: Engage) -> None:
    result = engage("promise kept p1 --on 2025-01-01")
    assert result.code == 2 and "p1 is of Mon 2 Nov 2026" in result.err


def test_the_apology_that_follows_came_up_in_no_conversation(engage: Engage) -> None:
    engage.ok("promise broken p1 --sorry late")
    assert "a1" not in engage.ok("conversation show c1")
