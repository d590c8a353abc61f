"""`engage help`: every example in a topic works, and no fact in it differs from the code."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell

from engage_cli import clock, errors, main, numbers, signals, store, who
from engage_cli.commands import topics
from engage_cli.show import FORMATS

TODAY = date(2026, 11, 20)
CALLED = (
    "log ana talked --sorry late --promise 'a quote @friday' --promise 'a plan @friday' --expects 'price: low -> high'"
)
A_DAY = r"(\S(?: ?\S)*) {2,}((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4})"
KEPT = dict(re.findall(r"^  (engage .+?) {2,}keeps: (.+)$", topics.text("shell"), re.MULTILINE))


@pytest.fixture
def ana(engage: Engage, journal: Path) -> Engage:
    """Zoe; Ana with all that she can be found by, a call with her, another customer who is overdue."""
    known = "contact add Ana Silva --alias annie --email ana@brightside.example --phone 030901820"
    return furnish(engage, journal, ["contact add Zoe", known, CALLED])


def examples() -> Iterator[str]:
    """Yield each command of the topics, without what is said behind it."""
    for topic in topics.TOPICS:
        for line in topics.text(topic).splitlines():
            if line.startswith("  engage "):
                yield re.split(" {2,}", line.strip())[0]


@pytest.mark.parametrize("command", [one for one in dict.fromkeys(examples()) if one not in KEPT])
def test_an_example_works(ana: Engage, world: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(world)
    (world / "mail.txt").write_text("Hello,\n\nit's $5 & more", encoding="utf-8")
    (world / "editor").write_text("#!/bin/sh\necho written >> $1.new && mv $1.new $1\n", encoding="utf-8")
    (world / "editor").chmod(0o755)
    monkeypatch.setenv("VISUAL", str(world / "editor"))
    if re.search("[<|]", command):
        done = shell(command)
        assert (done.returncode, done.stderr) == (0, "")
    else:
        ana.ok(command.removeprefix("engage "))


def test_the_topics_are_listed(engage: Engage) -> None:
    out = engage.ok("help")
    assert [line.split()[0] for line in out.splitlines()[1:9]] == list(topics.TOPICS)
    assert {path.stem for path in (Path(main.__file__).parent / "help").iterdir()} == set(topics.TOPICS)


@pytest.mark.parametrize("topic", topics.TOPICS)
def test_a_topic_fits_a_small_screen(engage: Engage, topic: str) -> None:
    lines = engage.ok(["help", topic]).splitlines()
    assert lines[0].startswith(f"{topic}: ") and len(lines) < 24
    assert [line for line in lines if len(line) > 78 or not line.isascii()] == []
    assert not re.search(r"\{\{| \n", "\n".join(lines))


@pytest.mark.parametrize("command", ["log", "promise", "promise moved", "help"])
def test_a_command_is_explained_as_by_itself(engage: Engage, command: str) -> None:
    assert engage.ok(f"help {command}") == engage.ok(f"{command} --help")


def test_words_may_be_apart_and_capitals(engage: Engage) -> None:
    assert engage.ok("help Exit Codes") == engage.ok("help exit-codes")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("date", "Did you mean dates?"),
        ("signal", "Did you mean signals?"),
        ("contcts", "Did you mean contacts?"),
        ("xyzzy", 'no topic or command "xyzzy". All topics: engage help'),
        ("promise mvoed", "Did you mean 'moved'?"),
    ],
)
def test_an_unknown_topic_names_the_nearest(engage: Engage, typed: str, says: str) -> None:
    result = engage(f"help {typed}")
    assert result.code == 2 and says in result.err and result.out == ""


def test_days_mean_what_the_topic_says() -> None:
    back, _, ahead = topics.text("dates").partition("Looking ahead")
    for text, read, count in ((back, clock.past, 8), (ahead, clock.ahead, 8)):
        pairs = re.findall(A_DAY, text)
        assert len(pairs) == count
        assert [(words, clock.full(read(words, TODAY))) for words, _ in pairs] == pairs


def test_lengths_cadences_and_what_is_refused() -> None:
    text = topics.text("dates")
    lengths, cadences = re.findall(r"\(--(?:for|every)\): (.*?)\.(?:\s|$)", text)
    assert [clock.minutes(one) for one in lengths.split(", ")] == [30, 90, 90, 90]
    assert [clock.cadence(one) for one in cadences.split(", ")] == [10, 14, 90, 365, 0]
    with pytest.raises(errors.AmbiguousDate):
        clock.past("3/4", TODAY)


def test_signals_are_those_of_the_vocabulary(ana: Engage) -> None:
    text = topics.text("signals")
    assert re.findall(r"^  ([a-z-]+)  +[A-Z]", text, re.MULTILINE) == list(signals.KEYWORDS)
    levels = text.partition("A feeling is ")[2].partition(" (or 5 to 1)")[0]
    assert [signals.read("feels", f"{level} x", TODAY).level for level in levels.split(", ")] == [5, 4, 3, 2, 1]
    example = next(one for one in examples() if "--feels" in one)
    stored = ana(f"{example.removeprefix('engage ')} --json").json["signals"]
    assert [(one["kind"], one["words"]) for one in stored] == [("sorry", "late again"), ("feels", "about the date")]
    line = re.findall('lines like "(.*?)"', text)[0]
    assert signals.part(f"A call.\n\n{line}").signals == [("sorry", "late again")]


@pytest.mark.usefixtures("ana")
def test_ana_is_found_as_the_topic_says() -> None:
    block = topics.text("who").partition("\n\n")[2].partition("\n\n")[0]
    typed = [re.split(" {2,}", line.strip())[0].strip('"') for line in block.splitlines()[1:]]
    assert len(typed) == 6
    with store.reading() as db:
        assert {who.find(db, one).handle for one in typed} == {"ana"}


def test_numbers_have_their_letters() -> None:
    for noun, letter in numbers.LETTERS.items():
        assert f"\n  {letter}1  {numbers.a(noun)}\n" in topics.text("numbers")


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("command", KEPT)
def test_the_shell_leaves_what_the_topic_says(command: str) -> None:
    done = shell(command)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.split(" {2,}", done.stdout.splitlines()[0])[1] == KEPT[command]


def test_json_has_the_keys_that_the_topic_names(ana: Engage) -> None:
    text = topics.text("json")
    named = re.findall(r"^([a-z]+) {2,}(\S.*(?:\n {4,}\S.*)*)", text, re.MULTILINE)
    assert [report for report, _ in named] == ["neglected", "apologies", "promises", "expectations"]
    for report, keys in named:
        items = ana(f"{report} --json", now="2027-03-01T12:00:00").json["items"]
        assert list(items[0]) == re.split(r",\s+", keys), report
    assert text.splitlines()[-1] == f"Instead of --json: --format {', '.join(FORMATS)}."


def test_json_documents_are_as_the_topic_shows(ana: Engage) -> None:
    lines = topics.text("json").splitlines()
    shown = [(lines[place - 1], line) for place, line in enumerate(lines) if line.startswith("  {")]
    for command, document in shown:
        keys = json.loads(document.replace("...", ""))
        assert list(keys) == list(ana(command.strip().removeprefix("engage ")).json), command
    assert len(shown) == 2 and "sections" in ana("review --json").json


def test_every_exit_code_of_an_error_is_there() -> None:
    said = dict(re.findall(r"^  (\d+) +(\S.*)", topics.text("exit-codes"), re.MULTILINE))
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Problem)]
    assert {int(code) for code in said} == {0, 130} | {kind.exit_code for kind in kinds}
    assert said["3"] == errors.NotFound.__doc__


def test_topics_and_commands_are_completed(engage: Engage) -> None:
    offered = dict(line.split("\t") for line in engage.ok(["completion", "--words", "--", "help", ""]).splitlines())
    assert set(offered) == {*topics.TOPICS, *main.COMMANDS}
    assert [offered[topic] for topic in topics.TOPICS] == [topics.title(topic) for topic in topics.TOPICS]
