"""A promise that they broke carries its circumstances and how we took it: they screw up as well."""

import sqlite3
from pathlib import Path

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """Ana promised the texts (p1), and we a map (p2)."""
    engage.ok("log --new ana hello --they-promise 'the texts by friday'")
    engage.ok("log ana again --promise 'a map by friday'")
    return engage


def _kept(journal: Path) -> list[tuple[str | None, ...]]:
    db = sqlite3.connect(journal)
    rows = db.execute("SELECT broken_on, circumstances, taken FROM promises ORDER BY id").fetchall()
    db.close()
    return rows


def test_their_circumstances_and_how_we_took_them_are_kept(told: Engage, journal: Path) -> None:
    told.ok("promise broken p1 --circumstances 'her translator fell ill' --taken 'no harm done'")
    assert _kept(journal) == [("2026-11-20", "her translator fell ill", "no harm done"), (None, None, None)]
    told.ok("undo")
    assert _kept(journal) == [(None, None, None)] * 2


@pytest.mark.parametrize("option", ["--circumstances", "--taken"])
@pytest.mark.parametrize("numbers", ["p2", "p1 p2"])
def test_of_our_own_they_are_refused_and_nothing_is_broken(
    told: Engage, journal: Path, option: str, numbers: str
) -> None:
    result = told(f"promise broken {numbers} {option} ill")
    assert (result.code, result.out) == (2, "")
    assert "p2 is your own promise: owe the apology with --sorry" in result.err
    assert _kept(journal) == [(None, None, None)] * 2


def test_theirs_owes_no_apology(told: Engage, journal: Path) -> None:
    assert told("promise broken p1 --sorry 'we were late'").code == 1
    assert _kept(journal) == [(None, None, None)] * 2
