"""Words go unquoted, and no command line goes wrong in silence."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell


@pytest.fixture(autouse=True)
def known(engage: Engage, journal: Path) -> Engage:
    return furnish(engage, journal, ["contact add Ana Silva", "contact add Ben Okafor"])


NOTES = [
    ("log ana talked about the invoice", "talked about the invoice"),
    ("log ana talked --via email about it", "talked about it"),
    ("log --via email ana talked", "talked"),
    ("log ana -10% on everything", "-10% on everything"),
    ("log ana - then a dash", "- then a dash"),
    ("log ana first -- --via is an option", "first --via is an option"),
    ("log ana -- -e is an option too", "-e is an option too"),
    ("log ana --via=email talked", "talked"),
    ("log ana --feels good about it", "about it"),
    ("log ana --feels 4 about it", "about it"),
    ("log ana talked --sorry late -- about it", "talked about it"),
    ("log ana said a7 is 2 late", "said a7 is 2 late"),
    ("log ana 'two  spaces   stay'", "two  spaces   stay"),
    ("log ana ' around '", "around"),
]


@pytest.mark.parametrize(("line", "note"), NOTES, ids=[line for line, _ in NOTES])
def test_what_the_note_is(engage: Engage, line: str, note: str) -> None:
    assert engage.ok(line).splitlines()[0] == f"c1    {note}"
    assert engage("conversation show c1 --json").json["conversation"]["note"] == note


# (the line as typed in a shell, exit code, what must be said, whether a conversation was stored)
SILENT_ELSEWHERE = [
    ("engage log ana paid $1500 for it", 0, "c1    paid 500 for it", True),
    ("engage log ana order #7 was late", 0, "c1    order\n", True),
    ("engage log ana he paid & true; wait", 0, "c1    he paid\n", True),
    ("engage log ana really? no* wildcards", 0, "c1    really? no* wildcards", True),
    ("engage log ana it's late", 2, "nterminated quoted string", False),
    ("engage log ana don't say it's late", 0, "c1    dont say its late", True),
    ("engage log ana a; b", 127, "c1    a\n", True),
    ("engage log ana a < nosuch", 2, "nosuch", False),
    ("engage log ana talked --promise send quote by friday", 2, "belong to --promise or to the note", False),
    ("engage log ana talked --sorry sent it twice", 2, "belong to --sorry or to the note", False),
    ("engage log ana talked --expects price: low", 2, "belong to --expects or to the note", False),
    ("engage log ana talked --promise 'send quote by firday'", 2, '"firday" is not a date I can read', False),
    ("engage log ana talked --promise 'send quote by 30 feb'", 2, '"30 feb" is not a date I can read', False),
    ("engage log ana talked --promise 'send quote by 3/4'", 2, '"3/4" can mean', False),
    ("engage log ana talked --promise 'stand by me'", 0, "promise: stand by me, no due date", True),
    ("engage log ana talked --on 3 days ago", 2, '"3" is not a date I can read', False),
    ("engage log ana talked --on last friday", 2, '"last" is not a date I can read', False),
    ("engage log ana talked --next in 2 weeks", 2, '"in" is not a date I can read', False),
    ("engage log ana talked --at 2 pm", 2, '"2" is not a time I can read', False),
    ("engage log ana talked --for 30 minutes", 0, "c1    talked minutes", True),
    ("engage log ana talked --with Ben Okafor", 0, "c1    talked Okafor", True),
    ("engage log ana talked --sory late", 0, 'looks like a signal: "--sory"', True),
    ("engage log ana talked --kep p1", 2, 'There is no option "--kep". Did you mean --kept?', False),
    ("engage log ana talked --kept a1", 2, "a1 is the number of an apology; here a promise is meant", False),
    ("engage log ana talked --said p1", 2, "p1 is the number of a promise; here an apology is meant", False),
    ("engage log Ana Silva talked", 0, "c1    Silva talked", True),
    ("engage log an talked", 0, "call with Ana Silva (ana)", True),
    ("engage log anna talked", 3, "Did you mean ana?", False),
    ("engage log talked with ana", 3, 'Nobody in the journal is "talked"', False),
    ("engage log ana", 2, "There is nothing to log", False),
    ("engage log ana talked --promise", 2, "--promise needs a value behind it", False),
    ("engage log ana talked --promise --private", 2, 'needs a value behind it. "--private" is none', False),
    ("engage log ana talked --sorry -- late", 2, "--sorry needs a value behind it", False),
    ("engage log ana talked --via", 2, "--via needs a value behind it", False),
    ("engage log ana talked --sorry=--private", 0, "sorry: --private", True),
    ("printf 'hi\\n\\nsory: late\\n' | engage log ana -", 0, 'looks like a signal: "sory: late"', True),
    ("printf 'hi\\n\\nsorry late\\n' | engage log ana -", 0, "c1    hi / sorry late", True),
    ("printf 'hi\\nsorry: late\\nbye\\n' | engage log ana -", 0, 'looks like a signal: "sorry: late"', True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "says", "stored"), SILENT_ELSEWHERE, ids=[line for line, *_ in SILENT_ELSEWHERE]
)
def test_command_lines_that_go_wrong_silently_elsewhere(
    engage: Engage, line: str, code: int, says: str, stored: bool
) -> None:
    done = shell(f"cd $HOME; {line}")
    assert done.returncode == code, done.stderr
    assert says in done.stdout + done.stderr
    assert (engage("conversation show c1").code == 0) == stored


@pytest.mark.parametrize(
    "line",
    ["apology said p1", "apology fixed 1 c1", "promise kept a1", "promise kept p1 a1", "expectation agreed n1",
     "insight edit a1 x", "conversation show a1", "undo a1", "promise moved e1 friday"],
)  # fmt: skip
def test_a_wrong_letter_before_a_number_changes_nothing(engage: Engage, line: str) -> None:
    engage.ok("log ana x --sorry a --promise b --expects 'c: d' --matters e --needs f")
    result = engage(line)
    assert result.code == 2 and " is the number of a" in result.err
    assert len(engage.items("history")) == 3


MAIL = """Hi,

