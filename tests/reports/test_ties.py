"""Ties: the tree with its circles, who brought most, whom to thank, who could introduce you."""

import itertools
from datetime import date
from typing import Any

import pytest
from conftest import Engage
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction

from engage_cli.reports.only import only
from engage_cli.reports.report import Brief
from engage_cli.reports.ties import ties
from engage_cli.show import written
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)


def _people(tx: Transaction, *names: str, **columns: Any) -> dict[str, int]:
    return {name: tx.insert("contacts", **{"kind": "person", **columns}, handle=name, name=name) for name in names}


def _ties(*pairs: str, **columns: Any) -> Transaction:
    """Ties written as two letters: "ab" is that a introduced b."""
    tx = transaction()
    who = _people(tx, *sorted(set("".join(pairs))))
    for one, other in pairs:
        values = {"introduced_on": "2026-03-01", **columns}
        tx.insert("introductions", introducer_id=who[one], contact_id=who[other], **values)
    return tx


def _section(brief: Brief, name: str) -> list[Any]:
    return [item for section in brief.sections if section.name == name for item in section.items]


def _tree(tx: Transaction, handle: str | None = None) -> list[str]:
    items = _section(ties(tx.db, TODAY, handle=handle), "tree")
    return [f"{'.' * item.depth}{item.introducer}{item.contact}" for item in items]


TREES = [
    (["ab", "bc", "ad"], ["ab", ".bc", "ad"]),
    (["bc", "ab", "ad"], ["ab", ".bc", "ad"]),
    (["ab", "cd"], ["ab", "cd"]),
    (["ab", "cb", "bd"], ["ab", ".bd", "cb"]),  # two introduced the same one
    (["ab", "ba"], ["ab", ".ba"]),
    (["ab", "ba", "ac"], ["ab", ".ba", "ac"]),
    (["ab", "bc", "ca"], ["ab", ".bc", "..ca"]),
    (["xa", "ab", "ba"], ["xa", ".ab", "..ba"]),
]


@pytest.mark.parametrize(("pairs", "tree"), TREES)
def test_the_tree_hangs_each_tie_below_the_one_that_brought_its_introducer(pairs: list[str], tree: list[str]) -> None:
    assert _tree(_ties(*pairs)) == tree


pairs = st.sets(st.sampled_from([a + b for a in "abcdef" for b in "abcdef" if a != b]), min_size=1)


@given(pairs)
def test_every_tie_is_drawn_once_whatever_circles_they_make(found: set[str]) -> None:
    assert sorted(row.lstrip(".") for row in _tree(_ties(*sorted(found)))) == sorted(found)


def test_a_long_chain_is_drawn_to_its_end() -> None:
    tx = transaction(is_bulk=True)
    people = _people(tx, *(f"p-{number}" for number in range(1200)))
    numbers = list(people.values())
    for one, other in itertools.pairwise(numbers):
        tx.insert("introductions", introducer_id=one, contact_id=other, introduced_on="2026-03-01")
    items = _section(ties(tx.db, TODAY), "tree")
    assert [item.depth for item in items] == list(range(1199))


@pytest.mark.parametrize(
    ("handle", "tree"),
    [("b", ["ab", ".bc"]), ("a", ["ab", ".bc", "ad"]), ("c", ["ab", ".bc"]), ("x", ["xy"])],
)
def test_around_a_contact_are_the_ties_that_lead_to_it_and_on_from_it(handle: str, tree: list[str]) -> None:
    assert _tree(_ties("ab", "bc", "ad", "xy"), handle) == tree


def test_who_brought_most_comes_first() -> None:
    brief = ties(_ties("ab", "bc", "bd", "be", "xy").db, TODAY)
    found = [(one.contact, one.brought, one.who) for one in _section(brief, "introducers")]
    assert found == [("b", 3, ["c", "d", "e"]), ("a", 1, ["b"]), ("x", 1, ["y"])]


def _talk(tx: Transaction, day: str, who: int, channel: str = "call", role: str = "with") -> None:
    talk = tx.insert("conversations", happened_on=day, channel=channel)
    part = {"conversation_id": talk, "contact_id": who, "role": role}
    tx.insert("participants", **part, happened_on=day, is_touch=int(channel != "note"))


