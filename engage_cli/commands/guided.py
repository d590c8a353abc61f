"""The questions of the guided log in fields and lists. It loads prompt_toolkit, so it is imported only to ask."""

import os
from collections.abc import Callable, Iterator, Sequence

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import AnyFormattedText, StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    BufferControl,
    CompletionsMenu,
    ConditionalContainer,
    Container,
    Float,
    FloatContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.output import ColorDepth

from engage_cli.commands.asking import Stopped
from engage_cli.commands.field import LETTERS, WORDS, Field, expanded
from engage_cli.reports.recent import Person, matching
from engage_cli.reports.wording import full
from engage_cli.show.text import has_colour, line, visible
from engage_cli.show.wrapping import cut, wrapped

ROWS = 10  # people shown at once, where the screen has room
Event = KeyPressEvent


def pick(question: str, people: list[Person], begun: str = "") -> str:
    """Let the user pick one of some people: typing leaves fewer, arrows and Enter choose. Return a handle."""
    picking = Picking(people, begun)
    buffer = Buffer(document=Document(begun), on_text_changed=lambda buffer: picking.leave(buffer.text))
    keys = _keys(buffer)
    for key, step in {"up": -1, "down": 1, "pageup": -ROWS, "pagedown": ROWS}.items():
        keys.add(key)(lambda event, step=step: picking.move(step))
    keys.add("enter")(lambda event: event.app.exit(result=picking.chosen) if picking.left else None)
    found = Window(FormattedTextControl(picking.rows), height=picking.height)
    return _asked(buffer, [_said(question), _typing(buffer, "> "), found, _hint(picking.hint)], keys, is_gone=True)


class Picking:
    """A pick under way: those whom the words typed leave, and the one that stands out."""

    def __init__(self, people: list[Person], begun: str) -> None:
        self.people = people
        self.leave(begun)

    def leave(self, typed: str) -> None:
        """Leave those that match what is typed."""
        self.left, self.at = matching(self.people, typed), 0

    def move(self, step: int) -> None:
        """Let another one stand out."""
        self.at = max(0, min(self.at + step, len(self.left) - 1))

    @property
    def chosen(self) -> str:
        """The handle of the one that stands out."""
        return self.left[self.at].handle

    def height(self) -> int:
        """Return the rows of the list: never more than a small screen holds beside the field."""
        return max(1, min(ROWS, len(self.people), _rows() - 5))

    def rows(self) -> StyleAndTextTuples:
        """Show those around the one that stands out."""
        first = max(0, self.at - self.height() + 1)
        shown = self.left[first : first + self.height()]
        broad = max((len(one.handle) for one in shown), default=0)
        return [self._row(one, broad) for one in shown]

    def hint(self) -> str:
        """Say how many are left, and which keys there are."""
        if not self.left:
            return "Nobody here is called so. Backspace brings the others back."
        count = (
            f"{len(self.left):,} of {len(self.people):,}"
            if len(self.left) < len(self.people)
            else f"{len(self.left):,}"
        )
        return f"{count}. Type to find, arrows and Enter choose, Ctrl-C stops."

    def _row(self, one: Person, broad: int) -> tuple[str, str]:
        is_chosen = one is self.left[self.at]
        last = f", {full(one.last_on)}" if one.last_on else ""
        text = f"{'>' if is_chosen else ' '} {one.handle:<{broad}}  {line(one.name)}{last}"
        return "reverse" if is_chosen else "", f"{cut(text, _columns() - 1)}\n"


def note(question: str, begun: str = "") -> str:
    """Ask for a text; Enter ends it, Alt-Enter or a backslash before Enter adds a line."""
    buffer = Buffer(document=Document(begun))
    keys = _keys(buffer)
    keys.add("enter")(_end_or_go_on)
    keys.add("escape", "enter")(lambda event: event.current_buffer.insert_text("\n"))
    hint = "Enter goes on, Alt-Enter adds a line, Ctrl-C keeps it for later."
    return _asked(buffer, [_said(question), _typing(buffer, "> "), _hint(lambda: hint)], keys).strip()


def _end_or_go_on(event: Event) -> None:
    buffer = event.current_buffer
    if buffer.document.current_line_before_cursor.endswith("\\"):
        buffer.delete_before_cursor()
        buffer.insert_text("\n")
    else:
        event.app.exit(result=buffer.text)


def signals(field: Field, begun: str = "") -> str:
    """Ask for lines of signals; a line that is wrong stays until it is mended, Enter on an empty line ends."""
    lines = Lines(field, begun)
    keys = _keys(lines.buffer)
    keys.add("enter")(lines.enter)
    keys.add(" ")(lines.expand)
    keys.add(":")(lines.expand)
    below = [_hint(lambda: lines.why, "bold"), _hint(lines.hint)]
    rows = [_said("What must not be lost?"), _typing(lines.buffer, "+ "), *below]
    return _asked(lines.buffer, rows, keys).strip()


