"""The guided log, typed at terminals of two sizes; whatever happens, no word is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import Terminal, shell
from typist import Typist

from engage_cli.commands import field
from engage_cli.commands.field import LETTERS, Field
from engage_cli.reports.recent import Person, matching

WHO, WHAT, SIGNALS = "Who was it with?", "What happened with", "What must not be lost?"
GO_ON = "engage log --resume"


@pytest.fixture(autouse=True)
def known(engage: Engage, journal: Path) -> Engage:
    return furnish(
        engage,
        journal,
        [
            "contact add Ana Silva",
            "contact add Anke Weber --alias Käthe",
            "contact add Dàrio Müller",
            "log dario before --on 2026-11-01",
            "log ana before --on 2026-11-02 --expects 'Delivery: two weeks' --expects 'price: low'",
        ],
    )


def stored(engage: Engage, number: str = "c3") -> tuple[str, list[tuple[str, str]]]:
    """The note and the signals of a conversation."""
    talk = engage(f"conversation show {number} --json").json
    return talk["conversation"]["note"], [(one["kind"], one.get("words") or one["after"]) for one in talk["signals"]]


def recovered(world: Path) -> list[Path]:
    return [path for path in (world / "home/.local/state/engage").rglob("recovered/*") if path.is_file()]


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 50)])
def test_a_guided_log_in_twelve_keys_beyond_the_words(engage: Engage, world: Path, rows: int, columns: int) -> None:
    typist = Typist("log", rows, columns).see(WHO).see("Dàrio Müller").words("ana").see("1 of 3").press("Enter")
    typist.see(WHAT).see("Ana Silva (ana)?").words("She called about the new site").press("Enter").see(SIGNALS)
    typist.press("s", " ").see("+ sorry:").words("sent the invoice twice").press("Enter")
    typist.press("p", " ").see("+ promise:").words("send a quote by friday").press("Enter")
    typist.press("e", " ").see("+ expects:").words("delivery: five days").press("Enter", "Enter").end()
    assert (typist.code, typist.presses) == (0, 12), typist.screen
    assert "What must not be lost?\n+ sorry: sent the invoice twice\n+ promise: send" in str(typist.screen)
    assert "p1    promise: send a quote, due Fri 27 Nov 2026" in str(typist.screen).replace("2\n026", "2026")
    assert "e3    expects: delivery: two weeks -> five days" in str(typist.screen).replace("\n", "")
    assert stored(engage) == (
        "She called about the new site",
        [("sorry", "sent the invoice twice"), ("promise", "send a quote"), ("expects", "five days")],
    )
    assert recovered(world) == []


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 50)])
def test_the_questions_fit_the_screen(rows: int, columns: int) -> None:
    typist = Typist("log", rows, columns).see("Ctrl-C").press("Down", "Enter").see("later.").press("Enter").see(SIGNALS)
    typist.see("x next").see("later.").words("promise: by firday").press("Enter").see('"firday" is not a date')
    assert len(str(typist.screen).splitlines()) < rows
    assert max(map(len, typist.screen.seen)) < columns
    typist.press("^C").end()


def test_whom_you_spoke_to_last_comes_first() -> None:
    typist = Typist("log").see("3. Type to find")
    assert typist.screen.seen[1:5] == [
        ">",
        "> ana    Ana Silva, Mon 2 Nov 2026",
        "  dario  Dàrio Müller, Sun 1 Nov 2026",
        "  anke   Anke Weber",
    ]
    typist.words("KATHE").see("> anke  Anke Weber").words("x").see("Nobody here is called so").press(
        "Enter", "Backspace"
    )
    typist.see("> anke").press("Enter").see("Anke Weber (anke)?").press("^C").end()


PEOPLE = [Person("susana", "Susana", "2026-11-02", "susana susana"), Person("ana", "Ana Silva", None, "ana ana silva")]


@pytest.mark.parametrize(
    ("typed", "left"), [("", ["susana", "ana"]), ("ana", ["ana", "susana"]), ("AN", ["ana", "susana"]),
                        ("sil ana", ["ana"]), ("ána", ["ana", "susana"]), ("x", [])]
)  # fmt: skip
def test_who_is_left(typed: str, left: list[str]) -> None:
    assert [one.handle for one in matching(PEOPLE, typed)] == left


def test_five_thousand_contacts(engage: Engage, journal: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(journal)) as db, db:
        db.execute("INSERT INTO doing SELECT 1, max(id), 1, 0 FROM actions")
        db.executemany(
            "INSERT INTO contacts(kind, handle, name) VALUES ('person', ?, ?)",
            [(f"person-{number}", f"Person Number {number}") for number in range(5000)],
        )
        db.execute("DELETE FROM doing")
    typist = Typist("log").see("5,003. Type to find").words("person 4321").see("1 of 5,003").press("Enter")
    typist.see("Person Number 4321 (person-4321)?").words("hi").press("Enter").see(SIGNALS).press("Enter").end()
    assert typist.code == 0


@pytest.mark.parametrize(
    "line", ["show an", "apologies --who an", "history an", "contact snooze an 2w", "log an talked about it"]
)
def test_the_same_list_where_who_is_ambiguous(line: str) -> None:
    typist = Typist(line).see('"an" can be:').see("> ana").press("Down").see("> anke").press("Enter").end()
    assert typist.code == 0, typist.screen


def test_a_note_of_several_lines(engage: Engage) -> None:
    typist = Typist("log ana").see(WHAT).words("one\\").press("Enter").words("two").press("Alt-Enter").words("three")
    typist.press("Enter").see(SIGNALS).press("Enter").end()
    assert stored(engage)[0] == "one\ntwo\nthree"


def test_signals_at_the_end_of_a_note_go_into_their_field(engage: Engage) -> None:
    typist = Typist("log ana").see(WHAT).words("hello").press("Alt-Enter", "Alt-Enter").words("sorry: late")
    typist.press("Enter").see("+ sorry: late").press("Enter").end()
    assert stored(engage) == ("hello", [("sorry", "late")])


def test_a_line_that_is_wrong_is_mended_where_it_stands(engage: Engage) -> None:
    typist = Typist("log ana").see(WHAT).words("hi").press("Enter").see(SIGNALS)
    typist.words("sory: late").press("Enter").see('"sory: late" is no signal. Did you mean sorry?').see("+ sory: late")
    typist.words("\x01\x06\x06\x06r").see("+ sorry: late").press("Enter")
    typist.words("p a quote by 30 feb").press("Enter").see('"30 feb" is not a date I can read')
    typist.press(*["Backspace"] * 6).words("20 dec").press("Enter", "Enter").end()
    assert stored(engage) == ("hi", [("sorry", "late"), ("promise", "a quote")])


def test_completion_of_keywords_and_of_topics(engage: Engage) -> None:
    typist = Typist("log ana").see(WHAT).press("Enter").see(SIGNALS).words("they").see("they-promise:").press("Tab")
    typist.see("+ they-promise:").words("texts").press("Enter").words("e d").see("Delivery:").press("Tab")
    typist.see("+ expects: Delivery:").words("soon").press("Enter").words("x 2w").press("Enter", "Enter").end()
    assert stored(engage) == ("", [("they-promise", "texts"), ("expects", "soon")])
    assert "next: Ana Silva, Fri 4 Dec 2026" in str(typist.screen)


def test_each_word_has_a_letter_of_its_own() -> None:
    assert " ".join(LETTERS) == "s p t e m d n w f v c o r x"
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for row in (LETTERS, LETTERS.values()):
        assert f"\n| {' | '.join(row)} |\n" in readme


LINES = {
    "s late": ("sorry", "late"), "S: late": ("sorry", "late"), "sorry late": ("sorry", "late"),
    "Sorry： late": ("sorry", "late"), "  t texts": ("they-promise", "texts"),
}  # fmt: skip
WRONG = {
    "late": "is no signal", "pormise: x": "Did you mean promise?", "sorry": '"sorry" needs words',
    "e low": "TOPIC: TEXT", "next firday": "is not a date", "next": "needs a day", "!": "is no signal",
    "p x by 3/4": "can mean",
}  # fmt: skip


def test_what_a_line_says() -> None:
    from datetime import date

    lines = Field(date(2026, 11, 20), None, [])
    assert field.read("\n\n".join(LINES)).signals == list(LINES.values())
    assert [lines.wrong(line) for line in LINES] == [""] * len(LINES)
    assert [line for line, why in WRONG.items() if why not in lines.wrong(line)] == []
    assert field.read("x friday\nx 2w").next == "2w"


# Interruptions ----------------------------------------------------------------------------------------------

WAYS = ["^C", "^D", "SIGHUP", "SIGTERM", "closed"]


def stop(typist: Typist, how: str) -> None:
    """Interrupt the program in one of the ways there are, Ctrl-C twice as people do."""
    time.sleep(0.1)  # readline hears a signal that comes between two letters only with the next letter
    if how.startswith("^"):
        typist.press(how, how).see(GO_ON).end()
        assert typist.code == 130
    elif how == "closed":
        typist.child.ptyproc.delayafterclose = 0.4
        typist.child.close(force=False)
    else:
        typist.child.kill(getattr(signal, how))
        typist.end()


@pytest.mark.parametrize("how", WAYS)
def test_an_interruption_in_any_question_loses_no_word(engage: Engage, world: Path, how: str) -> None:
    stop(Typist("log --via email").see(WHO).words("an").see("2 of 3"), how)
    typist = Typist("log --resume").see("> an").see("2 of 3").press("Enter").see("later.")
    stop(typist.words("half a no").see("half a no"), how)
    typist = Typist("log --resume").see("half a no").words("te").press("Enter").see("saves")
    stop(typist.words("s late").press("Enter").words("promise: a quo").see("a quo"), how)
    assert len(recovered(world)) == 1
    typist = Typist("log --resume").see("(ana): half a note").see("+ sorry: late\n+ promise: a quo").words("te")
    assert typist.press("Enter", "Enter").end().code == 0
    assert "email with Ana Silva" in str(typist.screen)
    assert stored(engage) == ("half a note", [("sorry", "late"), ("promise", "a quote")])
    assert recovered(world) == []
    assert "No guided log waits to be finished" in str(Typist("log --resume").end().screen)


@pytest.mark.parametrize("how", ["^C", "SIGHUP", "SIGTERM"])
def test_nor_does_one_in_a_plain_question(engage: Engage, world: Path, how: str) -> None:
    stop(Typist("log --via email", TERM="dumb").see("none) ").words("an").see("none) an"), how)
    typist = Typist("log --resume", TERM="dumb").see("2  Anke").see("none) ").words("1").press("Enter").see("> ")
    stop(typist.words("half a no").see("> half a no"), how)
    typist = Typist("log --resume", TERM="dumb").see("> half a no").words("te").press("Enter").see("\n+ ")
    typist.words("s late").press("Enter").see("+ s late\n+ ")
    stop(typist.words("promise: a quo").see("+ promise: a quo"), how)
    typist = Typist("log --resume", TERM="dumb").see("(ana): half a note").see("+ s late\n+ promise: a quo").words("te")
    assert typist.press("Enter").see("quote\n+").press("Enter").end().code == 0
    assert stored(engage) == ("half a note", [("sorry", "late"), ("promise", "a quote")])
    assert recovered(world) == []


def test_the_end_of_the_input_is_an_interruption_too(engage: Engage, world: Path) -> None:
    terminal = Terminal("log ana", TERM="dumb").answer("> ", "hi").answer("+ ", "s late").answer("+ ", "^D").end()
    assert terminal.code == 130 and GO_ON in terminal.screen
    [kept] = recovered(world)
    draft = json.loads(kept.read_text(encoding="utf-8"))
    assert (draft["who"], draft["note"], draft["signals"]) == ("ana", "hi", "s late\n")


def test_what_goes_wrong_afterwards_loses_no_word(engage: Engage, world: Path, journal: Path) -> None:
    typist = Typist("log ana").see(WHAT).words("long thoughts").press("Enter").see(SIGNALS)
    before = journal.read_bytes()
    journal.write_bytes(b"damaged" * 1000)
    typist.press("Enter").see(GO_ON).end()
    assert typist.code == 6
    journal.write_bytes(before)
    Typist("log --resume").see("long thoughts").see(SIGNALS).press("Enter").end()
    assert stored(engage)[0] == "long thoughts" and recovered(world) == []


def test_the_day_stays_the_one_it_was_begun_on(engage: Engage) -> None:
    Typist("log ana").see(WHAT).words("hi").press("^C").see(GO_ON).end()
    Typist("log --resume", ENGAGE_NOW="2026-11-22T09:00:00").see("hi").press("Enter").see(SIGNALS).press("Enter").end()
    assert engage("conversation show c3 --json").json["conversation"]["happened_on"] == "2026-11-20"


def test_an_interruption_before_anything_was_typed_leaves_nothing(world: Path) -> None:
    assert Typist("log ana").see(WHAT).press("^C").end().code == 130
    assert recovered(world) == []


def test_an_interrupted_log_belongs_to_its_journal(world: Path) -> None:
    Typist("log ana").see(WHAT).words("hi").press("^C").see(GO_ON).end()
    [kept] = recovered(world)
    assert json.loads(kept.read_text(encoding="utf-8"))["note"] == "hi"
    elsewhere = Typist("log --resume", ENGAGE_DB=str(world / "other.db")).end()
    assert elsewhere.code == 1 and "Begin one: engage log" in str(elsewhere.screen)


def test_resume_stands_alone_and_needs_a_terminal(engage: Engage) -> None:
    assert Typist("log --resume --via email").end().code == 2
    result = engage("log --resume")
    assert result.code == 2 and "--resume needs a terminal" in result.err


# Plain questions, and none ----------------------------------------------------------------------------------


def test_plain_questions_mean_the_same(engage: Engage) -> None:
    terminal = Terminal("log", TERM="dumb").answer("(Enter for none) ", "an").answer("(Enter for none) ", "anke")
    terminal.answer("> ", "one\\").answer("> ", "two").answer("+ ", "s late").answer("+ ", "sory: again")
    terminal.answer("Did you mean sorry?", "\x15sorry: again").answer("+ ", "").end()
    assert terminal.code == 0 and "call with Anke Weber (anke)" in terminal.screen
    assert stored(engage) == ("one\ntwo", [("sorry", "late"), ("sorry", "again")])


def test_without_prompt_toolkit_the_questions_are_plain(world: Path) -> None:
    code = (
        "import sys; sys.modules['prompt_toolkit'] = None; from engage_cli.commands import asking; print(asking.way())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TERM": "xterm"}, capture_output=True, text=True
    )
    assert "plain.py" in done.stdout, done.stderr


@pytest.mark.parametrize("line", ["engage log", "engage log ana", "engage log an hi", "engage log --resume"])
def test_without_a_terminal_nothing_is_asked(line: str) -> None:
    done = shell(line)
    assert done.returncode in (2, 4) and "What happened" not in done.stdout


@pytest.mark.parametrize("kind", ["xterm", "dumb"])
def test_letters_survive_at_a_terminal_of_any_encoding(engage: Engage, kind: str) -> None:
    for coding in ("utf-8", "ascii"):
        typist = Typist("log ana", TERM=kind, PYTHONIOENCODING=coding).see(">").words("Größe 王").press("Enter")
        typist.see("\n+").press("Enter").end()
        assert typist.code == 0, typist.screen
    assert stored(engage)[0] == stored(engage, "c4")[0] == "Größe 王"


def test_somebody_new_is_asked_for_by_name(engage: Engage) -> None:
    typist = Typist("log --new").see(WHO).words("An").press("Enter").see("What happened with An?").words("hello")
    typist.press("Enter").see(SIGNALS).press("Enter").end()
    assert "An (an) is new in the journal" in str(typist.screen)


def test_what_is_wrong_on_the_command_line_is_said_before_anything_is_asked() -> None:
    for line in ("log ana --on firday", "log ana --next firday", "log --via nowhere", "log ana --with nobody"):
        typist = Typist(line).end()
        assert typist.code in (2, 3) and WHAT not in str(typist.screen)
