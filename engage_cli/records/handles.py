"""The short names of contacts, made from what they are called."""

import re
import sqlite3

from engage_cli.errors import Problem, WrongUsage
from engage_cli.folding import fold


def short(db: sqlite3.Connection, name: str) -> str:
    """Make a handle from the first word of a name, or from all of it where that is taken."""
    words = _slug(name).split("-")
    for candidate in (words[0], "-".join(words)):
        if _is_allowed(candidate) and not is_taken(db, candidate):
            return candidate
    return _free(db, _slug(name))


def whole(db: sqlite3.Connection, name: str) -> str:
    """Make a handle from all of a name."""
    return _free(db, _slug(name))


def chosen(db: sqlite3.Connection, handle: str, contact_id: int | None = None) -> str:
    """Check a handle that the user chose.

    Raises WrongUsage where it is no handle, Problem where another contact has it.
    """
    if not _is_allowed(handle):
        raise WrongUsage(
            f'"{handle}" cannot be a handle: it begins with a letter, holds a-z, 0-9 and -, and is more than'
            " one letter and digits (a7 is a number)."
        )
    if is_taken(db, handle, contact_id):
        raise Problem(f"The handle {handle} belongs to another contact; choose another one.")
    return handle


def is_taken(db: sqlite3.Connection, handle: str, contact_id: int | None = None) -> bool:
    """Whether a contact other than `contact_id` has this handle."""
    found = db.execute("SELECT 1 FROM contacts WHERE handle = ? AND id IS NOT ?", (handle, contact_id))
    return found.fetchone() is not None


def _is_allowed(handle: str) -> bool:
    return bool(re.fullmatch(r"[a-z][a-z0-9-]*", handle)) and not re.fullmatch(r"[a-z][0-9]+", handle)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).lstrip("-0123456789").rstrip("-")


def _free(db: sqlite3.Connection, slug: str) -> str:
    if slug and not _is_allowed(slug):
        slug = f"contact-{slug}"
    if slug and not is_taken(db, slug):
        return slug
    base = slug or "contact"
    number = 2 if slug else 1
    while is_taken(db, f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"
