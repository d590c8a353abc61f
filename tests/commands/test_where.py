"""`engage where`."""

from pathlib import Path

import pytest
from conftest import Engage


def test_where_everything_is(engage: Engage, journal: Path, world: Path) -> None:
    assert engage.ok("where").splitlines() == [
        f"journal        {journal}  (not there yet)",
        f"backups        {world}/backups  (not there yet)",
        f"configuration  {world}/home/.config/engage/config.toml  (not there yet)",
        f"recovered      {world}/home/.local/state/engage/recovered  (not there yet)",
    ]
    engage.ok("contact add Ana")
    assert engage.ok("where").splitlines()[0] == f"journal        {journal}"


def test_db_wins(engage: Engage, world: Path) -> None:
    assert engage(f"--db {world}/x.db where --json").json["journal"] == f"{world}/x.db"


def test_the_journal_is_made_there_and_nowhere_else(engage: Engage, world: Path) -> None:
    engage.ok("where")
    assert list(world.glob("*.db")) == []
    engage.ok(f"--db {world}/deep/er/x.db contact add Ana")
    assert (world / "deep/er/x.db").stat().st_mode & 0o777 == 0o600
    assert (world / "deep/er").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["~/j.db", "sp ace.db", "new\nline.db", "ü.db", "q'uote?.db#x%20"])
def test_odd_names(engage: Engage, world: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(world)
    monkeypatch.setenv("ENGAGE_DB", name)
    engage.ok("contact add Ana")
    expected = world / "home/j.db" if name.startswith("~") else world / name
    assert expected.exists() and engage("where --json").json["journal"] == str(expected)
    assert len(engage.ok("where").splitlines()) == 4
