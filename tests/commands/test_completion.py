"""`engage completion`: what is offered, and that no shell ever runs any of it."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

import pexpect
import pytest
from conftest import Engage

from engage_cli import completing, main, store
from engage_cli.commands.completion import SCRIPTS

ROOT = Path(__file__).parents[2]
HOSTILE = {
    "ana-silva": "Ana Silva",
    "ana-spaces": "Ana  with   spaces",
    "ana-touch": "Ana $(touch PWNED)",
    "ana-ticks": "Ana `touch PWNED`",
    "ana-quotes": "Ana \"d'Or\" '; touch PWNED #",
    "ana-lines": "Ana\ntouch PWNED\nana-invented\tx",
    "ana-marks": "Ana [a:b] {c,d} * ? ~ %d \\ & | ; touch PWNED",
    "ana-escape": "Ana \x1b[31m\x07\u202e red",
    "ana-kim": "김 아나 安娜",
}
Shell = Callable[..., list[str]]


@pytest.fixture
def people(world: Path) -> None:
    with store.writing("contact add") as tx:
        for handle, name in HOSTILE.items():
            tx.insert("contacts", kind="person", handle=handle, name=name)
        tx.insert("contacts", kind="organisation", handle="nimbus", name="Nimbus Ltd")
        tx.insert("contacts", kind="person", handle="ana-gone", name="Ana Gone", archived_on="2026-01-01")
        kept = tx.insert("contacts", kind="person", handle="bo", name="Bo Lindström")
        tx.insert("contacts", kind="person", handle="ana-merged", name="Bo", merged_into_id=kept)


def offered(engage: Engage, *words: str) -> dict[str, str]:
    """Ask as the scripts do; the last word is the one being typed."""
    lines = engage.ok(["completion", "--words", "--", *words]).splitlines()
    return dict(line.split("\t") for line in lines)


def test_the_grammar_is_what_the_commands_say(engage: Engage) -> None:
    stored = Path(completing.__file__).with_name("grammar.tsv").read_text(encoding="utf-8")
    assert engage.ok("completion --table") == stored, (
        "a command changed; run: python -m engage_cli completion --table > engage_cli/grammar.tsv"
    )


def test_commands_come_with_their_help(engage: Engage) -> None:
    assert offered(engage, "") == {name: help_ for name, (_, help_) in main.COMMANDS.items()}
    assert list(offered(engage, "neg")) == ["neglected"]


def test_verbs_and_options(engage: Engage) -> None:
    assert {"said", "fixed", "edit"} <= set(offered(engage, "apology", ""))
    assert offered(engage, "apology", "fi") == {"fixed": "Say that it was put right, how in WORDS."}
    assert set(offered(engage, "log", "ana", "--the")) == {"--they-started", "--they-promise"}
    assert offered(engage, "log", "ana", "the", "") == {}
    assert "--db" in offered(engage, "--")


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["log", "ana", "--via", "c"], ["call", "chat"]),
        (["log", "ana", "--via=c"], ["--via=call", "--via=chat"]),
        (["log", "ana", "--via", "=", "c"], ["call", "chat"]),
        (["neglected", "--format", ""], ["table", "json", "csv", "markdown", "ids"]),
        (["log", "ana", "--on", "t"], ["today", "thursday", "tuesday"]),
        (["log", "ana", "--next", "t"], ["today", "tomorrow", "tuesday", "thursday"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["find", "inv"], []),
        (["nothing", ""], []),
    ],
)
def test_values_by_what_is_expected(engage: Engage, words: list[str], values: list[str]) -> None:
    assert list(offered(engage, *words)) == values


def test_days_are_explained(engage: Engage) -> None:
    assert offered(engage, "log", "ana", "--on", "yest") == {"yesterday": "Thu 19 Nov 2026"}
    assert offered(engage, "contact", "snooze", "ana", "fri") == {"friday": "Fri 27 Nov 2026"}


def test_files_are_left_to_the_shell(engage: Engage) -> None:
    assert offered(engage, "import", "") == offered(engage, "--db", "x") == {"": "files"}


@pytest.mark.usefixtures("people")
def test_handles_stand_where_somebody_is_expected(engage: Engage) -> None:
    everybody = {*HOSTILE, "nimbus", "bo"}
    for words in (["log"], ["show"], ["log", "bo", "--with"], ["log", "--about"], ["neglected", "--who"]):
        assert set(offered(engage, *words, "")) == everybody, words
    assert set(offered(engage, "log", "ana-")) == set(HOSTILE)
    assert offered(engage, "log", "bo", "an") == {}


@pytest.mark.usefixtures("people")
def test_a_word_of_the_name_finds_the_handle(engage: Engage) -> None:
    assert offered(engage, "log", "lindstrom") == {"bo": "Bo Lindström"}
    assert offered(engage, "log", "안") == {}
    assert list(offered(engage, "log", "安")) == ["ana-kim"]


@pytest.mark.usefixtures("people")
def test_who_is_archived_is_offered_only_to_be_brought_back(engage: Engage) -> None:
    assert list(offered(engage, "contact", "unarchive", "")) == ["ana-gone"]


@pytest.mark.usefixtures("people")
def test_a_line_is_a_handle_and_a_harmless_name(engage: Engage) -> None:
    for handle, name in offered(engage, "log", "ana").items():
        assert handle in HOSTILE
        assert name.isprintable() and len(name) <= completing.LONGEST
    assert offered(engage, "log", "ana-lines")["ana-lines"] == "Ana / touch PWNED / ana-invented x"


def test_numbers_are_those_the_verb_can_be_said_of(engage: Engage) -> None:
    engage.ok("log --new Ana call --sorry 'late reply' --sorry 'wrong invoice' --promise 'the quote by friday'")
    engage.ok("log ana again --expects 'speed: a day'")
    engage.ok("apology said a1")
    assert offered(engage, "apology", "said", "") == {"a2": "wrong invoice"}
    assert list(offered(engage, "apology", "fixed", "")) == ["a2", "a1"]
    assert list(offered(engage, "apology", "fixed", "a2", "a")) == ["a2", "a1"]
    assert offered(engage, "apology", "fixed", "a2", "sent", "") == {}
    assert list(offered(engage, "log", "ana", "--said", "")) == ["a2"]
    assert offered(engage, "log", "ana", "--kept", "") == {"p1": "the quote"}
    assert offered(engage, "promise", "moved", "p1", "tom") == {}
    assert offered(engage, "expectation", "agreed", "e") == {"e1": "speed: a day"}
    assert list(offered(engage, "conversation", "show", "")) == ["c2", "c1"]


def test_tags_and_types_only_where_they_are_plain_words(engage: Engage) -> None:
    with store.writing("contact add") as tx:
        ana = tx.insert("contacts", kind="person", handle="ana", name="Ana")
        for word in ("vip", "très-vip", "$(touch PWNED)", "two words", "a;b", "-x", "~x"):
            tx.insert("tags", contact_id=ana, tag=word)
            tx.insert("types", name=word)
    assert set(offered(engage, "neglected", "--tag", "")) == {"vip", "très-vip"}
    assert set(offered(engage, "neglected", "--type", "")) == {"vip", "très-vip"}


@pytest.mark.usefixtures("people")
def test_another_journal_is_honoured(engage: Engage, world: Path) -> None:
    shutil.copy(world / "journal.db", world / "my journal.db")
    os.environ["ENGAGE_DB"] = str(world / "none.db")
    assert offered(engage, "log", "bo") == {}
    for words in ([f'"{world}/my journal.db"'], ["=", f"{world}/my\\ journal.db"]):
        os.environ["ENGAGE_DB"] = str(world / "none.db")
        assert list(offered(engage, "--db", *words, "log", "bo")) == ["bo"]
    assert list(offered(engage, f"--db={world}/journal.db", "log", "bo")) == ["bo"]


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 900")


def older(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 1")


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE contacts(handle)")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("spoil", [damage, newer, older, foreign, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_journal_that_cannot_be_read_is_left_alone_in_silence(
    engage: Engage, journal: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(journal)
    before = {path: path.read_bytes() for path in journal.parent.iterdir() if path.is_file()}
    result = engage(["completion", "--words", "--", "log", ""])
    assert (result.code, result.out, result.err) == (0, "", "")
    assert {path: path.read_bytes() for path in journal.parent.iterdir() if path.is_file()} == before


@pytest.mark.usefixtures("people")
def test_a_journal_in_use_is_not_waited_for(engage: Engage, journal: Path) -> None:
    with sqlite3.connect(journal, isolation_level=None) as db:
        db.execute("BEGIN EXCLUSIVE")
        result = engage(["completion", "--words", "--", "log", ""])
        db.execute("ROLLBACK")
    db.close()
    assert (result.code, result.out, result.err) == (0, "", "")


def test_an_unknown_shell_is_refused(engage: Engage) -> None:
    assert engage("completion tcsh").code == engage("completion").code == 2


@pytest.mark.usefixtures("people")
def test_a_handle_needs_no_large_module() -> None:
    code = """
        import sys
        from engage_cli import completing
        sys.stdin = None
        completing.answer(["log", "bo"])
        print(sorted({"rich", "sqlite_utils", "dateutil", "typer", "pydantic"} & set(sys.modules)))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], check=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "bo\tBo Lindström\n[]\n"


