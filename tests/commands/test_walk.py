"""`engage review --walk`, at real terminals."""

import json
import re
from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell
from pressing import NARROW, WIDE, Keyboard

from engage_cli.show.wrapping import cells

WALK = "review --walk"
ENTER = "\r"
SIGNALS = (
    "--sorry late --sorry rude --promise 'a plan by 12 nov' --they-promise 'the texts by 13 nov'"
    " --expects 'delivery: slow -> fast' --expects 'price: low -> fair' --conflict fees --steer shorter"
    " --needs help --needs more"
)
# Twelve items: a1 a2 p1 p2 cleo ben e1 e2 x1 s1 n1 n2.
TWELVE = (
    f"log --new 'Ana Silva' we talked --on 2026-11-10 {SIGNALS}",
    "log --new Ben hello --on 2026-09-01",
    "log --new Cleo hello --on 2026-08-01",
)


@pytest.fixture
def twelve(engage: Engage, journal: Path) -> Engage:
    return furnish(engage, journal, TWELVE)


def done(engage: Engage) -> list[str]:
    """Name the commands that were run since the journal was furnished, the first one first."""
    return [one["command"] for one in reversed(engage.items("history"))][len(TWELVE) :]


def plain(screen: str) -> str:
    return re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", screen).replace("\r", "")


def nothing_else(walk: Keyboard, key: str) -> Keyboard:
    """Answer whatever else the log asks with an empty line; then press a key."""
    while walk.child.expect_exact(["> ", "+ ", " keys: "]) < 2:
        walk.child.sendline("")
    walk.child.send(key)
    return walk


