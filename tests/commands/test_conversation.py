"""`engage conversation`: showing, mending and deleting what was logged."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish


@pytest.fixture(autouse=True)
def logged(engage: Engage, journal: Path) -> Engage:
    signals = "--sorry late --promise 'a quote by friday' --expects 'price: low' --matters x --needs y --feels good"
    line = f"log ana hello --on 2026-11-02 --at 14:30 --for 30m --about ben {signals}"
    return furnish(engage, journal, ["contact add Ana Silva", "contact add Ben Okafor", line])


def talk(engage: Engage) -> dict[str, object]:
    found: dict[str, object] = engage("conversation show c1 --json").json["conversation"]
    return found


def test_showing(engage: Engage) -> None:
    engage.ok(["conversation", "edit", "c1", "--note", "first\n\nsecond"])
    assert engage.ok("conversation show 1").splitlines() == [
        "c1",
        "      call with Ana Silva (ana), about Ben Okafor, Mon 2 Nov 2026, 30 min",
        "a1    sorry: late (Ana Silva)",
        "p1    promise: a quote, due Fri 6 Nov 2026 (overdue) (Ana Silva)",
        "e1    expects: price: low (Ana Silva)",
        "i1    matters: x (Ana Silva)",
        "i2    feels: good (Ana Silva)",
        "n1    needs: y (Ana Silva)",
        "",
        "first",
        "",
        "second",
    ]
    assert set(engage("conversation show c1 --json").json) == {"format", "conversation", "signals"}


def test_another_day_moves_the_signals_and_clears_the_time(engage: Engage) -> None:
    engage.ok("apology edit a1 --on 2026-11-01")
    engage.ok("conversation edit c1 --on 2026-11-09")
    stored = talk(engage)
    assert (stored["happened_on"], stored["happened_at"], stored["zone"]) == ("2026-11-09", None, None)
    days = {
        one["kind"]: one.get("heard_on") or one.get("made_on") or one.get("owed_on")
        for one in engage("conversation show c1 --json").json["signals"]
    }
    # The apology had a day of its own already.
    assert days == {
        "sorry": "2026-11-01",
        **dict.fromkeys(["promise", "expects", "matters", "feels", "needs"], "2026-11-09"),
    }
    assert engage.items("promises")[0]["due_on"] == "2026-11-06"
    ana = next(item for item in engage.items("contacts") if item["handle"] == "ana")
    assert ana["last_on"] == "2026-11-09"
    engage.ok("undo")
    assert talk(engage)["happened_at"] == "2026-11-02T13:30:00Z"


def test_everything_else_can_be_changed(engage: Engage) -> None:
    engage.ok("conversation edit c1 --via email --for 1h --note 'quite different' --private --next 2w --with ben")
    stored = talk(engage)
    assert (stored["channel"], stored["minutes"], stored["note"], stored["private"]) == (
        "email",
        60,
        "quite different",
        True,
    )
    assert [one["contact"] for one in stored["with"]] == ["ana", "ben"] and stored["about"] == []  # type: ignore[index, attr-defined]
    assert {item["handle"]: item["due_on"] for item in engage.items("contacts")} == dict.fromkeys(
        ("ana", "ben"), "2026-11-16"
    )
    engage.ok("conversation edit c1 --no-private --note ''")
    assert (talk(engage)["private"], talk(engage)["note"]) == (False, "")
    assert engage.items("find hello") == [] and engage.items("find quite") == []


def test_who_it_was_with_takes_the_signals_along(engage: Engage) -> None:
    engage.ok("contact add Carla")
    engage.ok("conversation edit c1 --who carla")
    assert talk(engage)["with"] == [{"contact": "carla", "name": "Carla"}]
    assert engage.items("apologies")[0]["contact"] == "carla"
    last = {item["handle"]: item["last_on"] for item in engage.items("contacts")}
    assert last == {"ana": None, "ben": None, "carla": "2026-11-02"}
    engage.ok("undo")
    assert engage.items("apologies")[0]["contact"] == "ana"


def test_a_note_is_no_contact_any_more(engage: Engage) -> None:
    engage.ok("conversation edit c1 --via note")
    assert [item["last_on"] for item in engage.items("contacts") if item["handle"] == "ana"] == [None]


@pytest.mark.parametrize(
    "line",
    ["--on tomorrow", "--on 2027-01-01", "--who nobody", "--with nobody", "--via pigeon", "--for x", "--next x", ""],
)
def test_what_is_wrong_changes_nothing(engage: Engage, line: str) -> None:
    before = talk(engage)
    assert engage(f"conversation edit c1 --note new {line}" if line else "conversation edit c1").code in (2, 3)
    assert talk(engage) == before


def test_deleting_lists_what_goes(engage: Engage) -> None:
    out = engage.ok("conversation delete c1")
    assert out.startswith("Deleted:\nc1    hello\n") and "a1    sorry: late" in out and "p1    promise" in out
    assert engage("conversation show c1").code == 3
    assert engage.items("apologies --all") == engage.items("promises --all") == engage.items("needs --all") == []
    engage.ok("undo")
    assert len(engage("conversation show c1 --json").json["signals"]) == 6


FACTS = {
    "apology said a1": "a1", "apology dropped a1 why": "a1", "promise kept p1": "p1", "promise moved p1 2w": "p1",
    "promise broken p1": "p1", "expectation agreed e1": "e1", "need answered n1": "n1",
}  # fmt: skip


@pytest.mark.parametrize("fact", FACTS)
def test_deleting_is_refused_when_something_followed(engage: Engage, fact: str) -> None:
    engage.ok(fact)
    result = engage("conversation delete c1")
    assert result.code == 1 and f"c1 brought up {FACTS[fact]}, on which something followed" in result.err
    assert talk(engage)["note"] == "hello"
    engage.ok("undo")
    engage.ok("conversation delete c1")


def test_numbers_are_never_used_again(engage: Engage) -> None:
    engage.ok("conversation delete c1")
    assert engage.ok("log ana again --sorry x").splitlines()[0] == "c2    again"
    assert engage.items("apologies")[0]["id"] == "a2"
