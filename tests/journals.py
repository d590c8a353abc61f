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
TYPES = ("agency", "shop")
TAGS = ("design", "north", "Retainer")
NEEDS = ("a site that loads fast", "fewer mails", "someone on call at weekends", "a fixed price")
KINDS = ("matters", "doing", "why", "verbatim", "decided")


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
        _ties(tx, random.Random(seed), contacts, today - timedelta(days))
        rows = list(_conversations(chance, conversations, contacts, today, days))
        _insert(tx, "conversations", [conversation for conversation, _ in rows])
        _insert(tx, "participants", [part for _, part in rows])
        _signals(tx, chance, [part for _, part in rows], today)
        week_ago = (today - timedelta(7)).isoformat()
        reviewed = {"since_on": week_ago, "reviewed_on": week_ago, "reviewed_at": f"{week_ago}T12:00:00Z"}
        tx.insert("reviews", **reviewed)
        for table in SEARCHED:
            triggers.fill(tx.db, table)
        triggers.tidy(tx.db)


def _people(tx: Transaction, contacts: int, chance: random.Random, since: date) -> None:
    rows = [
        {
            "id": number,
            "kind": "person",
            "handle": f"customer-{number}",
            "name": f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}",
            "customer_since": since.isoformat(),
            "every_days": chance.choice((None, 7, 14, 30, 90)),
            "type_id": (1, 2, None)[number % 3],
        }
        for number in range(1, contacts + 1)
    ]
    _insert(tx, "types", [{"name": name} for name in TYPES])
    _insert(tx, "contacts", rows)


def _ties(tx: Transaction, chance: random.Random, contacts: int, since: date) -> None:
    """One contact in ten was introduced by another, one in five has a tag."""
    for number in range(2, contacts + 1):
        on = (since + timedelta(chance.randrange(365))).isoformat()
        if number % 10 == 0:
            pair = {"contact_id": number, "introducer_id": chance.randint(1, number - 1)}
            tx.insert("introductions", **pair, introduced_on=on, thanked_on=chance.choice((None, on)))
        if number % 5 == 0:
            tx.insert("tags", contact_id=number, tag=chance.choice(TAGS))


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
    elif kind < 21:
        answer = {} if done is None else {"answer": "accepted", "answered_on": later, "done_on": later}
        tx.insert("steers", **said, words=words, heard_on=day, **answer)
    elif kind < 24:
        tx.insert("insights", **said, kind=chance.choice(KINDS), words=words, heard_on=day)


def _insert(tx: Transaction, table: str, rows: list[dict[str, Any]]) -> None:
    names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
    tx.db.executemany(f"INSERT INTO {table}({names}) VALUES ({marks})", [tuple(row.values()) for row in rows])


def scatter(tx: Transaction, seed: int, today: date) -> None:
    """Fill a journal with a little of everything, its odd cases too: what was moved, declined, dropped, archived or
    heard on the first day of a period; notes, no answers, several participants, members who left.
    """
    chance = random.Random(seed)
    people = [_anybody(tx, chance, number, today) for number in range(8)]
    houses = [tx.insert("contacts", kind="organisation", handle=name, name=name.title()) for name in ("kite", "fern")]
    for person in people[:5]:
        left_on = chance.choice((None, None, _day(chance, today)))
        tx.insert("memberships", contact_id=person, organisation_id=chance.choice(houses), until_on=left_on)
    for _ in range(60):
        _anything(tx, chance, [*people, *houses], today)


def _anybody(tx: Transaction, chance: random.Random, number: int, today: date) -> int:
    if number < len(TYPES):
        tx.insert("types", name=TYPES[number])
    since, archived = chance.choice(("2025-01-01", "2025-01-01", None)), chance.choice((None, None, None, "2026-06-01"))
    columns = {"customer_since": since, "archived_on": archived, "type_id": chance.choice((None, 1))}
    contact = tx.insert("contacts", kind="person", handle=f"person-{number}", name=f"Person {number}", **columns)
    for tag in chance.sample(TAGS, chance.choice((0, 0, 1, 2))):
        tx.insert("tags", contact_id=contact, tag=tag)
    return contact