def kept_place(world: Path) -> list[Path]:
    return list((world / "home").rglob("walk-*.json"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_stopped_after_five_it_goes_on_at_the_sixth(twelve: Engage, world: Path, size: tuple[int, int]) -> None:
    first = Keyboard(WALK, size).press("s", "f", "k", "m").type("Until when? ", "next monday").press("z")
    first.type("Until when? ", "in 2 weeks").press("q").end()
    assert first.code == 0
    assert [f"[{place} of 12]" in first.screen for place in range(1, 7)] == [True] * 6
    assert "5 of 12 reviewed, 0 skipped, 7 items to go." in plain(first.screen)
    assert "Done: a1 said, a2 fixed, p1 kept, p2 moved, cleo snoozed" in plain(first.screen).replace("\n  ", " ")
    assert done(twelve) == ["apology said", "apology fixed", "promise kept", "promise moved", "contact snooze"]
    [place] = kept_place(world)
    assert place.stat().st_mode & 0o777 == 0o600

    then = Keyboard(WALK, size, ENGAGE_NOW="2026-11-21T09:00:00").press(ENTER, "q").end()
    assert plain(then.screen).strip().startswith("[6 of 12] Neglected\nBen (ben): last in touch: Tue 1 Sep 2026, call")
    assert "[7 of 12] Expectations changed" in then.screen
    assert max(cells(row) for row in plain(then.screen).splitlines()) <= size[1]
    assert len(plain(then.screen).split("[7 of 12]")[0].splitlines()) <= size[0] / 2


def test_all_through_the_week_is_reviewed_and_all_can_be_taken_back(twelve: Engage, world: Path) -> None:
    before = twelve.ok("review")
    walk = Keyboard(WALK, TERM="dumb").press("s", "f", "b", "k", "l").type("> ", "we met")
    nothing_else(walk, "z").type("Until when? ", "2w").press("t", "d", "r").type("What did you agree? ", "half each")
    walk.press("e", "w").type("Until when? ", "1m").press("d").type("Why? ", "not what I do").end()
    assert walk.code == 0
    assert "12 of 12 reviewed, 0 skipped, 0 left." in walk.screen and "is reviewed" in walk.screen
    assert done(twelve) == [
        *("apology said", "apology fixed", "promise broken", "promise kept", "log", "contact snooze"),
        *("expectation adapted", "expectation declined", "conflict resolved", "steer done", "need later"),
        *("need declined", "review"),
    ]
    assert twelve.items("conflicts --all")[0]["answer"] == "half each"
    assert kept_place(world) == []
    twelve.ok("undo --steps 13")
    assert twelve.ok("review") == before


def test_the_other_answers_and_a_note(twelve: Engage) -> None:
    walk = Keyboard(WALK).press(*[ENTER] * 6, "a", ENTER, "n").type("What is to be noted? ", "ask Kim first")
    walk.press("r").type("What did you agree? ", "").press(ENTER, "a", "a", "e").look("left.").end()
    assert done(twelve) == ["expectation agreed", "log", "steer accepted", "need answered", "need done"]
    noted = twelve("conversation show c4 --json").json["conversation"]
    assert (noted["channel"], noted["note"], noted["private"]) == ("note", "ask Kim first", True)


def test_what_was_skipped_is_left_and_comes_again(twelve: Engage, journal: Path) -> None:
    before = journal.read_bytes()
    walk = Keyboard(WALK).press(*[ENTER] * 11, " ").end()
    assert "0 of 12 reviewed, 12 skipped, 12 left." in walk.screen
    assert "Left: a1, a2, p1, p2, cleo, ben, e1, e2, x1, s1, n1, n2" in walk.screen
    assert "engage review --walk" in walk.screen and "engage review --done" in walk.screen
    assert journal.read_bytes() == before
    again = Keyboard(WALK).press("s", "q").end()
    assert "[1 of 12]" in again.screen and "1 of 12 reviewed, 0 skipped, 11 items to go." in again.screen


def test_what_asks_for_nothing_is_seen_and_not_skipped(engage: Engage) -> None:
    engage.ok("log --new Ana hi --promise 'a by 23 nov'")
    walk = Keyboard(WALK).press(ENTER).end()
    assert "Enter next" in walk.screen and "1 of 1 reviewed, 0 skipped, 0 left." in walk.screen
    assert engage.items("history")[0]["command"] == "review"


def test_what_was_kept_on_the_way_is_no_item_of_its_own(engage: Engage) -> None:
    engage.ok("log --new Ana hi --promise 'a by 23 nov' --sorry late")
    walk = Keyboard(WALK).press("s", "k").end()
    assert "[2 of 2]" in walk.screen and "of 3]" not in walk.screen and "What went well" not in walk.screen


def test_a_good_week_is_reviewed_at_once(engage: Engage) -> None:
    engage.ok("contact add Ana")
    assert Keyboard(WALK).end().code == 0
    assert engage.items("history")[0]["command"] == "review"


def test_since(twelve: Engage) -> None:
    walk = Keyboard(f"{WALK} --since 2026-11-01").press("s", "q").end()
    assert walk.code == 0
    assert "[1 of" in Keyboard(WALK).press("q").end().screen  # another walk


def test_undo_and_back(twelve: Engage) -> None:
    walk = Keyboard(WALK).press("u", "-", ENTER, "f", "u", "f", "-", "s", "u").press("q").end()
    screen = plain(walk.screen)
    assert "No key of this walk has stored anything." in screen and "Nothing before it is open any more" in screen
    assert [one["command"] for one in twelve.items("history")][0:5] == [
        *("undo", "apology said", "apology fixed", "undo", "apology fixed"),
    ]
    [first, second] = twelve.items("apologies")
    assert first["said_on"] is None and second["fixed_on"] is not None


def test_what_is_taken_back_elsewhere_is_open_again(twelve: Engage) -> None:
    Keyboard(WALK).press("s", "f", "q").end()
    twelve.ok("undo")
    walk = Keyboard(WALK).press("q").end()
    assert "a2 Ana Silva (ana): rude" in walk.screen and "[2 of 12]" in walk.screen


def test_what_was_settled_elsewhere_is_gone(twelve: Engage) -> None:
    Keyboard(WALK).press("s", "q").end()
    twelve.ok("apology said a2")
    twelve.ok("apology fixed a2")
    assert "p1 Ana Silva (ana): you promised to: a plan" in plain(Keyboard(WALK).press("q").end().screen)


def test_after_a_week_it_begins_anew(twelve: Engage, world: Path) -> None:
    Keyboard(WALK).press("s", "q").end()
    assert "[2 of 12]" in Keyboard(WALK, ENGAGE_NOW="2026-11-26T12:00:00").press("q").end().screen
    [place] = kept_place(world)
    assert json.loads(place.read_text())["on"] == "2026-11-20"  # looking changes nothing
    assert "[1 of 12]" in Keyboard(WALK, ENGAGE_NOW="2026-11-27T12:00:00").press("q").end().screen


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"start": "", "on": "soon", "passed": {}}', '{"start": "", "on": 1}']
)
def test_a_place_that_cannot_be_read_is_the_beginning(twelve: Engage, world: Path, content: str) -> None:
    Keyboard(WALK).press("s", "q").end()
    kept_place(world)[0].write_text(content)
    assert "[1 of 12]" in Keyboard(WALK).press("q").end().screen