as we discussed:
Verbatim: the price must not rise.
Regards, Ana

sent from my phone
why: because"""


def test_a_pasted_mail_stays_text(engage: Engage) -> None:
    result = engage("log ana - --via email", stdin=MAIL)
    assert result.code == 0
    stored = engage("conversation show c1 --json").json
    assert stored["conversation"]["note"] == MAIL and stored["signals"] == []
    assert 'Kept as text, though it looks like a signal: "why: because"' in result.err


def test_a_keyword_in_the_middle_of_a_mail_is_no_signal(engage: Engage) -> None:
    mail = "Verbatim: no.\n\nRegards, Ana"
    assert engage("log ana -", stdin=mail).err == ""
    assert engage("conversation show c1 --json").json["conversation"]["note"] == mail


def test_plain_keeps_even_a_trailer_as_text(engage: Engage) -> None:
    engage.ok("log ana - --plain", stdin="hello\n\nsorry: late\n")
    assert engage("conversation show c1 --json").json["conversation"]["note"] == "hello\n\nsorry: late"
    assert engage.items("apologies") == []


def test_a_trailer_becomes_signals(engage: Engage) -> None:
    trailer = "Sorry: the\n  server was down\npromise： a plan by friday\nexpects: price: low → high\nFEELS: 2, tired"
    engage.ok("log ana -", stdin=f"A long note.\n\nTwo paragraphs.\r\n\r\n{trailer}\n\n")
    stored = engage("conversation show c1 --json").json
    assert stored["conversation"]["note"] == "A long note.\n\nTwo paragraphs."
    assert [(one["kind"], one.get("words")) for one in stored["signals"]] == [
        ("sorry", "the server was down"),
        ("promise", "a plan"),
        ("expects", None),
        ("feels", "tired"),
    ]
    assert stored["signals"][1]["due_on"] == "2026-11-27"
    assert (stored["signals"][2]["before"], stored["signals"][2]["after"]) == ("low", "high")
    assert stored["signals"][3]["level"] == 2
