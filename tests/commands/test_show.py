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
