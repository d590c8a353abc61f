"""Reading vCards: what programs write, what they should not have written, and anything at all."""

import dataclasses
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage_cli.formats import vcard
from engage_cli.formats.vcard import BrokenCard, Card

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "vcard"


def card(*lines: str | bytes, version: str = "3.0") -> Card:
    """Read a file with one card of these lines; fail where it is broken."""
    (found,) = vcard.read(written(*lines, version=version))
    assert isinstance(found, Card), found
    return found


def broken(*lines: str | bytes) -> BrokenCard:
    (found,) = vcard.read(written(*lines))
    assert isinstance(found, BrokenCard), found
    return found


def written(*lines: str | bytes, version: str = "3.0") -> bytes:
    inner = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return b"\r\n".join([b"BEGIN:VCARD", f"VERSION:{version}".encode(), *inner, b"END:VCARD", b""])


def test_a_whole_card() -> None:
    found = card(
        "UID:urn:uuid:0815",
        "FN:Ana Silva",
        "N:Silva;Ana;;;",
        "NICKNAME:Aninha,Nina",
        "ORG:Padaria Central;Forno",
        "TITLE:Baker",
        "EMAIL;TYPE=INTERNET:ana@padaria.example",
        "TEL;TYPE=CELL:+351 912 000 000",
        "CATEGORIES:bread,Lisbon",
        "NOTE:Likes rye.",
        "BDAY:1980-03-22",
    )
    assert dataclasses.replace(found, fingerprint="") == Card(
        number=1,
        line=1,
        name="Ana Silva",
        kind="person",
        nicknames=("Aninha", "Nina"),
        organisation="Padaria Central",
        role="Baker",
        emails=("ana@padaria.example",),
        phones=("+351 912 000 000",),
        tags=("bread", "Lisbon"),
        note="Likes rye.",
        birthday="1980-03-22",
        uid="urn:uuid:0815",
        fingerprint="",
    )


def test_a_card_with_a_name_only() -> None:
    found = card("FN:Bo")
    assert (found.nicknames, found.emails, found.phones, found.tags) == ((), (), (), ())
    assert (found.organisation, found.role, found.note, found.birthday, found.uid) == (None,) * 5


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n", b"\r\r\n"])
def test_every_version_and_line_end(version: str, ending: bytes) -> None:
    data = written("fn:Żaneta", "item1.email;type=pref:z@example.org", version=version) * 2
    first, second = vcard.read(data.replace(b"\r\n", ending))
    assert isinstance(first, Card) and isinstance(second, Card)
    assert (first.name, first.emails, first.line) == ("Żaneta", ("z@example.org",), 1)
    assert (second.number, second.line) == (2, 6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    (found,) = vcard.read("BEGIN:VCARD\nFN:Zoë Ñandú\nEND:VCARD\n".encode(encoding))
    assert isinstance(found, Card)
    assert found.name == "Zoë Ñandú"


def test_utf16_in_the_other_byte_order() -> None:
    (found,) = vcard.read(b"\xfe\xff" + "begin:vcard\nFN:최민\nend:vcard".encode("utf-16-be"))
    assert isinstance(found, Card)
    assert found.name == "최민"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"FN;CHARSET=SHIFT_JIS:" + "山田".encode("shift_jis"), "山田"),
        (b"FN;CHARSET=ISO-8859-2:" + "Żółw".encode("iso-8859-2"), "Żółw"),
        ("FN;CHARSET=ISO-8859-1:Zoë".encode(), "Zoë"),  # says Latin, is UTF-8
        (b"FN;CHARSET=klingon:Zo\xeb", "Zoë"),
        (b"FN;CHARSET=unicode_escape:\\q\xeb", "\\që"),
        (b"FN:\x81\xeb", "\x81ë"),  # not even cp1252
        ("FN:Zoe\u0308", "Zoë"),
        ("FN:  Ana \t \u00a0 Silva ", "Ana Silva"),
        ("FN:Ana\\nSilva", "Ana Silva"),
    ],
)
def test_letters_of_a_name(line: str | bytes, name: str) -> None:
    assert card(line, version="2.1").name == name


def test_a_fold_inside_a_letter() -> None:
    assert card(b"FN:Zo\xc3", b" \xab").name == "Zoë"


def test_a_byte_order_mark_between_two_files() -> None:
    one = b"\xef\xbb\xbf" + written("FN:Ana")
    assert [found.line for found in vcard.read(one + one)] == [1, 5]


