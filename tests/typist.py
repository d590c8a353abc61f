"""Types at a terminal of any size, counts the keys pressed, and sees the screen as a person does."""

import re
import shlex
import sys
import time
from typing import Any

import pexpect
from outside import _environment

from engage_cli.show.wrapping import cells

SIGNS = {
    "Enter": "\r", "Tab": "\t", "Up": "\x1b[A", "Down": "\x1b[B", "^C": "\x03", "^D": "\x04", "Alt-Enter": "\x1b\r",
    "Backspace": "\x7f",
}  # fmt: skip
PATIENCE = 10  # seconds


class Typist:
    """The program at a terminal, somebody who types, and the keys pressed beyond the words."""

    def __init__(self, line: str, rows: int = 24, columns: int = 80, **settings: str) -> None:
        environment = _environment({"TERM": "xterm", **settings})
        environment.pop("COLUMNS", None)
        words = ["-m", "engage_cli", *shlex.split(line)]
        self.child: Any = pexpect.spawn(
            sys.executable, words, env=environment, encoding="utf-8", timeout=PATIENCE, dimensions=(rows, columns)
        )
        self.child.delaybeforesend = None
        self.screen = Screen(rows)
        self.presses = 0

    def words(self, text: str) -> "Typist":
        """Type words, which count as no keys."""
        self.child.send(text)
        return self

    def press(self, *keys: str) -> "Typist":
        """Press keys; each counts."""
        for key in keys:
            self.child.send(SIGNS.get(key, key))
            self.presses += 1
        return self

    def see(self, text: str) -> "Typist":
        """Wait until a text is on the screen."""
        until = time.monotonic() + PATIENCE
        while text not in str(self.screen):
            assert time.monotonic() < until and self._look(), f"{text!r} is not to be seen:\n{self.screen}"
        return self

    def end(self) -> "Typist":
        """Wait until the program has ended."""
        while self._look():
            pass
        assert self.child.flag_eof, f"It has not ended:\n{self.screen}"
        self.child.wait()
        self.child.ptyproc.delayafterclose = 0
        self.child.close()
        return self

    @property
    def code(self) -> int:
        """The exit code."""
        assert self.child.signalstatus is None
        return int(self.child.exitstatus)

    def _look(self) -> bool:
        """Take in what the program shows; return False once it shows no more."""
        try:
            self.screen.show(self.child.read_nonblocking(65536, timeout=PATIENCE))
        except (pexpect.EOF, pexpect.TIMEOUT):
            return False
        return True


class Screen:
    """What a terminal shows: as much of its language as our questions speak."""

    def __init__(self, rows: int) -> None:
        self.height = rows
        self.rows: list[str] = [""]
        self.row = self.column = 0
        self.rest = ""

    def __str__(self) -> str:
        rows = [row.rstrip(" ") if place != self.row else row for place, row in enumerate(self.rows)]
        return "\n".join(rows).replace("\0", "")

    @property
    def seen(self) -> list[str]:
        """The lines that fit the screen."""
        return str(self).splitlines()[-self.height :]

    def show(self, text: str) -> None:
        """Take in more of what a program writes; an unfinished sequence waits for its end."""
        text, self.rest = self.rest + text, ""
        if unfinished := re.search("\x1b(\\[[?0-9;]*)?$", text):
            text, self.rest = text[: unfinished.start()], unfinished[0]
        for found in re.finditer("\x1b\\[([?0-9;]*)([a-zA-Z])|\x1b.|(.)", text, re.DOTALL):
            if found[2]:
                self._move(found[2], int(found[1] or 1) if found[1].isdecimal() or not found[1] else 1, found[1])
            elif found[3]:
                self._put(found[3])

    def _move(self, what: str, count: int, given: str) -> None:
        if what in "AB":
            self.row = max(0, self.row + (count if what == "B" else -count))
        elif what in "CD":
            self.column = max(0, self.column + (count if what == "C" else -count))
        elif what in "JK" and given in ("", "0"):
            self.rows[self.row] = self.rows[self.row][: self.column]
            del self.rows[self.row + 1 : len(self.rows) if what == "J" else self.row + 1]
        self._reach()

    def _put(self, sign: str) -> None:
        if sign in "\r\n\b":
            self.column = {"\r": 0, "\b": self.column - 1}.get(sign, self.column)
            self.row += sign == "\n"
            self._reach()
        elif sign >= " ":
            row = self.rows[self.row].ljust(self.column)
            sign = sign + "\0" * (cells(sign) - 1)  # a wide letter takes two columns
            self.rows[self.row] = row[: self.column] + sign + row[self.column + len(sign) :]
            self.column += len(sign)

    def _reach(self) -> None:
        self.rows += [""] * (self.row + 1 - len(self.rows))
