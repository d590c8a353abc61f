"""`engage review`."""

import pytest
from conftest import Engage


@pytest.fixture(autouse=True)
def ana(engage: Engage) -> Engage:
    engage.ok("contact add Ana Silva --every 2w", now="2026-10-01T12:00:00")
    return engage


def sections(engage: Engage, line: str = "review") -> dict[str, list[str]]:
    found = engage(f"{line} --json").json
    assert set(found) == {"format", "report", "as_of", "since", "sections"}
    return {one["report"]: [item.get("id") or item["contact"] for item in one["items"]] for one in found["sections"]}


def test_sections_only_where_there_is_something(engage: Engage) -> None:
    assert sections(engage) == {"neglected": ["ana"]}
    engage.ok(
        "log ana x --sorry late --promise 'a by friday' --they-promise b --promise 'c by 1 jan' --expects 'd: e -> f'"
    )
    found = sections(engage)
    assert (found["apologies"], found["promises"], found["expectations"]) == (["a1"], ["p1"], ["e1"])
    assert "neglected" not in found


def test_each_section_is_a_report(engage: Engage) -> None:
    engage.ok("log ana x --sorry late")
    for section in engage("review --json").json["sections"]:
        assert set(section) >= {"report", "as_of", "items"}


def test_a_good_week(engage: Engage) -> None:
    engage.ok("log ana x --promise 'a by 1 dec'")
    engage.ok("promise kept p1")
    out = engage.ok("review")
    assert "Nothing is owed, nobody is neglected. A good week." in out and "What went well (1)" in out


def test_what_went_well(engage: Engage) -> None:
    engage.ok("log ana x --sorry late --promise 'a by 10 nov' --promise 'b by 19 nov' --on 2026-11-02")
    engage.ok("promise kept p1 --on 2026-11-12")
    engage.ok("promise kept p2 --on 2026-11-19")
    engage.ok("apology said a1")
    assert sections(engage)["well"] == ["p2"]
    engage.ok("apology fixed a1")
    assert set(sections(engage)["well"]) == {"p2", "a1"}


def test_it_looks_back_to_the_last_finished_review(engage: Engage) -> None:
    assert engage("review --json").json["since"] == "2026-11-13"
    assert engage.ok("review --done", now="2026-11-18T12:00:00").splitlines()[0] == (
        "The week up to Wed 18 Nov 2026 is reviewed; the next review looks back to it."
    )
    assert engage("review --json").json["since"] == "2026-11-18"
    assert engage("review --since 2026-11-01 --json").json["since"] == "2026-11-01"
    engage.ok("undo")
    assert engage("review --json").json["since"] == "2026-11-13"


def test_done_stores_only_that(engage: Engage) -> None:
    before = engage.items("contacts")
    assert engage("review --done --json").json["action"] == "h2"
    assert engage.items("contacts") == before and engage.items("history")[0]["made"] == ["reviews"]


def test_it_fits_one_screen(engage: Engage) -> None:
    for place in range(60):
        engage.ok(f"log --new 'Person {place}th' x --on 2026-01-0{place % 9 + 1} --sorry thing --promise 'b by friday'")
    out = engage.ok("review")
    assert len(out.splitlines()) <= 44
    assert "engage apologies" in out and "engage neglected" in out and "60" in out


def test_worst_first(engage: Engage) -> None:
    engage.ok("contact add Ben --every 1y", now="2025-01-01T12:00:00")
    engage.ok("contact add Carla --every 1d", now="2026-11-01T12:00:00")
    assert [item["contact"] for item in engage.items("neglected")] == ["carla", "ana", "ben"]
    item = engage.items("neglected")[0]
    assert set(item) == {
        *("contact", "name", "last_on", "last_channel", "days_since", "every_days", "due_on", "days_overdue", "matters")
    }


@pytest.mark.parametrize("form", ["csv", "markdown", "ids"])
def test_the_other_formats(engage: Engage, form: str) -> None:
    engage.ok("log ana x --sorry late --on 2026-10-02")
    out = engage.ok(f"review --format {form}")
    assert {"csv": "apologies,", "markdown": "## Apologies owed", "ids": "a1\n"}[form] in out
    if form == "ids":
        assert out == "a1\nana\n"
    if form == "csv":
        assert out.splitlines()[0].startswith("report,id,contact,name,words,")
