"""The man page: it is what the commands say, nothing is missing, and it renders without a warning."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish
from outside import shell

import engage_cli
from engage_cli.commands import topics
from engage_cli.commands.manual import ENVIRONMENT, EXAMPLES

HOUSE = Path(engage_cli.__file__).parent
PAGE = HOUSE / "man" / "engage.1"
REGENERATE = "python -m engage_cli help --manual > engage_cli/man/engage.1"


def rendered(*options: str) -> subprocess.CompletedProcess[str]:
    """Show the page by man, on 80 columns."""
    if not shutil.which("man") or not shutil.which("groff"):
        pytest.skip("man and groff are not both installed")
    environment = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "GROFF_NO_SGR": "1"}
    return subprocess.run(
        ["man", *options, "-l", str(PAGE)], capture_output=True, text=True, check=False, env=environment, timeout=60
    )


def plain() -> str:
    """What a reader sees: overstrikes taken out, words that a line break parted still apart."""
    return re.sub(".\b", "", rendered("-P", "cat", "-Tutf8").stdout)


def sections(page: str, level: str) -> dict[str, str]:
    """Part a page at its headings."""
    parts = re.split(rf"^\.{level} (.*)\n", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def unescaped(text: str) -> str:
    return text.replace(r"\-", "-").replace(r"\fB", "").replace(r"\fI", "").replace(r"\fR", "")


def test_the_page_is_what_the_commands_say(engage: Engage) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert engage.ok("help --manual") == page, f"a command or a topic changed; run: {REGENERATE}"
    assert page.isascii()


def test_every_command_and_option_is_in_it(engage: Engage) -> None:
    page = unescaped(engage.ok("help --manual"))
    commands = sections(sections(page, "SH")["COMMANDS"], "SS")
    for row in engage.ok("completion --table").splitlines():
        command, names, takes, help_ = row.split("\t")
        heading = f"engage {command} {takes}".strip()
        if not names and command:
            assert heading in commands
            described = commands[heading]
        elif command and names != "--help":
            term = " ".join([", ".join(names.split()), takes]).strip()
            assert f".TP\n{term}\n" in described, (command, names)
            assert not help_ or help_[:20].replace("'", r"\(aq") in described


def test_every_section_is_there(engage: Engage) -> None:
    names = "NAME SYNOPSIS DESCRIPTION OPTIONS COMMANDS TOPICS ENVIRONMENT FILES EXIT+STATUS EXAMPLES"
    assert list(sections(engage.ok("help --manual"), "SH")) == [name.replace("+", " ") for name in names.split()]


def test_every_variable_that_the_program_reads_is_in_it() -> None:
    read = r"environ(?:\.get\(|\[)\"([A-Z_]+)\"|\"([A-Z_]+)\" (?:not )?in os\.environ"
    sources = [path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py")]
    found = {one or other for source in sources for one, other in re.findall(read, source)}
    assert {"ENGAGE_DB", "ENGAGE_NOW", "NO_COLOR", "VISUAL"} <= found
    assert found - set(ENVIRONMENT) == set(), "describe them in ENVIRONMENT of engage_cli/commands/manual.py"


def test_it_renders_without_warnings() -> None:
    shown = rendered("--warnings", "-E", "UTF-8", "-Tutf8", "-Z")
    assert (shown.returncode, shown.stderr) == (0, "")
    groff = ["groff", "-man", "-ww", "-Tutf8", "-z", str(PAGE)]
    assert subprocess.run(groff, capture_output=True, text=True, check=False).stderr == ""


def test_it_is_shown_as_it_is_typed() -> None:
    """Quotes, dashes, backslashes and dots reach the reader, and the topics keep their lines."""
    shown = plain()
    assert [line for line in shown.splitlines() if len(line) > 80] == []
    assert "\n       -e, --edit\n" in shown and "--no-answer" in shown
    for topic in topics.TOPICS:
        lines = [line for line in topics.text(topic).splitlines()[1:] if line]
        assert [line for line in lines if f"\n  {line}\n" not in shown] == []


@pytest.mark.parametrize("command", EXAMPLES)
def test_the_examples_work(
    engage: Engage, world: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(world)
    (world / "mail.txt").write_text("Hello", encoding="utf-8")
    furnish(engage, journal, ["log --new Ana talked --on 2026-01-05 --sorry late"])
    if re.search("[<|]", command):
        done = shell(command)
        assert (done.returncode, done.stderr) == (0, "")
    else:
        engage.ok(shlex.split(command)[1:])


def test_the_page_is_installed_where_man_looks() -> None:
    import tomllib

    settings = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["setuptools"]["data-files"] == {"share/man/man1": ["engage_cli/man/engage.1"]}
