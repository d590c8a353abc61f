"""What matters when two texts are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage_cli.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ana \t Silva ", "ana silva"),
        ("ÁÑÖÇ", "anoc"),
        ("Łukasz Żak", "lukasz zak"),
        ("Søren Ødegård", "soren odegard"),
        ("Straße STRASSE", "strasse strasse"),
        ("İstanbul ILIK ılık", "istanbul ilik ilik"),
        ("Ａｎａ ﬁne", "ana fine"),
        ("Æsir þór", "aesir thor"),
        ("최유림", "최유림"),
        ("ΑΣ Ας", "ας ας".replace("ς", "σ")),
        ("", ""),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
def test_the_unicode_form_does_not_matter(text: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]


@given(st.text())
def test_what_is_left_are_words_parted_by_single_spaces(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
