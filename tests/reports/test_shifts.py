"""Shifts: planted among 200 customers they are found; where there are none, none is reported."""

import unicodedata
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import Engage
from memory import transaction

from engage_cli.reports.shifts import Shift, fresh, shifts
from engage_cli.show import written
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)
RECENT, OLD = "2026-11-01", "2026-03-01"
KINDS = ("agency", "shop", "school", "clinic")


def _customers(tx: Transaction, count: int = 200) -> list[int]:
    """Customers of four types by turns, none of whom shares anything with another."""
    for name in KINDS:
        tx.insert("types", name=name)
    people = [_customer(tx, number, number % 4 + 1) for number in range(count)]
    for number, who in enumerate(people):
        _expects(tx, who, f"topic {number}", "one week", "two weeks")
        _needs(tx, who, f"need number {number}")
        _feels(tx, who, 2, OLD)
        _feels(tx, who, 4, RECENT)
    return people


def _customer(tx: Transaction, number: int, type_id: int | None, **columns: Any) -> int:
    values = {"customer_since": "2025-01-01", **columns}
    return tx.insert("contacts", kind="person", handle=f"c-{number}", name=f"C {number}", type_id=type_id, **values)


def _expects(tx: Transaction, who: int, topic: str, *words: str, on: str = RECENT) -> None:
    for text, day in zip(words, (OLD, on), strict=True):
        moment = {"heard_on": day, "recorded_at": f"{day}T12:00:00Z"}
        tx.insert("expectations", contact_id=who, topic=topic, words=text, **moment)


def _needs(tx: Transaction, who: int, words: str, on: str = RECENT, **columns: Any) -> None:
    tx.insert("needs", contact_id=who, words=words, heard_on=on, **columns)


def _feels(tx: Transaction, who: int, level: int | None, on: str = RECENT) -> None:
    tx.insert("insights", contact_id=who, kind="feels", level=level, words="so", heard_on=on)


def _found(tx: Transaction, since: date | None = None) -> list[Shift]:
    return list(shifts(tx.db, TODAY, since).items)


def _brief(shift: Shift) -> tuple[Any, ...]:
    who = [(one.contact, one.before, one.after) for one in shift.who]
    return (shift.type, shift.kind, shift.topic, shift.count, shift.total, who)


def test_without_any_shift_none_is_reported() -> None:
    tx = transaction(is_bulk=True)
    _customers(tx)
    assert _found(tx) == []


def test_planted_shifts_are_found_and_nothing_else() -> None:
    tx = transaction(is_bulk=True)
    people = _customers(tx)
    for number in (0, 4, 8):  # agencies
        _expects(tx, people[number], "Delivery" if number else "delivery", "two weeks", f"{number + 1} days")
    for number, words in ((1, "Fixed prices"), (5, "a café"), (9, "fixed price!")):  # shops
        _needs(tx, people[number], words)
    for number in (2, 6):  # schools
        _feels(tx, people[number], 1, "2026-11-10")
    _expects(tx, people[3], "delivery", "two weeks", "one day")  # the only clinic
    assert [_brief(one) for one in _found(tx)] == [
        ("agency", "expectation", "delivery", 3, 50, [(f"c-{n}", "two weeks", f"{n + 1} days") for n in (0, 4, 8)]),
        ("school", "feeling", "feelings", 2, 50, [("c-2", "uneasy", "upset"), ("c-6", "uneasy", "upset")]),
        ("shop", "need", "Fixed prices", 2, 50, [("c-1", None, "Fixed prices"), ("c-9", None, "fixed price!")]),
    ]


def _pair(tx: Transaction, **second: Any) -> tuple[int, int]:
    if not tx.db.execute("SELECT 1 FROM types").fetchone():
        tx.insert("types", name="agency")
    return _customer(tx, 1, 1), _customer(tx, 2, second.pop("type_id", 1), **second)


OUT = [{"type_id": None}, {"customer_since": None}, {"archived_on": "2026-10-01"}]


@pytest.mark.parametrize("second", OUT)
def test_only_present_customers_of_the_type_count(second: dict[str, Any]) -> None:
    tx = transaction()
    for who in _pair(tx, **second):
        _expects(tx, who, "price", "low", "lower")
        _needs(tx, who, "a map")
        _feels(tx, who, 5, OLD)
        _feels(tx, who, 1)
    assert _found(tx) == []


def test_a_topic_in_another_unicode_form_is_the_same() -> None:
    tx = transaction()
    one, other = _pair(tx)
    for who, form in ((one, "NFC"), (other, "NFD")):
        _expects(tx, who, unicodedata.normalize(form, "Délai"), "short", "long")
    assert [item.count for item in _found(tx)] == [2]


def test_one_customer_twice_is_no_shift() -> None:
    tx = transaction()
    ana, _ = _pair(tx)
    _needs(tx, ana, "a map")
    _needs(tx, ana, "maps")
    _needs(tx, ana, "A map")
    assert _found(tx) == []


def test_customers_of_different_types_do_not_shift_together() -> None:
    tx = transaction()
    for name in KINDS[:2]:
        tx.insert("types", name=name)
    for number, type_id in ((1, 1), (2, 2)):
        _needs(tx, _customer(tx, number, type_id), "a map")
    assert _found(tx) == []


