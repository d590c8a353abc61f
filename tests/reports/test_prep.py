"""The brief before a call: its order, its figures computed a second way, its ages, organisations."""

from datetime import date
from typing import Any

import figures
import journals
import pytest
from conftest import Engage
from memory import transaction

from engage_cli.reports.prep import prep
from engage_cli.reports.report import Brief
from engage_cli.reports.wording import ago
from engage_cli.show import FORMATS, written
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)
ORDER = (
    *("matters", "doing", "feels", "apologies", "promises", "their_promises", "expectations", "conflicts", "steers"),
    *("needs", "conversations", "decided", "ask", "fit"),
)


def _items(brief: Brief) -> dict[str, list[Any]]:
    return {section.name: list(section.items) for section in brief.sections}


@pytest.mark.parametrize("seed", range(30))
def test_every_section_holds_what_the_rows_say(seed: int) -> None:
    tx = transaction(is_bulk=True)
    journals.scatter(tx, seed, TODAY)
    rows = figures.exported(tx.db)
    for contact_id in (*range(1, 9), 9, 10):
        members = figures.chosen(rows, "members", (contact_id, TODAY.isoformat()))
        who = members if contact_id > 8 else {contact_id}
        found = _items(prep(tx.db, TODAY, contact_id, 30))
        assert [name for name in ORDER if name in found] == list(found)
        numbers = {name: [int(item.id[1:]) for item in items if hasattr(item, "id")] for name, items in found.items()}
        said = found.get("expectations", [])
        assert said == sorted(said, key=lambda item: (item.answer is not None, item.heard_on))
        numbers["expectations"] = sorted(numbers.get("expectations", []))
        expected = {name: some for name, some in _expected(rows, who).items() if some}
        assert {name: some for name, some in numbers.items() if some} == expected
        fit = figures.fit(rows, who, TODAY)
        assert [vars(item) for item in found.get("fit", [])] == ([fit] if any(fit.values()) else [])


def _expected(rows: figures.Rows, who: set[int]) -> dict[str, list[int]]:
    """Name the numbers that each section holds, in their order."""
    mine = {table: [row for row in rows[table] if row.get("contact_id") in who] for table in rows}

    def ids(some: list[figures.Row], *keys: str, back: bool = False) -> list[int]:
        ordered = sorted(some, key=lambda row: [row[key] for key in (*keys, "id")], reverse=back)
        return [row["id"] for row in ordered]

    def heard(kind: str, most: int) -> list[int]:
        return ids([row for row in mine["insights"] if row["kind"] == kind], "heard_on", back=True)[:most]

    open_promises = [row for row in mine["promises"] if not (row["kept_on"] or row["broken_on"] or row["dropped_on"])]
    for row in open_promises:
        row["due"] = next((due["due_on"] for due in reversed(rows["due_dates"]) if due["promise_id"] == row["id"]), "~")
    owed = [row for row in mine["apologies"] if not row["dropped_on"] and not (row["said_on"] and row["fixed_on"])]
    topics: dict[tuple[int, str], figures.Row] = {}
    for row in sorted(mine["expectations"], key=lambda row: (row["heard_on"], row["id"])):
        topics[row["contact_id"], row["topic"].lower()] = row
    needs = [row for row in mine["needs"] if not row["done_on"] and row["decision"] != "declined"]
    for row in needs:
        row["rank"] = [None, "later", "answered"].index(row["decision"])
    talks = {row["conversation_id"] for row in rows["participants"] if row["contact_id"] in who}
    return {
        "matters": heard("matters", 1),
        "doing": heard("doing", 1),
        "feels": heard("feels", 3),
        "apologies": ids(owed, "owed_on"),
        "promises": ids([row for row in open_promises if row["side"] == "me"], "due"),
        "their_promises": ids([row for row in open_promises if row["side"] == "them"], "due"),
        "expectations": sorted(row["id"] for row in topics.values()),
        "conflicts": ids(
            [row for row in mine["conflicts"] if not (row["resolved_on"] or row["dropped_on"])], "heard_on"
        ),
        "steers": ids(
            [row for row in mine["steers"] if row["answer"] != "declined" and not row["done_on"]], "heard_on"
        ),
        "needs": ids(needs, "rank", "heard_on"),
        "conversations": ids([row for row in rows["conversations"] if row["id"] in talks], "happened_on", back=True)[
            :3
        ],
        "decided": heard("decided", 3),
    }


