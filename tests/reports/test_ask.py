"""What to ask: the gaps of the journal, the most pressing first, three at most."""

from datetime import date, timedelta
from typing import Any

import pytest
from memory import transaction

from engage_cli.reports.ask import ask
from engage_cli.reports.only import Only, only
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)
MATTERS, WHY, MEET = (
    "What is the most important thing in your life right now?",
    "Why did you choose me?",
    "When could we meet?",
)


def _ana(tx: Transaction) -> Only:
    return only(tx.db, who_id=tx.insert("contacts", kind="person", handle="ana", name="Ana"))


def _back(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


def _asked(tx: Transaction, whom: Only) -> list[str]:
    return [item.question for item in ask(tx.db, TODAY, whom).items]


def _insight(tx: Transaction, kind: str, days: int) -> None:
    tx.insert("insights", contact_id=1, kind=kind, words="w", heard_on=_back(days))


def _met(tx: Transaction, days: int, **columns: Any) -> None:
    values = {"channel": "in-person", **columns}
    talk = tx.insert("conversations", happened_on=_back(days), **values)
    part = {"conversation_id": talk, "contact_id": 1, "happened_on": _back(days)}
    tx.insert("participants", **part, is_touch=int(values.get("is_reached", 1) and values["channel"] != "note"))


def test_of_somebody_unknown_it_asks_the_three_great_questions() -> None:
    tx = transaction()
    items = ask(tx.db, TODAY, _ana(tx)).items
    assert [(item.question, item.reason) for item in items] == [
        (MATTERS, "you never asked"),
        (WHY, "you never asked"),
        (MEET, "never face to face so far"),
    ]


@pytest.mark.parametrize(("days", "is_asked"), [(0, False), (90, False), (91, True)])
def test_what_matters_is_asked_again_after_ninety_days(days: int, is_asked: bool) -> None:
    tx = transaction()
    whom = _ana(tx)
    _insight(tx, "matters", 400)
    _insight(tx, "matters", days)
    assert (MATTERS in _asked(tx, whom)) == is_asked


def test_why_is_asked_once() -> None:
    tx = transaction()
    whom = _ana(tx)
    _insight(tx, "why", 2000)
    assert WHY not in _asked(tx, whom)


@pytest.mark.parametrize(
    ("days", "columns", "is_asked"),
    [(182, {}, False), (183, {}, True), (1, {"channel": "video"}, True), (1, {"is_reached": 0}, True)],
)
def test_meeting_is_asked_for_after_half_a_year(days: int, columns: dict[str, Any], is_asked: bool) -> None:
    tx = transaction()
    whom = _ana(tx)
    _met(tx, days, **columns)
    assert (MEET in _asked(tx, whom)) == is_asked


APOLOGIES = [
    ({"fixed_on": "2026-11-01"}, True),
    ({"said_on": "2026-11-01"}, False),
    ({"fixed_on": "2026-11-01", "confirmed_on": "2026-11-02"}, False),
    ({"fixed_on": "2026-11-01", "dropped_on": "2026-11-02"}, False),
]


@pytest.mark.parametrize(("columns", "is_asked"), APOLOGIES)
def test_whether_a_fix_holds_is_asked_until_it_is_confirmed(columns: dict[str, str], is_asked: bool) -> None:
    tx = transaction()
    whom = _ana(tx)
    tx.insert("apologies", contact_id=1, words="it was down", owed_on="2026-10-01", **columns)
    item = ask(tx.db, TODAY, whom).items[0]
    assert (item.question == "Does it hold: it was down?") == is_asked
    if is_asked:
        assert item.reason == "fixed on Sun 1 Nov 2026, never confirmed"


def _expects(tx: Transaction, words: str, day: str, answer: str | None = None) -> None:
    said = {"heard_on": day, "recorded_at": f"{day}T10:00:00Z", "answer": answer, "answered_on": answer and day}
    tx.insert("expectations", contact_id=1, topic="price", words=words, **said)


def test_an_expectation_is_asked_about_until_its_latest_word_is_answered() -> None:
    tx = transaction()
    whom = _ana(tx)
    _expects(tx, "low", "2026-10-01", "agreed")
    assert not any("price" in question for question in _asked(tx, whom))
    _expects(tx, "lower", "2026-11-01")
    item = ask(tx.db, TODAY, whom).items[0]
    assert (item.question, item.reason) == (
        "Can we agree on price: lower?",
        "expected since Sun 1 Nov 2026, not answered",
    )
    _expects(tx, "lowest", "2026-11-02", "declined")
    assert not any("price" in question for question in _asked(tx, whom))


def test_there_are_three_at_most_the_most_pressing_first() -> None:
    tx = transaction()
    whom = _ana(tx)
    tx.insert("apologies", contact_id=1, words="late", owed_on="2026-10-01", fixed_on="2026-10-02")
    _expects(tx, "low", "2026-10-01")
    assert _asked(tx, whom) == ["Does it hold: late?", "Can we agree on price: low?", MATTERS]


def test_where_everything_is_known_there_is_nothing_to_ask() -> None:
    tx = transaction()
    whom = _ana(tx)
    _met(tx, 10)
    for kind in ("why", "matters"):
        _insight(tx, kind, 10)
    report = ask(tx.db, TODAY, whom)
    assert (list(report.items), report.empty) == ([], "There is nothing that you have not asked.")
