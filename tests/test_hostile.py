"""Hostile texts and hostile surroundings: nothing crashes, nothing is lost, nothing acts on the terminal."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Engage, Result, program
from furnished import furnish
from outside import HOUSE, Terminal, shell

from engage_cli import lazy
from engage_cli.main import COMMANDS

TEXTS = {
    "closing markup": "call [/] done",
    "markup": "list[str] and [red]draft[/red] \\[x]",
    "emoji code": ":x: and :smile:",
    "escapes": "a\x1b[2J\x1b]0;title\x07b\x1b[31mred",
    "C1": "c1 \x9b31m \x85 next \x90 end",
    "delete and bell": "del\x7f bell\x07 back\x08\x08 return\rover",
    "bidi": "bidi \u202eevil\u202c \u2066iso\u2069 \u200emark \u061c",
    "separators": "line\u2028para\u2029end",
    "10,000 letters": "a" * 10_000,
    "CJK": "회의 内容 こんにちは 최유림",
    "RTL": "שלום עולם مرحبا",
    "combining": "e\u0301a\u0308 Z\u0351\u036b\u0343 x" + "\u0301" * 50,
    "two lines": "first line\nsecond line",
    "tab": "before\tafter",
    "formats": "%s %d {} {0} {name} %(x)s $HOME",
    "SQL": "'; DROP TABLE contacts; --",
    "shell": "$(touch p) `touch p` ; rm -rf x | y > z",
    "joined emoji": "👩‍👩‍👧‍👦 family 🏳️‍🌈",
    "Markdown": "| a | b |\n# head **bold** <script>",
    "quotes": 'it\'s "quoted" \\ back\\nslash',
    "spreadsheet": '=1+1,@SUM;"x",\'',
}
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
SIGNALS = ("sorry", "they-promise", "matters", "doing", "needs", "why", "feels", "verbatim", "decided", "conflict")
FORMATS = ("table", "json", "csv", "markdown", "ids")


def reports() -> Iterator[str]:
    """Name the reports that need no argument, whichever there are."""
    for name in COMMANDS:
        params = lazy.load(COMMANDS, name).params
        if any(param.name == "form" for param in params) and not any(param.required for param in params):
            yield name


def verbs() -> Iterator[list[str]]:
    """Yield every command, with every verb."""
    for name in COMMANDS:
        below = getattr(lazy.load(COMMANDS, name), "commands", {})
        yield from ([name, verb] for verb in below)
        if not below:
            yield [name]


def one_line(text: str) -> str:
    return " ".join(text.split())


def handle(place: int) -> str:
    return f"hostile-{place}x"


@pytest.fixture
def journal_of_horrors(engage: Engage, journal: Path) -> Engage:
    """A journal in which every text stands in every field."""
    lines: list[str | list[str]] = []
    for place, text in enumerate(TEXTS.values()):
        lines.append(["type", "add", text, "--about", text, "--needs", text, "--every", "1w"])
        profile = ["--alias", text, "--tag", text, "--note", text, "--role", text, "--type", text]
        org = ["--org", f"org {text}", "--email", f"{place}@{text}", "--phone", f"+{place} {text}"]
        lines.append(["contact", "add", text, "--as", handle(place), "--every", "1w", *profile, *org])
        said = [part for word in SIGNALS for part in (f"--{word}", text)]
        said += ["--promise", f"{text} by 1 dec", "--expects", f"{one_line(text).replace(':', ';')}: {text}"]
        lines.append(["log", handle(place), text, "--steer", text, *said, "--on", "2026-09-01"])
    return furnish(engage, journal, lines)


def test_every_text_comes_back_exactly_in_json(journal_of_horrors: Engage) -> None:
    engage = journal_of_horrors
    apologies = {item["contact"]: item for item in engage.items("apologies")}
    promises = {(item["contact"], item["by"]): item for item in engage.items("promises")}
    contacts = {item["handle"]: item for item in engage.items("contacts")}
    expectations = {item["contact"]: item for item in engage.items("expectations --all")}
    for place, text in enumerate(TEXTS.values()):
        who = handle(place)
        assert apologies[who]["words"] == text.strip()
        assert promises[who, "me"]["words"] == promises[who, "them"]["words"] == text.strip()
        assert contacts[who]["name"] == one_line(text)
        assert contacts[who]["tags"] == [text] and contacts[who]["role"] == text
        assert contacts[who]["type"] == one_line(text)
        assert contacts[who]["organisation"] == one_line(f"org {text}")
        assert expectations[who]["topic"] == one_line(text).replace(":", ";")
        assert expectations[who]["after"] == text.strip()
        shown = engage(f"show {who} --json").json
        assert shown["contact"]["aliases"] == [text] and shown["contact"]["note"] == text
        talk = engage(f"conversation show c{place + 1} --json").json
        assert talk["conversation"]["note"] == text
        assert {one["kind"] for one in talk["signals"]} >= {*SIGNALS, "steer", "promise", "expects"}
        assert all(one["words"] == text for one in talk["signals"] if one["kind"] in ("why", "steer", "needs"))


@pytest.mark.parametrize("columns", ["20", "80"])
def test_no_report_prints_a_raw_control(
    journal_of_horrors: Engage, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = [[name, "--format", form] for name in reports() for form in FORMATS]
    lines += [["show", handle(place), "--format", form] for place in range(len(TEXTS)) for form in FORMATS[:4:3]]
    lines += [["conversation", "show", f"c{place + 1}"] for place in range(len(TEXTS))]
    lines += [["find", text[:60]] for text in TEXTS.values()] + [["undo", "--list"], ["type", "list"]]
    assert len(lines) > 100
    for line in lines:
        result = journal_of_horrors(line)
        assert (result.code, result.err) == (0, ""), (line, result.err[:500])
        assert not CONTROL.search(result.out), (line, CONTROL.search(result.out))
        if "json" in line:
            json.loads(result.out)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_change_survives_every_text(engage: Engage, journal: Path, text: str) -> None:
    log = "log ana x --sorry a --promise 'b by 1 dec' --expects 'c: d' --matters e --sorry f --promise g"
    furnish(engage, journal, ["contact add Ana Silva", "contact add Ben Okafor", log])
    changes: list[list[str]] = [
        ["apology", "said", "a1", text, "--cause", text, "--impact", text, "--remedy", text, "--prevent", text],
        ["apology", "edit", "a1", text],
        ["apology", "dropped", "a2", text],
        ["promise", "broken", "p1", text, "--sorry", text],
        ["promise", "kept", "p2", text],
        ["promise", "edit", "p2", text],
        ["expectation", "adapted", "e1", text],
        ["expectation", "edit", "e1", text, "--topic", text],
        ["insight", "edit", "i1", text],
        ["conversation", "edit", "c1", "--note", text],
        ["contact", "edit", "ana", "--name", text, "--alias", text, "--tag", text],
        ["contact", "edit", "ana", "--drop-alias", text, "--untag", text],
        ["contact", "archive", "ana", text],
        ["contact", "unarchive", "ana"],
        ["contact", "merge", "ana", "--into", "ben"],
        ["conversation", "delete", "c9"],
        ["undo"],
    ]
    for words in changes:
        result = engage(words)
        assert result.code == (3 if "c9" in words else 0), (words[:2], result.err[:500])
        assert not CONTROL.search(result.out + result.err), words[:2]
    assert engage.items("apologies --all")[0]["words"] == text.strip()
    assert engage.items("expectations --all")[0]["topic"] == one_line(text)


@pytest.mark.parametrize(
    "line",
    ["log {} x", "log ana x --via {}", "log ana x --on {}", "show {}", "contacts --tag {}", "contacts --type {}",
     "contact add Bo --as {}", "contact edit ana --every {}", "promise kept {}", "undo {}", "history {}", "{}",
     "log ana {} --nosuch", "contacts --format {}", "insight edit i1 --level {}"],
)  # fmt: skip
def test_no_text_hurts_where_it_is_wrong(engage: Engage, line: str) -> None:
    engage.ok("contact add Ana Silva")
    for text in TEXTS.values():
        result = engage([text if word == "{}" else word for word in line.split()])
        assert result.code in ((0, 2) if "--tag" in line or "--as" in line else (2, 3)), result.err[:300]
        assert "inside engage" not in result.err
        assert not CONTROL.search(result.out + result.err)


def test_a_nul_on_standard_input_is_kept(engage: Engage) -> None:
    engage.ok("contact add Ana Silva")
    out = engage.ok("log ana -", stdin=b"nul\0here\n\nsorry: a\0b\n")
    assert "\0" not in out and "nul\\x00here" in out
    stored = engage("conversation show c1 --json").json
    assert stored["conversation"]["note"] == "nul\0here"
    assert stored["signals"][0]["words"] == "a\0b"
    assert "\0" not in engage.ok("apologies") + engage.ok("show ana") + engage.ok("find here --format csv")


def test_bytes_that_are_no_text_become_visible() -> None:
    program(["contact", "add", "Ana"])
    done = subprocess.run(
        [sys.executable, "-m", "engage_cli", "log", "ana", b"caf\xe9 \xff", "--sorry", b"\xc3("],
        check=False,
        capture_output=True,
        cwd=HOUSE,
    )
    assert done.returncode == 0 and not done.stderr
    assert json.loads(program(["conversation", "show", "c1", "--json"]).stdout)["conversation"]["note"] == (
        "caf\\xe9 \\xff"
    )


def test_bytes_that_are_no_text_in_a_file_for_each(engage: Engage, world: object) -> None:
    result = engage(["log", "--each", "-", "hello"], stdin=b"an\xff\n")
    assert result.code == 3 and "an\\xff" in result.err
    done = shell("printf 'an\\377\\n' > $HOME/names; engage log --each $HOME/names hello")
    assert done.returncode == 3 and "an\\xff" in done.stderr


@pytest.fixture
def small(engage: Engage, journal: Path) -> Engage:
    """A journal with a bit of everything, and a sign that no ASCII has."""
    return furnish(
        engage,
        journal,
        [
            "contact add 'Ána Šilva' --as ana",
            "log ana 'Größe 회의' --sorry 'zu spät' --promise 'Maß nehmen by 1 dec' --on 2026-10-01",
        ],
    )


SURROUNDINGS = {
    "a pipe that closes": ("{} | head -1", {}, 0),
    "a pipe that nobody reads": ("{} | true", {}, 0),
    "closed output": ("{} >&-", {}, 0),
    "closed errors": ("{} 2>&-", {}, 0),
    "closed input": ("{} <&-", {}, 0),
    "nothing open": ("{} <&- >&- 2>&-", {}, 0),
    "ASCII": ("{}", {"PYTHONIOENCODING": "ascii"}, 0),
    "ASCII, strictly": ("{}", {"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C"}, 0),
    "no language": ("{}", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 0),
    "20 columns": ("{}", {"COLUMNS": "20"}, 0),
    "no columns": ("{}", {"COLUMNS": "0"}, 0),
    "columns that are none": ("{}", {"COLUMNS": "many"}, 0),
    "NO_COLOR": ("{}", {"NO_COLOR": "1"}, 0),
    "FORCE_COLOR": ("{}", {"FORCE_COLOR": "0"}, 0),
    "TERM=dumb": ("{}", {"TERM": "dumb"}, 0),
    "full output": ("{} > /dev/full", {}, 1),
    "everything full": ("{} > /dev/full 2> /dev/full", {}, 1),
}


COMMANDS_TO_TRY = ("contacts", "review", "contacts --json", "log --help", "log ana heard again")


@pytest.mark.parametrize("surrounding", SURROUNDINGS)
def test_surroundings(small: Engage, world: Path, surrounding: str) -> None:
    line, settings, code = SURROUNDINGS[surrounding]

    def ended(command: str) -> tuple[str, subprocess.CompletedProcess[str]]:
        # The status of a pipe is that of its last command, so the program's own goes into a file.
        note = world / f"{command.replace(' ', '-')}.code"
        done = shell(line.replace("{}", f"{{ engage {command}; echo $? > {note}; }}"), **settings)
        return note.read_text(), done

    with ThreadPoolExecutor(4) as pool:
        for command, (status, done) in zip(COMMANDS_TO_TRY, pool.map(ended, COMMANDS_TO_TRY), strict=True):
            assert status == f"{code}\n", (command, done.stderr)
            assert "Traceback" not in done.stderr and "inside engage" not in done.stderr
            assert "\x1b" not in done.stdout
            if surrounding == "full output" and command.startswith("log ana"):
                assert "is stored" in done.stderr and "repeat" not in done.stderr
    assert [hit["text"] for hit in small.items("find heard")] == ["heard again"]


def test_json_is_whole_in_any_encoding(small: Engage) -> None:
    for coding in ("ascii", "latin-1", "utf-8"):
        done = shell("engage contacts --json", PYTHONIOENCODING=coding)
        assert json.loads(done.stdout)["items"][0]["name"] == "Ána Šilva", coding


MEANT = {
    "log": ["ana", "talked"], "show": ["ana"], "find": ["Maß"], "import": ["/dev/null"], "completion": ["bash"],
    "history": ["ana"], "demo": [".", "x"],
}  # fmt: skip


def test_nothing_ever_waits_for_input(small: Engage) -> None:
    lines = [[*words, *MEANT.get(words[0], ["ana" if words[0] == "contact" else "1"])] for words in verbs()]
    lines += [[name] for name in reports()] + [["log", "ana", "-"], ["log", "--each", "-", "x"], ["log", "ana", "-e"]]
    lines += [["log"], ["log", "an"], ["contact", "archive"], ["show", "a"], ["undo"], []]
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(_with_closed_input, lines))
    assert len(ended) > 50
    for words, result in zip(lines, ended, strict=True):
        assert result.code in (0, 1, 2, 3, 4), (words, result.err)
        assert "Traceback" not in result.err and "inside engage" not in result.err, (words, result.err)


def _with_closed_input(words: list[str]) -> Result:
    done = shell(f"engage {' '.join(words)} <&-", VISUAL="false")
    return Result(done.returncode, done.stdout, done.stderr)


def test_colours_only_at_a_terminal(small: Engage) -> None:
    assert "\x1b[1m" in Terminal("apologies").end().screen
    assert "\x1b[1;31m" in Terminal("apologies").end().screen
    for settings in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}):
        assert "\x1b" not in Terminal("apologies", **settings).end().screen
    assert "\x1b" not in shell("engage apologies", FORCE_COLOR="1").stdout
