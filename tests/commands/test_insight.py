"""`engage insight`: mending what we learnt."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish


@pytest.fixture(autouse=True)
def heard(engage: Engage, journal: Path) -> Engage:
    return furnish(
        engage,
        journal,
        [
            "contact add Ana Silva",
            "contact add Ben Okafor",
            "log ana x --matters 'her market' --feels 'good about it' --on 2026-11-02",
        ],
    )


def insights(engage: Engage, who: str = "ana") -> dict[str, dict[str, object]]:
    sections = engage(f"show {who} --json").json["sections"]
    return {item["id"]: item for section in sections if section["report"] == "insights" for item in section["items"]}


def test_editing(engage: Engage) -> None:
    assert engage.ok("insight edit i1 the spring market").splitlines()[0] == "i1    now: the spring market (Ana Silva)"
    engage.ok("insight edit i2 --level uneasy --on 2026-11-03")
    engage.ok("insight edit i1 --who ben")
    assert insights(engage)["i2"]["level"] == 2 and insights(engage)["i2"]["heard_on"] == "2026-11-03"
    assert insights(engage, "ben")["i1"]["words"] == "the spring market"


def test_what_matters_is_the_latest(engage: Engage) -> None:
    engage.ok("log ana y --matters 'the launch'")
    engage.ok("insight edit i1 --on today")
    late = engage("neglected --json", now="2027-01-20T12:00:00").json["items"]
    assert next(item for item in late if item["contact"] == "ana")["matters"] == "the launch"


def test_deleting(engage: Engage) -> None:
    assert engage.ok("insight delete i1 i2").count("deleted") == 2
    assert insights(engage) == {}
    engage.ok("undo")
    assert len(insights(engage)) == 2


def test_a_level_is_for_feelings(engage: Engage) -> None:
    result = engage("insight edit i1 --level good")
    assert result.code == 2 and "i1" in result.err
    assert insights(engage)["i1"]["level"] is None


def test_the_json(engage: Engage) -> None:
    reply = engage("insight edit i2 --level 1 --json").json
    assert set(reply["items"][0]) == {"kind", "id", "contact", "name", "level", "words", "heard_on"}


def test_new_words_of_a_feeling_may_begin_with_a_level(engage: Engage) -> None:
    assert engage.ok("insight edit i2 great now").splitlines()[0] == "i2    now: now (Ana Silva)"
    assert (insights(engage)["i2"]["level"], insights(engage)["i2"]["words"]) == (5, "now")
    engage.ok("insight edit i2 about the price")
    assert (insights(engage)["i2"]["level"], insights(engage)["i2"]["words"]) == (5, "about the price")
    engage.ok("insight edit i2 --level ok uneasy then")
    assert (insights(engage)["i2"]["level"], insights(engage)["i2"]["words"]) == (3, "then")
    engage.ok("insight edit i2 upset")
    assert (insights(engage)["i2"]["level"], insights(engage)["i2"]["words"]) == (1, "")
    engage.ok("insight edit i1 good harvest")
    assert (insights(engage)["i1"]["level"], insights(engage)["i1"]["words"]) == (None, "good harvest")