def test_two_files_put_together_without_a_line_end() -> None:
    one = written("FN:Ana").rstrip()
    assert [(found.number, found.line) for found in vcard.read(one + one)] == [(1, 1), (2, 4)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Jos=C3=A9", "José"),
        ("FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Jos=E9", "José"),
        ("FN;encoding=quoted-printable:Jos=C3=A9", "José"),
        ("FN;ENCODING=QUOTED-PRINTABLE:Jos=E9", "José"),
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9=\r\n=20Ruiz", "José Ruiz"),
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=\r\n=A9=\r\n", "José"),
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9=C3", "José\ufffd"),
        ("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ruiz=20P=C3=A9rez;Jos=C3=A9;;;", "José Ruiz Pérez"),
        ("FN;ENCODING=BASE64;CHARSET=UTF-8:Sm9zw6k=", "José"),
        ("FN;ENCODING=BASE64:Sm9zw6k", "Sm9zw6k"),  # is no base64
    ],
)
def test_encoded_text(line: str, name: str) -> None:
    assert card(line, version="2.1").name == name


def test_quoted_printable_note_of_two_lines() -> None:
    assert card("NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo", "FN:Bo", version="2.1").note == "one\ntwo"


@pytest.mark.parametrize(
    ("value", "note"),
    [
        (r"one\ntwo\Nthree", "one\ntwo\nthree"),
        (r"a\, b\; c", "a, b; c"),
        ("a, b; c", "a, b; c"),
        (r"C:\\new", r"C:\new"),
        (r"C:\\\new", "C:\\\new"),
        (r"\\\\", r"\\"),
        ("ends with \\", "ends with \\"),
        (r"see http\://example.org", "see http://example.org"),
        (r"\\: is a smile", r"\: is a smile"),
        (r"\"quoted\"", '"quoted"'),
        ("bell \x07 and tab \t stay", "bell \x07 and tab \t stay"),
    ],
)
def test_text_is_unescaped_once(value: str, note: str) -> None:
    assert card("FN:Bo", f"NOTE:{value}").note == note


def test_a_note_written_over_several_lines_without_folding() -> None:
    assert card("NOTE:one", "", "two: 2", "three", "FN:Bo", version="2.1").note == "one"
    assert card("NOTE:one", "", "two", "three", "FN:Bo", version="2.1").note == "one\ntwo\nthree"


def test_several_notes() -> None:
    assert card("FN:Bo", "NOTE:one", "NOTE:", "NOTE:two", "NOTE:one").note == "one\n\ntwo"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:Ana Silva, MBA", "N:Other;One;;;"], "Ana Silva, MBA"),
        (["FN:", "FN:Ana"], "Ana"),
        (["FN: ", "N:Silva;Ana;Maria;Dr.;"], "Ana Silva"),
        (["N:Silva"], "Silva"),
        (["N:;Ana;;;"], "Ana"),
        (["N:Silva;Ana,Maria;;;"], "Ana Maria Silva"),
        ([r"N:Silva\, Costa;Ana;;;"], "Ana Silva, Costa"),
        (["N:;;;;", "NICKNAME:,Nina"], "Nina"),
        (["N:;;;;", "ORG:;Dept", "EMAIL:ana.s@example.org"], "ana.s"),
        (["EMAIL:@example.org"], "@example.org"),
        (["TEL:+1 555"], "+1 555"),
    ],
)
def test_the_best_name_there_is(lines: list[str], name: str) -> None:
    found = card(*lines)
    assert (found.name, found.kind) == (name, "person")


@pytest.mark.parametrize(
    ("lines", "kind", "organisation"),
    [
        (["FN:Acme", "ORG:Acme;", "KIND:org"], "organisation", None),
        (["FN:Acme", "KIND:Organization"], "organisation", None),
        (["FN:Acme", "N:;;;;", "ORG:Acme Ltd", "X-ABShowAs:COMPANY"], "organisation", None),
        (["FN:Acme", "N:;;;;", "ORG:Acme"], "organisation", None),
        (["ORG:Acme;Sales", "TEL:1"], "organisation", None),
        (["FN:Ana", "KIND:individual"], "person", None),
        (["FN:Ana", "KIND:x-something"], "person", None),
        (["FN:Ana Silva", "N:Silva;Ana;;;", "ORG:Ana Silva"], "person", "Ana Silva"),
        (["FN:Ana", "ORG:", "ORG:Smith, Jones & Co;Law"], "person", "Smith, Jones & Co"),
        (["FN:Ana", r"ORG:Smith\; Jones;Law"], "person", "Smith; Jones"),
    ],
)
def test_persons_and_organisations(lines: list[str], kind: str, organisation: str | None) -> None:
    found = card(*lines)
    assert (found.kind, found.organisation) == (kind, organisation)


def test_role() -> None:
    assert card("FN:Bo", "ROLE:Boss", "TITLE:").role == "Boss"
    assert card("FN:Bo", "ROLE:Boss", "TITLE:Head, Sales").role == "Head, Sales"


