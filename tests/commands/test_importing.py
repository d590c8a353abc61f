"""`engage import` as a user types it: who comes in, who is known again, who only looks alike, what is broken."""

import itertools
import os
import pty
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Engage, program

from engage_cli.searched import SEARCHED
from engage_cli.store import triggers

ANA = ["UID:u-ana", "FN:Ana Silva", "EMAIL:ana@padaria.example", "TEL:+351 912 000 000"]
HOSTILE = ["\x1b[31mred\x07", "[/] [bold]x", ":x: :smile:", "$(touch p) `id` 'q'", "a\u202eb\u2066c", "n" * 10_000]


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


def named(count: int) -> str:
    return "".join(card(f"FN:Person {number}", f"EMAIL:p{number}@example.org") for number in range(count))


@pytest.fixture
def write(world: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write a file of cards into the working folder, and return its name."""
    monkeypatch.chdir(world)

    def write(*cards: str, name: str = "book.vcf") -> str:
        (world / name).write_text("".join(cards), encoding="utf-8", newline="")
        return name

    return write


def contacts(engage: Engage) -> dict[str, dict[str, Any]]:
    return {item["handle"]: item for item in engage.items("contacts")}


def tables(journal: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Read everything there is, also the memory of what was done."""
    with sqlite3.connect(journal) as db:
        names = [*triggers.remembered(db), "actions", "changes"]
        found = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    db.close()
    return found


def values(journal: Path, query: str) -> list[Any]:
    with sqlite3.connect(journal) as db:
        found = [row[0] if len(row) == 1 else row for row in db.execute(query)]
    db.close()
    return found


def indexed(journal: Path, rebuilt: bool = False) -> list[tuple[Any, ...]]:
    """List every word of the search index and where it stands, and which rows it knows."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    with sqlite3.connect(journal) as source:
        source.backup(db)
    source.close()
    if rebuilt:
        triggers.drop(db)
        db.execute(triggers.WORDS)
        for table in SEARCHED:
            triggers.fill(db, table)
    db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, instance)")
    found = db.execute("SELECT term, doc, offset FROM terms ORDER BY 1, 2, 3").fetchall()
    found += db.execute("SELECT id, sz FROM words_docsize ORDER BY id").fetchall()
    found += db.execute("SELECT block FROM words_data WHERE id = 1").fetchall()  # how many rows and words it counts
    db.close()
    return found


def test_a_card_comes_in_whole_as_a_plain_contact(engage: Engage, write: Any, journal: Path) -> None:
    lines = ["NICKNAME:Nina", "ORG:Padaria Central", "TITLE:Baker", "CATEGORIES:bread,Lisbon", "NOTE:Likes rye."]
    said = engage.ok(f"import {write(card(*ANA, *lines, 'BDAY:1980-03-22'))}")
    assert said.splitlines() == [
        "book.vcf: 1 card, 1 came in, 0 known, 0 broken",
        "With them 1 organisation came in.",
        "New people came in as plain contacts. To make one a customer: engage contact edit HANDLE --every 1m",
        "Take it back: engage undo",
    ]
    ana = contacts(engage)["ana-silva"]
    assert (ana["name"], ana["organisation"], ana["role"]) == ("Ana Silva", "Padaria Central", "Baker")
    assert (ana["tags"], ana["customer_since"], ana["every_days"]) == (["Lisbon", "bread"], None, None)
    assert contacts(engage)["padaria-central"]["kind"] == "organisation"
    assert contacts(engage)["padaria-central"]["customer_since"] is None
    assert values(journal, "SELECT note, birthday FROM contacts WHERE handle = 'ana-silva'") == [
        ("Likes rye.", "1980-03-22")
    ]
    assert values(journal, "SELECT alias FROM aliases") == ["Nina"]
    assert values(journal, "SELECT since_on FROM memberships") == [None]
    keys = values(journal, "SELECT key FROM sources ORDER BY id")
    assert keys[0] == "uid:u-ana" and keys[1].startswith("sha256:") and len(keys) == 2


def test_handles_come_from_the_whole_name(engage: Engage, write: Any) -> None:
    engage.ok(f"import {write(*(card(f'FN:{name}', f'UID:{name}') for name in ('Ana', 'Ana Silva', 'Ånä Sîlvà')))}")
    assert set(contacts(engage)) == {"ana", "ana-silva", "ana-silva-2"}


def test_an_organisation_card_is_an_organisation(engage: Engage, write: Any) -> None:
    engage.ok(f"import {write(card('FN:ACME', 'ORG:ACME', 'KIND:org', 'EMAIL:hi@acme.example'))} --every 1m")
    assert (contacts(engage)["acme"]["kind"], contacts(engage)["acme"]["every_days"]) == ("organisation", None)


def test_the_same_file_twice_changes_nothing(engage: Engage, write: Any, journal: Path) -> None:
    file = write(card(*ANA, "ORG:Padaria"), card("FN:Bo"), card("FN:최유림", "TEL:1234"))
    engage.ok(f"import {file}")
    before = tables(journal)
    assert engage.ok(f"import {file} {file} --every 1m").splitlines() == [
        "book.vcf: 3 cards, 0 came in, 3 known (0 with something new, 3 unchanged), 0 broken",
        "book.vcf: 3 cards, 0 came in, 3 known (0 with something new, 3 unchanged), 0 broken",
        "Nothing was changed.",
    ]
    assert engage(f"import {file} --json").json["action"] is None
    assert tables(journal) == before


def test_what_the_user_took_away_does_not_come_back(engage: Engage, write: Any, journal: Path) -> None:
    file = write(card(*ANA))
    engage.ok(f"import {file}")
    engage.ok("contact edit ana --drop-phone '+351 912 000 000' --name 'Ana from the bakery'")
    assert "Nothing was changed." in engage.ok(f"import {file}")


def test_a_card_is_known_by_its_uid(engage: Engage, write: Any, journal: Path) -> None:
    engage.ok(f"import {write(card(*ANA))}")
    said = engage.ok(f"import {write(card('UID:u-ana', 'FN:Ana Costa', 'EMAIL:ana@costa.example', 'NOTE:Married.'))}")
    assert "0 came in, 1 known (1 with something new, 0 unchanged)" in said
    assert [item["name"] for item in engage.items("contacts")] == ["Ana Silva"]
    assert values(journal, "SELECT alias FROM aliases") == ["Ana Costa"]
    assert values(journal, "SELECT email FROM emails") == ["ana@padaria.example", "ana@costa.example"]
    assert values(journal, "SELECT note FROM contacts") == ["Married."]


def test_a_card_is_known_by_its_text_where_it_has_no_uid(engage: Engage, write: Any) -> None:
    engage.ok(f"import {write(card('FN:Bo', 'PHOTO:abc', 'TITLE:Smith'))}")
    assert "0 came in, 1 known" in engage.ok(f"import {write(card('TITLE:Smith', 'item1.FN:Bo', 'REV:2026'))}")


@pytest.mark.parametrize("shared", ["EMAIL:ANA@Padaria.example", "TEL:+351912000000"])
def test_a_card_is_known_by_name_and_address_or_phone(engage: Engage, write: Any, journal: Path, shared: str) -> None:
    engage.ok(["contact", "add", "Ána", "Silva", "--email", "ana@padaria.example", "--phone", "+351 912 000 000"])
    said = engage.ok(f"import {write(card('UID:other', 'FN:ana silva', shared, 'CATEGORIES:bread'))}")
    assert "0 came in, 1 known (1 with something new, 0 unchanged)" in said
    assert [(item["name"], item["tags"]) for item in engage.items("contacts")] == [("Ána Silva", ["bread"])]
    assert len(values(journal, "SELECT email FROM emails")) == len(values(journal, "SELECT phone FROM phones")) == 1
    assert "uid:other" in values(journal, "SELECT key FROM sources")


def test_a_known_contact_keeps_what_it_has(engage: Engage, write: Any, journal: Path) -> None:
    engage.ok(f"import {write(card(*ANA, 'NOTE:Old.', 'BDAY:1980-03-22', 'ORG:Padaria', 'TITLE:Baker'))}")
    engage.ok(f"import {write(card(*ANA[:2], 'NOTE:New.', 'BDAY:1999-01-01', 'ORG:padaria', 'TITLE:Boss'))} --every 1w")
    assert values(journal, "SELECT note, birthday, every_days FROM contacts WHERE handle = 'ana-silva'") == [
        ("Old.", "1980-03-22", None)
    ]
    assert values(journal, "SELECT role FROM memberships") == ["Baker"]
    assert len(values(journal, "SELECT email FROM emails")) == 1


def test_one_who_left_an_organisation_stays_away(engage: Engage, write: Any, journal: Path) -> None:
    engage.ok(f"import {write(card(*ANA, 'ORG:Padaria'))}")
    engage.ok("contact left ana")
    engage.ok(f"import {write(card(*ANA, 'ORG:Padaria', 'NOTE:x'))}")
    assert values(journal, "SELECT until_on FROM memberships") == ["2026-11-20"]


def test_a_merged_contact_is_known_where_it_went(engage: Engage, write: Any) -> None:
    engage.ok(f"import {write(card(*ANA), card('UID:u2', 'FN:Ana S.', 'EMAIL:as@example.org'))}")
    engage.ok("contact merge ana-s --into ana-silva")
    again = [card("UID:u2", "FN:Ana S.", "NOTE:x"), card("FN:Ana S.", "EMAIL:as@example.org", "NOTE:y")]
    assert "0 came in, 2 known" in engage.ok(f"import {write(*again)}")


@pytest.mark.parametrize(
    ("lines", "handle"),
    [
        (["FN:Ana Silva", "EMAIL:another@example.org"], "ana-silva-2"),
        (["FN:ANA SILVA"], "ana-silva-2"),
        (["FN:Rui Silva", "TEL:+351-912-000-000"], "rui-silva"),
        (["FN:Padaria", "EMAIL:ana@padaria.example"], "padaria"),
    ],
)
def test_what_only_looks_alike_comes_in_as_a_suspect(engage: Engage, write: Any, lines: list[str], handle: str) -> None:
    engage.ok(f"import {write(card(*ANA))}")
    said = engage(f"import {write(card(*lines))} --json").json
    name = lines[0].removeprefix("FN:")
    assert said["suspects"] == [{"contact": handle, "name": name, "like": "ana-silva"}]
    assert set(contacts(engage)) == {"ana-silva", handle}


def test_a_suspect_is_named_with_the_command_that_merges(engage: Engage, write: Any) -> None:
    said = engage.ok(f"import {write(card(*ANA), card('FN:Ana Silva'))}")
    merge = "engage contact merge ana-silva-2 --into ana-silva"
    assert f"Ana Silva (ana-silva-2) looks like Ana Silva (ana-silva). If they are one: {merge}" in said
    engage.ok(merge.removeprefix("engage "))
    assert len(engage.items("contacts")) == 1


def test_a_person_and_an_organisation_are_never_alike(engage: Engage, write: Any) -> None:
    engage.ok(f"import {write(card(*ANA))}")
    said = engage(f"import {write(card('FN:Ana Silva', 'KIND:org', 'EMAIL:ana@padaria.example'))} --json").json
    assert (said["files"][0]["new"], said["suspects"]) == (1, [])


@pytest.mark.parametrize("order", [1, -1])
def test_an_organisation_is_one_whether_its_card_comes_first_or_last(engage: Engage, write: Any, order: int) -> None:
    cards = [card("FN:Ana", "ORG:Acme Inc."), card("FN:ACME INC.", "KIND:org", "EMAIL:hi@acme.example", "UID:a")]
    said = engage(f"import {write(*cards[::order])} --json").json
    assert (said["files"][0]["new"], said["organisations"], said["suspects"]) == (2, [], [])
    assert len(contacts(engage)) == 2


def test_an_organisation_that_could_be_several_is_left_to_the_user(engage: Engage, write: Any, journal: Path) -> None:
    engage.ok("contact add Acme Inc --kind org --as one")
    engage.ok("contact add Acme Inc --kind org --as two")
    said = engage.ok(f"import {write(card('FN:Ana', 'ORG:acme inc'))}")
    assert "The organisation of Ana (ana) can be one or two: engage contact edit ana --org NAME" in said
    assert values(journal, "SELECT * FROM memberships") == [] and len(contacts(engage)) == 3


def test_a_broken_card_is_named_and_the_others_come_in(engage: Engage, write: Any) -> None:
    file = write(
        card(*ANA), "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\n", card("KIND:group", "FN:All"), card("FN:Bo")
    )
    said = engage.ok(f"import {file}")
    assert said.splitlines()[:3] == [
        "book.vcf: 4 cards, 2 came in, 0 known, 2 broken",
        "Broken: book.vcf, card 2 at line 8: cut off, its END:VCARD is missing",
        "Broken: book.vcf, card 3 at line 11: a group, not a person or an organisation",
    ]
    assert engage(f"import {file} --json").json["files"] == [
        {
            "file": "book.vcf",
            "cards": 4,
            "new": 0,
            "known": 2,
            "changed": 0,
            "broken": [
                {"number": 2, "line": 8, "why": "cut off, its END:VCARD is missing"},
                {"number": 3, "line": 11, "why": "a group, not a person or an organisation"},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "bad.vcf holds no vCard. Export your address book as vCard (.vcf)."),
        ("name,email\nAna,a@b\n", "bad.vcf holds no vCard. Export your address book as vCard (.vcf)."),
        (card("NOTE:x"), "bad.vcf holds no card that can be read: card 1 at line 1 is without a name"),
    ],
)
def test_a_file_without_a_card_refuses_everything(
    engage: Engage, write: Any, journal: Path, content: str, sentence: str
) -> None:
    result = engage(f"import {write(card(*ANA))} {write(content, name='bad.vcf')}")
    assert (result.code, result.out) == (1, "")
    assert sentence in result.err and "Nothing was brought in." in result.err
    assert result.err.count("\n") == 1 and not journal.exists()


def test_files_that_cannot_be_read_are_named(engage: Engage, write: Any, world: Path) -> None:
    write(card(*ANA))
    (world / "folder.vcf").mkdir()
    for name, why in (("none.vcf", "No such file or directory"), ("folder.vcf", "Is a directory")):
        result = engage(f"import book.vcf {name}")
        assert (result.code, result.err) == (1, f"engage: {name} cannot be read: {why}. Nothing was brought in.\n")


def test_standard_input(engage: Engage) -> None:
    assert "standard input: 1 card, 1 came in" in engage.ok("import -", stdin=card(*ANA))
    result = engage("import -", stdin="")
    assert result.code == 1 and "standard input holds no vCard." in result.err


def test_a_dry_run_writes_nothing_and_says_the_same(engage: Engage, write: Any, journal: Path) -> None:
    file = write(card(*ANA, "ORG:Padaria"), card("FN:Ana Silva"), "BEGIN:VCARD\r\n")
    said = engage.ok(f"import {file} --every 1m --dry-run")
    assert not journal.exists()
    done = engage.ok(f"import {file} --every 1m")
    assert said.replace("would come in", "came in").splitlines()[:-1] == done.splitlines()[:-1]
    assert said.endswith("Nothing was changed.\n")
    before = tables(journal)
    again = engage(f"import {write(card('FN:Rui'))} --dry-run --json").json
    assert (again["action"], again["dry_run"], again["files"][0]["new"]) == (None, True, 1)
    assert tables(journal) == before


@pytest.mark.parametrize("count", [1, 7, 30, 100])
def test_every_spreads_the_first_days_over_one_cadence(engage: Engage, write: Any, count: int) -> None:
    organisation = card("FN:ACME", "KIND:org")
    said = engage.ok(f"import {write(organisation, named(count))} --every 1m")
    assert "New people came in as customers, every month, first due Sat 21 Nov 2026" in said
    people = [item for item in engage.items("contacts") if item["kind"] == "person"]
    assert {(one["customer_since"], one["every_days"]) for one in people} == {("2026-11-20", 30)}
    days = sorted((date.fromisoformat(one["due_on"]) - date(2026, 11, 21)).days for one in people)
    assert days == [place * 30 // count for place in range(count)]
    assert engage.items("neglected") == []
    assert contacts(engage)["acme"]["customer_since"] is None
    later = engage("neglected --json", now=f"{date(2026, 11, 20) + timedelta(16)}T12:00:00").json["items"]
    assert len(later) == sum(day < 15 for day in days)


def test_every_never_makes_plain_contacts(engage: Engage, write: Any) -> None:
    engage.ok(f"import {write(card(*ANA))} --every never")
    assert (contacts(engage)["ana-silva"]["customer_since"], contacts(engage)["ana-silva"]["every_days"]) == (None, 0)


def test_a_cadence_that_cannot_be_read_is_refused(engage: Engage, write: Any, journal: Path) -> None:
    result = engage(f"import {write(card(*ANA))} --every soon")
    assert result.code == 2 and "soon" in result.err and not journal.exists()


def test_one_undo_takes_everything_back(engage: Engage, write: Any, journal: Path) -> None:
    engage.ok("contact add Rui Costa --email rui@example.org")
    before = {name: rows for name, rows in tables(journal).items() if name not in ("actions", "changes")}
    first, second = (
        write(card(*ANA, "ORG:P", "NOTE:n"), name="a.vcf"),
        write(card("FN:Rui Costa", "EMAIL:rui@example.org", "NOTE:new", "CATEGORIES:t"), name="b.vcf"),
    )
    engage.ok(f"import {first} {second} --every 1m")
    after = tables(journal)
    assert values(journal, "SELECT command FROM actions ORDER BY id DESC LIMIT 1") == ["import"]
    engage.ok("undo")
    now = tables(journal)
    assert {name: now[name] for name in before} == before
    assert indexed(journal) == indexed(journal, rebuilt=True)
    engage.ok("undo h3")
    assert tables(journal)["contacts"] == after["contacts"]
    assert indexed(journal) == indexed(journal, rebuilt=True)


def test_the_search_index_equals_a_rebuilt_one(engage: Engage, write: Any, journal: Path) -> None:
    engage.ok("contact add Rui Costa --email rui@example.org --org Padaria --alias Ru")
    cards = [
        card("FN:Rui Costa", "EMAIL:rui@example.org", "NOTE:found later", "ORG:Padaria", "TITLE:Baker", "NICKNAME:R"),
        card(*ANA),
        # The same contact twice more: what comes in is changed again in the same transaction.
        card(*ANA, "NOTE:a note 東京", "CATEGORIES:bread", "ORG:Padaria"),
        card("UID:u-ana", "FN:Ana Costa", "ORG:padaria", "TITLE:Owner", "CATEGORIES:rye"),
        card("FN:Padaria", "KIND:org", "NOTE:Corner shop"),
    ]
    engage.ok(f"import {write(*cards)}")
    assert indexed(journal) == indexed(journal, rebuilt=True)
    assert [hit["contact"] for hit in engage.items("find 京 note")] == ["ana-silva"]
    assert values(journal, "SELECT count(*) FROM contacts") == [3]
    engage.ok("contact edit ana --note 'another one'")
    engage.ok(f"import {write(card(*ANA, 'NICKNAME:Nina'))}")
    assert indexed(journal) == indexed(journal, rebuilt=True)
    for _ in range(3):
        engage.ok("undo")
        assert indexed(journal) == indexed(journal, rebuilt=True)


def test_hostile_names_are_stored_exactly_and_shown_harmlessly(engage: Engage, write: Any) -> None:
    cards = [card(f"FN:{text}", f"ORG:O {text}", f"CATEGORIES:{text}", f"NOTE:{text}") for text in HOSTILE]
    twice = [card(f"FN:{text}") for text in HOSTILE]
    said = engage.ok(f"import {write(*cards, *twice)}")
    assert not any(sign in said for sign in "\x1b\x07\u202e\u2066")
    assert max(len(part) for part in said.replace("n" * 10_000, "").splitlines()) < 400
    assert {item["name"] for item in engage.items("contacts")} >= set(HOSTILE)
    assert "Nothing was changed." in engage.ok("import book.vcf")


def test_thousands_come_in_within_seconds(engage: Engage, write: Any, journal: Path) -> None:
    signs = ("".join(pair) for pair in itertools.product("天地玄黄宇宙洪荒日月盈昃", repeat=4))
    cards = [card(f"FN:{name}", "TEL:0800 1234") for name in itertools.islice(signs, 2500)]
    cards += [card("FN:Unknown", f"EMAIL:{number}@example.org") for number in range(2500)]
    said = engage(f"import {write(*cards)} --json").json
    assert said["files"][0]["new"] == 5000
    assert len(values(journal, "SELECT DISTINCT handle FROM contacts")) == 5000
    assert indexed(journal) == indexed(journal, rebuilt=True)


def test_a_bar_shows_on_a_terminal_only_and_from_hundreds_on(
    write: Any, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = world / write(named(20), name="few.vcf"), world / write(named(400), name="many.vcf")
    monkeypatch.chdir(Path(__file__).parents[2])  # where the package is found, installed or not
    piped = program(["import", "--dry-run", str(many)])
    assert piped.returncode == 0 and "Reading" not in piped.stderr
    assert b"Reading" not in _at_terminal("import", "--dry-run", str(few))
    assert b"Reading the cards" in _at_terminal("import", "--dry-run", str(many))


def _at_terminal(*words: str) -> bytes:
    """Run the program with a terminal as its standard error, and return what that shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "engage_cli", *words]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs, timeout=60)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        pass  # how a terminal says that nobody writes to it any more
    os.close(ours)
    return shown


