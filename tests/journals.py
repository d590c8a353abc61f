"""Journals of any size, made by a seeded generator: the same seed gives the same journal."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engage_cli import store
from engage_cli.searched import SEARCHED
from engage_cli.store import Transaction, triggers

FIRST = (
    "Ana",
    "Ben",
    "Chiara",
    "Dàrio",
    "Eun-ji",
    "Farid",
    "Grace",
    "Hugo",
    "Inès",
    "Jonas",
    "Kaya",
    "Łukasz",
    "최유림",
)
LAST = ("Silva", "Okafor", "Rossi", "Müller", "Park", "Haddad", "Lee", "Lindqvist", "Moreau", "Weber", "Demir", "Żak")
WORDS = """
talked about the new site, the invoice and the launch; price fair, date tight, she wants the texts reviewed
before the market opens and asked who looks after the bookings when we are away over the holidays
""".split()
CHANNELS = ("call", "call", "call", "video", "email", "in-person", "chat", "note")
TOPICS = ("delivery", "price", "response", "reports")


def fill(path: Path, conversations: int, contacts: int, today: date, days: int = 365, seed: int = 1) -> None:
    """Make a journal at `path`: so many conversations over the last `days` with so many contacts.

    About one conversation in five brings something up; most of what is older than a month is settled.
    """
    import os

    os.environ["ENGAGE_DB"] = str(path)
    chance = random.Random(seed)
    with store.writing("import") as tx:
        tx.db.execute("UPDATE doing SET is_bulk = 1")
        _people(tx, contacts, chance, today - timedelta(days))
        rows = list(_conversations(chance, conversations, contacts, today, days))
        _insert(tx, "conversations", [conversation for conversation, _ in rows])
        _insert(tx, "participants", [part for _, part in rows])
        _signals(tx, chance, [part for _, part in rows], today)
        week_ago = (today - timedelta(7)).isoformat()
        reviewed = {"since_on": week_ago, "reviewed_on": week_ago, "reviewed_at": f"{week_ago}T12:00:00Z"}
        tx.insert("reviews", **reviewed)
        for table in SEARCHED:
            triggers.fill(tx.db, table)


def _people(tx: Transaction, contacts: int, chance: random.Random, since: date) -> None:
    rows = [
        {
            "id": number,
            "kind": "person",
            "handle": f"customer-{number}",
            "name": f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}",
            "customer_since": since.isoformat(),
            "every_days": chance.choice((None, 7, 14, 30, 90)),
        }
        for number in range(1, contacts + 1)
    ]
    _insert(tx, "contacts", rows)


def _conversations(
    chance: random.Random, count: int, contacts: int, today: date, days: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for number in range(1, count + 1):
        on = (today - timedelta(days=days - days * number // (count + 1))).isoformat()
        channel = chance.choice(CHANNELS)
        note = " ".join(chance.choices(WORDS, k=chance.randint(10, 40)))
        conversation = {"id": number, "happened_on": on, "channel": channel, "note": note, "started_by": "me"}
        part = {"conversation_id": number, "contact_id": chance.randint(1, contacts), "happened_on": on}
        yield conversation, {**part, "is_touch": int(channel != "note"), "role": "with"}


def _signals(tx: Transaction, chance: random.Random, parts: list[dict[str, Any]], today: date) -> None:
    for part in parts:
        kind = chance.randrange(100)
        said = {"contact_id": part["contact_id"], "conversation_id": part["conversation_id"]}
        on = date.fromisoformat(part["happened_on"])
        # What is fresh may be open; of what is old, one in a hundred was forgotten.
        is_open = ((today - on).days < 30 and chance.random() < 0.3) or chance.random() < 0.01
        _signal(tx, chance, kind, said, on, today, is_open)


def _signal(
    tx: Transaction, chance: random.Random, kind: int, said: dict[str, Any], on: date, today: date, is_open: bool
) -> None:
    day, later = on.isoformat(), (on + timedelta(7)).isoformat()
    words = " ".join(chance.choices(WORDS, k=6))
    done = None if is_open or later > today.isoformat() else later
    if kind < 2:
        tx.insert("apologies", **said, words=words, owed_on=day, said_on=done, fixed_on=done)
    elif kind < 6:
        side = chance.choice(("me", "them"))
        promise = tx.insert("promises", **said, side=side, words=words, made_on=day, kept_on=done)
        tx.insert("due_dates", promise_id=promise, due_on=later, set_on=day, asked_by=side)
    elif kind < 8:
        answer = {} if done is None else {"answer": "agreed", "answered_on": later}
        topic, at = chance.choice(TOPICS), f"{day}T12:00:00Z"
        tx.insert("expectations", **said, topic=topic, words=words, heard_on=day, recorded_at=at, **answer)
    elif kind < 12:
        tx.insert("insights", **said, kind="matters", words=words, heard_on=day)
    elif kind < 17:
        tx.insert("insights", **said, kind="feels", level=chance.randint(1, 5), words=words, heard_on=day)
    elif kind < 19:
        decided = {} if done is None else {"decision": "answered", "decided_on": later, "done_on": later}
        tx.insert("needs", **said, words=words, heard_on=day, **decided)
    elif kind < 20:
        tx.insert("conflicts", **said, words=words, heard_on=day, resolved_on=done)


def _insert(tx: Transaction, table: str, rows: list[dict[str, Any]]) -> None:
    names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
    tx.db.executemany(f"INSERT INTO {table}({names}) VALUES ({marks})", [tuple(row.values()) for row in rows])
