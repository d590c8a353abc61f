"""How many keys one standard call takes beyond its words, as the README says."""

import re
from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell
from typist import Typist

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

WHO, NOTE, SORRY, PROMISE, EXPECTS, NEXT = WORDS = (
    "ana",
    "she called about the new site",
    "sent the invoice twice",
    "send a quote by friday",
    "delivery: five days",
    "2w",
)
LINE = f'engage log {WHO} {NOTE} --sorry "{SORRY}" --promise "{PROMISE}" --expects "{EXPECTS}" --next {NEXT}'


@pytest.fixture(autouse=True)
def known(engage: Engage, journal: Path) -> Engage:
    return furnish(
        engage,
        journal,
        ["contact add Ana Silva", "contact add Ben Okafor", "log ana before --expects 'delivery: two weeks'"],
    )


def the_call_is_stored(engage: Engage) -> None:
    stored = engage("conversation show c2 --json").json
    assert stored["conversation"]["note"] == NOTE
    sorry, promise, expectation = stored["signals"]
    assert (sorry["kind"], sorry["words"]) == ("sorry", SORRY)
    assert (promise["words"], promise["due_on"]) == ("send a quote", "2026-11-27")
    assert (expectation["topic"], expectation["before"], expectation["after"]) == ("delivery", "two weeks", "five days")
    assert "Fri 4 Dec 2026" in engage.ok("show ana")


def counted(way: str) -> int:
    """The number that the README names for a way of logging the call."""
    found = re.search(rf"^\| {way} \| 1 \| (\d+) \|", README, re.MULTILINE)
    assert found, way
    return int(found[1])


def test_the_guided_log(engage: Engage) -> None:
    command = "engage log"
    typist = Typist(command[7:]).see("2. Type").words(WHO).see("1 of 2").press("Enter").see("What happened")
    typist.words(NOTE).press("Enter").see("saves")
    for letter, words in zip("spex", (SORRY, PROMISE, EXPECTS, NEXT), strict=True):
        typist.press(letter, " ").words(words).press("Enter")
    typist.press("Enter").end()
    assert typist.code == 0
    the_call_is_stored(engage)
    assert len(command) + 1 + typist.presses == counted("`engage log`, guided")


def test_the_command_in_one_line(engage: Engage) -> None:
    done = shell(LINE)
    assert done.returncode == 0, done.stderr
    the_call_is_stored(engage)
    assert len(LINE) + 1 - sum(map(len, WORDS)) == counted("`engage log`, in one line")
