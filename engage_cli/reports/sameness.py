"""When two customers mean the same need: the same words, whatever their case, accents and plurals."""

import re

from engage_cli.folding import fold


def same(words: str) -> str:
    """Reduce the words of a need to what two customers have in common when they mean the same."""
    return " ".join(_singular(word) for word in re.findall(r"\w+", fold(words)))


def _singular(word: str) -> str:
    """Take an English plural back: dates -> date, bodies -> body, boxes -> box; glass stays glass."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and re.search(r"(ss|x|zz|ch|sh)es$", word):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
