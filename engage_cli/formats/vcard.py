"""vCard 2.1, 3.0 and 4.0: from the bytes of an address book to plain values.

vobject reads the lines and takes values apart. It stops at the first damaged line, cuts a name at a bare
comma and needs exponential time on some broken parameters, so cards are found, unfolded and decoded here,
and each line is mended before vobject sees it.
"""

import binascii
import codecs
import hashlib
import quopri
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True)
class Card:
    """One person or organisation of an address book.

    `number` is the card's place in the file and `line` the line of its BEGIN:VCARD, both from 1. `kind` is
    "person" or "organisation". `birthday` is "1980-03-22", or "--02-03" where the year is unknown.
    `fingerprint` is the same for the same card exported again, whatever its folding, encoding or photo.
    """

    number: int
    line: int
    name: str
    kind: str
    nicknames: tuple[str, ...]
    organisation: str | None
    role: str | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    tags: tuple[str, ...]
    note: str | None
    birthday: str | None
    uid: str | None
    fingerprint: str


@dataclass(frozen=True)
class BrokenCard:
    """A card that cannot become a contact: its place and line in the file, both from 1, and why."""

    number: int
    line: int
    why: str


def read(data: bytes) -> Iterator[Card | BrokenCard]:
    """Read all cards of a file in their order; a broken one does not stop the others.

    Never raises; a file without any card gives nothing. All text can be encoded as UTF-8.
    """
    for number, (line, lines) in enumerate(_cards(data), 1):
        if lines is None:
            yield BrokenCard(number, line, "cut off, its END:VCARD is missing")
        else:
            yield _card(number, line, lines)


def _cards(data: bytes) -> Iterator[tuple[int, list[bytes] | None]]:
    """Give the line number and the lines of each card, None for the lines of one that is cut off."""
    begun, lines = 0, list[bytes]()
    for at, line in enumerate(_lines(data), 1):
        mark = line.rstrip().upper()
        if begun and mark.startswith(b"END:VCARD"):
            yield begun, lines
            begun = 0
        # Files put together with `cat` may lack the line end between two cards.
        if mark in (b"BEGIN:VCARD", b"END:VCARDBEGIN:VCARD"):
            if begun:
                yield begun, None
            begun, lines = at, []
        elif begun:
            lines.append(line)
    if begun:
        yield begun, None


def _lines(data: bytes) -> Iterator[bytes]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    # Exports that went through a second program end their lines with CR CR LF.
    for ending in (b"\r\r\n", b"\r\n", b"\r"):
        data = data.replace(ending, b"\n")
    return (line.removeprefix(codecs.BOM_UTF8) for line in data.split(b"\n"))


_Content = list[Any]  # vobject's content lines, their values decoded but still escaped

_NEITHER = {"group": "a group", "location": "a place", "application": "an application", "device": "a device"}
_ORGANISATIONS = ("org", "organization", "organisation", "company")


def _card(number: int, line: int, lines: list[bytes]) -> Card | BrokenCard:
    content = _content(lines)
    kind = _first(content, "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS").lower()
    if kind in _NEITHER:
        return BrokenCard(number, line, f"{_NEITHER[kind]}, not a person or an organisation")
    name = _name(content)
    if not name:
        return BrokenCard(number, line, "without a name, an organisation, an e-mail address or a phone number")
    organisation = _organisation(content)
    own = kind in _ORGANISATIONS or (name == organisation and not _given_and_family(content))
    return Card(
        number=number,
        line=line,
        name=name,
        kind="organisation" if own else "person",
        nicknames=_listed(content, "NICKNAME"),
        organisation=None if own else organisation or None,
        role=_first(content, "TITLE", "ROLE") or None,
        emails=_emails(content),
        phones=_phones(content),
        tags=_listed(content, "CATEGORIES"),
        note=_note(content),
        birthday=_birthday(content),
        uid=_first(content, "UID") or None,
        fingerprint=_fingerprint(content),
    )


# What changes from one export to the next without a change of the contact, and what a journal has no use for.
_LEFT_OUT = ("PHOTO", "LOGO", "SOUND", "KEY", "REV", "PRODID", "VERSION")


