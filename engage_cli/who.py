"""Finding a contact by what was typed: a handle, a name, an e-mail address, the beginning of a word."""

import difflib
import re
import sqlite3
from collections.abc import Iterable, Iterator

from engage_cli.errors import Ambiguous, NotFound
from engage_cli.folding import fold
from engage_cli.records import contacts
from engage_cli.records.contacts import Contact


def find(db: sqlite3.Connection, typed: str) -> Contact:
    """Find the one contact that `typed` means.

    Raises NotFound with what looks alike, Ambiguous with the candidates.
    """
    return _one(db, typed, _exact(db, typed) or _beginning(db, typed))


def find_exactly(db: sqlite3.Connection, typed: str) -> Contact | None:
    """Find the contact with exactly that handle, alias, address, phone or name, if there is one.

    Raises Ambiguous.
    """
    ids = _exact(db, typed)
    return _one(db, typed, ids) if ids else None


def find_all(db: sqlite3.Connection, typed: Iterable[str]) -> list[Contact]:
    """Find each contact named, once; nothing is found unless all are."""
    found = [find(db, name) for name in typed]
    return list({contact.id: contact for contact in found}.values())


def digits(text: str) -> str:
    """Reduce a phone number to its digits; empty where the text is something else."""
    return re.sub(r"[^0-9]", "", text) if re.fullmatch(r"\+?[0-9 ()/.-]{3,}", text) else ""


def _one(db: sqlite3.Connection, typed: str, ids: list[int]) -> Contact:
    if not ids:
        raise NotFound(_nobody(db, typed))
    found = [contacts.load(db, contact_id) for contact_id in ids]
    if len(found) > 1:
        found.sort(key=lambda contact: contact.handle)
        raise Ambiguous(typed, [(contact.handle, contact.name) for contact in found])
    return found[0]


def _exact(db: sqlite3.Connection, typed: str) -> list[int]:
    sought = fold(typed)
    if row := db.execute("SELECT id FROM contacts WHERE handle = ?", (sought,)).fetchone():
        return [_survivor(db, *row)]
    if known := _known_as(db, sought):
        return known
    return [row_id for row_id, _, name, _ in _everyone(db) if fold(name) == sought] if sought else []


def _survivor(db: sqlite3.Connection, contact_id: int) -> int:
    """Follow a contact that was merged to the one it lives on in."""
    [into] = db.execute("SELECT merged_into_id FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return contact_id if into is None else _survivor(db, into)


def _known_as(db: sqlite3.Connection, sought: str) -> list[int]:
    """Find who has this alias, e-mail address or phone."""
    number = digits(sought)
    found = [contact_id for contact_id, alias in _list(db, "aliases") if fold(alias) == sought]
    found += [contact_id for contact_id, email in _list(db, "emails") if fold(email) == sought]
    if number:
        found += [contact_id for contact_id, phone in _list(db, "phones") if digits(phone) == number]
    # An undo may have given something back to a contact that was merged since.
    return list(dict.fromkeys(_survivor(db, contact_id) for contact_id in found))


def _beginning(db: sqlite3.Connection, typed: str) -> list[int]:
    sought = fold(typed)
    if not sought:
        return []
    aliases: dict[int, list[str]] = {}
    for contact_id, alias in _list(db, "aliases"):
        aliases.setdefault(contact_id, []).append(alias)
    return [
        row_id
        for row_id, handle, name, archived_on in _everyone(db)
        if archived_on is None
        and (handle.startswith(sought) or any(_begins(sought, text) for text in [name, *aliases.get(row_id, [])]))
    ]


def _begins(sought: str, text: str) -> bool:
    """Whether some word of `text` begins so; in scripts without Latin letters any part will do."""
    folded = fold(text)
    if re.search("[a-z]", folded):
        return re.search(rf"(?<!\w){re.escape(sought)}", folded) is not None
    return sought in folded


def _everyone(db: sqlite3.Connection) -> Iterator[tuple[int, str, str, str | None]]:
    return db.execute("SELECT id, handle, name, archived_on FROM contacts WHERE merged_into_id IS NULL")


def _list(db: sqlite3.Connection, table: str) -> Iterator[tuple[int, str]]:
    return db.execute(f"SELECT contact_id, {contacts.LISTS[table]} FROM {table}")


def _nobody(db: sqlite3.Connection, typed: str) -> str:
    by_word: dict[str, str] = {}
    for _, handle, name, _ in _everyone(db):
        for word in (handle, fold(name), *fold(name).split()):
            by_word.setdefault(word, handle)
    close = difflib.get_close_matches(fold(typed), by_word, n=3, cutoff=0.7)
    alike = ", ".join(dict.fromkeys(by_word[word] for word in close))
    meant = f"Did you mean {alike}? " if alike else ""
    return f'Nobody in the journal is "{typed}". {meant}Someone new is added with: engage contact add NAME'
