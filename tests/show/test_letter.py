"""The letter: its template, the user's own, and what it leaves out."""

import pytest

from engage_cli.reports.recap import Pledge, Recap, Wish
from engage_cli.show import letter

EMPTY = Recap("c1", "ana", "Ana Silva", "2026-11-20", "call", [], [], [], [])
FULL = Recap(
    *("c1", "ana", "Ana Silva", "2026-11-20", "in-person"),
    *(["start in May"], [Pledge("a quote", "2026-11-27")], [Pledge("the texts", None)], [Wish("price", "low")]),
)


def test_a_list_with_nothing_in_it_is_left_out_with_its_heading() -> None:
    assert letter.write(EMPTY) == (
        "Hello Ana,\n\nthank you for our call on Fri 20 Nov 2026.\n\n"
        "If I got anything wrong or left something out, please tell me."
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Dear $name ($first_name),\n\n$decided\n\nBye", "Dear Ana Silva (Ana),\n\n- start in May\n\nBye"),
        ("${promised}!", "- a quote, by Fri 27 Nov 2026!"),
        ("$they_promised; $expected", "- the texts; - price: low"),
        ("$channel, $day", "meeting, Fri 20 Nov 2026"),
        ("It costs $100 or $$5, $unknown", "It costs $100 or $5, $unknown"),
        ("\n\n one\n \t\ntwo \n\n\n", "one\n\ntwo"),
        ("", ""),
    ],
)
def test_a_template_of_your_own_is_filled(template: str, text: str) -> None:
    assert letter.write(FULL, template) == text


def test_a_paragraph_that_names_only_empty_lists_is_left_out() -> None:
    template = "We decided: $decided\n\nPromised: ${promised}\n\nNot a list: $promised_by\n\nBye"
    assert letter.write(EMPTY, template) == "Not a list: $promised_by\n\nBye"


def test_words_are_never_read_as_a_template_and_stay_on_a_line() -> None:
    odd = Recap("c1", "ana", "$day Silva", "2026-11-20", "call", ["$expected\n- more\x1b[31m"], [], [], [])
    assert letter.write(odd, "$first_name: $decided") == "$day: - $expected / - more\\x1b[31m"


@pytest.mark.parametrize(
    ("channel", "words"),
    [("call", "call"), ("video", "video call"), ("in-person", "meeting"), ("email", "mails"), ("chat", "chat")],
)
def test_the_channel_is_named_as_one_would(channel: str, words: str) -> None:
    held = Recap("c1", "ana", "Ana", "2026-11-20", channel, [], [], [], [])
    assert f"thank you for our {words} on" in letter.write(held)
