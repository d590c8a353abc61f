"""`engage recap`: which conversation, to whom, what is refused, the user's own template."""

from pathlib import Path

import pytest
from conftest import Engage

from engage_cli import settings


@pytest.fixture
def told(engage: Engage) -> Engage:
    """Ana and Ben at one table (c1), Ana alone in private (c2), a note on Ben (c3), Ben alone a day earlier (c4)."""
    for name in ("ana", "ben", "cleo"):
        engage.ok(f"contact add {name}")
    engage.ok(
        "log ana --with ben --about cleo hello --decided 'start in May' --promise '@ben a map' --promise 'a bell'"
    )
    engage.ok("log ana --private hello --decided secret")
    engage.ok("log ben --via note hello --decided hidden")
    engage.ok("log ben --on yesterday hello --decided 'end in June'")
    return engage


def test_with_several_participants_each_gets_what_is_theirs(told: Engage) -> None:
    to_ana, to_ben = told.ok("recap c1 --to ana"), told.ok("recap c1 --to ben")
    assert ("Hello ana" in to_ana, "a bell" in to_ana, "a map" in to_ana) == (True, True, False)
    assert ("Hello ben" in to_ben, "a bell" in to_ben, "a map" in to_ben) == (True, False, True)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("recap ana", "c1"),
        ("recap ben", "c1"),
        ("recap c4", "c4"),
        ("recap 4", "c4"),
        ("recap C4", "c4"),
        ("recap --to ana", "c1"),
    ],
)
def test_a_contact_means_their_latest_that_may_be_sent(told: Engage, line: str, number: str) -> None:
    document = told(f"{line} --json").json
    assert document["conversation"] == number
    assert "secret" not in str(document) and "hidden" not in str(document)


REFUSED = [
    ("recap", 2, "Several took part; say to whom it goes: --to with one of ana, ben."),
    ("recap c1", 2, "--to with one of ana, ben."),
    ("recap c1 --to cleo", 2, "cleo took no part in it. Say --to with one of: ana, ben."),
    ("recap ben --to cleo", 2, "cleo took no part"),
    ("recap c2", 1, "c2 is private, so there is nothing to send."),
    ("recap c2 --to ana", 1, "c2 is private"),
    ("recap c3", 1, "c3 is private"),
    ("recap c9", 3, "There is no conversation c9"),
    ("recap zoe", 3, "zoe"),
    ("recap cleo", 3, "There is no conversation to send yet"),
]


@pytest.mark.parametrize("form", ["", " --json"])
@pytest.mark.parametrize(("line", "code", "words"), REFUSED)
def test_what_cannot_be_sent_is_refused(told: Engage, line: str, code: int, words: str, form: str) -> None:
    result = told(line + form)
    assert (result.code, result.out, words in result.err) == (code, "", True)


def _template(content: bytes) -> Path:
    path = settings.config_file().with_name("recap.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_template_in_the_configuration_folder_replaces_ours(told: Engage) -> None:
    _template("Tag $first_name,\r\n\r\nbeschlossen:\r\n$decided\r\n\r\nErwartet: $expected\r\n\r\nGrüße\r\n".encode())
    assert told.ok("recap c1 --to ana") == "Tag ana,\n\nbeschlossen:\n- start in May\n\nGrüße\n"
    assert told("recap c1 --to ana --json").json["text"].startswith("Tag ana,")


def test_a_template_that_is_no_text_is_said(told: Engage) -> None:
    path = _template(b"\xff\xfe")
    result = told("recap c1 --to ana")
    assert (result.code, result.out) == (1, "")
    assert f"The template {path} cannot be read" in result.err


def test_nothing_to_send_yet_is_said(engage: Engage) -> None:
    result = engage("recap")
    assert (
        result.code,
        "There is no conversation to send yet; notes and private ones are never sent." in result.err,
    ) == (3, True)


def test_what_belongs_to_their_organisation_gets_in(engage: Engage) -> None:
    engage.ok("contact add ana --org Kite")
    engage.ok("log ana --with kite hello --decided '@kite a frame contract' --decided '@ana her own desk'")
    assert "a frame contract" in engage.ok("recap c1 --to ana")
    to_kite = engage.ok("recap c1 --to kite")
    assert ("a frame contract" in to_kite, "her own desk" in to_kite) == (True, False)
