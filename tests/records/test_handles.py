"""The short names of contacts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction

from engage_cli.errors import Problem, WrongUsage
from engage_cli.records import handles
from engage_cli.store import Transaction


def _add(tx: Transaction, handle: str) -> str:
    tx.insert("contacts", kind="person", handle=handle, name=handle)
    return handle


@pytest.mark.parametrize(
    ("name", "short", "whole"),
    [
        ("Ana", "ana", "ana"),
        ("Ana Silva", "ana", "ana-silva"),
        ("  Éva   Müller-Żak ", "eva", "eva-muller-zak"),
        ("Jean-Luc Roe", "jean", "jean-luc-roe"),
        ("O'Brien", "o", "o-brien"),
        ("7 Eleven", "eleven", "eleven"),
        ("3M", "m", "m"),
        ("A7", "contact-a7", "contact-a7"),
        ("A7 Studio", "a7-studio", "a7-studio"),
        ("최유림", "contact-1", "contact-1"),
        ("42", "contact-1", "contact-1"),
        ("최유림 Choi", "choi", "choi"),
        ("ǅemal", "dzemal", "dzemal"),
        ("!?", "contact-1", "contact-1"),
    ],
)
def test_a_handle_is_made_from_the_first_word_or_the_whole_name(name: str, short: str, whole: str) -> None:
    tx = transaction()
    assert (handles.short(tx.db, name), handles.whole(tx.db, name)) == (short, whole)


def test_what_is_taken_makes_way() -> None:
    tx = transaction()
    assert [_add(tx, handles.short(tx.db, "Ana Silva")) for _ in range(4)] == [
        *("ana", "ana-silva", "ana-silva-2", "ana-silva-3")
    ]
    assert [_add(tx, handles.short(tx.db, "최유림")) for _ in range(2)] == ["contact-1", "contact-2"]
    assert [_add(tx, handles.whole(tx.db, "A7")) for _ in range(2)] == ["contact-a7", "contact-a7-2"]


def test_a_supply_gives_each_handle_once_as_one_by_one_would() -> None:
    tx = transaction()
    _add(tx, "ana-silva")
    names = ["Ana Silva", "Ana Silva", "최", "ana silva", "유", "Ana", "A7", "B 2"]
    supply = handles.Supply(tx.db)
    assert [supply.whole(name) for name in names] == [_add(tx, handles.whole(tx.db, name)) for name in names]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_whatever_the_names_the_handles_keep_the_rules(names: list[str]) -> None:
    tx = transaction(is_bulk=True)
    made = [_add(tx, make(tx.db, name)) for name in names for make in (handles.short, handles.whole)]
    assert len(set(made)) == len(made)
    for handle in made:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", handle)
        assert not re.fullmatch(r"[a-z][0-9]+", handle)
        assert f"{handle}-x" in made or handles.chosen(tx.db, f"{handle}-x") == f"{handle}-x"
    tx.db.close()


def test_a_very_long_name_makes_a_handle_of_forty_signs_and_stays_unique() -> None:
    tx = transaction()
    name = "Gesellschaft zur Förderung der Lesekultur in den Grenzgebieten e.V."
    made = [_add(tx, handles.whole(tx.db, f"{name} {number}")) for number in range(3)]
    assert made[0] == "gesellschaft-zur-forderung-der-lesekultu"
    assert made[1:] == [f"{made[0]}-2", f"{made[0]}-3"]
    assert len(handles.short(tx.db, "x" * 10_000)) == 40
    assert handles.whole(tx.db, "x" * 39 + " yz") == "x" * 39


@pytest.mark.parametrize(
    "handle", ["", "a7", "Ana", "7ana", "-ana", "ana silva", "ána", "ana\n", "ana_b", "x" + "1" * 30]
)
def test_what_is_no_handle_is_refused(handle: str) -> None:
    with pytest.raises(WrongUsage, match="cannot be a handle"):
        handles.chosen(transaction().db, handle)


@pytest.mark.parametrize("handle", ["a", "ana", "a-7", "ana7", "a7b", "contact-1"])
def test_what_is_a_handle_can_be_chosen(handle: str) -> None:
    assert handles.chosen(transaction().db, handle) == handle


def test_a_handle_of_another_contact_is_refused_and_ones_own_is_not() -> None:
    tx = transaction()
    _add(tx, "ana")
    assert handles.chosen(tx.db, "ana", 1) == "ana"
    with pytest.raises(Problem, match="belongs to another contact"):
        handles.chosen(tx.db, "ana")
