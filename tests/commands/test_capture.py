"""Where words come from besides the command line; whatever goes wrong there, they are kept."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import Terminal


@pytest.fixture(autouse=True)
def known(engage: Engage, journal: Path) -> Engage:
    return furnish(engage, journal, ["contact add Ana Silva", "contact add Anke Weber"])


@pytest.fixture
def editor(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor of two words: it runs the script that a test puts here, with the file as $1."""
    script = world / "an editor.sh"
    monkeypatch.setenv("VISUAL", f"sh '{script}' --wait")
    return script


def writes(script: Path, text: str, code: int = 0) -> None:
    # The file is the last of the editor's words, behind --wait.
    script.write_text(f'cp "$2" "$HOME/seen"\nprintf \'{text}\' > "$2"\nexit {code}\n', encoding="utf-8")


def note(engage: Engage, number: str = "c1") -> str:
    return str(engage(f"conversation show {number} --json").json["conversation"]["note"])


def recovered(world: Path) -> list[Path]:
    return [path for path in (world / "home/.local/state/engage").rglob("recovered/*") if path.is_file()]


def test_the_editor_shows_what_is_open(engage: Engage, editor: Path, world: Path) -> None:
    engage.ok("log ana before --sorry late --promise 'a quote by 27 nov'")
    writes(editor, "a note\\n\\nsorry: again\\n")
    engage.ok("log ana -e")
    seen = (world / "home/seen").read_text(encoding="utf-8")
    assert "Ana Silva (ana)" in seen and "a1 apologies: late" in seen and "p1 promises: a quote" in seen
    assert "last in touch: Fri 20 Nov 2026" in seen and "left out" in seen
    assert note(engage, "c2") == "a note"
    assert [item["words"] for item in engage.items("apologies")] == ["late", "again"]
    assert recovered(world) == []


def test_what_is_below_the_line_is_left_out(engage: Engage, editor: Path) -> None:
    editor.write_text('sed -i "1s/^/my note/" "$2"\n', encoding="utf-8")
    engage.ok("log ana -e")
    assert note(engage) == "my note"


def test_words_typed_before_the_editor_opens_are_in_it(engage: Engage, editor: Path) -> None:
    editor.write_text('sed -i "1s/$/ and went on/" "$2"\n', encoding="utf-8")
    engage.ok("log ana it began here --edit --via email")
    assert note(engage) == "it began here and went on"


def test_an_editor_that_fails_loses_nothing(engage: Engage, editor: Path, world: Path) -> None:
    writes(editor, "long thoughts\\n", code=3)
    result = engage("log ana begun -e --via email")
    assert result.code == 1 and "ended with an error (3); nothing was logged" in result.err
    [kept] = recovered(world)
    assert kept.read_text(encoding="utf-8") == "long thoughts"
    assert f"engage log ana --via email - < {kept}" in result.err
    engage.ok("log ana --via email -", stdin=kept.read_bytes())
    assert note(engage) == "long thoughts"


@pytest.mark.parametrize("line", ["log ana -e --on firday", "log nobody -e", "log ana -e --said a9"])
def test_what_goes_wrong_after_the_editor_loses_nothing(engage: Engage, editor: Path, world: Path, line: str) -> None:
    writes(editor, "long thoughts\\n")
    result = engage(line)
    assert result.code in (2, 3)
    [kept] = recovered(world)
    assert kept.read_text(encoding="utf-8") == "long thoughts" and str(kept) in result.err


def test_an_empty_file_logs_nothing_and_is_gone(engage: Engage, editor: Path, world: Path) -> None:
    writes(editor, "")
    result = engage("log ana -e")
    assert result.code == 2 and "Nothing was written down" in result.err
    assert recovered(world) == []


@pytest.mark.parametrize("visual", ["nosuch-editor --wait", "'unbalanced"])
def test_an_editor_that_cannot_be_started(engage: Engage, monkeypatch: pytest.MonkeyPatch, visual: str) -> None:
    monkeypatch.setenv("VISUAL", visual)
    result = engage("log ana begun like this -e")
    assert result.code == 1 and "could not be started" in result.err and "Set VISUAL or EDITOR" in result.err
    assert "engage log ana begun like this -e" in result.err


def test_visual_comes_before_editor(engage: Engage, editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "false")
    writes(editor, "by VISUAL")
    engage.ok("log ana -e")
    monkeypatch.delenv("VISUAL")
    assert engage("log ana -e").code == 1


def test_nobody_by_that_name_is_said_before_anything_is_asked(engage: Engage, world: Path) -> None:
    terminal = Terminal("log nobody").end()
    assert terminal.code == 3 and "What happened" not in terminal.screen


def test_questions_need_input_and_output(engage: Engage) -> None:
    from outside import shell

    done = shell("engage log an hi")
    assert done.returncode == 4 and "Which one" not in done.stdout


@pytest.mark.parametrize(("answer", "code"), [("1", 0), ("2", 0), ("anke", 0), ("", 4)])
def test_the_pick_list_of_a_dumb_terminal(engage: Engage, answer: str, code: int) -> None:
    terminal = Terminal("log an talked about it", TERM="dumb").answer("(Enter for none) ", answer).end()
    assert '"an" can be:\n  1  Ana Silva (ana)\n  2  Anke Weber (anke)' in terminal.screen
    assert terminal.code == code
    assert (engage("conversation show c1").code == 0) == (code == 0)
    if code:
        assert "engage log an talked about it" in terminal.screen


@pytest.mark.parametrize("answer", ["3", "0", "ben"])
def test_the_pick_list_asks_again(answer: str) -> None:
    terminal = Terminal("log an talked about it", TERM="dumb").answer("(Enter for none) ", answer)
    terminal.answer(f'Nobody here is called "{answer}".', "2").end()
    assert terminal.code == 0 and "call with Anke Weber (anke)" in terminal.screen


@pytest.mark.parametrize("line", ["show an", "contact archive an"])
def test_the_pick_list_elsewhere(line: str) -> None:
    assert Terminal(line, TERM="dumb").answer("(Enter for none) ", "1").end().code == 0


def test_with_new_nothing_is_asked(engage: Engage) -> None:
    assert Terminal("log --new An hello --with Ank --about Bo").end().code == 0
    assert {item["handle"] for item in engage.items("contacts")} == {"an", "ana", "ank", "anke", "bo"}


@pytest.mark.parametrize("sign", ["^C", "^D"])
def test_interrupting_the_pick_list_keeps_the_words(engage: Engage, sign: str) -> None:
    for kind, question in (("dumb", "(Enter for none) "), ("xterm", "Ctrl-C stops.")):
        terminal = Terminal("log an talked about it", TERM=kind).answer(question, sign).end()
        assert terminal.code == 130 and "engage: Interrupted." in terminal.screen
        assert "engage log an talked about it" in terminal.screen
