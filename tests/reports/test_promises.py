"""Promises: what is overdue, what was moved, and what counts as kept in time."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction

from engage_cli.records import promises as records
from engage_cli.reports.promises import due_soon, every_promise, kept_in_time, promises
from engage_cli.signals import Signal
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)
ENDINGS = ("kept_on", "broken_on", "dropped_on")

days = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}")
dues = st.lists(st.tuples(days, st.sampled_from(("me", "them"))), max_size=4)


def _promise(
    tx: Transaction, due: list[tuple[str, str]], side: str = "me", ended: tuple[str, str] | None = None
) -> int:
    columns: dict[str, Any] = dict([ended]) if ended else {}
    number = tx.insert("promises", contact_id=1, side=side, words="the quote", made_on="2026-11-01", **columns)
    for due_on, asked_by in due:
        tx.insert("due_dates", promise_id=number, due_on=due_on, set_on="2026-11-01", asked_by=asked_by)
    return number


def _journal() -> Transaction:
    tx = transaction(is_bulk=True)
    tx.insert("contacts", kind="person", handle="ana", name="Ana")
    return tx


@given(dues, st.sampled_from(("me", "them")), st.none() | st.tuples(st.sampled_from(ENDINGS), days))
def test_an_item_says_what_the_rows_say(due: list[tuple[str, str]], side: str, ended: tuple[str, str] | None) -> None:
    tx = _journal()
    _promise(tx, due, side, ended)
    [item] = every_promise(tx.db, TODAY).items
    last = due[-1][0] if due else None
    assert (item.due_on, item.first_due_on) == (last, due[0][0] if due else None)
    assert item.moved == max(0, len(due) - 1)
    assert item.state == (ended[0].removesuffix("_on") if ended else "open")
    assert item.kept_on == (ended[1] if ended and ended[0] == "kept_on" else None)
    late = max(0, (TODAY - date.fromisoformat(last)).days) if last else None
    assert item.days_overdue == (None if ended else late)
    assert (item.by, [one.id for one in promises(tx.db, TODAY).items]) == (side, [] if ended else ["p1"])
    tx.db.close()


@given(dues, st.sampled_from(("me", "them")), days)
def test_in_time_is_the_first_date_unless_the_other_side_asked_to_move_it(
    due: list[tuple[str, str]], side: str, kept_on: str
) -> None:
    tx = _journal()
    # The first date is always set by the side that promises.
    due = [(on, side if place == 0 else asked_by) for place, (on, asked_by) in enumerate(due)]
    _promise(tx, due, side, ("kept_on", kept_on))
    theirs = [on for on, asked_by in due if asked_by != side]
    allowed = theirs[-1] if theirs else due[0][0] if due else kept_on
    found = kept_in_time(tx.db, TODAY, date(2026, 11, 10))
    assert bool(found) == (kept_on <= allowed and kept_on >= "2026-11-10")
    tx.db.close()


@pytest.mark.parametrize(
    ("side", "asked_by", "is_in_time"),
    [("me", "me", False), ("me", "them", True), ("them", "them", False), ("them", "me", True)],
)
def test_who_asked_to_move_it_decides(side: str, asked_by: str, is_in_time: bool) -> None:
    tx = _journal()
    keyword = "promise" if side == "me" else "they-promise"
    promise = Signal(keyword, "the quote", due_on=date(2026, 11, 10))
    number = records.make(tx, promise, 1, None, date(2026, 11, 1))
    records.moved(tx, number, date(2026, 11, 15), asked_by, date(2026, 11, 9))
    records.kept(tx, number, None, date(2026, 11, 14))
    assert bool(kept_in_time(tx.db, TODAY, date(2026, 11, 1))) is is_in_time


def test_the_longest_overdue_comes_first_and_what_has_no_date_last() -> None:
    tx = _journal()
    for due in ([], [("2026-11-25", "me")], [("2026-11-19", "me")], [("2026-11-02", "me")]):
        _promise(tx, due)
    assert [item.id for item in promises(tx.db, TODAY).items] == ["p4", "p3", "p2", "p1"]


def test_today_is_not_overdue() -> None:
    tx = _journal()
    _promise(tx, [(TODAY.isoformat(), "me")])
    assert promises(tx.db, TODAY).items[0].days_overdue == 0


def test_due_soon_is_what_is_overdue_or_due_within_a_week() -> None:
    tx = _journal()
    for on in ("2026-11-01", "2026-11-20", "2026-11-27", "2026-11-28"):
        _promise(tx, [(on, "me")])
    _promise(tx, [])
    _promise(tx, [("2026-11-19", "me")], ended=("kept_on", "2026-11-19"))
    assert [item.id for item in due_soon(tx.db, TODAY).items] == ["p1", "p2", "p3", "p5"]
    assert [item.id for item in due_soon(tx.db, date(2026, 11, 14)).items if item.due_on is None] == []


def test_a_moved_promise_is_due_on_its_last_date_also_when_that_is_earlier() -> None:
    tx = _journal()
    _promise(tx, [("2026-11-18", "me"), ("2026-11-10", "them")])
    [item] = promises(tx.db, TODAY).items
    assert (item.due_on, item.first_due_on, item.moved, item.days_overdue) == ("2026-11-10", "2026-11-18", 1, 10)
    assert "Tue 10 Nov 2026, moved 1x" in [column.text(item) for column in promises(tx.db, TODAY).columns]