@pytest.fixture
def shell(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put `engage` on the path of the shells, standing in an empty folder; it fails if it reads standard input."""
    folder, here = world / "bin", world / "here"
    folder.mkdir()
    here.mkdir()
    program = folder / "engage"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m engage_cli "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name, script in SCRIPTS.items():
        (world / f"engage.{name}").write_text(script.lstrip(), encoding="utf-8")
    return here


def run(name: str, code: str, here: Path) -> list[str]:
    """Run code in a shell, with something on standard input that must stay there."""
    if not (program := shutil.which(name)):
        pytest.skip(f"{name} is not installed")
    done = subprocess.run(
        [program, *({"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[name]), "-c", code],
        cwd=here,
        input="nobody reads this\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(here.iterdir()) == []
    return done.stdout.splitlines()


def bash(here: Path, words: Iterable[str], kind: int = 9) -> list[str]:
    typed = " ".join(f"'{word}'" for word in words)
    return run(
        "bash",
        f"""
        source ../engage.bash
        COMP_WORDS=(engage {typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE={kind}
        _engage engage
        printf '%s\\n' "${{COMPREPLY[@]}}"
        read -r rest; [[ $rest == 'nobody reads this' ]]
        """,
        here,
    )


@pytest.mark.usefixtures("people")
def test_bash_completes_handles_only(shell: Path) -> None:
    assert sorted(bash(shell, ["log", "ana-"])) == sorted(HOSTILE)
    assert bash(shell, ["log", '"bo']) == ["bo"]
    assert bash(shell, ["log", "lindst"]) == ["bo"]
    assert bash(shell, ["log", "$(touch PWNED)", "--with", "b"]) == ["bo"]
    assert bash(shell, ["log", "bo", "--via", "=", "vi"]) == ["video"]


@pytest.mark.usefixtures("people")
def test_bash_shows_names_only_in_a_list(shell: Path) -> None:
    assert "ana-touch  (Ana $(touch PWNED))" in bash(shell, ["log", "ana"], kind=63)
    assert bash(shell, ["log", "b"], kind=63) == ["bo"]


@pytest.mark.usefixtures("people")
def test_bash_inserts_the_handle_and_lists_the_names(shell: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("bash is not installed")
    bash = pexpect.spawn("bash", ["--norc", "-i"], cwd=shell, encoding="utf-8", timeout=30, dimensions=(50, 120))
    bash.sendline("source ../engage.bash; bind -x '\"\\C-x\": echo \"<$READLINE_LINE>\"'; echo set'tled'")
    bash.expect("settled")
    for typed, becomes in {
        "bo": "bo ",
        "lindst": "bo ",
        "ana-tic": "ana-ticks ",
        "bo --via=vi": "bo --via=video ",
    }.items():
        bash.send(f"\x15engage log {typed}\t\x18")
        bash.expect_exact(f"<engage log {becomes}>")
    bash.send("\x15engage log ana-\t\t")
    bash.expect_exact("ana-touch  (Ana $(touch PWNED))")
    bash.send("\x18")
    bash.expect_exact("<engage log ana->")
    bash.close(force=True)
    assert list(shell.iterdir()) == []


@pytest.mark.usefixtures("people")
def test_zsh_offers_handles_only(shell: Path) -> None:
    code = """
        compdef() { : }
        compadd() { print -rl -- $values }
        source ../engage.zsh
        words=(engage log ana-); CURRENT=3
        _engage
        read -r rest; [[ $rest == 'nobody reads this' ]]
    """
    assert sorted(run("zsh", code, shell)) == sorted(HOSTILE)


@pytest.mark.usefixtures("people")
def test_zsh_inserts_the_handle_and_lists_the_names(shell: Path) -> None:
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    zsh = pexpect.spawn("zsh", ["-f", "-i"], cwd=shell, encoding="utf-8", timeout=30, dimensions=(50, 120))
    zsh.sendline("autoload -Uz compinit; compinit -u -D; source ../engage.zsh; PS1='ready> '")
    zsh.sendline("shown() { print -r -- \"<$BUFFER>\" }; zle -N shown; bindkey '^X' shown; print set'tled'")
    zsh.expect("settled")
    for typed, becomes in {
        "bo": "bo ",
        "lindst": "bo",
        "ana-tic": "ana-ticks ",
        "bo --via=vi": "bo --via=video",
    }.items():
        zsh.send(f"\x15engage log {typed}\t\x18")
        zsh.expect_exact(f"<engage log {becomes}")
    zsh.send("\x15engage log ana-\t")
    zsh.expect_exact("ana-touch  -- Ana $(touch PWNED)")
    zsh.sendeof()
    zsh.close(force=True)
    assert list(shell.iterdir()) == []


@pytest.mark.usefixtures("people")
def test_fish_offers_handles_with_names(shell: Path) -> None:
    def fish(line: str) -> list[str]:
        return run("fish", f"source ../engage.fish; complete -C '{line}'", shell)

    found = dict(line.split("\t") for line in fish("engage log ana-"))
    assert set(found) == set(HOSTILE)
    assert found["ana-touch"] == "Ana $(touch PWNED)"
    assert fish("engage log bo --with bo") == ["bo\tBo Lindström"]
    assert fish("engage log bo --via=vi") == ["--via=video"]
    assert "neglected\tShow the customers not talked to in time, worst first." in fish("engage ")