def test_only_keys_that_fit_act(twelve: Engage) -> None:
    walk = Keyboard(WALK).press("k", "r", "7", "?", "é", "\x1b[A", "o", "q").end()
    screen = plain(walk.screen)
    assert "kept does not fit an apology like this." in screen
    assert "There is no such key; ? lists them." in screen
    assert "s said, f fixed, l log now, z snooze, n note, o open, Enter skip,\n- back, u undo, q quit" in screen
    assert "you owe" in screen  # the brief
    assert done(twelve) == []


def test_keys_pressed_ahead_are_not_lost(twelve: Engage) -> None:
    walk = Keyboard(WALK).press("ss" + ENTER * 3 + "q").end()
    assert "[6 of 12]" in walk.screen and done(twelve) == ["apology said", "apology said"]


@pytest.mark.parametrize("typed", ["soonish", "24", "p2", "2026-11-13"])
def test_an_answer_that_cannot_be_meant_stores_nothing(twelve: Engage, typed: str) -> None:
    walk = Keyboard(WALK).press(*[ENTER] * 3, "m").type("Until when? ", typed).press("q").end()
    assert walk.code == 0 and walk.screen.count("[4 of 12]") == 2
    assert done(twelve) == []


@pytest.mark.parametrize(("sign", "code"), [("^C", 130), ("^D", 0), ("x", 0)])
def test_ending_at_a_key(twelve: Engage, sign: str, code: int) -> None:
    walk = Keyboard(WALK).press("s", sign).end()
    assert walk.code == code and "1 of 12 reviewed" in walk.screen and "Traceback" not in walk.screen
    assert "[2 of 12]" in Keyboard(WALK).press("q").end().screen


def test_interrupting_a_question_gives_the_words_back(twelve: Engage) -> None:
    walk = Keyboard(WALK).press(*[ENTER] * 8, "r").look("What did you agree? ")
    walk.child.send("half each, ")
    walk.look("half each, ").child.sendintr()
    assert walk.end().code == 130
    assert "engage conflict resolved x1 -- 'half each,'" in walk.screen and "8 skipped" in walk.screen
    assert done(twelve) == []


def test_interrupting_the_log_keeps_its_words(twelve: Engage, world: Path) -> None:
    walk = Keyboard(WALK, TERM="dumb").press("l").type("> ", "it went well")
    walk.child.expect_exact(["> ", "+ "])
    walk.child.sendintr()
    assert walk.end().code == 130 and "12 items to go" in walk.screen and "engage log" in walk.screen
    texts = [file.read_text(encoding="utf-8") for file in (world / "home").rglob("*") if file.is_file()]
    assert any("it went well" in text for text in texts)
    assert done(twelve) == []


def test_ending_the_input_of_a_question_stores_nothing(twelve: Engage) -> None:
    walk = Keyboard(WALK).press("n").type("What is to be noted? ", "^D").press("q").end()
    assert walk.code == 0 and done(twelve) == []


def test_what_is_in_a_name_or_a_note_does_not_act(engage: Engage) -> None:
    engage.ok(["log", "--new", "A\x1b[2Jna", "x", "--sorry", "la\x1b]0;te\x07\nagain"])
    walk = Keyboard(WALK, NO_COLOR="1").press("q").end()
    assert "A\\x1b[2Jna" in walk.screen and "la\\x1b]0;te\\x07 / again" in walk.screen
    assert "\x1b" not in walk.screen


@pytest.mark.parametrize(
    "line", ["engage review --walk", "engage review --walk | cat", "echo q | engage review --walk"]
)
def test_without_a_terminal_it_says_so_at_once(twelve: Engage, line: str) -> None:
    ended = shell(line)
    assert "--walk needs a terminal" in ended.stderr and ended.stdout == ""
    assert twelve("review --walk").code == 2


@pytest.mark.parametrize("also", ["--done", "--json", "--format csv"])
def test_it_goes_alone(engage: Engage, also: str) -> None:
    assert engage(f"review --walk {also}").code == 2
