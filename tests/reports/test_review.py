"""The week: which sections it shows, how far back it looks, who is left out."""

from datetime import date
from typing import Any

from conftest import Engage
from memory import transaction

from engage_cli.reports.review import ALL_WELL, review
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)


def _names(tx: Transaction, since: date | None = None) -> list[str]:
    return [section.name for section in review(tx.db, TODAY, 30, since).sections]


def _contact(tx: Transaction, handle: str = "ana", **columns: Any) -> int:
    return tx.insert("contacts", kind="person", handle=handle, name=handle.title(), **columns)


def _reviewed(tx: Transaction, on: str) -> None:
    tx.insert("reviews", since_on=on, reviewed_on=on, reviewed_at=f"{on}T12:00:00Z")


def _everything(tx: Transaction, who: int) -> None:
    """Something for each section; the contact must be a customer who was never talked to."""
    said = {"contact_id": who, "words": "w"}
    tx.insert("apologies", **said, owed_on="2026-11-01")
    promise = tx.insert("promises", **said, side="me", made_on="2026-11-01")
    tx.insert("due_dates", promise_id=promise, due_on="2026-11-10", set_on="2026-11-01", asked_by="me")
    moment = {"heard_on": "2026-11-18", "recorded_at": "2026-11-18T10:00:00Z"}
    tx.insert("expectations", **said, topic="price", before="low", **moment)
    for table in ("conflicts", "steers", "needs"):
        tx.insert(table, **said, heard_on="2026-11-18")
    for level, on in ((5, "2026-10-01"), (2, "2026-11-18")):
        tx.insert("insights", **said, kind="feels", level=level, heard_on=on)
    tx.insert("promises", **said, side="them", made_on="2026-11-01", kept_on="2026-11-18")


SECTIONS = "apologies promises neglected expectations conflicts steers needs feelings well".split()


def test_every_section_is_there_when_it_has_something() -> None:
    tx = transaction()
    _everything(tx, _contact(tx, customer_since="2026-01-01"))
    assert [name for name in _names(tx) if name != "shifts"] == SECTIONS


def test_who_is_archived_is_left_out() -> None:
    tx = transaction()
    _everything(tx, _contact(tx, customer_since="2026-01-01", archived_on="2026-11-19"))
    assert [name for name in _names(tx) if name != "shifts"] == []
    brief = review(tx.db, TODAY, 30)
    assert list(brief.lines) == ([] if _names(tx) else [ALL_WELL])


def test_without_a_finished_review_it_looks_back_seven_days() -> None:
    tx = transaction()
    who = _contact(tx)
    for on in ("2026-11-12", "2026-11-13"):
        tx.insert("promises", contact_id=who, words="w", side="me", made_on="2026-11-01", kept_on=on)
    brief = review(tx.db, TODAY, 30)
    assert brief.keys["since"] == "2026-11-13"
    assert [item.on for section in brief.sections for item in section.items] == ["2026-11-13"]


def test_it_looks_back_to_the_last_finished_review() -> None:
    tx = transaction()
    _contact(tx)
    _reviewed(tx, "2026-10-30")
    _reviewed(tx, "2026-11-06")
    assert review(tx.db, TODAY, 30).keys["since"] == "2026-11-06"
    assert review(tx.db, TODAY, 30, since=date(2026, 9, 1)).keys["since"] == "2026-09-01"


def test_an_answered_change_is_news_only_in_its_week() -> None:
    tx = transaction()
    answer = {"answer": "agreed", "answered_on": "2026-11-11"}
    moment = {"heard_on": "2026-11-10", "recorded_at": "2026-11-10T10:00:00Z"}
    who = _contact(tx)
    tx.insert("expectations", contact_id=who, topic="price", before="low", words="high", **moment, **answer)
    assert _names(tx) == []
    assert _names(tx, since=date(2026, 11, 9)) == ["expectations"]
    _reviewed(tx, "2026-11-06")
    assert _names(tx) == ["expectations"]
    _reviewed(tx, "2026-11-13")
    assert _names(tx) == []


def test_promises_of_this_week_are_shown_and_later_ones_are_not() -> None:
    tx = transaction()
    who = _contact(tx)
    for due_on, side in (("2026-11-27", "them"), ("2026-11-28", "me")):
        promise = tx.insert("promises", contact_id=who, words="w", side=side, made_on="2026-11-01")
        tx.insert("due_dates", promise_id=promise, due_on=due_on, set_on="2026-11-01", asked_by=side)
    [section] = review(tx.db, TODAY, 30).sections
    assert [(item.id, item.by) for item in section.items] == [("p1", "them")]


def test_what_went_well_does_not_make_a_bad_week() -> None:
    tx = transaction()
    who = _contact(tx)
    tx.insert("apologies", contact_id=who, words="w", owed_on="2026-11-01", said_on="2026-11-02", fixed_on="2026-11-19")
    brief = review(tx.db, TODAY, 30)
    assert [section.name for section in brief.sections] == ["well"]
    assert list(brief.lines) == [ALL_WELL]


def test_done_stores_only_that_the_week_was_reviewed(engage: Engage) -> None:
    engage.ok("log --new ana hello")
    assert engage("review --json").json["since"] == "2026-11-13"
    engage.ok("review --done")
    assert engage("review --json", now="2026-11-27T09:00:00").json["since"] == "2026-11-20"
    engage.ok("undo")
    assert engage("review --json").json["since"] == "2026-11-13"