AGES = [
    *(
        ("2026-11-20", "today"),
        ("2026-11-19", "yesterday"),
        ("2026-11-18", "2 days ago"),
        ("2026-09-22", "59 days ago"),
    ),
    *(("2026-09-21", "2 months ago"), ("2024-11-21", "24 months ago"), ("2024-11-20", "2 years ago")),
]


@pytest.mark.parametrize(("day", "age"), AGES)
def test_ages_are_said_in_days_months_and_years(day: str, age: str) -> None:
    assert ago(day, TODAY) == age


def _full(tx: Transaction, who: int) -> None:
    """Something for each section."""
    said = {"contact_id": who, "words": "words"}
    tx.insert("apologies", **said, owed_on="2026-11-01", said_on="2026-11-02")
    for side in ("me", "them"):
        promise = tx.insert("promises", **said, side=side, made_on="2026-11-01")
        tx.insert("due_dates", promise_id=promise, due_on="2026-11-10", set_on="2026-11-01", asked_by=side)
    moment = {"heard_on": "2026-11-18", "recorded_at": "2026-11-18T10:00:00Z"}
    tx.insert("expectations", **said, topic="price", before="low", **moment)
    for table in ("conflicts", "steers"):
        tx.insert(table, **said, heard_on="2026-11-18")
    later = {"decision": "later", "decided_on": "2026-11-19", "until_on": "2026-12-01"}
    tx.insert("needs", **said, heard_on="2026-11-18", **later)
    for kind in ("matters", "doing", "decided"):
        tx.insert("insights", **said, kind=kind, heard_on="2026-11-08")
    tx.insert("insights", **said, kind="feels", level=2, heard_on="2026-11-08")
    talk = tx.insert("conversations", happened_on="2026-11-08", channel="video", minutes=30, note="a note")
    part = {"conversation_id": talk, "contact_id": who, "happened_on": "2026-11-08"}
    tx.insert("participants", **part, is_touch=1)


def _ana(tx: Transaction) -> int:
    tx.insert("types", name="agency")
    ana = tx.insert("contacts", kind="person", handle="ana", name="Ana Silva", type_id=1, customer_since="2026-01-01")
    ben = tx.insert("contacts", kind="person", handle="ben", name="Ben")
    kite = tx.insert("contacts", kind="organisation", handle="kite", name="Kite")
    tx.insert("memberships", contact_id=ana, organisation_id=kite, role="owner")
    tx.insert("introductions", contact_id=ana, introducer_id=ben, introduced_on="2026-01-01", words="at a fair")
    _full(tx, ana)
    return ana


def test_it_reads_as_one_sheet() -> None:
    tx = transaction()
    assert written(prep(tx.db, TODAY, _ana(tx), 30), "table").splitlines() == [
        "Ana Silva (ana)",
        "owner at Kite, agency, met through Ben (ben): at a fair, known for 12 days, last",
        "  in touch 12 days ago",
        "matters   i1  words (12 days ago)",
        "doing     i2  words (12 days ago)",
        "feels     i4  uneasy: words (12 days ago)",
        "you owe   a1  fix it: words, 19 days",
        "          p1  words, due Tue 10 Nov 2026, overdue by 10 days",
        "they owe  p2  words, due Tue 10 Nov 2026, overdue by 10 days",
        "expects   e1  price: low -> words, not answered",
        "conflict  x1  words, since Wed 18 Nov 2026",
        "steers    s1  words, not answered",
        "needs     n1  words, later, Tue 1 Dec 2026",
        "talked    c1  Sun 8 Nov 2026, video, 30 min: a note",
        "decided   i3  words (12 days ago)",
        "ask       Can we agree on price: words? (expected since Wed 18 Nov 2026, not",
        "          answered)",
        "          Why did you choose me? (you never asked)",
        "          When could we meet? (never face to face so far)",
        "fit       needs 0 answered, 1 open, 0 declined; kept in time: you 0 of 1, they 0",
        "          of 1; feelings uneasy",
    ]