@pytest.mark.parametrize(
    ("talk", "is_due"),
    [
        (None, True),
        (("2026-03-01",), True),  # on the day they introduced you: not since
        (("2026-03-02",), False),
        (("2026-03-02", "note"), True),
        (("2026-03-02", "call", "about"), True),
    ],
)
def test_to_thank_is_who_was_neither_thanked_nor_talked_to_since(talk: tuple[str, ...] | None, is_due: bool) -> None:
    tx = _ties("ab")
    if talk:
        _talk(tx, talk[0], 1, *talk[1:])
    assert [one.contact for one in _section(ties(tx.db, TODAY), "thanks")] == (["a"] if is_due else [])


def test_who_was_thanked_is_not_to_be_thanked() -> None:
    assert _section(ties(_ties("ab", thanked_on="2026-03-02").db, TODAY), "thanks") == []


def test_a_chance_is_somebody_without_ties_who_shares_an_organisation_or_a_tag() -> None:
    tx = transaction()
    who = _people(tx, "ana", "ben", "cleo", "dora", "emil", "fay")
    kite = _people(tx, "kite", kind="organisation")["kite"]
    tx.insert("introductions", introducer_id=who["ana"], contact_id=who["fay"], introduced_on="2026-03-01")
    for name, tag in (("ana", "Design"), ("ben", "dèsign")):
        tx.insert("tags", contact_id=who[name], tag=tag)
    for name, until in (("ana", None), ("cleo", None), ("dora", "2026-01-01")):
        tx.insert("memberships", contact_id=who[name], organisation_id=kite, until_on=until)
    found = _section(ties(tx.db, TODAY), "chances")
    assert [(one.contact, one.through, one.shared) for one in found] == [
        ("ben", "ana", "Design"),
        ("cleo", "ana", "kite"),
    ]


@pytest.mark.parametrize("columns", [{"archived_on": "2026-01-01"}, {"kind": "organisation"}])
def test_who_is_archived_or_an_organisation_introduces_nobody(columns: dict[str, Any]) -> None:
    tx = transaction()
    for contact in (*_people(tx, "ana").values(), *_people(tx, "ben", **columns).values()):
        tx.insert("tags", contact_id=contact, tag="design")
    assert _section(ties(tx.db, TODAY), "chances") == []


def test_a_filter_holds_for_every_section() -> None:
    tx = _ties("ab", "cd")
    for contact in (3, 4):
        tx.insert("tags", contact_id=contact, tag="design")
    brief = ties(tx.db, TODAY, only(tx.db, tag="design"))
    assert [f"{item.introducer}{item.contact}" for item in _section(brief, "tree")] == ["cd"]
    assert {one.contact for name in ("introducers", "thanks") for one in _section(brief, name)} == {"c"}


def test_of_one_contact_only_its_own_chances_are_shown() -> None:
    tx = transaction()
    for contact in _people(tx, "ana", "ben", "cleo").values():
        tx.insert("tags", contact_id=contact, tag="design")
    assert [one.contact for one in _section(ties(tx.db, TODAY, handle="ben"), "chances")] == ["ben"]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_without_ties_it_says_how_to_write_one_down(form: str) -> None:
    text = written(ties(transaction().db, TODAY), form)
    assert text.endswith("Nobody introduced anybody yet. Write it down: engage intro add WHO WHOM")


def test_where_only_the_filter_leaves_nothing_it_says_that() -> None:
    tx = _ties("ab")
    _people(tx, "zoe")
    assert list(ties(tx.db, TODAY, handle="zoe").lines) == ["Nothing fits what was asked for."]
    assert list(ties(tx.db, TODAY, only(tx.db, tag="none")).lines) == ["Nothing fits what was asked for."]


def test_the_keys_of_its_json_are_a_contract(engage: Engage) -> None:
    engage.ok("contact add ana --tag design")
    engage.ok("contact add ben --met-through ana")
    engage.ok("contact add cleo --tag design")
    document = engage("ties --json").json
    assert list(document) == ["format", "report", "as_of", "sections"]
    assert {one["report"]: list(one["items"][0]) for one in document["sections"]} == {
        "tree": ["contact", "name", "introducer", "introducer_name", "words", "introduced_on", "thanked_on"],
        "introducers": ["contact", "name", "brought", "who"],
        "thanks": ["contact", "name", "brought", "introduced_on", "last_on"],
        "chances": ["contact", "name", "through", "through_name", "shared"],
    }
    assert "tree,ben,ben,ana,ana,,2026-11-20,," in engage.ok("ties --format csv")
