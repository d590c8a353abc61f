"""The numbers that people see and type: c12 a conversation, a7 an apology, h88 an action."""

import re
from collections.abc import Sequence

from engage_cli.errors import WrongUsage

LETTERS = {
    "conversation": "c",
    "apology": "a",
    "promise": "p",
    "expectation": "e",
    "need": "n",
    "conflict": "x",
    "steer": "s",
    "insight": "i",
    "action": "h",
}
TABLES = {
    "conversation": "conversations",
    "apology": "apologies",
    "promise": "promises",
    "expectation": "expectations",
    "need": "needs",
    "conflict": "conflicts",
    "steer": "steers",
    "insight": "insights",
    "action": "actions",
}
NOUNS = {table: noun for noun, table in TABLES.items()}


def shown(noun: str, row_id: int) -> str:
    """Write a number with its letter: ("apology", 7) is a7."""
    return f"{LETTERS[noun]}{row_id}"


def read(noun: str, typed: str) -> int:
    """Read a number where `noun` is expected; the letter may be left out, a wrong one is refused.

    Raises WrongUsage.
    """
    found = re.fullmatch(r"([a-z]?)([0-9]{1,15})", typed.strip().lower(), re.ASCII)
    letter = LETTERS[noun]
    if found is None:
        raise WrongUsage(f'"{typed}" is no number of {a(noun)}. Write it like {letter}7.')
    if found[1] not in ("", letter):
        other = next((name for name, sign in LETTERS.items() if sign == found[1]), None)
        means = f"is the number of {a(other)}" if other else "is no number"
        raise WrongUsage(f"{typed} {means}; here {a(noun)} is meant, like {letter}{found[2]}.")
    return int(found[2])


def split(noun: str, typed: Sequence[str]) -> tuple[list[int], list[str]]:
    """Part `ID... [WORDS]...` into numbers and words.

    A bare number after the first word is a number only where nothing but numbers was typed:
    in `fixed a7 2 invoices` the 2 belongs to the words.
    """
    everything = all(re.fullmatch(r"[a-zA-Z]?[0-9]+", part) for part in typed)
    count = 1
    while count < len(typed) and (everything or _has_letter(typed[count])):
        count += 1
    ids = [read(noun, part) for part in typed[:count]]
    return list(dict.fromkeys(ids)), list(typed[count:])


def a(noun: str) -> str:
    """Put the article before a noun."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _has_letter(part: str) -> bool:
    return re.fullmatch(f"[{''.join(LETTERS.values())}][0-9]+", part, re.IGNORECASE) is not None
