"""A world of its own for every test: its own home, its own journal, a clock that stands still."""

import io
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engage_cli import clock, main, settings

NOW = "2026-11-20T12:00:00"  # a Friday
SAMPLES = Path(__file__).parents[2] / "shared" / "samples"


@dataclass
class Result:
    """What a command line left behind: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


class Engage:
    """Runs command lines as a user types them, inside this process: engage("log ana talked")."""

    def __call__(self, line: str | list[str], stdin: str | bytes = "", now: str | None = None) -> Result:
        words = shlex.split(line) if isinstance(line, str) else line
        before = os.environ["ENGAGE_NOW"]
        os.environ["ENGAGE_NOW"] = now or before
        old = sys.stdin, sys.stdout, sys.stderr
        given = stdin.encode() if isinstance(stdin, str) else stdin
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", write_through=True) for content in (given, b"", b"")
        )
        try:
            code = main.run(words)
            out, err = (stream.buffer.getvalue().decode() for stream in (sys.stdout, sys.stderr))  # type: ignore[attr-defined]
        finally:
            sys.stdin, sys.stdout, sys.stderr = old
            os.environ["ENGAGE_NOW"] = before
        return Result(code, out, err)

    def ok(self, line: str | list[str], stdin: str | bytes = "", now: str | None = None) -> str:
        """Run a command line that must succeed, and return what it printed."""
        result = self(line, stdin, now)
        assert result.code == 0, result.err
        return result.out

    def items(self, line: str) -> list[dict[str, Any]]:
        """Run a report and return the items of its JSON."""
        items: list[dict[str, Any]] = self(f"{line} --json").json["items"]
        return items


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes that tests start find their modules compiled, whatever the environment says."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def world(tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a test its own home; reaching for the real data folder is an error."""
    for name in [name for name in os.environ if name.startswith(("XDG_", "ENGAGE_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "VISUAL", "EDITOR", "COLUMNS", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(compiled))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ENGAGE_DB", str(tmp_path / "journal.db"))
    monkeypatch.setenv("ENGAGE_NOW", NOW)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "80")
    time.tzset()
    monkeypatch.setattr(settings, "data_folder", _not_here)
    (tmp_path / "home").mkdir()
    settings.load.cache_clear()
    clock.write_days("full")
    yield tmp_path
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def engage() -> Engage:
    """Run command lines in this process."""
    return Engage()


@pytest.fixture
def journal(world: Path) -> Path:
    """Where the journal of this test is (it exists after the first change)."""
    return world / "journal.db"


@pytest.fixture
def samples() -> Path:
    """The folder of files that other programs wrote."""
    if not SAMPLES.is_dir():
        pytest.skip("the folder ../shared/samples is not here")
    return SAMPLES


def program(words: list[str], **settings_: Any) -> subprocess.CompletedProcess[str]:
    """Run the installed program as a process of its own, with this test's environment."""
    return subprocess.run(
        [sys.executable, "-m", "engage_cli", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        **{"stdin": subprocess.DEVNULL, **settings_},
    )


def _not_here() -> Path:
    raise AssertionError("a test reached for the real data folder")