def _anything(tx: Transaction, chance: random.Random, contacts: list[int], today: date) -> None:
    """Add a conversation of one to three, and up to three signals of those who took part."""
    day, channel = _day(chance, today), chance.choice((*CHANNELS, "in-person"))
    how = {"is_reached": int(chance.random() < 0.9), "is_private": int(chance.random() < 0.1)}
    more = {"started_by": chance.choice((None, "me", "them")), "minutes": chance.choice((None, 5, 45))}
    talk = tx.insert("conversations", happened_on=day, channel=channel, note="said", **how, **more)
    touch = int(channel != "note" and bool(how["is_reached"]))
    there = chance.sample(contacts, chance.choice((1, 1, 2, 3)))
    for place, contact in enumerate(there):
        role = "about" if place and chance.random() < 0.5 else "with"
        part = {"conversation_id": talk, "contact_id": contact, "role": role}
        tx.insert("participants", **part, happened_on=day, is_touch=touch)
    for _ in range(chance.randrange(4)):
        said = {"contact_id": chance.choice(there), "conversation_id": chance.choice((talk, talk, talk, None))}
        _any_signal(tx, chance, said, date.fromisoformat(day), today)


def _any_signal(tx: Transaction, chance: random.Random, said: dict[str, Any], on: date, today: date) -> None:
    def later() -> str | None:
        return chance.choice((None, min(on + timedelta(chance.randrange(30)), today).isoformat()))

    kind, said, day = chance.randrange(7), {**said, "words": "words"}, on.isoformat()
    if kind == 0:
        done, dropped = later(), chance.choice((None, None, None, day))
        tx.insert("apologies", **said, owed_on=day, said_on=later(), fixed_on=done, dropped_on=dropped)
    elif kind == 1:
        _any_promise(tx, chance, said, on, later())
    elif kind == 2:
        topic = chance.choice((*TOPICS[:2], TOPICS[0].title()))
        words = {**said, "words": chance.choice(("low", "high", "Low"))}
        answer = {"answer": "agreed", "answered_on": day} if later() else {}
        moment = f"{day}T10:00:00Z"
        tx.insert("expectations", **words, topic=topic, heard_on=day, recorded_at=moment, **answer)
    elif kind == 3:
        tx.insert("insights", **said, kind=chance.choice(KINDS), heard_on=day)
    elif kind == 4:
        tx.insert("insights", **said, kind="feels", level=chance.choice((None, 1, 2, 3, 4, 5)), heard_on=day)
    elif kind == 5:
        decision = chance.choice((None, "answered", "later", "declined"))
        decided = {"decision": decision, "decided_on": day} if decision else {}
        done = {"done_on": later()} if decision == "answered" else {}
        tx.insert("needs", **said, heard_on=day, **decided, **done)
    else:
        answer = chance.choice(({}, {"answer": "accepted", "answered_on": day}))
        tx.insert("steers", **said, heard_on=day, **answer)


def _any_promise(tx: Transaction, chance: random.Random, said: dict[str, Any], on: date, kept: str | None) -> None:
    side = chance.choice(("me", "them"))
    end = (
        {"kept_on": kept}
        if kept
        else chance.choice(({}, {"broken_on": on.isoformat()}, {"dropped_on": on.isoformat()}))
    )
    promise = tx.insert("promises", **said, side=side, made_on=on.isoformat(), **end)
    for place in range(chance.randrange(4)):
        asked_by = chance.choice(("me", "them")) if place else side
        due_on = (on + timedelta(chance.randrange(30))).isoformat()
        tx.insert("due_dates", promise_id=promise, due_on=due_on, set_on=on.isoformat(), asked_by=asked_by)


def _day(chance: random.Random, today: date) -> str:
    """Choose a day of the last fourteen months, the edges of the periods that reports count in among them."""
    edges = (0, 1, 89, 90, 91, 181, 182, 183, 367, 368, 369, 370)
    return (today - timedelta(chance.choice((chance.randrange(430), chance.choice(edges))))).isoformat()
