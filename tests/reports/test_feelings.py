"""How feelings moved within a period."""

from datetime import date

import pytest
from memory import transaction

from engage_cli.reports.feelings import fallen, moved

SINCE, TODAY = date(2026, 11, 13), date(2026, 11, 20)

CASES = [
    ([(5, "11-01"), (2, "11-14")], (5, 2)),
    ([(5, "11-12"), (2, "11-13")], (5, 2)),  # the first day belongs to the period
    ([(1, "10-01"), (5, "11-01"), (2, "11-14")], (5, 2)),  # the last before, not the first
    ([(4, "11-14"), (2, "11-16")], (4, 2)),  # nothing before: the first within
    ([(4, "11-14"), (2, "11-14")], (4, 2)),  # on one day the later entry
    ([(4, "11-01"), (1, "11-14"), (3, "11-16")], (4, 3)),  # the latest counts
    ([(4, "11-14")], None),
    ([(4, "11-01"), (2, "11-12")], None),  # nothing within
    ([(4, "11-01"), (None, "11-14")], None),  # words without a level
]


@pytest.mark.parametrize(("heard", "expected"), CASES)
def test_the_latest_of_a_period_is_compared_with_the_last_before_it(
    heard: list[tuple[int | None, str]], expected: tuple[int, int] | None
) -> None:
    tx = transaction()
    for handle in ("ana", "ben"):
        who = tx.insert("contacts", kind="person", handle=handle, name=handle)
        for level, day in heard if handle == "ana" else []:
            tx.insert("insights", contact_id=who, kind="feels", level=level, words="w", heard_on=f"2026-{day}")
    assert [(one.before, one.after) for one in moved(tx.db, SINCE)] == ([expected] if expected else [])


def test_the_deepest_fall_comes_first_and_rises_are_left_out() -> None:
    tx = transaction()
    for handle, before, after in (("ana", 5, 4), ("ben", 5, 1), ("cleo", 2, 5), ("dora", 3, 3), ("emil", 4, 2)):
        who = tx.insert("contacts", kind="person", handle=handle, name=handle)
        for level, day in ((before, "2026-11-01"), (after, "2026-11-14")):
            tx.insert("insights", contact_id=who, kind="feels", level=level, words="", heard_on=day)
    assert [item.contact for item in fallen(tx.db, TODAY, SINCE).items] == ["ben", "emil", "ana"]
