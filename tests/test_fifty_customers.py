"""Fifty customers and a year of conversations: the review fits a screen, worst first, and each line can be acted on."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import journals
import pytest
from conftest import Engage
from rich.cells import cell_len

TODAY = date(2026, 11, 20)
SEEDS = (2, 3, 4, 5)
SECTIONS = "apologies promises neglected expectations conflicts steers needs feelings shifts well".split()


@pytest.fixture(scope="session", params=SEEDS)
def fifty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of one seed, built once."""
    path = tmp_path_factory.mktemp("fifty") / f"{request.param}.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENGAGE_DB", str(path))
        patch.setenv("XDG_STATE_HOME", str(path.parent))
        journals.fill(path, conversations=1500, contacts=50, today=TODAY, seed=request.param)
    return path


@pytest.fixture
def asked(fifty: Path, engage: Engage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engage]:
    monkeypatch.setenv("ENGAGE_DB", str(fifty))
    yield engage


def test_the_same_seed_makes_the_same_journal(fifty: Path, asked: Engage, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    journals.fill(again, conversations=1500, contacts=50, today=TODAY, seed=int(fifty.stem))
    documents = []
    for path in (fifty, again):
        documents.append([asked(["--db", str(path), *line.split()]).json for line in ("review --json", "stats --json")])
    assert documents[0] == documents[1]


@pytest.mark.parametrize("since", ["", " --since 2026-08-01", " --since 2025-11-20"])
def test_the_review_fits_a_screen(asked: Engage, since: str) -> None:
    rows = asked.ok(f"review{since}").splitlines()
    assert len(rows) <= 40
    assert max(map(cell_len, rows)) <= 80
    sections = asked(f"review{since} --json").json["sections"]
    assert [name for name in SECTIONS if name in {one["report"] for one in sections}] == [
        one["report"] for one in sections
    ]


def _keys(section: dict[str, Any]) -> list[Any]:
    """How bad each item of a section is, the worst first."""
    worse = {
        "apologies": lambda item: item["owed_on"],
        "promises": lambda item: item["due_on"],
        "neglected": lambda item: -item["days_since"] / item["every_days"],
        "expectations": lambda item: (item["answer"] is not None, item["heard_on"]),
        "conflicts": lambda item: item["heard_on"],
        "steers": lambda item: item["heard_on"],
        "needs": lambda item: item["heard_on"],
        "feelings": lambda item: item["after"] - item["before"],
        "shifts": lambda item: -item["count"] / item["total"],
        "well": lambda item: -date.fromisoformat(item["on"]).toordinal(),
    }[section["report"]]
    return [worse(item) for item in section["items"]]


def test_each_section_is_ordered_worst_first(asked: Engage) -> None:
    for since in ("", " --since 2026-06-01"):
        for section in asked(f"review{since} --json").json["sections"]:
            assert _keys(section) == sorted(_keys(section)), section["report"]


def test_each_line_begins_with_the_number_or_handle_to_act_on(asked: Engage) -> None:
    document = asked("review --since 2026-06-01 --json").json
    blocks: list[list[str]] = []
    for row in asked.ok("review --since 2026-06-01").splitlines()[1:-1]:
        if re.search(r" \(\d[^)]*\)$|engage \w+\)$", row):
            blocks.append([])
        elif row:
            blocks[-1].append(row)
    assert len(blocks) == len(document["sections"])
    for section, rows in zip(document["sections"], blocks, strict=True):
        assert rows
        for item, row in zip(section["items"], rows, strict=False):
            key = item.get("id") or item.get("contact") or item.get("type")
            assert row.split("  ")[0].strip() == key or (item.get("id", "") is None and row.startswith("  "))


def test_what_has_no_room_is_counted_with_the_command_that_lists_it(asked: Engage) -> None:
    sections = asked("review --since 2025-11-20 --json").json["sections"]
    text = asked.ok("review --since 2025-11-20")
    counts = re.findall(r"^[A-Z].* \((\d+)(?: of ([\d,]+), all: (engage \w+))?\)$", text, re.MULTILINE)
    long = [
        section for section in sections if len(section["items"]) > 9 and section["report"] not in ("well", "feelings")
    ]
    assert long
    for section in long:
        [(shown, total, command)] = [one for one in counts if one[2] == f"engage {section['report']}"]
        assert (int(total), int(shown) < int(total)) == (len(section["items"]), True)
        assert asked(command.removeprefix("engage ")).code == 0


@pytest.mark.parametrize("number", [1, 7, 20, 50])
def test_prep_fits_a_screen(asked: Engage, number: int) -> None:
    rows = asked.ok(f"prep customer-{number}").splitlines()
    assert len(rows) <= 40
    assert max(map(cell_len, rows)) <= 80


@pytest.mark.parametrize("line", ["ties", "stats", "shifts"])
def test_other_reports_are_no_wider_than_the_screen(asked: Engage, line: str) -> None:
    assert max(map(cell_len, asked.ok(line).splitlines())) <= 80


def test_neglected_names_handle_and_what_matters_in_full(asked: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    items = asked.items("neglected")
    text = " ".join(asked.ok("neglected").split())
    for item in items:
        assert item["contact"] in text
        assert set((item["matters"] or "").split()) <= set(text.split())


DEMO = ("prep eunji", "prep grace", "prep ben", "prep brightside", "recap grace", "shifts", "ties", "stats", "review")


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of the demo, made once."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENGAGE_NOW", "2026-11-20T12:00:00")
        patch.setenv("XDG_STATE_HOME", str(folder))
        Engage().ok(["demo", str(folder)])
    return folder / "journal.db"


@pytest.mark.parametrize("line", DEMO)
def test_the_demo_tells_its_stories_on_one_screen(
    told: Path, engage: Engage, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_DB", str(told))
    rows = engage.ok(line).splitlines()
    assert 5 < len(rows) <= 40
    assert max(map(cell_len, rows)) <= 80


@pytest.mark.parametrize("line", [line for line in DEMO if not line.startswith("recap")])  # a letter is no screen
def test_the_demo_is_readable_at_fifty_columns(
    told: Path, engage: Engage, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGE_DB", str(told))
    wide = engage.ok(line)
    monkeypatch.setenv("COLUMNS", "50")
    narrow = engage.ok(line)
    assert max(map(cell_len, narrow.splitlines())) <= 50
    if line != "stats":
        whole = {word for word in re.findall(r"\w+", wide) if f"{word}…" not in wide}
        assert whole - set(re.findall(r"\w+", narrow)) <= {"type", "what", "how", "many", "who"}  # headings


def test_the_demo_holds_every_story(told: Path, engage: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_DB", str(told))
    sections = {one["report"] for one in engage("review --json").json["sections"]}
    assert sections >= set(SECTIONS) - {"feelings"}
    assert {item["kind"] for item in engage.items("shifts")} == {"expectation", "need", "feeling"}
    assert {one["report"] for one in engage("ties --json").json["sections"]} == {
        "tree",
        "introducers",
        "thanks",
        "chances",
    }
    recap = engage("recap grace --json").json
    assert all(recap[key] for key in ("decided", "promised"))
