"""A report as table, JSON, CSV, Markdown and bare numbers."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from conftest import Engage
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction
from rich.cells import cell_len

from engage_cli.reports.report import Brief, Column, Report
from engage_cli.reports.review import review
from engage_cli.show import FORMATS, written

TODAY = date(2026, 11, 20)
HOSTILE = (
    "[/] [bold]x[/bold] :x: \x1b[31mred\x1b[0m \x9b2J \u202egnal\u2066 a\tb\r\nc | `d` _e_ *f* <b> & \\ \"q\" 'r', ;",
    "최유림 田中花子 " * 12,
    "x" * 300,
    "=1+1",
)
any_text = st.text(st.characters(exclude_categories=["Cs"]))


@dataclass(frozen=True)
class Item:
    """An item as reports have them."""

    id: str | None
    contact: str
    words: str
    days: int | None


COLUMNS = (
    Column("", lambda item: item.id or ""),
    Column("who", lambda item: item.contact),
    Column("what", lambda item: item.words, wraps=True),
    Column("days", lambda item: "" if item.days is None else str(item.days), mark=lambda item: "overdue"),
)


def _report(*words: str) -> Report:
    items = [Item(f"a{number}", "ana", text, number) for number, text in enumerate(words, start=1)]
    return Report("apologies", "Apologies owed", TODAY, COLUMNS, items, "No apology is owed.")


def _brief(*sections: Report, **said: Any) -> Brief:
    return Brief("review", "Review", TODAY, sections, **said)


@given(any_text)
def test_json_is_exact_and_holds_no_raw_control(words: str) -> None:
    text = written(_report(words), "json")
    item = {"id": "a1", "contact": "ana", "words": words, "days": 1}
    assert json.loads(text) == {"format": 1, "report": "apologies", "as_of": "2026-11-20", "items": [item]}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)


def test_json_of_several_reports_is_one_document() -> None:
    document = json.loads(written(_brief(_report("w"), _report(), keys={"since": "2026-11-13"}), "json"))
    assert list(document) == ["format", "report", "as_of", "since", "sections"]
    assert [len(section["items"]) for section in document["sections"]] == [1, 0]


@given(
    any_text.filter(
        lambda text: not re.search("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)
    )
)
def test_csv_is_read_back_as_it_was(words: str) -> None:
    [row] = csv.DictReader(io.StringIO(written(_report(words), "csv"), newline=""))
    assert row == {"id": "a1", "contact": "ana", "words": words, "days": "1"}


def test_csv_keeps_lines_and_writes_what_is_absent_as_nothing() -> None:
    report = Report("x", "X", TODAY, COLUMNS, [Item(None, "ana", 'one\n"two", three', None)], "")
    [row] = csv.DictReader(io.StringIO(written(report, "csv"), newline=""))
    assert row == {"id": "", "contact": "ana", "words": 'one\n"two", three', "days": ""}


def test_csv_of_several_reports_says_which_row_is_of_which() -> None:
    rows = list(csv.DictReader(io.StringIO(written(_brief(_report("w"), _report("v")), "csv"), newline="")))
    assert [(row["report"], row["words"]) for row in rows] == [("apologies", "w"), ("apologies", "v")]


@given(any_text)
def test_a_markdown_table_keeps_its_rows_and_cells_whatever_the_words(words: str) -> None:
    title, _, head, rule, row = written(_report(words), "markdown").split("\n")
    assert (title, head, rule) == (
        *("## Apologies owed", "| number | who | what | days |", "| --- | --- | --- | --- |"),
    )
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 5


def test_markdown_takes_every_sign_literally() -> None:
    row = written(_report("[a](b) `c` *d* _e_ <f> # | & ~ \\"), "markdown").splitlines()[-1]
    assert row == r"| a1 | ana | \[a\](b) \`c\` \*d\* \_e\_ \<f\> \# \| \& \~ \\ | 1 |"


def test_ids_are_numbers_or_handles_each_once() -> None:
    assert written(_report("w", "v"), "ids") == "a1\na2"
    people = [Item(None, name, "w", None) for name in ("ana", "ben", "ana")]
    assert written(Report("x", "X", TODAY, COLUMNS, people, ""), "ids") == "ana\nben"
    assert written(_report(), "ids") == ""


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_an_empty_report_says_so_kindly(form: str) -> None:
    assert written(_report(), form).endswith("No apology is owed.")


@pytest.mark.parametrize(
    "line",
    [
        *("neglected", "apologies", "promises", "expectations", "contacts", "find nothing", "history", "undo --list"),
        *("apologies --all", "promises --all", "expectations --all", "contacts --all"),
    ],
)
def test_every_report_on_an_empty_journal_says_a_sentence(
    engage: Engage, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    said = engage.ok(line)
    assert re.fullmatch(r"[A-Z\"][^\n]*[^\n ]\n", said)
    assert len(said) < 120


def test_review_of_an_empty_journal_is_a_good_week() -> None:
    text = written(review(transaction().db, TODAY, 30), "table")
    assert "Nothing is owed, nobody is neglected. A good week." in text


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 120])
@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_neither_act_nor_crash(form: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = written(_brief(_report(*HOSTILE), lines=HOSTILE[:2], ending="Bye."), form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("is_digest", [False, True])
@pytest.mark.parametrize("columns", [20, 34, 59, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(columns: int, is_digest: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    brief = _brief(_report(*HOSTILE), lines=HOSTILE[:2], ending="When you are through: go on.", is_digest=is_digest)
    wide = [row for row in written(brief, "table").split("\n") if cell_len(row) > columns]
    assert wide == []


def test_a_narrow_screen_gets_stacked_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "59")
    assert written(_report("late", "lost"), "table") == (
        "Apologies owed (2)\na1  ana\n  what: late\n  days: 1\n\na2  ana\n  what: lost\n  days: 2"
    )
    monkeypatch.setenv("COLUMNS", "60")
    assert written(_report("late"), "table") == "Apologies owed (1)\n    who  what  days\na1  ana  late  1"


def test_a_table_holds_every_word_of_a_long_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    words = [f"word{number}" for number in range(40)]
    text = written(_report(" ".join(words)), "table")
    assert [word for word in words if word not in text] == []


def test_wide_letters_stay_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = written(_report("최유림", "abc"), "table").splitlines()
    starts = [cell_len(row[: row.rindex(str(number))]) for number, row in enumerate(rows[2:], start=1)]
    assert starts[0] == starts[1]


SECTIONS = 12  # more than the review has


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("count", range(1, SECTIONS + 1))
def test_a_digest_fits_one_screen(count: int, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    sections = [_report(*["some long words " * 20] * 50)] * count
    brief = _brief(*sections, ending="When you are through: engage review --done", is_digest=True)
    text = written(brief, "table")
    assert len(text.splitlines()) <= 40
    assert text.count("Apologies owed (") == count  # none is left out


def test_the_review_of_fifty_neglected_customers_fits_one_screen_and_counts_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tx = transaction(is_bulk=True)
    for number in range(50):
        columns = {"kind": "person", "name": f"Somebody With A Long Name {number}", "customer_since": "2026-01-01"}
        who = tx.insert("contacts", handle=f"somebody-{number}", **columns)
        said = {"contact_id": who, "words": "a long sentence " * 12}
        tx.insert("apologies", **said, owed_on="2026-11-01")
        promise = tx.insert("promises", **said, side="me", made_on="2026-11-01")
        tx.insert("due_dates", promise_id=promise, due_on="2026-11-10", set_on="2026-11-01", asked_by="me")
        for table in ("conflicts", "steers", "needs"):
            tx.insert(table, **said, heard_on="2026-11-18")
        tx.insert("insights", **said, kind="matters", heard_on="2026-11-01")
        moment = {"heard_on": "2026-11-18", "recorded_at": "2026-11-18T10:00:00Z"}
        tx.insert("expectations", **said, topic="price", before="low", **moment)
    for columns in ("60", "80"):
        monkeypatch.setenv("COLUMNS", columns)
        lines = written(review(tx.db, TODAY, 30), "table").splitlines()
        assert len(lines) <= 40
        assert max(map(cell_len, lines)) <= int(columns)
        assert any("of 50" in row and "engage neglected" in row for row in lines)
    whole = written(review(tx.db, TODAY, 30), "json")
    neglected = next(one for one in json.loads(whole)["sections"] if one["report"] == "neglected")
    assert len(neglected["items"]) == 50


CONTRACT = {
    "neglected": "contact name last_on last_channel days_since every_days due_on days_overdue matters",
    "apologies": "id contact name words cause impact remedy owed_on said_on fixed_on days_owed next",
    "promises": "id contact name by words made_on due_on first_due_on moved kept_on days_overdue state",
    "expectations": "id contact name topic before after changed_back heard_on answer answered_on",
    "needs": "id contact name words heard_on state decided_on answer",
    "conflicts": "id contact name words heard_on state decided_on answer",
    "steers": "id contact name words heard_on state decided_on answer",
    "contacts": "handle name kind organisation role type customer_since every_days last_on due_on tags archived_on",
    "find kept": "kind id contact name on text",
}


@pytest.mark.parametrize("line", CONTRACT)
def test_the_keys_of_an_item_are_the_contract(engage: Engage, line: str) -> None:
    engage.ok(
        "log --new ana kept --on 2026-09-01 --sorry late --promise 'x by tomorrow' --expects 'price: a -> b' --needs n"
        " --conflict c --steer s --matters m"
    )
    document = engage(f"{line} --json").json
    assert list(document)[:3] == ["format", "report", "as_of"]
    assert (document["format"], document["report"], document["as_of"]) == (1, line.split()[0], "2026-11-20")
    assert [list(item) for item in document["items"]] == [CONTRACT[line].split()]


EMPTY = (
    *("neglected", "apologies", "apologies --all", "promises", "promises --all", "expectations", "expectations --all"),
    *("needs", "needs --all", "conflicts", "conflicts --all", "steers", "steers --all", "contacts", "contacts --all"),
    *("find kept", "history", "shifts", "stats", "type list"),
)


@pytest.mark.parametrize("line", EMPTY)
def test_of_nothing_found_csv_is_the_header_and_ids_are_nothing_at_all(engage: Engage, line: str) -> None:
    header = engage.ok(f"{line} --format csv").splitlines()
    assert len(header) == 1 and "," in header[0]
    if line.split()[0] in CONTRACT:
        assert header == [CONTRACT[line.split()[0]].replace(" ", ",")]
    assert engage.ok(f"{line} --format ids") == ""


def test_a_cell_is_written_once() -> None:
    asked: list[int] = []
    column = Column("days", lambda item: str(asked.append(item.days) or item.days))  # type: ignore[func-returns-value]
    items = [Item("a1", "ana", "w", number) for number in range(3)]
    written(Report("x", "X", TODAY, (column,), items, ""), "table")
    assert asked == [0, 1, 2]
