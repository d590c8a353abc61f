"""Needs, conflicts and steers: which are open, in what order, what was decided, how many were said yes to."""

from datetime import date
from typing import Any

import pytest
from memory import transaction

from engage_cli.reports import conflicts, needs, steers
from engage_cli.reports.only import only
from engage_cli.show import written
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)


def _ana(tx: Transaction) -> int:
    return tx.insert("contacts", kind="person", handle="ana", name="Ana")


def _rows(tx: Transaction, table: str, *rows: dict[str, Any]) -> None:
    who = _ana(tx)
    for number, row in enumerate(rows, start=1):
        tx.insert(table, contact_id=who, words=f"w{number}", **{"heard_on": "2026-11-01", **row})


def _said(decision: str, until: str | None = None, done: str | None = None, words: str | None = None) -> dict[str, Any]:
    on = "2026-11-02"
    return {"decision": decision, "decided_on": on, "until_on": until, "done_on": done, "decided_words": words}


NEEDS = (
    _said("answered"),
    _said("later", "2026-12-01"),
    {"heard_on": "2026-11-03"},
    {"heard_on": "2026-11-02"},
    _said("declined"),
    _said("answered", done="2026-11-05"),
    _said("later", "2026-11-20"),
    _said("later", "2026-11-21"),
)


def test_needs_are_listed_undecided_first_then_those_put_off_then_those_said_yes_to() -> None:
    tx = transaction()
    _rows(tx, "needs", *NEEDS)
    report = needs.needs(tx.db, TODAY)
    states = [(item.id, item.state) for item in report.items]
    assert states == [
        *(("n4", "open"), ("n3", "open"), ("n2", "later"), ("n7", "later"), ("n8", "later"), ("n1", "answered")),
    ]
    assert report.keys == {"capacity": 1}
    assert report.remark == "You have said yes to 1 need and not yet done it."


def test_to_decide_are_those_never_decided_and_those_whose_day_has_come() -> None:
    tx = transaction()
    _rows(tx, "needs", *NEEDS)
    assert [item.id for item in needs.undecided(tx.db, TODAY).items] == ["n7", "n4", "n3"]
    assert [item.id for item in needs.undecided(tx.db, date(2026, 11, 19)).items] == ["n4", "n3"]
    assert [item.id for item in needs.undecided(tx.db, date(2026, 12, 1)).items] == ["n2", "n7", "n8", "n4", "n3"]


def test_all_needs_hold_what_is_done_and_declined_too() -> None:
    tx = transaction()
    _rows(tx, "needs", *NEEDS)
    report = needs.every_need(tx.db, TODAY)
    assert [item.id for item in report.items] == ["n4", "n3", "n1", "n2", "n5", "n6", "n7", "n8"]
    assert {item.id: item.state for item in report.items}["n6"] == "done"
    assert report.keys == {"capacity": 1}


@pytest.mark.parametrize(("count", "remark"), [(0, ""), (2, "You have said yes to 2 needs and not yet done them.")])
def test_capacity_is_said_where_there_is_any(count: int, remark: str) -> None:
    tx = transaction()
    _rows(tx, "needs", *[_said("answered")] * count)
    report = needs.needs(tx.db, TODAY)
    assert (report.remark, report.keys) == (remark, {"capacity": count})


DECISIONS = [
    ({}, "not yet"),
    (_said("answered"), "answered"),
    (_said("answered", words="in May"), "answered: in May"),
    (_said("later", "2026-12-01"), "later, Tue 1 Dec 2026"),
    (_said("later", "2026-12-01", words="after the fair"), "later, Tue 1 Dec 2026: after the fair"),
]


@pytest.mark.parametrize(("row", "words"), DECISIONS)
def test_a_decision_is_said_with_its_day_and_its_words(row: dict[str, Any], words: str) -> None:
    tx = transaction()
    _rows(tx, "needs", row)
    assert needs.decision(needs.needs(tx.db, TODAY).items[0]) == words


def test_conflicts_are_open_until_resolved_or_dropped_the_oldest_first() -> None:
    tx = transaction()
    ended = (
        {"resolved_on": "2026-11-10", "resolution": "half each"},
        {"dropped_on": "2026-11-11", "dropped_why": "gone"},
    )
    _rows(tx, "conflicts", {}, *ended, {"heard_on": "2026-10-01"})
    assert [item.id for item in conflicts.conflicts(tx.db, TODAY).items] == ["x4", "x1"]
    found = [(one.id, one.state, one.decided_on, one.answer) for one in conflicts.every_conflict(tx.db, TODAY).items]
    assert found == [
        ("x4", "open", None, None),
        ("x1", "open", None, None),
        ("x2", "resolved", "2026-11-10", "half each"),
        ("x3", "dropped", "2026-11-11", "gone"),
    ]


def test_steers_are_listed_until_they_are_declined_or_done() -> None:
    tx = transaction()
    answered = {"answered_on": "2026-11-10", "answer_words": "so"}
    accepted, declined = {**answered, "answer": "accepted"}, {**answered, "answer": "declined"}
    _rows(tx, "steers", {}, accepted, declined, {**accepted, "done_on": "2026-11-12"}, {"heard_on": "2026-10-01"})
    found = [(one.id, one.state, one.answer) for one in steers.steers(tx.db, TODAY).items]
    assert found == [("s5", "open", None), ("s1", "open", None), ("s2", "accepted", "so")]
    every = [(one.id, one.state) for one in steers.every_steer(tx.db, TODAY).items]
    assert every == [("s5", "open"), ("s1", "open"), ("s2", "accepted"), ("s3", "declined"), ("s4", "done")]


REPORTS = (
    (needs.needs, "Every need is met or declined."),
    (needs.every_need, "Nobody has said yet what they need."),
    (needs.undecided, "Every need is decided."),
    (conflicts.conflicts, "No conflict is open."),
    (conflicts.every_conflict, "There never was a conflict."),
    (steers.steers, "Every course-correction is acted on."),
    (steers.every_steer, "Nobody has corrected your course yet."),
)


@pytest.mark.parametrize(("report", "sentence"), REPORTS)
def test_an_empty_one_is_a_friendly_sentence(report: Any, sentence: str) -> None:
    empty = report(transaction().db, TODAY)
    assert written(empty, "table") == sentence
    assert written(empty, "markdown").endswith(f"\n\n{sentence}")


@pytest.mark.parametrize("report", [report for report, _ in REPORTS])
def test_a_filter_leaves_only_whom_it_names(report: Any) -> None:
    tx = transaction()
    ana = _ana(tx)
    for contact in (ana, tx.insert("contacts", kind="person", handle="ben", name="Ben")):
        for table in ("needs", "conflicts", "steers"):
            tx.insert(table, contact_id=contact, words="w", heard_on="2026-11-01")
    assert [item.contact for item in report(tx.db, TODAY, only(tx.db, who_id=ana)).items] == ["ana"]


@pytest.mark.parametrize("noun", ["needs", "conflicts", "steers"])
def test_every_format_holds_number_and_words(noun: str) -> None:
    tx = transaction()
    _rows(tx, noun, {})
    report: Any = {"needs": needs.needs, "conflicts": conflicts.conflicts, "steers": steers.steers}[noun]
    number = {"needs": "n1", "conflicts": "x1", "steers": "s1"}[noun]
    for form in ("table", "json", "csv", "markdown"):
        text = written(report(tx.db, TODAY), form)
        assert number in text
        assert "w1" in text
    assert (
        written(report(tx.db, TODAY), "csv").splitlines()[0] == "id,contact,name,words,heard_on,state,decided_on,answer"
    )
