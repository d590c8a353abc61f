"""One conversation as typed becomes rows of the journal."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from engage_cli import numbers, settings, signals, who
from engage_cli.errors import WrongUsage
from engage_cli.records import contacts, conversations, handles
from engage_cli.records import signals as records
from engage_cli.records.contacts import Contact
from engage_cli.store import Transaction

if TYPE_CHECKING:
    from engage_cli.records.apologies import Apology
    from engage_cli.records.promises import Promise


class Entry(NamedTuple):
    """One conversation as typed, read as far as that needs no journal."""

    on: date
    note: str
    said: list[tuple[str, str]]  # signals: keyword and text
    columns: dict[str, Any]  # what else the table of conversations takes
    with_: list[str]  # besides the one it is logged for
    about: list[str]
    done: dict[str, list[str]]  # said, fixed, kept: numbers as typed
    is_new: bool = False
    is_more: bool = False


class Kept:
    """What became of an entry: numbers, and what the user should hear about it."""

    def __init__(self, conversation_id: int, on: date, people: list[Contact]) -> None:
        self.conversation_id = conversation_id
        self.on = on
        self.people = people
        self.signals: list[tuple[str, int]] = []
        self.done: list[tuple[str, str]] = []
        self.remarks: list[str] = []


def keep(tx: Transaction, entry: Entry, name: str) -> Kept:
    """Write an entry down for one contact.

    Raises NotFound, Ambiguous, WrongUsage, Problem; nothing is stored then.
    """
    created: list[Contact] = []
    with_ = _people(tx, [name, *entry.with_], entry, created)
    about = _people(tx, entry.about, entry, created)
    kept = _added_to(tx, entry, with_) if entry.is_more else _added(tx, entry, with_, about)
    kept.remarks += [f"{one.name} ({one.handle}) is new in the journal, a customer." for one in created]
    for keyword, text in entry.said:
        _bring_up(tx, kept, keyword, text)
    for step, typed in entry.done.items():
        for number in typed:
            _do(tx, kept, step, number)
    return kept


def _people(tx: Transaction, names: Iterable[str], entry: Entry, created: list[Contact]) -> list[Contact]:
    found = [_known_or_new(tx, name, entry.on, created) if entry.is_new else who.find(tx.db, name) for name in names]
    return list({contact.id: contact for contact in found}.values())


def _known_or_new(tx: Transaction, name: str, on: date, created: list[Contact]) -> Contact:
    if known := who.find_exactly(tx.db, name):
        return known
    contact_id = contacts.add(tx, name, "person", handles.short(tx.db, name), customer_since=on)
    created.append(contacts.load(tx.db, contact_id))
    return created[-1]


def _added(tx: Transaction, entry: Entry, with_: list[Contact], about: list[Contact]) -> Kept:
    there = {contact.id for contact in with_}
    about = [contact for contact in about if contact.id not in there]
    conversation_id = conversations.add(
        tx, with_, about, happened_on=entry.on.isoformat(), note=entry.note, **entry.columns
    )
    return Kept(conversation_id, entry.on, [*with_, *about])


def _added_to(tx: Transaction, entry: Entry, with_: list[Contact]) -> Kept:
    conversation = conversations.latest(tx.db, with_[0])
    conversations.more(tx, conversation, entry.note)
    took_part = conversations.participants(tx.db, conversation.id, "with")
    mentioned = conversations.participants(tx.db, conversation.id, "about")
    others = [contacts.load(tx.db, row[0]) for row in [*took_part, *mentioned] if row[0] != with_[0].id]
    return Kept(conversation.id, date.fromisoformat(conversation.happened_on), [with_[0], *others])


def _bring_up(tx: Transaction, kept: Kept, keyword: str, text: str) -> None:
    """Write one signal down, for the first contact or for the one that `@handle` names."""
    order = settings.load().date_order
    signal = signals.read(keyword, text, kept.on, order)
    whose = next((contact for contact in kept.people if contact.handle == signal.whose), None)
    if signal.whose and whose is None:
        # Nobody here has that handle: the sign belongs to the words.
        signal = signals.read(keyword, f"@{text.strip()}", kept.on, order)
        kept.remarks.append(f'"@{signal.words.split()[0].lstrip("@")}" took no part, so it stays a part of the words.')
    contact = whose or kept.people[0]
    kept.signals.append(records.bring_up(tx, signal, contact.id, kept.conversation_id, kept.on))
    if keyword == "expects":
        kept.remarks += _about_topic(tx, kept.signals[-1][1])


def _about_topic(tx: Transaction, expectation_id: int) -> list[str]:
    """Say what else is known of the topic: what was stored before, or the topics there are."""
    from engage_cli.records import expectations

    said = expectations.load(tx, expectation_id)
    earlier = expectations.earlier(tx.db, said)
    if earlier is None:
        others = [topic for topic in expectations.topics(tx.db, said.contact_id) if topic != said.topic]
        return [f'"{said.topic}" is a new topic; known already: {", ".join(others)}.'] if others else []
    if said.before and said.before.casefold() != earlier.words.casefold():
        number = numbers.shown("expectation", earlier.id)
        return [f'Before, {number} said "{earlier.words}", not "{said.before}"; {number} stands.']
    return []


def _do(tx: Transaction, kept: Kept, step: str, typed: str) -> None:
    """Write down what was done in this conversation: an apology said or fixed, a promise kept."""
    noun = "promise" if step == "kept" else "apology"
    done = _done(tx, step, numbers.read(noun, typed), kept.on)
    if not _concerns(tx, done.contact_id, kept.people):
        owner = contacts.load(tx.db, done.contact_id)
        raise WrongUsage(
            f"{numbers.shown(noun, done.id)} belongs to {owner.name} ({owner.handle}), who took no part; nothing was"
            f" written. Add --with {owner.handle}, or use: engage {noun} {step}"
        )
    kept.done.append((numbers.shown(noun, done.id), f"{step}: {done.words}"))


def _done(tx: Transaction, step: str, row_id: int, on: date) -> "Apology | Promise":
    from engage_cli.records import apologies, promises

    if step == "kept":
        return promises.kept(tx, row_id, None, on)
    return (apologies.said if step == "said" else apologies.fixed)(tx, row_id, None, on)


def _concerns(tx: Transaction, contact_id: int, people: list[Contact]) -> bool:
    """Whether somebody took part, or is a member or the organisation of somebody who did."""
    there = [contact.id for contact in people]
    marks = ", ".join("?" * len(there))
    tied = tx.db.execute(
        f"SELECT 1 FROM memberships WHERE contact_id = ? AND organisation_id IN ({marks})"
        f" OR organisation_id = ? AND contact_id IN ({marks})",
        (contact_id, *there, contact_id, *there),
    )
    return contact_id in there or tied.fetchone() is not None
