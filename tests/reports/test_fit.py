"""How well both sides fit, computed a second way."""

from datetime import date
from typing import Any

import figures
import journals
import pytest
from memory import transaction

from engage_cli.reports.fit import fit, said
from engage_cli.reports.only import only

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("seed", range(40))
def test_every_figure_is_what_the_rows_say(seed: int) -> None:
    tx = transaction(is_bulk=True)
    journals.scatter(tx, seed, TODAY)
    rows = figures.exported(tx.db)
    for kind, value in (*(("who", number) for number in range(1, 11)), ("organisation_id", 9), ("tag", "design")):
        expected = figures.fit(rows, figures.chosen(rows, kind, value), TODAY)
        given: dict[str, Any] = {"who_id" if kind == "who" else kind: value}
        items = fit(tx.db, TODAY, only(tx.db, **given)).items
        assert [vars(item) for item in items] == ([expected] if any(expected.values()) else [])


@pytest.mark.parametrize(
    ("levels", "trend"),
    [([], None), ([3], None), ([3, 3], "steady"), ([1, 5, 3], "steady"), ([5, 1, 4], "rising"), ([4, 5, 4], "falling")],
)
def test_the_trend_compares_the_latest_feeling_with_the_average_before_it(levels: list[int], trend: str | None) -> None:
    tx = transaction()
    who = tx.insert("contacts", kind="person", handle="ana", name="Ana")
    tx.insert("needs", contact_id=who, words="w", heard_on="2026-01-01")
    for day, level in enumerate(levels, start=1):
        tx.insert("insights", contact_id=who, kind="feels", level=level, words="", heard_on=f"2026-03-{day:02}")
    [item] = fit(tx.db, TODAY, only(tx.db, who_id=who)).items
    assert (item.feelings, item.trend) == (levels, trend)


def test_it_is_said_in_a_sentence_that_leaves_out_what_is_not_known() -> None:
    tx = transaction()
    who = tx.insert("contacts", kind="person", handle="ana", name="Ana")
    tx.insert("promises", contact_id=who, side="them", words="w", made_on="2026-01-01", kept_on="2026-01-02")
    tx.insert("insights", contact_id=who, kind="feels", level=2, words="", heard_on="2026-03-01")
    [item] = fit(tx.db, TODAY, only(tx.db, who_id=who)).items
    assert said(item) == "kept in time: they 1 of 1; feelings uneasy"
