"""The questions of the guided log on a terminal that can only print and read lines, or without prompt_toolkit."""

from engage_cli.commands.asking import Stopped
from engage_cli.commands.capture import ask
from engage_cli.commands.field import LETTERS, Field
from engage_cli.reports.recent import Person, matching
from engage_cli.show.text import emit, line, width
from engage_cli.show.wrapping import wrapped

FEW = 20  # people listed at once


def pick(question: str, people: list[Person], begun: str = "") -> str:
    """Let the user pick by the place in a list, or by words that leave only one; return a handle, "" for none."""
    emit(question)
    left = matching(people, begun)
    while len(left) != 1 or not begun:
        _list(left)
        begun = _line("Which one? (Enter for none) ").strip()
        if not begun:
            return ""
        if begun.isdecimal() and 1 <= int(begun) <= len(left[:FEW]):
            return left[int(begun) - 1].handle
        left = matching(people, begun) or _nobody(begun, people)
    return left[0].handle


def note(question: str, begun: str = "") -> str:
    """Ask for a text of one line, or of more where a line ends in a backslash."""
    emit(f"{question} (a backslash at the end adds a line)")
    *lines, unfinished = begun.split("\n")
    while True:
        lines.append(_next(lines, "> ", unfinished))
        if not lines[-1].endswith("\\"):
            return "\n".join(lines).strip()
        lines[-1], unfinished = lines[-1][:-1].rstrip(), ""


def signals(field: Field, begun: str = "") -> str:
    """Ask for signals line by line, each until it is right; an empty line ends them."""
    emit("What must not be lost? One a line, as `keyword: text`; an empty line saves.")
    emit("\n".join(wrapped("  ".join(f"{letter} {word}" for letter, word in LETTERS.items()), width())))
    *before, unfinished = begun.split("\n")
    lines: list[str] = []
    for text in filter(None, before):
        lines.append(text if not field.wrong(text) else _right(field, lines, text))
        emit(f"+ {line(lines[-1])}")
    while text := _right(field, lines, unfinished):
        lines.append(text)
        unfinished = ""
    return "\n".join(lines)


def _right(field: Field, lines: list[str], begun: str) -> str:
    """Ask for one line until nothing is wrong with it; what was typed stays, to be mended."""
    while (text := _next(lines, "+ ", begun)) and (why := field.wrong(text)):
        emit(line(why))
        begun = text
    return text


def _next(before: list[str], prompt: str, begun: str) -> str:
    """Ask for one more line; an interruption carries those before it too."""
    try:
        return _line(prompt, begun).strip()
    except Stopped as stop:
        raise Stopped("\n".join([*before, stop.begun])) from None


def _line(prompt: str, begun: str = "") -> str:
    """Ask for a line, of which the user may have typed a part already; raises Stopped with what stands there."""
    try:
        import readline
    except ImportError:  # some builds of Python come without it
        return begun + _asked(prompt + begun)
    readline.set_startup_hook(lambda: readline.insert_text(begun))
    try:
        return ask(prompt)
    except (KeyboardInterrupt, EOFError):
        raise Stopped(readline.get_line_buffer() or begun) from None
    finally:
        readline.set_startup_hook(None)


def _asked(prompt: str) -> str:
    try:
        return ask(prompt)
    except (KeyboardInterrupt, EOFError):
        raise Stopped("") from None


def _list(people: list[Person]) -> None:
    for place, one in enumerate(people[:FEW], start=1):
        emit(f"  {place}  {line(one.name)} ({one.handle})")
    if len(people) > FEW:
        emit(f"  and {len(people) - FEW:,} more: type a part of the name")


def _nobody(typed: str, people: list[Person]) -> list[Person]:
    emit(f'Nobody here is called "{line(typed)}".')
    return people
