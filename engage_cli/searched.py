"""What the search index holds: which columns of which tables, and where in the index."""

# What the user wrote, by table. The position in this table is part of each entry's
# place in the index, so new tables are added at the end.
SEARCHED = {
    "conversations": ["note"],
    "contacts": ["name", "note", "archived_why"],
    "apologies": [
        "words", "cause", "impact", "remedy", "prevent", "said_words", "fixed_words", "confirmed_words", "dropped_why",
    ],
    "promises": ["words", "kept_words", "broken_words", "circumstances", "taken", "dropped_why"],
    "expectations": ["topic", "words", "before", "answer_words"],
    "insights": ["words"],
    "needs": ["words", "topic", "decided_words", "done_words"],
    "conflicts": ["words", "resolution", "dropped_why"],
    "steers": ["words", "answer_words", "done_words"],
    "aliases": ["alias"],
    "tags": ["tag"],
    "memberships": ["role"],
    "introductions": ["words"],
    "due_dates": ["why"],
    "types": ["name", "about", "needs", "expects"],
}  # fmt: skip

# An entry's place in the index is STRIDE * (position of its table) + its id.
STRIDE = 1 << 40

# Scripts in which each sign is indexed as a word: kana and Han, Hangul, and the rarer Han beyond the first plane.
SIGNS = (("\u3040", "\u9fff"), ("\uac00", "\ud7a3"), ("\U00020000", "\U000323af"))
SIGN = "[" + "".join(f"{first}-{last}" for first, last in SIGNS) + "]"
