"""`engage show`."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish


@pytest.fixture(autouse=True)
def known(engage: Engage, journal: Path) -> Engage:
    return furnish(
        engage,
        journal,
        [
            "contact add Ana Silva --org Brightside --role owner --email a@b.example",
            "contact add Ben Okafor --org Brightside",
            "log ana first --sorry late --matters 'her market' --on 2026-11-02",
            "log ben second --promise 'a quote by friday'",
        ],
    )


def sections(engage: Engage, who: str) -> dict[str, list[dict[str, object]]]:
    return {one["report"]: one["items"] for one in engage(f"show {who} --json").json["sections"]}


def test_everything_about_one(engage: Engage) -> None:
    out = engage.ok("show ana")
    for part in (
        "Ana Silva (ana)",
        "owner at Brightside",
        "a@b.example",
        "late",
        "her market",
        "first",
        "Mon 2 Nov 2026",
    ):
        assert part in out
    assert "second" not in out and "quote" not in out


def test_an_organisation_shows_its_members(engage: Engage) -> None:
    out = engage.ok("show brightside")
    assert "members: Ana Silva (ana, owner), Ben Okafor (ben)" in out and "first" in out and "second" in out
    assert {item["contact"] for item in sections(engage, "brightside")["promises"]} == {"ben"}


def test_the_keys_of_the_sections(engage: Engage) -> None:
    found = sections(engage, "ana")
    assert set(found["conversations"][0]) == {
        *("id", "with", "about", "happened_on", "happened_at", "zone", "channel", "minutes", "reached", "started_by"),
        *("private", "note"),
    }
    assert set(found["insights"][0]) == {"id", "contact", "name", "kind", "level", "words", "heard_on"}


def test_aliases_come_in_the_order_they_were_given(engage: Engage) -> None:
    engage.ok("contact edit ana --alias Zoe --alias Bea")
    assert engage("show ana --json").json["contact"]["aliases"] == ["Zoe", "Bea"]


def test_narrow_screens_stack(engage: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = engage.ok("show ana")
    assert all(len(line) <= 40 for line in out.splitlines())
    assert "her market" in out.replace("\n  ", " ")


@pytest.mark.parametrize("form", ["csv", "markdown", "ids"])
def test_the_other_formats(engage: Engage, form: str) -> None:
    out = engage.ok(f"show ana --format {form}")
    assert "a1" in out and "c1" in out
    if form == "markdown":
        assert out.startswith("# Ana Silva (ana)\n")


def test_what_was_raised_is_shown_open_or_not(engage: Engage) -> None:
    engage.ok("log ana x --needs 'a new site' --conflict 'the price' --steer 'shorter mails'")
    engage.ok("conflict resolved x1 half each")
    found = sections(engage, "ana")
    assert [found[name][0]["id"] for name in ("needs", "conflicts", "steers")] == ["n1", "x1", "s1"]
    out = engage.ok("show ana")
    assert all(words in out for words in ("a new site", "the price", "half each", "shorter mails"))
    assert "needs" not in sections(engage, "ben")


STEPS = (
    *("apology said a1 rang her", "apology fixed a1 sent anew", "apology confirmed a1 she laughed"),
    *("apology edit a1 --prevent 'a calendar'", "apology dropped a2 gone bust", "expectation adapted e1 as from May"),
    *("need done n1 went online", "steer done s1 three lines only"),
)


def test_the_words_typed_with_a_fact_are_shown_again(engage: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    engage.ok("log ana x --needs site --steer shorter --expects 'price: low' --sorry lost")
    engage.ok("need answered n1 yes")
    engage.ok("steer accepted s1")
    for line in STEPS:
        engage.ok(line)
    whole = engage.ok("show ana")
    reports = "".join(engage.ok(f"{noun} --all") for noun in ("apologies", "expectations", "needs", "steers"))
    for words in (
        *("said: rang her; fixed: sent anew; confirmed: she laughed; never again: a calendar", "dropped: gone bust"),
        *("adapted: as from May", "done: went online", "done: three lines only"),
    ):
        assert words in whole
        assert words in reports
