"""Runs the program as others do: from a shell, and at a terminal."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect

HOUSE = Path(__file__).parents[1]
FUNCTION = f'engage() {{ {shlex.quote(sys.executable)} -m engage_cli "$@"; }}\n'


def shell(line: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a line of `sh` in which `engage` is the program; whatever waits for input fails after ten seconds."""
    return subprocess.run(
        ["sh", "-c", FUNCTION + line],
        check=False,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=10,
        stdin=subprocess.DEVNULL,
        env=_environment(settings),
    )


class Terminal:
    """The program at a terminal of 80 columns: `answer` what it asks, then look at `screen` and `code`."""

    def __init__(self, line: str, **settings: str) -> None:
        environment = _environment({"TERM": "xterm", **settings})
        environment.pop("COLUMNS")
        words = ["-m", "engage_cli", *shlex.split(line)]
        self.child: Any = pexpect.spawn(
            sys.executable, words, env=environment, encoding="utf-8", timeout=10, dimensions=(40, 80)
        )
        self.screen = ""

    def answer(self, question: str, words: str) -> "Terminal":
        """Wait for a question, then type an answer; ^C interrupts and ^D ends the input."""
        self.child.expect_exact(question)
        self.screen += self.child.before + self.child.after
        {"^C": self.child.sendintr, "^D": self.child.sendeof}.get(words, lambda: self.child.sendline(words))()
        return self

    def end(self) -> "Terminal":
        """Wait until the program has ended."""
        self.child.expect(pexpect.EOF)
        self.screen = (self.screen + self.child.before).replace("\r\n", "\n")
        self.child.close()
        return self

    @property
    def code(self) -> int:
        """The exit code."""
        assert self.child.signalstatus is None
        return int(self.child.exitstatus)


def _environment(settings: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HOUSE), **settings}
