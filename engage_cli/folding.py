"""What matters when two texts are compared: neither case nor accents nor Unicode form."""

import unicodedata

# Latin letters that Unicode does not take apart into a letter and an accent.
WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŋ": "n"}
)


def caseless(text: str) -> str:
    """Reduce text to what tells one topic from another: no case, one Unicode form; accents count."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", text).casefold()


def fold(text: str) -> str:
    """Reduce text to what matters when comparing: no case, no accents, one Unicode form, single spaces."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
        text = unicodedata.normalize("NFC", bare.translate(WHOLE_LETTERS))
    return " ".join(text.lower().split())
