"""What `engage log` says: what was stored and when to talk next, and what to remember before writing."""

import sqlite3
from datetime import date
from typing import Any

from engage_cli import clock, store, who
from engage_cli.commands.entry import Kept
from engage_cli.commands.replying import reply
from engage_cli.errors import Ambiguous, NotFound
from engage_cli.records.contacts import Contact
from engage_cli.reports.due import due_of
from engage_cli.reports.signals import signal
from engage_cli.reports.talk import Talk, circumstances, talk
from engage_cli.show.text import line, shorten
from engage_cli.store import Transaction

LONGEST = 300  # signs of the note that the reply repeats


class Reply:
    """What was stored, read back inside the transaction and said after it."""

    def __init__(self, tx: Transaction, kept: list[Kept], default_days: int) -> None:
        self.tx = tx
        today = clock.today()
        self.lines: list[str] = []
        self.items: list[dict[str, Any]] = []
        for one in kept:
            stored = talk(tx.db, one.conversation_id)
            signals = [signal(tx.db, today, *number) for number in one.signals]
            self.items.append({"conversation": stored, "signals": signals})
            self.lines += [*conversation(stored), *map(spoken, signals)]
            self.lines += [f"{number:<5} {line(text)}" for number, text in one.done]
            self.lines += [f"      {line(remark)}" for remark in one.remarks]
            self.lines += _next(tx.db, one.people[: len(stored.with_)], default_days)

    def say(self, as_json: bool, is_list: bool) -> None:
        """Print it; as JSON a list of entries becomes `items`."""
        content = {"items": self.items} if is_list else self.items[0]
        reply(self.tx, self.lines, as_json, **content)


def reminder(names: list[str]) -> str:
    """Say who they are, when you last spoke and what is open: what the editor shows below the note."""
    from engage_cli import settings
    from engage_cli.reports.report import Brief
    from engage_cli.reports.show import show
    from engage_cli.show.text import visible

    with store.reading() as db:
        briefs: list[Brief] = []
        for name in names:
            try:
                briefs.append(show(db, clock.today(), who.find(db, name).id, settings.load().every_days))
            except (NotFound, Ambiguous):
                continue
    return visible("\n\n".join(_reminder(brief) for brief in briefs))


def conversation(stored: Talk) -> list[str]:
    """Say what was logged: the note, then how, with whom and when."""
    people = ", ".join(f"{one['name']} ({one['contact']})" for one in stored.with_)
    about = ", about " + ", ".join(one["name"] for one in stored.about) if stored.about else ""
    day = clock.full(date.fromisoformat(stored.happened_on))
    note = shorten(line(stored.note), LONGEST) or "(no note)"
    facts = ", ".join([f"{stored.channel} with {people}{about}", day, *circumstances(stored)])
    return [f"{stored.id:<5} {note}", f"      {facts}"]


def spoken(stored: dict[str, Any]) -> str:
    """Say what a conversation brought up: the number, the keyword, the words."""
    kind, words = stored["kind"], line(stored.get("words") or "")
    if kind == "expects":
        change = f"{line(stored['before'])} -> " if stored["before"] else ""
        words = f"{line(stored['topic'])}: {change}{line(stored['after'])}"
    if kind in ("promise", "they-promise"):
        due_on = stored["due_on"]
        words += f", due {clock.full(date.fromisoformat(due_on))}" if due_on else ", no due date"
        words += " (overdue)" if stored["days_overdue"] else ""
    if kind == "feels" and stored["level"]:
        from engage_cli.reports.insights import feeling

        words = feeling(stored["level"], words)
    return (
        f"{stored['id']:<5} {kind}: {words} ({stored['name']})" if stored.get("name") else f"{stored['id']:<5} {kind}"
    )


def _reminder(brief: Any) -> str:
    open_ones = [
        f"  {item.id} {section.title.lower()}: {line(item.words)}"
        for section in brief.sections
        if section.name in ("apologies", "promises")
        for item in section.items
        if getattr(item, "next", None) or getattr(item, "state", None) == "open"
    ]
    return "\n".join([brief.title, *(f"  {fact}" for fact in brief.lines), *open_ones])


def _next(db: sqlite3.Connection, people: list[Contact], default_days: int) -> list[str]:
    """Say when to talk to each of them next, and how a plain or archived contact gets a day."""
    lines = []
    for contact in people:
        if contact.archived_on:
            how_to = f"engage contact unarchive {contact.handle}"
            lines.append(f"      {line(contact.name)} is archived; to bring them back: {how_to}")
            continue
        due = due_of(db, contact.id, clock.today(), default_days)
        if due.due_on:
            day = clock.full(date.fromisoformat(due.due_on))
            lines.append(f"      next: {contact.name}, {day} ({clock.every(due.every_days)})")
        elif contact.customer_since is None and contact.every_days is None and _is_first(db, contact.id):
            how_to = f"engage contact edit {contact.handle} --every 1m"
            lines.append(f"      {contact.name} is a plain contact; to be reminded: {how_to}")
    return lines


def _is_first(db: sqlite3.Connection, contact_id: int) -> bool:
    found = db.execute("SELECT 1 FROM participants WHERE contact_id = ? AND role = 'with' LIMIT 2", (contact_id,))
    return len(found.fetchall()) == 1