class Lines:
    """The lines of signals under way, and what is wrong with the one that was entered last."""

    def __init__(self, field: Field, begun: str) -> None:
        self.field, self.why = field, ""
        self.buffer = Buffer(
            document=Document(begun),
            completer=Words(field),
            complete_while_typing=True,
            on_text_changed=lambda _: self._complain(""),
        )

    def enter(self, event: Event) -> None:
        """End a line that is right; on an empty one end the field, unless a line above is wrong."""
        buffer, said = self.buffer, self.buffer.document.current_line
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
        elif said.strip():
            self._next(self.field.wrong(said))
        else:
            self._end(event)

    def expand(self, event: Event) -> None:
        """Type a space or a colon, which at the beginning of a line makes a keyword of a letter."""
        begun = self.buffer.document.current_line_before_cursor
        if keyword := expanded(begun):
            self.buffer.delete_before_cursor(len(begun))
            self.buffer.insert_text(keyword)
        elif event.data != " " or begun[:-2] not in WORDS:  # a keyword brought its space with it
            self.buffer.insert_text(event.data)

    def hint(self) -> str:
        """Name the words with their letters, and the keys."""
        words = [f"{letter} {word:<13}" for letter, word in LETTERS.items()]
        each = max(1, _columns() // len(words[0]))
        rows = ["".join(words[place : place + each]) for place in range(0, len(words), each)]
        return "\n".join([*rows, "Enter on an empty line saves, Tab completes, Ctrl-C keeps it for later."])

    def _next(self, why: str) -> None:
        if not why:
            self.buffer.cursor_position = len(self.buffer.text)
            self.buffer.insert_text("\n" if self.buffer.document.current_line.strip() else "")
        self._complain(why)

    def _end(self, event: Event) -> None:
        place, why = self.field.first_wrong(self.buffer.text)
        if not why:
            self.buffer.text = self.buffer.text.strip()
            event.app.exit(result=self.buffer.text)
            return
        document = self.buffer.document
        self.buffer.cursor_position = document.translate_row_col_to_index(place, len(document.lines[place]))
        self._complain(why)

    def _complain(self, why: str) -> None:
        self.why = why


class Words(Completer):
    """What completes a line of signals."""

    def __init__(self, field: Field) -> None:
        self.field = field

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield keywords at the beginning of a line, topics behind `expects:`."""
        typed, found = self.field.completions(document.current_line_before_cursor)
        return (Completion(one, -len(typed), display=line(one)) for one in found)


def _keys(buffer: Buffer) -> KeyBindings:
    """Bind the keys that leave any question, with what stands there."""
    keys = KeyBindings()
    for key in ("c-c", "c-d", "<sigint>"):
        keys.add(key)(lambda event: event.app.exit(exception=Stopped(buffer.text)))
    return keys


def _asked(buffer: Buffer, rows: Sequence[Container], keys: KeyBindings, is_gone: bool = False) -> str:
    """Show a question below what is on the screen until it is answered."""
    # The terminal is not asked where its cursor is: an answer that came late would be taken for keys.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    menu = Float(CompletionsMenu(max_height=6), xcursor=True, ycursor=True)
    application: Application[str] = Application(
        Layout(FloatContainer(HSplit(rows), [menu]), focused_element=buffer),
        key_bindings=keys,
        erase_when_done=is_gone,
        color_depth=None if has_colour() else ColorDepth.DEPTH_1_BIT,
    )
    try:
        return _readable(application.run())
    except (KeyboardInterrupt, EOFError, OSError):  # the terminal may be gone
        raise Stopped(_readable(buffer.text)) from None


def _readable(text: str) -> str:
    """Bytes that the encoding of the terminal knows no letters for arrive as surrogates."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _said(text: str) -> Window:
    return Window(FormattedTextControl(lambda: _wrapped(text)), dont_extend_height=True)


def _typing(buffer: Buffer, sign: str) -> Window:
    def before(number: int, wraps: int) -> AnyFormattedText:
        return " " * len(sign) if wraps else sign

    return Window(BufferControl(buffer), get_line_prefix=before, wrap_lines=True, dont_extend_height=True)


def _hint(text: Callable[[], str], style: str = "") -> ConditionalContainer:
    """Show a text below a field as long as it is not answered."""
    window = Window(FormattedTextControl(lambda: [(style, _wrapped(text()))]), dont_extend_height=True)
    return ConditionalContainer(window, ~is_done & Condition(lambda: bool(text())))


def _wrapped(text: str) -> str:
    return "\n".join(row for part in visible(text).split("\n") for row in wrapped(part, _columns() - 1))


def _columns() -> int:
    return get_app().output.get_size().columns


def _rows() -> int:
    return get_app().output.get_size().rows