def _content(lines: list[bytes]) -> _Content:
    """Parse the lines of one card into vobject's content lines."""
    from vobject.base import textLineToContentLine

    mended = (_mended(line) for line in _unfolded(lines))
    parsed = (textLineToContentLine(line) for line in mended if line is not None)
    return [line for line in parsed if line.name not in _LEFT_OUT]


_PROPERTY = re.compile(rb"[^\s:;]+[ \t]*[:;]")
_SOFT_BREAK = re.compile(rb'[^:]*[;=]"?quoted-printable', re.IGNORECASE)
_NOTE = re.compile(rb"([^\s:;]+\.)?note[:;]", re.IGNORECASE)


def _unfolded(lines: list[bytes]) -> list[bytearray]:
    """Join what was folded. Done on bytes, as a fold may fall inside a letter."""
    whole: list[bytearray] = []
    for line in lines:
        if whole and whole[-1].endswith(b"=") and _SOFT_BREAK.match(whole[-1]):
            whole[-1][-1:] = line
        elif whole and line.startswith((b" ", b"\t")):
            whole[-1] += line[1:]
        elif _PROPERTY.match(line):
            whole.append(bytearray(line))
        elif whole and line and _NOTE.match(whole[-1]):
            # Some programs write a note of several lines just as it is. Other bare lines belong to photos.
            whole[-1] += b"\\n" + line
    return whole


_HALVES = re.compile(rb'((?:"[^"]*"|[^":])*):(.*)', re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PARAMETER = re.compile(r"[A-Za-z0-9_-]+(=[^:]*)?")
_ENCODED = re.compile(r"charset=.*|encoding=.*|quoted-printable|base64", re.IGNORECASE | re.DOTALL)


def _mended(line: bytearray) -> str | None:
    """Write a line in the way vobject reads well: decoded, without group and encoding; None if it has no name."""
    halves = _HALVES.fullmatch(line)
    head, value = halves.groups() if halves else line.partition(b":")[::2]
    name, *parameters = (part.strip() for part in head.decode("latin-1").replace('"', "").split(";"))
    name = name.rpartition(".")[2]
    if not _NAME.fullmatch(name):
        return None
    kept = [part for part in parameters if _PARAMETER.fullmatch(part) and not _ENCODED.fullmatch(part)]
    return ";".join([name, *kept]) + ":" + _decoded(bytes(value), [part.upper() for part in parameters])


def _decoded(value: bytes, parameters: list[str]) -> str:
    if "QUOTED-PRINTABLE" in parameters or "ENCODING=QUOTED-PRINTABLE" in parameters:
        value = quopri.decodestring(value)
    elif not {"BASE64", "ENCODING=BASE64", "ENCODING=B"}.isdisjoint(parameters):
        with suppress(binascii.Error):
            value = binascii.a2b_base64(value)
    charsets = (part.removeprefix("CHARSET=") for part in parameters if part.startswith("CHARSET="))
    text = _text_of(value, next(charsets, ""))
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n")


# Python has codecs that are no character sets; some of them warn or are slow.
_CHARSET = re.compile(r"(UTF-?(8|16)|ISO|LATIN|WINDOWS|CP|MAC|KOI|SHIFT|SJIS|EUC|GB|BIG|KS)[A-Z0-9_-]*")


def _text_of(value: bytes, charset: str) -> str:
    with suppress(UnicodeDecodeError):
        return value.decode()
    if _CHARSET.fullmatch(charset):
        with suppress(LookupError):
            return value.decode(charset, "replace")
    with suppress(UnicodeDecodeError):
        return value.decode("cp1252")
    return value.decode("latin-1")


def _name(content: _Content) -> str:
    """The best name there is, "" where there is none."""
    candidates = (
        _first(content, "FN"),
        _given_and_family(content),
        *_listed(content, "NICKNAME"),
        _organisation(content),
        *(email.partition("@")[0] or email for email in _emails(content)),
        *_phones(content),
    )
    return next(filter(None, candidates), "")


def _given_and_family(content: _Content) -> str:
    from vobject.vcard import splitFields

    for value in _values(content, "N"):
        # A field is a list where it has bare commas: "Mary,Ann".
        fields: list[str | list[str]] = [*splitFields(_closed(value)), ""]
        family, given = (field if isinstance(field, str) else " ".join(field) for field in fields[:2])
        if name := _plain(f"{given} {family}"):
            return name
    return ""


def _organisation(content: _Content) -> str:
    """The organisation without its departments: "IBM;Accounting" is IBM."""
    # A bare comma is part of the name here ("Smith, Jones & Co"); vobject's own splitting cuts at it.
    names = (_plain(_text(_split(value, ";", escapable=";")[0])) for value in _values(content, "ORG"))
    return next(filter(None, names), "")


def _emails(content: _Content) -> tuple[str, ...]:
    return _once((_email(_plain(_text(value))) for value in _values(content, "EMAIL")), str.casefold)


def _email(address: str) -> str:
    if address.lower().startswith("mailto:"):
        return _plain(unquote(address[len("mailto:") :].partition("?")[0]))
    return address


def _phones(content: _Content) -> tuple[str, ...]:
    return _once(_phone(_plain(_text(value))) for value in _values(content, "TEL"))


def _phone(number: str) -> str:
    """Write a tel: URI (RFC 3966) as people do; other numbers stay as they are."""
    if not number.lower().startswith("tel:"):
        return number
    number, *parameters = unquote(number[len("tel:") :]).split(";")
    extensions = [f"ext. {part[4:]}" for part in parameters if part.lower().startswith("ext=")]
    return _plain(" ".join([number, *extensions]))


def _note(content: _Content) -> str | None:
    return "\n\n".join(_once(_text(value).strip() for value in _values(content, "NOTE"))) or None


_FULL_DATE = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})([T ].*)?")
_DAY_AND_MONTH = re.compile(r"--([0-9]{2})-?([0-9]{2})")
_UNKNOWN_YEAR = 1604  # as Apple writes it; it had a 29 February