def test_an_organisation_gathers_what_its_members_said() -> None:
    tx = transaction()
    _ana(tx)
    tx.insert("contacts", kind="person", handle="zoe", name="Zoe")
    tx.insert("insights", contact_id=4, kind="matters", words="not theirs", heard_on="2026-11-19")
    brief = prep(tx.db, TODAY, 3, 30)
    assert (brief.title, list(_items(brief))) == ("Kite (kite)", list(ORDER))
    assert _items(brief)["matters"][0].words == "words"
    assert list(brief.lines) == ["organisation, plain contact, known for 12 days, last in touch 12 days ago"]


def test_of_somebody_new_it_says_that_and_what_to_ask() -> None:
    tx = transaction()
    who = tx.insert("contacts", kind="person", handle="ana", name="Ana", customer_since="2026-11-20")
    text = written(prep(tx.db, TODAY, who, 30), "table")
    assert text.splitlines()[:2] == ["Ana (ana)", "never talked to"]
    assert list(_items(prep(tx.db, TODAY, who, 30))) == ["ask"]


@pytest.mark.parametrize("columns", [50, 60, 80])
@pytest.mark.parametrize("name", ["Ana", "최유림 " * 12, "A" * 90])
def test_it_fits_the_screen_whatever_there_is(columns: int, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(columns))
    tx = transaction(is_bulk=True)
    who = tx.insert("contacts", kind="person", handle="ana", name=name)
    for _ in range(30):
        _full(tx, who)
        tx.insert("conflicts", contact_id=who, words="전화 주문 " * 60, heard_on="2026-11-01")
    rows = written(prep(tx.db, TODAY, who, 30), "table").splitlines()
    assert len(rows) <= 40
    assert max(map(cell_len, rows)) <= columns
    assert sum("more" in row for row in rows) >= 9
    titles = {row[:10].strip() for row in rows if row[:1] != " "}
    assert {
        "matters",
        "you owe",
        "they owe",
        "expects",
        "conflict",
        "steers",
        "needs",
        "talked",
        "ask",
        "fit",
    } <= titles


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_written_in_every_format(form: str) -> None:
    tx = transaction()
    brief = prep(tx.db, TODAY, _ana(tx), 30)
    text = written(brief, form)
    assert "x1" in text
    if form == "csv":
        assert {row.split(",")[0] for row in text.splitlines()} == {"report", *ORDER}
    if form == "markdown":
        assert "| n1 | words, later, Tue 1 Dec 2026 |" in text


def test_the_keys_of_its_json_are_a_contract(engage: Engage) -> None:
    engage.ok("log --new ana hello --matters family --promise 'a quote by friday' --conflict price --feels good")
    document = engage("prep ana --json").json
    assert list(document) == ["format", "report", "as_of", "contact", "sections"]
    assert (document["report"], document["contact"]["handle"]) == ("prep", "ana")
    keys = {one["report"]: list(one["items"][0]) for one in document["sections"]}
    assert list(keys) == ["matters", "feels", "promises", "conflicts", "conversations", "ask", "fit"]
    assert keys["ask"] == ["question", "reason"]
    assert keys["matters"] == ["id", "contact", "name", "kind", "level", "words", "heard_on"]
    assert keys["conflicts"] == ["id", "contact", "name", "words", "heard_on", "state", "decided_on", "answer"]
    assert keys["fit"] == [
        *("needs_answered", "needs_open", "needs_declined", "kept_by_me", "known_by_me", "kept_by_them"),
        *("known_by_them", "feelings", "trend"),
    ]
