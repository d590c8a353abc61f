"""The vocabulary: what each keyword makes, and which last paragraphs are signals."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage_cli import signals
from engage_cli.errors import AmbiguousDate, UnreadableDate, WrongUsage
from engage_cli.signals import KEYWORDS, Signal

DAY = date(2026, 11, 20)  # a Friday

NOUNS = {
    "sorry": "apology",
    "promise": "promise",
    "they-promise": "promise",
    "expects": "expectation",
    "matters": "insight",
    "doing": "insight",
    "needs": "need",
    "why": "insight",
    "feels": "insight",
    "verbatim": "insight",
    "decided": "insight",
    "conflict": "conflict",
    "steer": "steer",
}


def _read(keyword: str, text: str, **said: Any) -> None:
    assert signals.read(keyword, text, DAY) == Signal(keyword, **said)


def test_every_keyword_makes_its_noun_and_asks_a_question() -> None:
    assert {word: keyword.noun for word, keyword in KEYWORDS.items()} == NOUNS
    assert all(keyword.question.split("(")[0].strip().endswith("?") for keyword in KEYWORDS.values())


@pytest.mark.parametrize("keyword", sorted(set(KEYWORDS) - {"promise", "they-promise", "expects", "feels"}))
@pytest.mark.parametrize(
    "text", ["late again by friday", "price: low -> high", "good: 5 things", "a@b.c", "최유림: 네"]
)
def test_most_keywords_take_any_words_as_they_are(keyword: str, text: str) -> None:
    _read(keyword, f"  {text}\n", words=text)


@pytest.mark.parametrize("keyword", sorted(KEYWORDS))
@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_signal_needs_words(keyword: str, text: str) -> None:
    with pytest.raises(WrongUsage, match=f'"{keyword}" needs words'):
        signals.read(keyword, text, DAY)


@pytest.mark.parametrize("keyword", ["promise", "they-promise"])
def test_a_promise_may_end_in_its_due_date_counted_from_the_day(keyword: str) -> None:
    _read(keyword, "send the quote by friday", words="send the quote", due_on=date(2026, 11, 27))
    _read(keyword, "send the quote @tomorrow", words="send the quote", due_on=date(2026, 11, 21))
    _read(keyword, "stand by her", words="stand by her")
    with pytest.raises(UnreadableDate):
        signals.read(keyword, "send it by firday", DAY)
    with pytest.raises(AmbiguousDate):
        signals.read(keyword, "send it by 3/4", DAY)
    assert signals.read(keyword, "send it by 3/4", DAY, "dmy").due_on == date(2027, 4, 3)


@pytest.mark.parametrize(
    ("text", "topic", "before", "words"),
    [
        ("price: lower", "price", None, "lower"),
        ("price: high -> low", "price", "high", "low"),
        ("price: high → low", "price", "high", "low"),
        ("price:high->low", "price", "high", "low"),
        ("价格：高→低", "价格", "高", "低"),
        ("交货：周五 10:00 前", "交货", None, "周五 10:00 前"),
        ("start: 10：00", "start", None, "10：00"),
        ("start: 9:00 -> 10:00", "start", "9:00", "10:00"),
        ("  response   time :  same day ", "response time", None, "same day"),
        ("steps: a -> b → c -> d", "steps", "a", "b → c -> d"),
    ],
)
def test_an_expectation_has_a_topic_and_may_say_what_was_before(
    text: str, topic: str, before: str | None, words: str
) -> None:
    _read("expects", text, words=words, topic=topic, before=before)


@pytest.mark.parametrize(
    "text", ["lower price", "price:", ": lower", "price: -> low", "price: high ->", "：", "price: ->"]
)
def test_an_expectation_without_topic_or_with_half_a_change_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match="does not say"):
        signals.read("expects", text, DAY)


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("great", 5, ""),
        ("Good about the launch", 4, "about the launch"),
        ("ok", 3, ""),
        ("OK, but tired", 3, "but tired"),
        ("uneasy: the price", 2, "the price"),
        ("upset.", 1, ""),
        ("5 all is well", 5, "all is well"),
        ("1", 1, ""),
        ("0 nothing", None, "0 nothing"),
        ("6", None, "6"),
        ("55 days", None, "55 days"),
        ("goodish", None, "goodish"),
        ("so upset", None, "so upset"),
        ("great-ish day", None, "great-ish day"),
    ],
)
def test_a_feeling_may_begin_with_its_level(text: str, level: int | None, words: str) -> None:
    assert signals.feeling(text) == (level, words)
    _read("feels", text, words=words, level=level)


@pytest.mark.parametrize(
    ("text", "whose", "words"),
    [
        ("@ben late", "ben", "late"),
        ("@Ben-2  late", "ben-2", "late"),
        ("@@ben late", None, "@ben late"),
        ("@@@ben", None, "@@ben"),
        ("@ben", None, "@ben"),
        ("@ ben late", None, "@ ben late"),
        ("ben@example.org wrote", None, "ben@example.org wrote"),
        ("@7 late", None, "@7 late"),
        ("@ben: late", None, "@ben: late"),
    ],
)
def test_a_signal_may_say_whose_it_is(text: str, whose: str | None, words: str) -> None:
    _read("sorry", text, words=words, whose=whose)


def test_whose_it_is_goes_with_dates_topics_and_levels() -> None:
    _read("promise", "@ben call by tomorrow", words="call", whose="ben", due_on=date(2026, 11, 21))
    _read("expects", "@ben price: low", words="low", whose="ben", topic="price")
    _read("feels", "@ben good", words="", whose="ben", level=4)


def _parted(text: str) -> tuple[str, list[tuple[str, str]]]:
    trailer = signals.part(text)
    return trailer.note, trailer.signals


@pytest.mark.parametrize(
    "text",
    [
        "We talked.\n\nsorry: late\npromise: the quote by friday",
        "We talked.\r\n\r\nsorry: late\r\npromise: the quote by friday\r\n",
        "We talked.\n \t \nSORRY:late\nPromise :  the quote by friday\n\n  \n",
        "\n\nWe talked.\n\nsorry： late\npromise：the quote by friday\r\n\r\n",
        "We talked.\n\n\n\nsorry: late\npromise: the\n  quote\n\tby friday",
    ],
)
def test_a_last_paragraph_of_keyword_lines_is_signals(text: str) -> None:
    assert _parted(text) == ("We talked.", [("sorry", "late"), ("promise", "the quote by friday")])


def test_signals_alone_leave_no_note() -> None:
    assert _parted("sorry: late\nfeels: good") == ("", [("sorry", "late"), ("feels", "good")])


def test_only_the_last_paragraph_counts() -> None:
    text = "First.\n\nsorry: not this\n\nSecond.\n\nsorry: late"
    assert _parted(text) == ("First.\n\nsorry: not this\n\nSecond.", [("sorry", "late")])


@pytest.mark.parametrize(
    ("last", "almost"),
    [
        ("sorry: late\nand one more thing", ["sorry: late"]),
        ("sory: late", ["sory: late"]),
        ("sorry: late\nPromises: x", ["sorry: late", "Promises: x"]),
        ("sorry:", ["sorry:"]),
        ("sorry:\n  late", ["sorry:"]),
        ("sorry : late\nhttps://example.org", ["sorry : late"]),
        ("Subject: the quote", []),
        ("he was sorry: late", []),
        ("- sorry: late", []),
        ("> sorry: late", []),
        ("* sorry late", []),
        ("  sorry: late", []),
        ("just words", []),
    ],
)
def test_anything_else_stays_text_and_what_looks_like_a_signal_is_named(last: str, almost: list[str]) -> None:
    trailer = signals.part(f"We talked.\n\n{last}")
    assert (trailer.note, trailer.signals, trailer.almost) == (f"We talked.\n\n{last}", [], almost)


MAIL = """On Fri, 20 Nov 2026, Ana Silva wrote:
> Verbatim: we need it by May
> Why: the market

