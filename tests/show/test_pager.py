"""Paging: only at a terminal, only what is longer than the screen."""

import sys
from pathlib import Path

import pexpect
import pytest


def _printed(world: Path, lines: int, env_pager: str, words: str = "") -> str:
    """Run a report of that many contacts at a terminal of 24 lines, and return what came out."""
    import os

    from conftest import Engage

    engage = Engage()
    for number in range(lines):
        engage.ok(f"contact add Somebody{number:03}")
    environment = {**os.environ, "ENGAGE_PAGER": env_pager, "TERM": "xterm"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "engage_cli", *words.split(), "contacts"],
        env=environment,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
    )
    child.expect(pexpect.EOF)
    return str(child.before)


@pytest.mark.parametrize(("lines", "words", "is_paged"), [(30, "", True), (3, "", False), (30, "--no-pager", False)])
def test_only_what_is_longer_than_the_screen_is_paged(world: Path, lines: int, words: str, is_paged: bool) -> None:
    pager = f"{sys.executable} -c 'import sys; print(\"paged\", len(sys.stdin.readlines()))'"
    printed = _printed(world, lines, pager, words)
    assert ("paged" in printed) == is_paged
    assert ("somebody001" in printed) != is_paged


def test_a_pager_that_is_not_there_loses_nothing(world: Path) -> None:
    assert "somebody029" in _printed(world, 30, "no-such-pager-here")