def _birthday(content: _Content) -> str | None:
    days = (_day(_plain(_text(value))) for value in _values(content, "BDAY"))
    return next(filter(None, days), None)


def _day(text: str) -> str | None:
    if found := _DAY_AND_MONTH.fullmatch(text):
        year, month, day = _UNKNOWN_YEAR, int(found[1]), int(found[2])
    elif found := _FULL_DATE.fullmatch(text):
        year, month, day = int(found[1]) or _UNKNOWN_YEAR, int(found[2]), int(found[3])
    else:
        return None
    with suppress(ValueError):
        whole = date(year, month, day)
        return f"--{whole:%m-%d}" if year == _UNKNOWN_YEAR else whole.isoformat()
    return None


def _fingerprint(content: _Content) -> str:
    """Digest what the card says. Groups ("item1.") and the order of lines change between exports."""
    lines = sorted({_said(line) for line in content if line.value.strip()})
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _said(line: Any) -> str:
    parameters = {value.lower() for listed in line.params.values() for value in listed}
    parameters.update(value.lower() for value in line.singletonparams)
    return f"{line.name};{','.join(sorted(parameters))}:{_plain(_text(line.value))}"


def _first(content: _Content, *names: str) -> str:
    """The first text there is under the first of these names that has any, else ""."""
    return next(filter(None, (_plain(_text(value)) for name in names for value in _values(content, name))), "")


def _listed(content: _Content, name: str) -> tuple[str, ...]:
    return _once(_plain(part) for value in _values(content, name) for part in _split(value, ","))


def _values(content: _Content, name: str) -> list[str]:
    return [line.value for line in content if line.name == name]


def _once(texts: Iterable[str], key: Callable[[str], str] = str) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for text in filter(None, texts):
        first.setdefault(key(text), text)
    return tuple(first.values())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _text(value: str) -> str:
    return _split(value, None)[0]


def _split(value: str, separator: str | None, escapable: str | None = None) -> list[str]:
    """Take a value apart and unescape it; `escapable` limits the escapes that are resolved, None is all."""
    from vobject.icalendar import stringToTextValues

    return list(stringToTextValues(_closed(value), listSeparator=separator, charList=escapable))


_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)


def _closed(value: str) -> str:
    r"""Mend what vobject cannot unescape: a lone backslash at the end, and `\:`, which Google and Apple write."""
    return _ESCAPE.sub(lambda escape: {"": r"\\", ":": ":"}.get(escape[1], escape[0]), value)