def test_all_samples_in_one_command(engage: Engage, samples: Path) -> None:
    files = sorted((samples / "vcard").iterdir())
    said = engage(["import", *map(str, files), "--json"]).json
    assert {Path(one["file"]).name: (one["cards"], one["new"]) for one in said["files"]} == {
        "John_Doe_ANDROID.vcf": (6, 6),
        "John_Doe_GMAIL.vcf": (1, 1),
        "John_Doe_IPHONE.vcf": (1, 1),
        "gmail-list.vcf": (3, 3),
        "gmail-single2.vcf": (1, 1),
        "khard-category.vcf": (1, 1),
        "khard-contact1.vcf": (1, 1),
        "khard-joe.vcf": (1, 1),
        "khard-korean-c.vcf": (1, 1),
        "khard-nickname.vcf": (1, 1),
        "khard-org.vcf": (1, 1),
        "rfc6350-example.vcf": (1, 1),
    }
    items = engage.items("contacts")
    names = {item["name"] for item in items}
    assert {"최유림", "Ñ Ñ Ñ Ñ Ñ", "ÑÑÑÑ", "Simon Perreault", "Mr. John Richter, James Doe Sr."} <= names
    assert len(items) == 19 + len(said["organisations"])
    assert {item["organisation"] for item in items} >= {"IBM", "TheCompany", "ÑÑÑÑÑÑÑÑÑÑÑÑ"}
    assert engage(["import", *map(str, files), "--json"]).json["action"] is None