def test_a_topic_says_that_needs_in_other_words_are_the_same() -> None:
    tx = transaction()
    ana, ben = _pair(tx)
    _needs(tx, ana, "answers on Sundays", topic="Weekends")
    _needs(tx, ben, "somebody on call", topic="weekend")
    assert [_brief(one) for one in _found(tx)] == [
        ("agency", "need", "Weekends", 2, 2, [("c-1", None, "answers on Sundays"), ("c-2", None, "somebody on call")])
    ]


@pytest.mark.parametrize(("days", "is_there"), [(89, True), (90, True), (91, False)])
def test_a_shift_lies_within_ninety_days_or_since_a_day(days: int, is_there: bool) -> None:
    tx = transaction()
    on = (TODAY - timedelta(days)).isoformat()
    for who in _pair(tx):
        _needs(tx, who, "a map", on)
        _expects(tx, who, "price", "low", "lower", on=on)
        _feels(tx, who, 5, OLD)
        _feels(tx, who, 3, on)
    assert len(_found(tx)) == (3 if is_there else 0)
    assert len(_found(tx, TODAY - timedelta(days))) == 3
    assert _found(tx, TODAY - timedelta(days - 1)) == []


def test_what_changed_back_and_what_was_said_first_is_no_shift() -> None:
    tx = transaction()
    ana, ben = _pair(tx)
    for who in (ana, ben):
        _expects(tx, who, "price", "low", "LOW")
        moment = {"heard_on": RECENT, "recorded_at": f"{RECENT}T12:00:00Z"}
        tx.insert("expectations", contact_id=who, topic="delivery", words="fast", **moment)
    assert _found(tx) == []


def test_a_first_statement_that_says_what_it_was_before_is_a_shift() -> None:
    tx = transaction()
    for who in _pair(tx):
        moment = {"heard_on": RECENT, "recorded_at": f"{RECENT}T12:00:00Z"}
        tx.insert("expectations", contact_id=who, topic="delivery", words="fast", before="slow", **moment)
    [shift] = _found(tx)
    assert [(one.before, one.after) for one in shift.who] == [("slow", "fast"), ("slow", "fast")]


@pytest.mark.parametrize(
    ("levels", "is_fall"), [((5, 3), True), ((3, 3), False), ((1, 3), False), ((5, None), False), ((None, 1), False)]
)
def test_only_feelings_that_fell_are_a_shift(levels: tuple[int | None, int | None], is_fall: bool) -> None:
    tx = transaction()
    for who in _pair(tx):
        _feels(tx, who, levels[0], OLD)
        _feels(tx, who, levels[1])
    assert len(_found(tx)) == is_fall


def test_the_widest_comes_first() -> None:
    tx = transaction()
    for name in KINDS[:2]:
        tx.insert("types", name=name)
    people = [_customer(tx, number, 1 if number < 8 else 2) for number in range(11)]
    for who in people[:3]:
        _needs(tx, who, "a map")  # 3 of 8
    for who in people[8:10]:
        _needs(tx, who, "a bell")  # 2 of 3
    assert [(one.topic, one.count, one.total) for one in _found(tx)] == [("a bell", 2, 3), ("a map", 3, 8)]


def test_a_review_shows_only_shifts_that_somebody_joined_since() -> None:
    tx = transaction()
    ana, ben = _pair(tx)
    _needs(tx, ana, "a map", "2026-10-01")
    _needs(tx, ben, "a map", "2026-11-10")
    assert len(fresh(tx.db, TODAY, date(2026, 11, 10)).items) == 1
    assert list(fresh(tx.db, TODAY, date(2026, 11, 11)).items) == []


def _planted() -> Transaction:
    tx = transaction()
    for who in _pair(tx):
        _expects(tx, who, "price", "low", "lower")
    return tx


def test_it_is_drawn_in_every_format() -> None:
    report = shifts(_planted().db, TODAY)
    assert written(report, "csv").splitlines() == [
        "type,kind,topic,count,total,who",
        "agency,expectation,price,2,2,c-1; c-2",
    ]
    assert "C 1 low -> lower; C 2 low -> lower" in written(report, "table")
    assert "| agency | expectation: price | 2 of 2 | C 1 low -\\> lower; C 2 low -\\> lower |" in written(
        report, "markdown"
    )


def test_nothing_shifted_is_said_in_a_sentence() -> None:
    report = shifts(transaction().db, TODAY)
    assert written(report, "table") == "No two customers of a type shifted together since Sat 22 Aug 2026."
    assert written(report, "markdown").endswith(
        "\n\nNo two customers of a type shifted together since Sat 22 Aug 2026."
    )
    assert written(report, "csv") == "type,kind,topic,count,total,who"


def test_the_keys_of_its_json_are_a_contract(engage: Engage) -> None:
    engage.ok("type add agency")
    for name in ("ana", "ben"):
        engage.ok(f"contact add {name} --type agency")
        engage.ok(f"log {name} hello --expects 'price: low -> lower'")
    document = engage("shifts --json").json
    assert list(document) == ["format", "report", "as_of", "since", "items"]
    [item] = document["items"]
    assert list(item) == ["type", "kind", "topic", "count", "total", "who"]
    assert list(item["who"][0]) == ["contact", "name", "before", "after", "heard_on"]
    assert document["since"] == "2026-08-22"
    assert engage("shifts --since 2026-11-01 --json").json["since"] == "2026-11-01"
