"""`engage triage`, at real terminals."""

import re
from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell
from pressing import NARROW, WIDE, Keyboard

from engage_cli.show.wrapping import cells

# Bo was talked to last, then Al; Cy, Di, Ed and Fay never. Gus is a customer, Hal was decided, Ivy is archived.
PLAIN = (
    *(f"contact add {name} --every never" for name in ("Al", "Bo", "Cy", "Di", "Ed", "Fay", "Hal", "Ivy")),
    "contact add Gus",
    "contact archive ivy",
    "log al hello --on 2026-11-01",
    "log bo hello --on 2026-11-10",
    "type add shop",
)


@pytest.fixture
def plain(engage: Engage, journal: Path) -> Engage:
    furnish(engage, journal, PLAIN)
    from engage_cli import store

    with store.writing("import") as tx:
        tx.db.execute("UPDATE contacts SET every_days = NULL WHERE handle NOT IN ('hal', 'gus')")
    return engage


def decided(engage: Engage) -> dict[str, tuple[int | None, str | None]]:
    """Tell for each contact how often to talk, and when next."""
    return {one["handle"]: (one["every_days"], one["due_on"]) for one in engage.items("contacts")}


def order(screen: str) -> list[str]:
    """Name those who were asked about, in order."""
    return re.findall(r"of \d+\] \S+ \((\w+)\)", screen)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_each_key_decides_and_the_first_days_are_spread(plain: Engage, size: tuple[int, int]) -> None:
    triage = Keyboard("triage", size).press("w", "f", "m", "m", "m", "n").end()
    assert triage.code == 0 and order(triage.screen) == ["bo", "al", "cy", "di", "ed", "fay"]
    assert "6 decided, 0 left" in triage.screen and "First days of 3 you never talked to:" in triage.screen
    assert decided(plain) == {
        **{"bo": (7, "2026-11-17"), "al": (14, "2026-11-15"), "fay": (0, None)},
        **{"cy": (30, "2026-11-21"), "di": (30, "2026-12-01"), "ed": (30, "2026-12-11")},
        **{"gus": (30, "2026-12-20"), "hal": (0, None)},
    }
    assert max(map(cells, re.sub(r"\x1b\[[0-9;?]*[a-z]", "", triage.screen).splitlines())) <= size[1]
    plain.ok("undo")
    assert decided(plain)["ed"] == (30, "2026-12-20")  # not spread
    plain.ok("undo --steps 6")
    assert len(Keyboard("triage").press("x").end().screen.split("of 6]")) == 2


def test_typed_cadences_quarter_and_year(plain: Engage) -> None:
    triage = Keyboard("triage").press("\r").type("never)? ", "3x").press("\r").type("never)? ", "10d")
    triage.press("\r").type("never)? ", "").press("q", "y", "x").end()
    assert '"3x" is not a cadence I can read' in triage.screen and "3 decided, 3 left" in triage.screen
    assert [decided(plain)[who][0] for who in ("bo", "al", "cy", "di")] == [10, 90, 365, None]


def test_a_type_and_tags_then_the_same_contact(plain: Engage) -> None:
    triage = Keyboard("triage").press("t").type("Which type? ", "shoe").press("t").type("Which type? ", "Shop")
    triage.press("g").type("two)? ", "north, late payer").press("w", "x").end()
    assert 'There is no type "shoe"' in triage.screen and order(triage.screen) == ["bo", "bo", "bo", "al"]
    [bo] = [one for one in plain.items("contacts") if one["handle"] == "bo"]
    assert (bo["type"], bo["tags"], bo["every_days"]) == ("shop", ["late payer", "north"], 7)


def test_undo_and_back(plain: Engage) -> None:
    triage = Keyboard("triage").press("u", "b", "m", "m", "u", "b", "y", "x").end()
    assert "No key has stored anything yet." in triage.screen and "1 decided, 5 left" in triage.screen
    assert order(triage.screen) == ["bo", "bo", "al", "cy", "al", "bo", "al"]
    assert (decided(plain)["bo"][0], decided(plain)["al"][0]) == (365, None)
    commands = [one["command"] for one in plain.items("history")][:4]
    assert commands == ["triage", "undo", "triage", "triage"]


def test_what_was_undone_is_not_spread(plain: Engage) -> None:
    triage = Keyboard("triage").press("s", "s", "m", "u", "m", "m", "u", "x").end()
    assert "1 decided, 5 left" in triage.screen and "First days of 1 you" in triage.screen
    assert decided(plain)["cy"] == (30, "2026-11-21") and decided(plain)["di"] == (None, None)


def test_it_goes_on_with_the_skipped_ones_last(plain: Engage) -> None:
    first = Keyboard("triage").press("s", "m", "s", "x").end()
    assert order(first.screen) == ["bo", "al", "cy", "di"] and "to go on: engage triage" in first.screen
    then = Keyboard("triage").press(*"sssss").end()
    assert order(then.screen) == ["di", "ed", "fay", "bo", "cy"] and "0 decided, 5 left" in then.screen


def test_other_keys_say_so_and_help_lists_all(plain: Engage) -> None:
    triage = Keyboard("triage").press("z", "?", "\x1b[B", "é", "x").end()
    assert triage.screen.count("There is no such key; ? lists them.") == 3
    assert "n never, s skip,\nEnter another (10d), t type, g tag, b back, u undo, x quit\n" in triage.screen


@pytest.mark.parametrize(("sign", "code"), [("^C", 130), ("^D", 0)])
def test_ending_at_a_key_spreads_too(plain: Engage, sign: str, code: int) -> None:
    triage = Keyboard("triage").press("s", "s", "m", sign).end()
    assert triage.code == code and "1 decided, 5 left" in triage.screen
    assert decided(plain)["cy"] == (30, "2026-11-21")


@pytest.mark.parametrize(("key", "option"), [("\r", "every"), ("t", "type"), ("g", "tag")])
def test_interrupting_a_question_gives_the_words_back(plain: Engage, key: str, option: str) -> None:
    triage = Keyboard("triage").press("w", key).look(")? " if key != "t" else "type? ")
    triage.child.send("so many")
    triage.look("so many").child.sendintr()
    assert triage.end().code == 130 and f"engage contact edit al --{option} 'so many'" in triage.screen
    assert "1 decided, 5 left" in triage.screen


def test_nobody_is_left(engage: Engage) -> None:
    engage.ok("contact add Gus")
    assert "0 decided, 0 left" in Keyboard("triage").end().screen


def test_without_a_terminal_it_says_so_at_once(plain: Engage) -> None:
    for line in ("engage triage", "engage triage | cat", "echo w | engage triage"):
        ended = shell(line)
        assert "triage needs a terminal" in ended.stderr and ended.stdout == ""
    assert plain("triage").code == 2


def test_no_other_command_loads_what_reads_keys(plain: Engage) -> None:
    code = (
        "import sys; from engage_cli import main; main.run({!r}.split());"
        " print('KEYS', [name for name in sys.modules if name.endswith(('walk', 'triage', 'keys', 'readline'))])"
    )
    for line in ("review", "log bo hi", "contacts"):
        import subprocess
        import sys

        ended = subprocess.run([sys.executable, "-c", code.format(line)], capture_output=True, text=True, check=True)
        assert ended.stdout.splitlines()[-1] == "KEYS []"
