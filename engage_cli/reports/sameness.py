"""When two customers mean the same need: the same words, whatever their case, accents and plurals."""

import re

from engage_cli.folding import fold


def same(words: str) -> str:
    """Reduce the words of a need to what two customers have in common when they mean the same."""
    return " ".join(_singular(word) for word in re.findall(r"\w+[+#]*", fold(words)))


def _singular(word: str) -> str:
    """Reduce an English word and its plural to one form: dates and date, bodies and body, houses and house."""
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 3 and word.endswith("ie"):
        return word[:-2] + "y"
    return word[:-1] if len(word) > 3 and word.endswith(("se", "xe", "ze", "che", "she")) else word
