"""The program as a whole: its table of commands, its help, what holds for every command line."""

import pytest
from conftest import Engage, program
from outside import shell

from engage_cli import __version__, lazy, main


def test_the_version(engage: Engage) -> None:
    assert engage.ok("--version") == f"engage {__version__}\n"


def test_without_a_command_the_help_is_shown(engage: Engage) -> None:
    result = engage("")
    assert result.code == 2 and "Log a conversation and what it brought up." in result.out
    assert [name for name in main.COMMANDS if f"\n  {name} " not in result.out] == []


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_says_what_it_is_for(engage: Engage, name: str) -> None:
    command = lazy.load(main.COMMANDS, name)
    for words in ([], *([verb] for verb in getattr(command, "commands", {}))):
        out = engage.ok([name, *words, "-h"])
        assert out == engage.ok([name, *words, "--help"])
        assert out.startswith(f"Usage: engage {' '.join([name, *words])} ")
        assert out.splitlines()[2].strip().endswith((".", ":", ";", ",")) or out.splitlines()[2].strip()


def test_the_table_tells_what_the_command_itself_tells(engage: Engage) -> None:
    """Help is said in two places, so that no command is imported to list all."""
    for name, (module, help_) in main.COMMANDS.items():
        assert help_.endswith(".") and len(help_) <= 60, name
        assert lazy.load(main.COMMANDS, name).name == name
        assert module.isidentifier()


def test_a_mistyped_command_is_not_run(engage: Engage) -> None:
    result = engage("apologie")
    assert result.code == 2 and "Did you mean" in result.err and "apology" in result.err


def test_db_names_another_journal(engage: Engage, world: object, journal: object) -> None:
    engage.ok(f"--db {world}/other.db contact add Ana")
    assert (program(["--db", f"{world}/other.db", "contacts", "--format", "ids"])).stdout == "ana\n"


@pytest.mark.parametrize(
    ("settings", "line", "says"),
    [
        ({"ENGAGE_NOW": "yesterday"}, "engage review", 'ENGAGE_NOW is "yesterday"; it must be like'),
        ({"ENGAGE_DB": "/nosuch/where/j.db"}, "engage where", ""),
    ],
)
def test_settings_that_cannot_be_meant(settings: dict[str, str], line: str, says: str) -> None:
    done = shell(line, **settings)
    assert done.returncode == (2 if says else 0) and says in done.stderr and "Traceback" not in done.stderr


def test_a_journal_that_is_not_there_yet_reads_as_empty(engage: Engage, journal: object) -> None:
    result = engage("review")
    assert result.code == 0 and "Nothing is owed" in result.out
    assert result.err == f"There is no journal at {journal} yet; the first `engage log` creates it.\n"
    assert engage("apologies --json").json["items"] == []
    assert not __import__("pathlib").Path(str(journal)).exists()


def test_interruptions_and_ends_keep_what_they_carry() -> None:
    """Typer's own runner turns KeyboardInterrupt into an exit code and loses the notes."""
    command = lazy.load(main.COMMANDS, "where")
    command.callback = lambda **_: (_ for _ in ()).throw(KeyboardInterrupt("kept"))
    with pytest.raises(KeyboardInterrupt, match="kept"):
        lazy.invoke(command, [])