def test_emails() -> None:
    found = card(
        "FN:Bo",
        "EMAIL;INTERNET;PREF:Bo@Example.org",
        "EMAIL:",
        "item1.EMAIL;TYPE=work:bo@example.org",
        "EMAIL:mailto:b%6F@work.example?subject=Hi",
        'EMAIL;X-LABEL="a;b:c":quoted@example.org',
        'EMAIL;X-LABEL="a:open@example.org',
        "EMAIL;TYPE=büro;=odd;TYPE==:odd@example.org",
    )
    assert found.emails == (
        "Bo@Example.org",
        "bo@work.example",
        "quoted@example.org",
        "open@example.org",
        "odd@example.org",
    )


def test_phones() -> None:
    found = card(
        "FN:Bo",
        "TEL;CELL;PREF:555 1",
        "TEL;WORK;VOICE:555 1",
        "TEL:",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+1-418-656-9254;ext=102',
        "TEL;VALUE=uri:TEL:555-3;phone-context=+1",
    )
    assert found.phones == ("555 1", "+1-418-656-9254 ext. 102", "555-3")


def test_tags_and_nicknames() -> None:
    found = card("FN:Bo", "CATEGORIES:a,b\\, c,,a", "CATEGORIES:d", "NICKNAME:Bobo", "NICKNAME:Bobo,Bob")
    assert found.tags == ("a", "b, c", "d")
    assert found.nicknames == ("Bobo", "Bob")


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:1980-03-22", "1980-03-22"),
        ("BDAY:19800322", "1980-03-22"),
        ("BDAY;value=date:1980-03-22", "1980-03-22"),
        ("BDAY:1980-03-22T00:00:00Z", "1980-03-22"),
        ("BDAY:19800322T000000", "1980-03-22"),
        ("BDAY:--0203", "--02-03"),
        ("BDAY:--02-03", "--02-03"),
        ("BDAY:--0229", "--02-29"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "--02-29"),
        ("BDAY:0000-02-03", "--02-03"),
        ("BDAY:", None),
        ("BDAY:1981-02-29", None),
        ("BDAY:--0230", None),
        ("BDAY:1980", None),
        ("BDAY;VALUE=text:circa 1800", None),
        ("BDAY:١٩٨٠-03-22", None),
    ],
)
def test_birthdays(line: str, birthday: str | None) -> None:
    assert card("FN:Bo", line).birthday == birthday


def test_photos_are_left_out() -> None:
    found = card(
        "FN:Bo",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ",
        " SkZJRgABAQAAAQ",
        "AQABAAD/2wBDAAIBAQEBAQIBAQE=",
        "item1.LOGO;VALUE=uri:http://example.org/bo.png",
        "KEY;ENCODING=b:AAAA",
        "EMAIL:bo@example.org",
        version="2.1",
    )
    assert found == dataclasses.replace(card("FN:Bo", "EMAIL:bo@example.org"), fingerprint=found.fingerprint)


def test_lines_that_are_no_properties_are_passed_over() -> None:
    assert card("garbage", "?!:x", ":", ";", "", "X Y:z", "FN", " folded", "FN:Bo").name == "Bo"


def test_broken_cards_in_the_middle_of_a_file() -> None:
    data = (
        written("FN:Ana")
        + b"BEGIN:VCARD\r\nFN:Cut\r\n"
        + written("FN:Bo")
        + written("KIND:group", "FN:Friends")
        + written("NOTE:nobody")
        + b"stray line\r\n"
        + written("FN:Cy")
        + b"begin:vcard\r\nFN:The end is missing"
    )
    found = list(vcard.read(data))
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.line for one in found] == [1, 5, 7, 11, 16, 21, 25]
    assert [one.name if isinstance(one, Card) else one.why for one in found] == [
        "Ana",
        "cut off, its END:VCARD is missing",
        "Bo",
        "a group, not a person or an organisation",
        "without a name, an organisation, an e-mail address or a phone number",
        "Cy",
        "cut off, its END:VCARD is missing",
    ]


def test_apple_writes_groups_in_its_own_way() -> None:
    assert broken("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group").why == "a group, not a person or an organisation"


