"""Apologies owed: open until said and fixed, and for how long."""

from datetime import date

import pytest
from memory import transaction

from engage_cli.reports.apologies import apologies, every_apology

TODAY = date(2026, 11, 20)
ON = "2026-11-12"


@pytest.mark.parametrize(
    ("said_on", "fixed_on", "confirmed_on", "dropped_on", "step", "days"),
    [
        (None, None, None, None, "say", 10),
        ("2026-11-12", None, None, None, "fix", 10),
        (None, "2026-11-12", None, None, "say", 10),
        ("2026-11-12", "2026-11-15", None, None, None, 5),
        ("2026-11-15", "2026-11-12", None, None, None, 5),
        ("2026-11-12", "2026-11-15", "2026-11-19", None, None, 5),
        (None, None, None, "2026-11-11", None, 1),
        ("2026-11-12", None, None, "2026-11-13", None, 3),
    ],
)
def test_what_is_next_and_how_long_it_was_owed(
    said_on: str | None,
    fixed_on: str | None,
    confirmed_on: str | None,
    dropped_on: str | None,
    step: str | None,
    days: int,
) -> None:
    tx = transaction()
    ana = tx.insert("contacts", kind="person", handle="ana", name="Ana")
    steps = {"said_on": said_on, "fixed_on": fixed_on, "confirmed_on": confirmed_on, "dropped_on": dropped_on}
    tx.insert("apologies", contact_id=ana, words="late", owed_on="2026-11-10", **steps)
    [item] = every_apology(tx.db, TODAY).items
    assert (item.next, item.days_owed) == (step, days)
    assert [one.id for one in apologies(tx.db, TODAY).items] == (["a1"] if step else [])


def test_the_oldest_comes_first_and_in_the_whole_list_what_is_owed() -> None:
    tx = transaction()
    ana = tx.insert("contacts", kind="person", handle="ana", name="Ana")
    for owed_on, done in (("2026-11-02", None), ("2026-10-01", "2026-10-02"), ("2026-11-01", None)):
        tx.insert("apologies", contact_id=ana, words="late", owed_on=owed_on, said_on=done, fixed_on=done)
    assert [item.id for item in apologies(tx.db, TODAY).items] == ["a3", "a1"]
    assert [item.id for item in every_apology(tx.db, TODAY).items] == ["a3", "a1", "a2"]


def test_a_dropped_one_is_not_done() -> None:
    tx = transaction()
    ana = tx.insert("contacts", kind="person", handle="ana", name="Ana")
    tx.insert("apologies", contact_id=ana, words="late", owed_on="2026-11-10", dropped_on="2026-11-12")
    tx.insert("apologies", contact_id=ana, words="late", owed_on="2026-11-10", said_on=ON, fixed_on=ON)
    report = every_apology(tx.db, TODAY)
    columns = {column.heading: column for column in report.columns}
    owed = columns["owed for"]
    assert [columns["next"].text(item) for item in report.items] == ["dropped", "nothing, it is done"]
    assert [owed.mark(item) for item in report.items if owed.mark] == ["", "done"]