Verbatim: we need it by May
Why: the market opens
Best regards
Ana Silva

--
Ana Silva
Sorry: this mailbox is not read
Phone: +49 30 123456"""


def test_a_pasted_mail_stays_text() -> None:
    trailer = signals.part(MAIL)
    assert (trailer.note, trailer.signals) == (MAIL, [])
    assert trailer.almost == ["Sorry: this mailbox is not read"]


def test_an_indented_first_line_is_no_signal() -> None:
    assert _parted("  sorry: late") == ("sorry: late", [])


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(st.lists(words, min_size=1), st.lists(st.tuples(st.sampled_from(sorted(KEYWORDS)), words), min_size=1))
def test_what_was_written_as_signals_is_read_as_them(note: list[str], said: list[tuple[str, str]]) -> None:
    text = f"{' '.join(note)}\n\n" + "\n".join(f"{keyword}: {text}" for keyword, text in said)
    assert _parted(text) == (" ".join(note), said)


@given(st.text())
def test_a_note_is_never_lost(text: str) -> None:
    trailer = signals.part(text)
    if not trailer.signals:
        assert trailer.note == text.strip()


@pytest.mark.parametrize(
    ("word", "keyword"),
    [("sory", "sorry"), ("PROMISES", "promise"), ("need", "needs"), ("decide", "decided"), ("feel", "feels"),
     ("they-promised", "they-promise"), ("sorry", None), ("Subject", None), ("", None), ("phone", None)],
)  # fmt: skip
def test_a_mistyped_keyword_is_recognised(word: str, keyword: str | None) -> None:
    assert signals.nearest(word) == keyword
