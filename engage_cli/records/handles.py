"""The short names of contacts, made from what they are called."""

import itertools
import re
import sqlite3
from collections.abc import Iterator

from engage_cli.errors import Problem, WrongUsage
from engage_cli.folding import fold

LONGEST = 40  # signs of a name that become a handle; a number that makes it unique comes on top


def short(db: sqlite3.Connection, name: str) -> str:
    """Make a handle from the first word of a name, or from all of it where that is taken."""
    words = _slug(name).split("-")
    for candidate in (words[0], "-".join(words)):
        if _is_allowed(candidate) and not is_taken(db, candidate):
            return candidate
    return whole(db, name)


def whole(db: sqlite3.Connection, name: str) -> str:
    """Make a handle from all of a name."""
    return next(handle for handle in _candidates(_slug(name)) if not is_taken(db, handle))


class Supply:
    """Handles for many new contacts at once, each given out once; nothing is stored."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._taken = {handle for (handle,) in db.execute("SELECT handle FROM contacts")}
        # Going on where the last search ended keeps thousands of equal names from taking minutes.
        self._untried: dict[str, Iterator[str]] = {}

    def whole(self, name: str) -> str:
        """Make a handle from all of a name."""
        slug = _slug(name)
        untried = self._untried.setdefault(slug, _candidates(slug))
        handle = next(one for one in untried if one not in self._taken)
        self._taken.add(handle)
        return handle


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
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).lstrip("-0123456789")
    return slug[:LONGEST].rstrip("-")


def _candidates(slug: str) -> Iterator[str]:
    """Give the handles that a slug could become, the best first, without end."""
    if slug and not _is_allowed(slug):
        slug = f"contact-{slug}"
    if slug:
        yield slug
    for number in itertools.count(2 if slug else 1):
        yield f"{slug or 'contact'}-{number}"
