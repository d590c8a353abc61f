"""The year in figures, each computed a second way; its calendar; how figures are written."""

from datetime import date
from typing import Any

import figures
import journals
import pytest
from conftest import Engage
from memory import transaction

from engage_cli.reports.only import only
from engage_cli.reports.stats import Measure, said, stats
from engage_cli.show import written

TODAY = date(2026, 11, 20)
FILTERS: tuple[tuple[str, Any], ...] = (
    *(("all", None), ("who", 1), ("who", 4), ("who", 9), ("tag", "retainer"), ("tag", "nobody's")),
    *(("type_id", 1), ("organisation_id", 9), ("organisation_id", 10)),
)


@pytest.mark.parametrize("seed", range(40))
def test_every_figure_is_what_the_rows_say(seed: int) -> None:
    tx = transaction(is_bulk=True)
    journals.scatter(tx, seed, TODAY)
    rows = figures.exported(tx.db)
    for kind, value in FILTERS:
        given = {"who_id" if kind == "who" else kind: value} if value is not None else {}
        report = stats(tx.db, TODAY, only(tx.db, **given))
        who = figures.chosen(rows, kind, value)
        expected = figures.stats(rows, who, TODAY, bool(given))
        if not any(number for number, _ in expected.values()):
            assert list(report.items) == []
            continue
        assert {item.measure: (item.value, item.of) for item in report.items} == expected, (kind, value)
        assert len(report.items) == len(expected)
        assert report.keys["weeks"] == figures.weeks(rows, who, TODAY, bool(given))


def test_several_filters_leave_what_fits_all_of_them() -> None:
    for seed in range(10):
        tx = transaction(is_bulk=True)
        journals.scatter(tx, seed, TODAY)
        rows = figures.exported(tx.db)
        who = figures.chosen(rows, "tag", "design") & figures.chosen(rows, "type_id", 1)
        report = stats(tx.db, TODAY, only(tx.db, tag="design", type_id=1))
        found = {item.measure: (item.value, item.of) for item in report.items}
        assert found.items() <= figures.stats(rows, who, TODAY, True).items()


def test_the_calendar_begins_on_a_monday_and_ends_with_the_current_week() -> None:
    tx = transaction()
    for day in ("2025-11-16", "2025-11-17", "2026-11-15", "2026-11-16", "2026-11-20"):
        tx.insert("conversations", happened_on=day, channel="call")
    report = stats(tx.db, TODAY)
    assert report.keys["since"] == date(2025, 11, 17)
    assert report.keys["weeks"] == [1, *[0] * 50, 1, 2]
    assert report.remark.splitlines() == [
        "Conversations by week:",
        "Nov 2025  ▄··························",
        "May 2026  ························▄█",
    ]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("m", None, unit="days"), "not known"),
        (Measure("m", 1, unit="days"), "1 day"),
        (Measure("m", 2.5, unit="days"), "2.5 days"),
        (Measure("m", 3.0, unit="days"), "3 days"),
        (Measure("m", 0, unit="minutes"), "0 h 00 min"),
        (Measure("m", 125, unit="minutes"), "2 h 05 min"),
        (Measure("m", 12, 15), "12 of 15 (80 %)"),
        (Measure("m", 0, 0), "0 of 0"),
        (Measure("m", 12345), "12,345"),
    ],
)
def test_figures_are_written_as_people_read_them(measure: Measure, words: str) -> None:
    assert said(measure) == words


def test_of_a_journal_with_nothing_in_it_it_says_so() -> None:
    report = stats(transaction().db, TODAY)
    for form in ("table", "markdown"):
        assert "Nothing was logged in the last year." in written(report, form)
    assert list(report.items) == []
    assert report.remark == ""


def test_the_keys_of_its_json_are_a_contract(engage: Engage) -> None:
    engage.ok("log --new ana hello --for 30m")
    document = engage("stats --json").json
    assert list(document) == ["format", "report", "as_of", "since", "weeks", "items"]
    assert {tuple(item) for item in document["items"]} == {("measure", "value", "of", "unit")}
    assert (document["since"], len(document["weeks"])) == ("2025-11-17", 53)
