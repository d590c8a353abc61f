"""Each way to go wrong has its exit code and its sentence: what is wrong, what to do, and the words given back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Engage, Result, program
from furnished import furnish

from engage_cli import store


@pytest.fixture
def known(engage: Engage, journal: Path) -> Engage:
    """Two people who begin alike, an apology that was said, two promises."""
    return furnish(
        engage,
        journal,
        [
            "contact add Ana Silva --org Brightside",
            "contact add Anke Weber",
            "log ana late again --sorry late --promise 'a quote by 27 nov' --expects 'price: low' --feels good",
            "apology said a1",
        ],
    )


WRONG = [
    # (what is typed, exit code, what the sentence says)
    ("log anna hi", 3, 'Nobody in the journal is "anna". Did you mean ana', "contact add NAME"),
    ("log zzz hi", 3, 'Nobody in the journal is "zzz". Someone new', ""),
    ("log ana hi --with bob", 3, '"bob"', "contact add"),
    ("log ana hi --about bob", 3, '"bob"', "contact add"),
    ("show an", 4, '"an" can be ana (Ana Silva), anke (Anke Weber)', "repeat with one of these handles"),
    ("log an hi", 4, '"an" can be', "Nothing was written"),
    ("contact merge an --into ana", 4, '"an" can be', ""),
    ("apologies --who an", 4, '"an" can be', ""),
    ("apology said a9", 3, "There is no apology a9", "engage apologies"),
    ("promise kept p9", 3, "There is no promise p9", "engage promises"),
    ("expectation agreed e9", 3, "There is no expectation e9", "engage expectations"),
    ("insight edit i9 x", 3, "There is no insight i9", "engage show"),
    ("conversation show c9", 3, "There is no conversation c9", "engage history"),
    ("conversation delete c9", 3, "There is no conversation c9", ""),
    ("undo h99", 3, "There is no action h99", "engage history"),
    ("log ana hi --kept p9", 3, "There is no promise p9", ""),
    ("apology said a1", 1, "a1 was said on Fri 20 Nov 2026 already", "nothing was changed"),
    ("log ana hi --said a1", 1, "a1 was said on Fri 20 Nov 2026 already", ""),
    ("contact unarchive ana", 1, "Ana Silva is not archived", ""),
    ("contact left anke", 1, "Anke Weber does not belong to any organisation", ""),
    ("contact merge ana --into ana", 1, "is one contact already", ""),
    ("contact edit ana --untag x", 1, 'There is no tag "x" to take away', "none"),
    ("contact add Bo --as ana", 1, "The handle ana belongs to another contact", ""),
    ("contact edit ana --as anke", 1, "The handle anke belongs to another contact", ""),
    ("apology dropped a1", 1, "Say why", "engage apology dropped a1 REASON"),
    ("log ana hi --on 2026-11-21", 2, "Sat 21 Nov 2026 has not come yet", "--next"),
    ("log ana hi --at 23:00", 2, "Fri 20 Nov 2026 23:00 has not come yet", ""),
    ("apology fixed a1 --on 2026-12-01", 2, "Tue 1 Dec 2026 has not come yet", ""),
    ("conversation edit c1 --on 2026-12-01", 2, "Tue 1 Dec 2026 has not come yet", ""),
    ("log ana", 2, "There is nothing to log", "--sorry TEXT"),
    ("log ana '  '", 2, "There is nothing to log", ""),
    ("log ana -", 2, "Nothing was written down", ""),
    ("log ana ''", 2, "There is nothing to log", ""),
    ("log", 2, "Say who it was with", ""),
    ("log ana hi --sorry ''", 2, '"sorry" needs words', ""),
    ("log ana hi --expects cheap", 2, "does not say what is expected on which topic", "TOPIC: TEXT"),
    ("log ana hi --expects 'price: -> low'", 2, "both what it was and what it is", "TOPIC: OLD -> NEW"),
    ("log ana hi --via pigeon", 2, 'There is no channel "pigeon"', "in-person"),
    ("log ana hi --vai call", 2, 'There is no option "--vai". Did you mean --via?', "put -- before the note"),
    ("log ana hi --at noon", 2, '"noon" is not a time', "14:30"),
    ("log ana hi --for ages", 2, '"ages" is not a length', "30m"),
    ("log ana hi --next someday", 2, '"someday" is not a date', "tomorrow"),
    ("log ana hi --more --via call", 2, "--more adds words and signals", "engage conversation edit"),
    ("log ana hi --more --about anke", 2, "change --about with", "engage conversation edit"),
    ("log ana hi --more --no-answer", 2, "change --no-answer with", ""),
    ("log ana hi --more --next friday", 2, "change --next with", ""),
    ("log --each - hi", 2, "names nobody", "--format ids"),
    ("lgo ana hi", 2, "No such command 'lgo'. Did you mean 'log'?", "engage --help"),
    ("apology sad a1", 2, "No such command 'sad'", "engage apology --help"),
    ("contacts --frmat json", 2, "No such option: --frmat", "engage contacts --help"),
    ("contacts --format yaml", 2, 'There is no format "yaml"', "markdown"),
    ("contacts --type agency", 3, 'There is no type "agency"', "engage type add"),
    ("contacts --tag ''", 0, "", ""),
    ("apology said p1", 2, "p1 is the number of a promise; here an apology is meant, like a1", ""),
    ("apology said first", 2, '"first" is no number of an apology', "a7"),
    ("promise moved p1", 2, "Say the new due date", "next week"),
    ("promise moved p1 firday", 2, '"firday" is not a date', "friday"),
    ("promise moved p1 3/4", 2, '"3/4" can mean 2027-03-04 or 2027-04-03', ""),
    ("apology edit a1", 2, "Say what to change", "--help"),
    ("apology edit a1 ''", 2, "The words cannot be empty", ""),
    ("expectation edit e1 --topic ' '", 2, "The topic cannot be empty", ""),
    ("insight edit i1 --level happy", 2, '"happy" is no level', "uneasy"),
    ("apology delete a1 now", 2, 'delete takes numbers only; "now" is none', ""),
    ("conversation edit c1", 2, "Say what to change", ""),
    ("contact edit ana", 2, "Say what to change", ""),
    ("contact edit ana --name ' '", 2, "A contact needs a name", ""),
    ("contact edit ana --as ''", 2, '"" cannot be a handle', ""),
    ("contact add ''", 2, "A contact needs a name", ""),
    ("contact add Bo --as a7", 2, '"a7" cannot be a handle', "a7 is a number"),
    ("contact add Bo --every often", 2, '"often" is not a cadence', "never"),
    ("contact add Bo --kind robot", 2, '"robot" is no kind', "person or org"),
    ("contact add Bo --birthday 2027-01-01", 2, "has not come yet, so it is no birthday", ""),
    ("contact add Bo --birthday 30.2.", 2, '"30.2." is not a date', ""),
    ("contact edit anke --role boss", 2, "Say where Anke Weber has that role", "--org NAME"),
    ("contact snooze ana 2026-11-20", 2, "does not lie ahead", ""),
    ("contact archive", 2, "Missing argument 'WHO", "engage contact archive --help"),
    ("type add ' '", 2, "The name cannot be empty", ""),
    ("type edit nosuch --every 1w", 3, 'There is no type "nosuch"', ""),
    ("undo h1 --steps 2", 2, "either which action, or how many steps", ""),
    ("undo c1", 2, "c1 is the number of a conversation", "h1"),
    ("undo --steps 0", 2, "--steps", ""),
    ("history --most 99999999999999999999", 2, "--most", ""),
    ("find ...", 2, "Say what to look for, in letters or digits", ""),
    ("find", 2, "Missing argument", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "says", "advises"), WRONG, ids=[line for line, *_ in WRONG])
def test_what_goes_wrong(known: Engage, journal: Path, line: str, code: int, says: str, advises: str) -> None:
    before = journal.read_bytes()
    result = known(line)
    assert result.code == code
    assert says in result.err and advises in result.err, result.err
    assert (result.out == "") == (code != 0)
    assert journal.read_bytes() == before
    assert_short(result)


def assert_short(result: Result) -> None:
    """One or two lines of standard error, apart from the words given back."""
    sentence, _, back = result.err.partition("Nothing was lost.")
    assert len(sentence.splitlines()) <= 2
    assert not result.err or result.err.startswith("engage: ")
    assert "Traceback" not in result.err and "inside engage" not in result.err
    assert not back or "\n  engage " in back


def test_both_readings_of_a_lost_quote(known: Engage) -> None:
    result = known("log ana talked --promise send quote by friday --via call")
    assert result.code == 2
    assert result.err.splitlines() == [
        'engage: Does "quote by friday" belong to --promise or to the note? Say',
        "  engage log ana talked --promise 'send quote by friday' --via call",
        "or",
        "  engage log ana talked --via call --promise send -- quote by friday",
    ]
    for reading, stored in ((1, 2), (3, 3)):
        known.ok(result.err.splitlines()[reading].removeprefix("  engage "))
        assert len(known.items("promises")) == stored


def test_both_readings_name_the_journal_that_was_meant(known: Engage, journal: Path) -> None:
    result = known(f"--db {journal} log ana talked --sorry late again")
    assert f"engage --db {journal} log ana talked --sorry 'late again'" in result.err


def test_the_words_are_given_back_ready_to_repeat(known: Engage) -> None:
    result = known("log anna 'it was $5 & more' --sorry 'a b'")
    assert result.err.splitlines()[1:] == [
        "Nothing was lost. To repeat, mended where it must be:",
        "  engage log anna 'it was $5 & more' --sorry 'a b'",
    ]
    known.ok(result.err.splitlines()[-1].removeprefix("  engage ").replace("anna", "ana"))
    assert "engage apology said a9 I told her" in known("apology said a9 I told her").err
    assert "Nothing was lost" not in known("apology said a9").err


def test_words_from_standard_input_are_kept_in_a_file(known: Engage) -> None:
    result = known("log anna - --via email", stdin="a long\nmail\n\nsorry: late")
    assert result.code == 3
    kept = Path(result.err.split("Your words are in ")[1].split(". To repeat")[0])
    assert kept.read_text(encoding="utf-8") == "a long\nmail\n\nsorry: late"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert f"engage log anna --via email - < {kept}" in result.err
    assert f"{kept}" in result.err and len(result.err.splitlines()) == 3


NO_JOURNAL = {
    "empty": (b"", "is empty, which a journal never is"),
    "text": (b"hello, this is a letter\n", "is not a journal"),
    "foreign": (None, "is a database of another program"),
    "newer": (9900, "newer"),
    "damaged": (b"SQLite format 3\x00", "is damaged"),
}


@pytest.mark.parametrize("line", ["log ana hello there", "review", "undo", "contact add Bo", "apology said a1"])
@pytest.mark.parametrize("what", NO_JOURNAL)
def test_what_is_no_journal_is_left_alone(engage: Engage, journal: Path, what: str, line: str) -> None:
    content, says = NO_JOURNAL[what]
    if isinstance(content, bytes):
        journal.write_bytes(content)
    elif content:
        engage.ok("contact add Ana")
        sqlite3.connect(journal).execute(f"PRAGMA user_version = {content}").connection.close()
    else:
        sqlite3.connect(journal).execute("CREATE TABLE x(y)").connection.close()
    before = journal.read_bytes()
    result = engage(line)
    assert result.code == 6 and says in result.err and str(journal) in result.err
    assert journal.read_bytes() == before
    assert_short(result)
    assert ("engage log ana hello there" in result.err) == line.startswith("log")


def test_a_folder_is_no_journal(engage: Engage, world: Path) -> None:
    result = engage(f"--db {world} log ana hello")
    assert result.code == 6 and "is a folder, not a journal" in result.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_journal_as_a_user(known: Engage, journal: Path) -> None:
    journal.chmod(0o400)
    result = known("log ana hello there")
    assert result.code in (1, 6) and "engage log ana hello there" in result.err


def test_a_read_only_journal(known: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)

    monkeypatch.setattr(store.opening, "connect", connect)
    result = known("log ana hello there")
    assert result.code == 1 and "is read-only. Make the file and its folder writable" in result.err
    assert "engage log ana hello there" in result.err
    assert known("apologies").code == 0


@contextmanager
def held(journal: Path) -> Iterator[None]:
    """Another program holds the journal."""
    other = sqlite3.connect(journal, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("line", ["log ana hello there", "promise kept p1 and how", "review", "undo"])
def test_a_busy_journal(known: Engage, journal: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(store, "FIRST_WAIT", 20)
    monkeypatch.setattr(store, "SECOND_WAIT", 20)
    with held(journal):
        result = known(line)
    assert result.code == 5
    assert result.err.startswith("The journal is in use by another program; waiting ...\nengage: The journal ")
    assert "try again in a moment" in result.err
    assert (f"engage {line}" in result.err) == (len(line.split()) > 2)
    assert known(line).code == 0


def test_an_interruption_ends_with_130(known: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(command: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "writing", interrupted)
    result = known("log ana hello there")
    assert result.code == 130 and "Interrupted." in result.err and "engage log ana hello there" in result.err


def test_what_nobody_foresaw_is_a_sentence_too(known: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(command: str) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(store, "writing", broken)
    result = known("log ana hello there")
    assert result.code == 1 and "Something went wrong inside engage (ZeroDivisionError: oh)" in result.err
    assert "Traceback" not in result.err and "engage log ana hello there" in result.err
    crash = Path(result.err.split("The details are in ")[1].split(";")[0])
    assert "ZeroDivisionError" in crash.read_text(encoding="utf-8")


def test_the_program_itself_ends_with_the_code() -> None:
    codes = [program(words).returncode for words in (["where"], ["log"], ["show", "x"], ["--nosuch"])]
    assert codes == [0, 2, 3, 2]
