"""`engage demo`."""

from pathlib import Path

from conftest import Engage, program
from outside import shell


def test_a_journal_of_its_own_and_its_review(engage: Engage, world: Path, journal: Path) -> None:
    out = engage.ok(f"demo {world}/demo")
    assert f"A freelancer's journal, made up, in {world}/demo/journal.db" in out
    assert "Review of " in out and "Apologies owed" in out and "Neglected" in out
    assert len(out.splitlines()) <= 60
    assert not journal.exists()


def test_what_it_suggests_works(engage: Engage, world: Path) -> None:
    out = engage.ok(f"demo {world}/demo")
    lines = [line.strip() for line in out.splitlines()]
    exported = next(line for line in lines if line.startswith("export ENGAGE_DB="))
    suggested = [line for line in lines[lines.index("and try") :] if line.startswith("engage ")]
    assert len(suggested) >= 3
    for line in suggested:
        assert shell(f"{exported}; {line}").returncode == 0, line


def test_it_is_relative_to_today(engage: Engage, world: Path) -> None:
    def neglected(now: str) -> str:
        engage(f"demo {world}/{now}", now=now)
        return engage.ok(f"--db {world}/{now}/journal.db neglected --format ids", now=now)

    assert neglected("2026-11-20T12:00:00") == neglected("2028-02-29T23:59:00") != "\n"


def test_a_journal_that_is_there_is_left_alone(engage: Engage, journal: Path) -> None:
    engage.ok("contact add Ana")
    before = journal.read_bytes()
    result = engage(f"demo {journal.parent}")
    assert result.code == 1 and "There is a journal in" in result.err
    assert journal.read_bytes() == before


def test_without_a_folder_it_is_temporary(world: Path) -> None:
    import os

    done = program(["demo"], env={**os.environ, "TMPDIR": str(world)})
    assert done.returncode == 0 and list(world.glob("engage-demo-*/journal.db"))


def test_a_strange_folder_moves_no_cursor(engage: Engage, world: Path) -> None:
    out = engage.ok(["demo", f"{world}/\x1b[31mdemo"])
    assert out.count("\\x1b[31mdemo/journal.db") == 2 and "\x1b" not in out