@pytest.mark.parametrize("data", [b"", b"name,phone\nBo,555\n", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", b"END:VCARD\n"])
def test_a_file_without_cards_gives_nothing(data: bytes) -> None:
    assert list(vcard.read(data)) == []


SAME = [
    ["N:Ruiz;José;;;", "FN:José Ruiz", "EMAIL:jose@example.org", "REV:20260101T000000Z"],
    ["PRODID:-//Other//EN", "FN:José Ruiz", "N:Ruiz;José;;;", "EMAIL:jose@example.org"],
    ["N:Ruiz;José;;;", "FN:Jos", " é Ruiz", "item7.EMAIL:jose@example.org", "PHOTO;ENCODING=b:AAAA"],
    ["N:Ruiz;José;;;", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9=\r\n=20Ruiz", "EMAIL:jose@example.org"],
]


@pytest.mark.parametrize("again", SAME)
def test_the_same_card_exported_again_has_the_same_fingerprint(again: list[str]) -> None:
    first = card(*SAME[0])
    assert card(*again).fingerprint == first.fingerprint
    assert len(first.fingerprint) == 64


@pytest.mark.parametrize("change", ["NOTE:new", "UID:1", "TEL;TYPE=CELL:1", "TEL;TYPE=HOME:1"])
def test_another_card_has_another_fingerprint(change: str) -> None:
    assert card(*SAME[0], change).fingerprint not in {
        card(*SAME[0]).fingerprint,
        card(*SAME[0], "TEL:1").fingerprint,
    }


@pytest.mark.parametrize(
    "line",
    [
        "TEL;X" + "=a" * 10_000 + '"',  # vobject alone would need longer than anyone lives
        "TEL;X" + ",a" * 10_000 + '"',
        "TEL" + ";" * 100_000,
        "NOTE;" + '"' * 100_001 + ":",
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\r\n" * 20_000,
        "PHOTO:" + "\r\nAAAA" * 20_000,
        "\r" * 100_000,
    ],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    begun = time.process_time()
    assert card("FN:Bo", line).name == "Bo"
    assert time.process_time() - begun < 2


pieces = st.sampled_from(
    [
        b"\nBEGIN:VCARD\n", b"\nEND:VCARD\n", b"FN", b"\nN", b"\nORG", b"\nNOTE", b"\nEMAIL", b"\nTEL", b"\nBDAY",
        b"\nNICKNAME", b":", b";", b",", b"=", b'"', b"\\", b"\r", b"\n", b" ", b".", b"\nKIND:", b"org", b"mailto:",
        b"tel:", b"ext=", b"--0203", b"1604-02-03", b"%ED%A0%80", b"=ED=A0=80", b"\xed\xa0\x80", b"+2AA-",
        b";ENCODING=QUOTED-PRINTABLE", b";ENCODING=B", b";CHARSET=", b"utf-7", b"utf-16", b"gb18030", b"euc-jp",
        b"unicode_escape", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"x",
    ]
)  # fmt: skip


@given(st.lists(pieces | st.binary(max_size=4), max_size=40).map(b"".join), st.booleans())
def test_any_bytes_can_be_read(data: bytes, framed: bool) -> None:
    for found in vcard.read(b"BEGIN:VCARD\nFN:x" + data + b"\nEND:VCARD" if framed else data):
        values = [value for value in dataclasses.astuple(found) if isinstance(value, str | tuple)]
        texts = [text for value in values for text in (value if isinstance(value, tuple) else (value,))]
        "".join(texts).encode("utf-8")
        assert not isinstance(found, Card) or found.name.strip()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real exports are not here (../shared/samples/vcard)")
def test_what_real_programs_wrote() -> None:
    found = {path.name: list(vcard.read(path.read_bytes())) for path in SAMPLES.glob("*.vcf")}
    assert {name: len(cards) for name, cards in found.items()} == {
        path.name: path.read_bytes().upper().count(b"BEGIN:VCARD") for path in SAMPLES.glob("*.vcf")
    }
    cards = {name: [one for one in all_ if isinstance(one, Card)] for name, all_ in found.items()}
    assert sum(map(len, cards.values())) == sum(map(len, found.values()))
    assert [one.name for one in cards["John_Doe_ANDROID.vcf"]] == [
        "john.doe", "jane.doe", "Ñ Ñ Ñ Ñ Ñ", " ".join("Ñ" * 11), "Ñ Ñ Ñ Ñ", "ÑÑÑÑ",
    ]  # fmt: skip
    assert [one.name for one in cards["khard-korean-c.vcf"]] == ["최유림"]
    assert [one.name for one in cards["John_Doe_GMAIL.vcf"]] == ["Mr. John Richter, James Doe Sr."]
    assert [(one.name, one.organisation) for one in cards["John_Doe_IPHONE.vcf"]] == [
        ("Mr. John Richter James Doe Sr.", "IBM")
    ]
    assert [(one.name, one.kind, one.organisation) for one in cards["khard-org.vcf"]] == [
        ("ACME Inc.", "organisation", None)
    ]
    assert [one.phones for one in cards["rfc6350-example.vcf"]] == [("+1-418-656-9254 ext. 102", "+1-418-262-6501")]
    assert [one.birthday for one in cards["rfc6350-example.vcf"]] == ["--02-03"]
