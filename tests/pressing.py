"""The program at a terminal that is pressed key by key."""

from outside import Terminal

WIDE, NARROW = (24, 80), (20, 50)  # rows and columns


class Keyboard(Terminal):
    """The program at a terminal of some size: `press` a key whenever it waits for one."""

    def __init__(self, line: str, size: tuple[int, int] = WIDE, **settings: str) -> None:
        super().__init__(line, **settings)
        self.child.setwinsize(*size)
        self.child.delaybeforesend = None

    def press(self, *keys: str) -> "Keyboard":
        """Wait for each question after a key, then press it; ^C interrupts and ^D ends the input."""
        for key in keys:
            self.child.expect_exact(" keys: ")
            self.screen += self.child.before + self.child.after
            {"^C": self.child.sendintr, "^D": self.child.sendeof}.get(key, lambda key=key: self.child.send(key))()
        return self

    def type(self, question: str, words: str) -> "Keyboard":
        """Answer a question with a line."""
        self.answer(question, words)
        return self

    def look(self, words: str) -> "Keyboard":
        """Wait until something is said."""
        self.child.expect_exact(words)
        self.screen += self.child.before + self.child.after
        return self
