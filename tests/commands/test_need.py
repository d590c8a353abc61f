"""`engage need`: deciding, putting off, doing, and what is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """A journal in which ana said that she needs a map (n1) and a bell (n2)."""
    engage.ok("log --new ana hello --needs 'a map' --needs 'a bell'")
    return engage


def _states(engage: Engage) -> dict[str, str]:
    return {item["id"]: item["state"] for item in engage.items("needs --all")}


def test_a_need_is_answered_then_done(told: Engage) -> None:
    assert "answered on Fri 20 Nov 2026" in told.ok("need answered n1 in May")
    assert told.items("needs --all")[1]["answer"] == "in May"
    assert told("needs --json").json["capacity"] == 1
    assert "You have said yes to 1 need and not yet done it." in told.ok("needs")
    told.ok("need done n1")
    assert _states(told) == {"n2": "open", "n1": "done"}
    assert told("needs --json").json["capacity"] == 0
    assert [item["id"] for item in told.items("needs")] == ["n2"]


def test_what_is_done_was_said_yes_to(told: Engage) -> None:
    told.ok("need later n1 --until 2w")
    told.ok("need done n1 n2")
    assert _states(told) == {"n1": "done", "n2": "done"}
    told.ok("undo")
    assert _states(told) == {"n2": "open", "n1": "later"}


def test_later_comes_back_in_the_review_on_its_day(told: Engage) -> None:
    told.ok("need answered n2")
    told.ok("need later n1 --until 'in 2 weeks' after the fair")

    def asked(day: str) -> list[str]:
        sections = told("review --json", now=f"{day}T09:00:00").json["sections"]
        return [item["id"] for section in sections if section["report"] == "needs" for item in section["items"]]

    assert (asked("2026-11-20"), asked("2026-12-03"), asked("2026-12-04")) == ([], [], ["n1"])
    told.ok("need later n1 --until 'in 2 weeks'", now="2026-12-04T09:00:00")
    assert (asked("2026-12-17"), asked("2026-12-18")) == ([], ["n1"])


REFUSED = [
    ("need declined n1", 2, "Say why: engage need declined n1 REASON"),
    ("need later n1", 2, "Say when to look again: engage need later n3 --until 2w"),
    ("need later n1 --until someday", 2, '"someday" is not a date'),
    ("need answered n9", 3, "There is no need n9"),
    ("need answered a1", 2, "a1"),
    ("need answered n1 --on 2026-11-21", 2, "has not come yet"),
    ("need edit n1", 2, "Say what to change"),
    ("need edit n1 n2 both", 2, "one number at a time"),
    ("need edit n1 --who zoe", 3, "zoe"),
]


@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(told: Engage, line: str, code: int, words: str) -> None:
    before = told("needs --all --json").json
    result = told(line)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
    assert told("needs --all --json").json == before


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("answered n1", "answered n1"),
        ("declined n1 no", "declined n1 no"),
        ("done n1", "done n1"),
        ("done n1", "later n1 --until 2w"),
    ],
)
def test_what_stands_is_not_decided_twice(told: Engage, first: str, again: str) -> None:
    told.ok(f"need {first}")
    result = told(f"need {again}")
    assert (result.code, "already; nothing was changed." in result.err) == (1, True)


def test_a_decision_can_be_another_one_and_be_taken_back(told: Engage) -> None:
    told.ok("need declined n1 too big")
    told.ok("need later n1 --until 2026-12-24")
    assert _states(told)["n1"] == "later"
    told.ok("need answered n1")
    assert _states(told)["n1"] == "answered"
    told.ok("undo")
    told.ok("undo")
    assert _states(told)["n1"] == "declined"


def test_words_topic_day_and_owner_are_edited(told: Engage) -> None:
    told.ok("contact add ben")
    told.ok("need edit n1 two maps --topic 'the  way' --who ben --on 2026-11-02")
    item = next(item for item in told.items("needs") if item["id"] == "n1")
    assert (item["words"], item["contact"], item["heard_on"]) == ("two maps", "ben", "2026-11-02")


def test_a_need_is_deleted(told: Engage) -> None:
    told.ok("need delete n1")
    assert _states(told) == {"n2": "open"}


def test_a_change_answers_in_json_with_the_action(told: Engage) -> None:
    document = told("need answered n1 n2 --json").json
    assert (list(document), [item["state"] for item in document["items"]]) == (
        ["format", "action", "items"],
        ["answered"] * 2,
    )
    assert list(document["items"][0]) == [
        "kind",
        "id",
        "contact",
        "name",
        "words",
        "heard_on",
        "state",
        "decided_on",
        "answer",
    ]


def test_an_empty_topic_takes_it_away(told: Engage, journal: Path) -> None:
    told.ok("need edit n1 --topic ' the  way '")
    with closing(sqlite3.connect(journal)) as db:
        assert db.execute("SELECT topic FROM needs WHERE id = 1").fetchone() == ("the way",)
    told.ok(["need", "edit", "n1", "--topic", ""])
    with closing(sqlite3.connect(journal)) as db:
        assert db.execute("SELECT topic FROM needs WHERE id = 1").fetchone() == (None,)
