"""The words to send after a conversation: only what was said between the two sides, nothing private.

What we felt, guessed or noted never gets in: this module reads decisions, promises and expectations,
and no other table of signals.
"""

import sqlite3
from dataclasses import dataclass

from engage_cli.reports.only import Only
from engage_cli.reports.talk import Talk, talk


@dataclass(frozen=True)
class Pledge:
    """What one side promised, and the ISO day it is due on."""

    words: str
    due_on: str | None


@dataclass(frozen=True)
class Wish:
    """What they expect on a topic."""

    topic: str
    words: str


@dataclass(frozen=True)
class Recap:
    """What one conversation brought up that may be sent to one who took part."""

    conversation: str
    to: str
    name: str
    happened_on: str
    channel: str
    decided: list[str]
    promised: list[Pledge]
    they_promised: list[Pledge]
    expected: list[Wish]


# A signal belongs to the person it is sent to, or to an organisation they belong to.
THEIRS = """contact_id IN (SELECT :to UNION SELECT organisation_id FROM memberships
  WHERE memberships.contact_id = :to AND :on BETWEEN coalesce(since_on, '') AND coalesce(until_on, '9999'))"""
DECIDED = f"SELECT words FROM insights WHERE conversation_id = :id AND kind = 'decided' AND {THEIRS} ORDER BY id"
PROMISED = f"""
SELECT side, words, (SELECT due_on FROM due_dates WHERE promise_id = promises.id ORDER BY id DESC LIMIT 1)
FROM promises WHERE conversation_id = :id AND dropped_on IS NULL AND {THEIRS} ORDER BY id
"""
EXPECTED = f"SELECT topic, words FROM expectations WHERE conversation_id = :id AND {THEIRS} ORDER BY id"

# A note and what nobody answered are no touch.
SENDABLE = "conversations.is_touch = 1 AND is_private = 0"
LATEST = f"""
SELECT id FROM conversations
WHERE happened_on = (SELECT max(happened_on) FROM conversations WHERE {SENDABLE}) AND {SENDABLE}
ORDER BY id DESC LIMIT 1
"""
LATEST_WITH = f"""
SELECT conversation_id FROM participants JOIN conversations ON conversations.id = conversation_id
WHERE {{whose}} AND role = 'with' AND participants.is_touch = 1 AND {SENDABLE}
ORDER BY participants.happened_on DESC, conversation_id DESC LIMIT 1
"""


def recap(db: sqlite3.Connection, conversation_id: int, contact_id: int) -> Recap:
    """Gather what a conversation brought up for one contact who took part in it."""
    held: Talk = talk(db, conversation_id)
    handle, name = db.execute("SELECT handle, name FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    values = {"id": conversation_id, "to": contact_id, "on": held.happened_on}
    promised = db.execute(PROMISED, values).fetchall()
    mine, theirs = ([Pledge(words, due) for by, words, due in promised if by == side] for side in ("me", "them"))
    return Recap(
        held.id,
        handle,
        name,
        held.happened_on,
        held.channel,
        [words for (words,) in db.execute(DECIDED, values)],
        mine,
        theirs,
        [Wish(topic, words) for topic, words in db.execute(EXPECTED, values)],
    )


def latest_to_send(db: sqlite3.Connection, theirs: Only) -> int | None:
    """Find the latest conversation of a filter that may be sent: held with somebody, not private, not a note."""
    query = LATEST_WITH.format(whose=theirs.on("contact_id")) if theirs.conditions else LATEST
    row = db.execute(query, theirs.values).fetchone()
    return row[0] if row else None
