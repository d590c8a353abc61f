"""What a key of the walk does: the command it stands for."""

from typing import NamedTuple

from engage_cli.commands.stops import Stop


class Deed(NamedTuple):
    """What a key does: the command it runs for `{id}` or `{contact}`, and the words it asks for to put behind.

    One that `stays` settles nothing by itself: the walk stops at the same item again. A guided one asks on its own.
    """

    word: str
    command: str
    question: str = ""
    past: str = ""
    stays: bool = False
    is_guided: bool = False


FACTS = {
    "apology": {"s": Deed("said", "apology said {id}"), "f": Deed("fixed", "apology fixed {id}")},
    "promise": {
        "k": Deed("kept", "promise kept {id}"),
        "b": Deed("broken", "promise broken {id}"),
        "m": Deed("move", "promise moved {id} --", "Until when? ", "moved"),
    },
    "expectation": {
        "a": Deed("agreed", "expectation agreed {id}"),
        "t": Deed("adapted", "expectation adapted {id}"),
        "d": Deed("declined", "expectation declined {id}"),
    },
    "conflict": {"r": Deed("resolved", "conflict resolved {id} --", "What did you agree? ")},
    "steer": {
        "a": Deed("accepted", "steer accepted {id}"),
        "d": Deed("declined", "steer declined {id}"),
        "e": Deed("done", "steer done {id}"),
    },
    "need": {
        "a": Deed("answered", "need answered {id}"),
        "w": Deed("later", "need later {id} --until", "Until when? "),
        "d": Deed("declined", "need declined {id} --", "Why? "),
        "e": Deed("done", "need done {id}"),
    },
}
WITH_CONTACT = {
    "l": Deed("log now", "log {contact}", past="logged", stays=True, is_guided=True),
    "z": Deed("snooze", "contact snooze {contact} --", "Until when? ", "snoozed"),
    "n": Deed("note", "log {contact} --via note --private --plain --", "What is to be noted? ", "noted", stays=True),
    "o": Deed("open", "prep {contact}", stays=True),
}


def deeds(stop: Stop) -> dict[str, Deed]:
    """Name the keys that act on a stop: its facts, then what can be done with its contact."""
    facts = {letter: FACTS[stop.noun][letter] for letter in stop.facts}
    return facts | (WITH_CONTACT if stop.contact else {})


def of_others(pressed: str) -> list[str]:
    """List what a key means for items of any kind."""
    every = [*FACTS.values(), WITH_CONTACT]
    return list(dict.fromkeys(keys[pressed].word for keys in every if pressed in keys))
