"""The clock, and the grammar of days, times and lengths."""

import subprocess
import sys
import time as system_time
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engage_cli import clock
from engage_cli.errors import AmbiguousDate, Problem, UnreadableDate, WrongUsage

FRIDAY = date(2026, 11, 20)
BERLIN, AUCKLAND = "Europe/Berlin", "Pacific/Auckland"

Live = Callable[..., None]


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """Move the test to a zone and a moment."""

    def move(zone: str, now: str | None = None) -> None:
        monkeypatch.setenv("TZ", zone)
        system_time.tzset()
        if now is not None:
            monkeypatch.setenv("ENGAGE_NOW", now)

    yield move
    monkeypatch.undo()
    system_time.tzset()


def iso(text: str) -> date:
    return date.fromisoformat(text)


# The clock


@pytest.mark.parametrize(
    ("zone", "now", "today", "moment"),
    [
        (BERLIN, "2026-11-20", "2026-11-20", "2026-11-19T23:00:00Z"),
        (BERLIN, "2026-11-20T10:00", "2026-11-20", "2026-11-20T09:00:00Z"),
        (BERLIN, "2026-11-20T22:59:59Z", "2026-11-20", "2026-11-20T22:59:59Z"),
        (BERLIN, "2026-11-20T23:00:00Z", "2026-11-21", "2026-11-20T23:00:00Z"),
        (BERLIN, "2026-12-31T23:30Z", "2027-01-01", "2026-12-31T23:30:00Z"),
        (BERLIN, "2026-07-01T22:30Z", "2026-07-02", "2026-07-01T22:30:00Z"),
        (BERLIN, "2026-03-29T00:59:59Z", "2026-03-29", "2026-03-29T00:59:59Z"),
        (BERLIN, "2026-11-20T01:00+09:00", "2026-11-19", "2026-11-19T16:00:00Z"),
        (AUCKLAND, "2026-11-20T10:59Z", "2026-11-20", "2026-11-20T10:59:00Z"),
        (AUCKLAND, "2026-11-20T11:00Z", "2026-11-21", "2026-11-20T11:00:00Z"),
        (AUCKLAND, "2026-07-01T11:59Z", "2026-07-01", "2026-07-01T11:59:00Z"),
        (AUCKLAND, "2028-02-28T11:00Z", "2028-02-29", "2028-02-28T11:00:00Z"),
    ],
)
def test_engage_now_is_seen_from_the_local_zone(live: Live, zone: str, now: str, today: str, moment: str) -> None:
    live(zone, now)
    assert (clock.today(), clock.moment()) == (iso(today), moment)


@pytest.mark.parametrize("now", ["soon", "2026-13-01", "24:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_an_unreadable_engage_now_is_refused(live: Live, now: str) -> None:
    live(BERLIN, now)
    with pytest.raises(WrongUsage, match="ENGAGE_NOW"):
        clock.now()


def test_without_engage_now_it_is_now(live: Live) -> None:
    live(AUCKLAND, "")
    here = clock.now()
    assert here.utcoffset() in (timedelta(hours=12), timedelta(hours=13))
    assert abs(here.timestamp() - system_time.time()) < 60


@pytest.mark.parametrize(
    ("told", "named"), [(BERLIN, BERLIN), (":Pacific/Auckland", AUCKLAND), (f"/usr/share/zoneinfo/{BERLIN}", BERLIN)]
)
def test_the_zone_is_named_by_tz(live: Live, told: str, named: str) -> None:
    live(told)
    assert clock.zone() == named


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("/usr/share/zoneinfo/America/New_York", "America/New_York"),
        ("../usr/share/zoneinfo/Europe/Berlin", BERLIN),
        ("/var/db/timezone/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("/etc/elsewhere", "UTC"),
        ("", "UTC"),
    ],
)
@pytest.mark.parametrize("told", ["", "CET-1CEST", "No/Such", "../../etc/passwd"])
def test_else_the_zone_is_where_the_system_points(
    monkeypatch: pytest.MonkeyPatch, told: str, link: str, named: str
) -> None:
    monkeypatch.setenv("TZ", told)
    monkeypatch.setattr(clock, "_system_zone", lambda: link)
    assert clock.zone() == named


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        ("2026-11-20", "14:30", BERLIN, "2026-11-20T13:30:00Z"),
        ("2026-07-20", "14:30", BERLIN, "2026-07-20T12:30:00Z"),
        ("2026-03-29", "01:59", BERLIN, "2026-03-29T00:59:00Z"),
        ("2026-03-29", "03:00", BERLIN, "2026-03-29T01:00:00Z"),
        ("2026-10-25", "01:59", BERLIN, "2026-10-24T23:59:00Z"),
        ("2026-10-25", "03:00", BERLIN, "2026-10-25T02:00:00Z"),
        ("2027-01-01", "00:10", AUCKLAND, "2026-12-31T11:10:00Z"),
        ("2028-02-29", "12:00", AUCKLAND, "2028-02-28T23:00:00Z"),
        ("2026-11-20", "00:00", "UTC", "2026-11-20T00:00:00Z"),
    ],
)
def test_a_local_time_is_one_moment(day: str, at: str, zone: str, moment: str) -> None:
    assert clock.utc(iso(day), time.fromisoformat(at), zone) == moment


@pytest.mark.parametrize(
    ("day", "at", "zone", "why"),
    [
        ("2026-03-29", "02:00", BERLIN, "02:00 comes not at all on Sun 29 Mar 2026 in Europe/Berlin.*or no time"),
        ("2026-03-29", "02:30", BERLIN, "comes not at all"),
        ("2026-10-25", "02:30", BERLIN, "comes twice on Sun 25 Oct 2026.*Give another time"),
        ("2026-09-27", "02:30", AUCKLAND, "comes not at all"),
        ("2026-04-05", "02:59", AUCKLAND, "comes twice"),
        ("0001-01-01", "00:00", AUCKLAND, "not a date"),
        ("2026-11-20", "12:00", "Europe", "not a time zone"),
        ("2026-11-20", "12:00", "../x", "not a time zone"),
    ],
)
def test_a_time_that_is_no_single_moment_is_refused(day: str, at: str, zone: str, why: str) -> None:
    with pytest.raises(WrongUsage, match=why):
        clock.utc(iso(day), time.fromisoformat(at), zone)


# Looking back


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-20"),
        (" Yesterday ", "2026-11-19"),
        ("friday", "2026-11-20"),
        ("FRI", "2026-11-20"),
        ("last friday", "2026-11-13"),
        ("last thu", "2026-11-19"),
        ("thurs", "2026-11-19"),
        ("tues", "2026-11-17"),
        ("Wednesday", "2026-11-18"),
        ("saturday", "2026-11-14"),
        ("3 days ago", "2026-11-17"),
        ("-3d", "2026-11-17"),
        ("2w ago", "2026-11-06"),
        ("two weeks  ago", "2026-11-06"),
        ("1 month ago", "2026-10-20"),
        ("a week ago", "2026-11-13"),
        ("1y ago", "2025-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026-1-5", "2026-01-05"),
        ("2027-01-05", "2027-01-05"),
        ("20.11.", "2026-11-20"),
        ("21.11", "2025-11-21"),
        ("1. 2.", "2026-02-01"),
        ("20.11.2025", "2025-11-20"),
        ("20 nov", "2026-11-20"),
        ("21 nov", "2025-11-21"),
        ("nov 20", "2026-11-20"),
        ("20. Sept.", "2026-09-20"),
        ("the 3rd of march", "2026-03-03"),
        ("20 november 2026", "2026-11-20"),
        ("Nov 20, 2026", "2026-11-20"),
        ("Fri 20 Nov 2026", "2026-11-20"),
        ("Friday, 20.11.", "2026-11-20"),
        ("20/11", "2026-11-20"),
        ("13/2/2026", "2026-02-13"),
        ("2/13/2026", "2026-02-13"),
        ("20-11-2026", "2026-11-20"),
        ("3/3", "2026-03-03"),
        ("29 feb", "2024-02-29"),
        ("２０２６-11-20", "2026-11-20"),
    ],
)
def test_past_reads(text: str, day: str) -> None:
    assert clock.past(text, FRIDAY) == iso(day)


@pytest.mark.parametrize(
    ("text", "day", "read"),
    [
        ("1 month ago", "2026-03-31", "2026-02-28"),
        ("1 month ago", "2024-03-31", "2024-02-29"),
        ("1 year ago", "2024-02-29", "2023-02-28"),
        ("yesterday", "2027-01-01", "2026-12-31"),
        ("31 dec", "2027-01-01", "2026-12-31"),
        ("29 feb", "2024-02-29", "2024-02-29"),
        ("29 feb", "2024-02-28", "2020-02-29"),
        ("29.2.", "2104-02-28", "2096-02-29"),
        ("yesterday", "2026-03-30", "2026-03-29"),
        ("sunday", "2026-10-25", "2026-10-25"),
        ("last sunday", "2026-10-25", "2026-10-18"),
    ],
)
def test_past_around_the_edges_of_the_calendar(text: str, day: str, read: str) -> None:
    assert clock.past(text, iso(day)) == iso(read)


NO_DATES = [
    *("", "Ana", "10", "may", "30 feb", "30.2.", "31/4", "31 apr 2026", "29 feb 2026", "second", "monday ago"),
    *(
        "2026",
        "2026-11",
        "0000-01-01",
        "10000-01-01",
        "2026-11-31",
        "3-4",
        "20",
        "20th",
        "a m",
        "fri fri",
        "Frida",
        "1 Marc",
    ),
    *("20.11.26", "20/11/26", "20 nov 26", "nov 20 26", "26-11-20", "mon 20 nov 2026", "٢٠.١١.", "1 ago", "half day"),
]


@pytest.mark.parametrize("text", [*NO_DATES, "tomorrow", "in 2 weeks", "2w", "next friday", "9999 years ago", "14:30"])
def test_past_refuses(text: str) -> None:
    with pytest.raises(UnreadableDate):
        clock.past(text, FRIDAY)


# Looking ahead


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("friday", "2026-11-27"),
        ("sat", "2026-11-21"),
        ("Thursday", "2026-11-26"),
        ("next friday", "2026-11-27"),
        ("next monday", "2026-11-23"),
        ("in 2 weeks", "2026-12-04"),
        ("in a month", "2026-12-20"),
        ("in an year", "2027-11-20"),
        ("2w", "2026-12-04"),
        ("+10d", "2026-11-30"),
        ("3m", "2027-02-20"),
        ("1y", "2027-11-20"),
        ("end of month", "2026-11-30"),
        ("the end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of year", "2026-12-31"),
        ("end of next year", "2027-12-31"),
        ("next week", "2026-11-27"),
        ("next month", "2026-12-20"),
        ("2026-12-01", "2026-12-01"),
        ("2026-11-01", "2026-11-01"),
        ("20.11.", "2026-11-20"),
        ("19.9.", "2027-09-19"),
        ("20 nov", "2026-11-20"),
        ("dec 1", "2026-12-01"),
        ("1 jan", "2027-01-01"),
        ("1 January 2020", "2020-01-01"),
        ("29 feb", "2028-02-29"),
        ("fri 27 nov", "2026-11-27"),
        ("11/20", "2026-11-20"),
    ],
)
def test_ahead_reads(text: str, day: str) -> None:
    assert clock.ahead(text, FRIDAY) == iso(day)


@pytest.mark.parametrize(
    ("text", "day", "read"),
    [
        ("1m", "2027-01-31", "2027-02-28"),
        ("in 1 month", "2028-01-31", "2028-02-29"),
        ("1y", "2028-02-29", "2029-02-28"),
        ("end of month", "2028-02-01", "2028-02-29"),
        ("end of month", "2026-11-30", "2026-11-30"),
        ("end of next month", "2027-01-31", "2027-02-28"),
        ("tomorrow", "2026-12-31", "2027-01-01"),
        ("tomorrow", "2026-03-28", "2026-03-29"),
        ("1d", "2026-10-24", "2026-10-25"),
        ("29 feb", "2028-02-29", "2028-02-29"),
        ("29 feb", "2028-05-01", "2032-02-29"),
        ("29 feb", "2096-05-01", "2104-02-29"),
        ("next friday", "2026-11-21", "2026-11-27"),
    ],
)
def test_ahead_around_the_edges_of_the_calendar(text: str, day: str, read: str) -> None:
    assert clock.ahead(text, iso(day)) == iso(read)


@pytest.mark.parametrize(
    "text",
    [
        *NO_DATES,
        *("yesterday", "3 days ago", "-3d", "last friday", "end of week", "2 weeks", "by friday", "14:30"),
        *("in 999999999 weeks", "9999y", "999999999999999999999d", f"in {'9' * 5000} days"),
    ],
)
def test_ahead_refuses(text: str) -> None:
    with pytest.raises(UnreadableDate):
        clock.ahead(text, FRIDAY)


# Two readings


@pytest.mark.parametrize(
    ("reader", "text", "day", "readings"),
    [
        (clock.past, "3/4", "2026-11-20", "2026-03-04 or 2026-04-03"),
        (clock.past, "11/12", "2026-11-20", "2025-12-11 or 2026-11-12"),
        (clock.past, "3/4/2026", "2026-11-20", "2026-03-04 or 2026-04-03"),
        (clock.past, "3-4-2026", "2026-11-20", "2026-03-04 or 2026-04-03"),
        (clock.ahead, "3/4", "2026-11-20", "2027-03-04 or 2027-04-03"),
        (clock.ahead, "19.11.", "2026-11-20", "2027-11-19 or 2026-11-19"),
        (clock.ahead, "dec 31", "2027-01-02", "2027-12-31 or 2026-12-31"),
        (clock.ahead, "29 feb", "2028-03-01", "2032-02-29 or 2028-02-29"),
        (clock.ahead, "next friday", "2026-11-18", "2026-11-20 or 2026-11-27"),
        (clock.ahead, "next friday", "2026-11-22", "2026-11-27 or 2026-12-04"),
        (clock.ahead, "next sunday", "2026-11-20", "2026-11-22 or 2026-11-29"),
    ],
)
def test_both_readings_are_named(reader: Callable[[str, date], date], text: str, day: str, readings: str) -> None:
    with pytest.raises(AmbiguousDate, match=readings):
        reader(text, iso(day))


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/4", "dmy", "2026-04-03"),
        ("3/4", "mdy", "2026-03-04"),
        ("3/4/2025", "mdy", "2025-03-04"),
        ("20/11", "mdy", "2026-11-20"),
        ("11/20", "dmy", "2026-11-20"),
        ("3.4.", "mdy", "2026-04-03"),
    ],
)
def test_the_order_decides_between_two_readings(text: str, order: str, day: str) -> None:
    assert clock.past(text, FRIDAY, order) == iso(day)


def test_what_cannot_be_read_is_named_with_what_can() -> None:
    with pytest.raises(UnreadableDate, match=r'"soon" is not a date I can read\. Say for example: tomorrow'):
        clock.ahead("soon", FRIDAY)
    with pytest.raises(UnreadableDate, match="four digits"):
        clock.past("20.11.26", FRIDAY)
    with pytest.raises(UnreadableDate, match="That day is Fri 20 Nov 2026"):
        clock.past("mon 20 nov", FRIDAY)


# Days with times


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *(("14:30", "14:30"), ("9:05", "09:05"), ("14.30", "14:30"), ("2pm", "14:00"), ("2:30 PM", "14:30")),
        *(("12am", "00:00"), ("12 pm", "12:00"), ("0:00", "00:00"), ("23:59", "23:59"), ("14：30", "14:30")),
    ],
)
def test_clock_time_reads(text: str, at: str) -> None:
    assert clock.clock_time(text) == time.fromisoformat(at)


@pytest.mark.parametrize("text", ["", "14", "24:10", "24:00", "9:60", "9:5", "13pm", "0am", "14:30:00", "noon", "١:٠٠"])
def test_clock_time_refuses(text: str) -> None:
    with pytest.raises(WrongUsage, match="not a time"):
        clock.clock_time(text)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("yesterday", "2026-11-19", None),
        ("20.11", "2026-11-20", None),
        ("14:30", "2026-11-20", "14:30"),
        ("2 pm", "2026-11-20", "14:00"),
        ("yesterday 14:30", "2026-11-19", "14:30"),
        ("yesterday at 2pm", "2026-11-19", "14:00"),
        ("3 days ago 9:05", "2026-11-17", "09:05"),
        ("20 nov 2 pm", "2026-11-20", "14:00"),
        ("20.11. 14:30", "2026-11-20", "14:30"),
        ("2026-11-20 09:15", "2026-11-20", "09:15"),
        ("2026-11-20T09:15", "2026-11-20", "09:15"),
    ],
)
def test_happened_reads_a_day_a_time_or_both(text: str, day: str, at: str | None) -> None:
    assert clock.happened(text, FRIDAY) == (iso(day), time.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    "text", ["", "14.30", "fri 14.30", "yesterday 24:10", "soon 14:30", "9:60", "2026-11-20T09:15Z"]
)
def test_happened_refuses(text: str) -> None:
    with pytest.raises(WrongUsage):
        clock.happened(text, FRIDAY)


def test_happened_passes_the_order_on() -> None:
    assert clock.happened("3/4 14:30", FRIDAY, "mdy") == (date(2026, 3, 4), time(14, 30))


# Promises


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("send quote by friday", "send quote", "2026-11-27"),
        (" Send the Quote  BY Tomorrow ", "Send the Quote", "2026-11-21"),
        ("send quote @friday", "send quote", "2026-11-27"),
        ("send quote @ 2w", "send quote", "2026-12-04"),
        ("mail it to bob@acme.com by 20.11.", "mail it to bob@acme.com", "2026-11-20"),
        ("stand by me by dec 1", "stand by me", "2026-12-01"),
        ("send quote by the end of the month", "send quote", "2026-11-30"),
        ("send quote by end of month", "send quote", "2026-11-30"),
        ("send quote by 2026-11-01", "send quote", "2026-11-01"),
        ("send quote by friday.", "send quote", "2026-11-27"),
        ("two\nlines by friday", "two\nlines", "2026-11-27"),
        ("stand by me", "stand by me", None),
        ("send it to bob@acme.com", "send it to bob@acme.com", None),
        ("send it to @bob", "send it to @bob", None),
        ("send it by mail", "send it by mail", None),
        ("reviewed by Jane and Mark", "reviewed by Jane and Mark", None),
        ("go nearby friday", "go nearby friday", None),
        ("by the way, call", "by the way, call", None),
        ("stand by", "stand by", None),
        ("call @", "call @", None),
        ("call", "call", None),
    ],
)
def test_due_parts_words_from_the_day(text: str, words: str, on: str | None) -> None:
    assert clock.due(text, FRIDAY) == (words, iso(on) if on else None)


@pytest.mark.parametrize(
    "rest",
    [
        *(
            "firday",
            "tomorow",
            "Frida",
            "thrusday",
            "30 feb",
            "3/4",
            "may",
            "friday evening",
            "20.11.26",
            "next sprint",
        ),
        *("end of week", "a week", "2 weeks", "3 people", "septmber", "monday ago", "٣ days"),
    ],
)
@pytest.mark.parametrize("marker", ["by ", "@", "@ "])
def test_due_refuses_what_was_meant_as_a_date(marker: str, rest: str) -> None:
    with pytest.raises((UnreadableDate, AmbiguousDate)):
        clock.due(f"send quote {marker}{rest}", FRIDAY)


def test_due_passes_the_order_on() -> None:
    assert clock.due("send quote by 3/4", FRIDAY, "dmy") == ("send quote", date(2027, 4, 3))


@pytest.mark.parametrize("text", ["", "  ", "by friday", "@friday"])
def test_due_needs_words(text: str) -> None:
    with pytest.raises(WrongUsage, match="no words"):
        clock.due(text, FRIDAY)


# Lengths


@pytest.mark.parametrize(
    ("text", "days"),
    [("10d", 10), ("2w", 14), ("3m", 90), ("1y", 365), ("Never", 0), ("2 weeks", 14), ("a month", 30), ("100y", 36500)],
)
def test_cadence_reads(text: str, days: int) -> None:
    assert clock.cadence(text) == days


@pytest.mark.parametrize("text", ["", "30", "0d", "weekly", "-2w", "101y", "9999999999d", "2h", "1.5w"])
def test_cadence_refuses(text: str) -> None:
    with pytest.raises(WrongUsage, match="never"):
        clock.cadence(text)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        *((0, "never"), (1, "every day"), (7, "every week"), (10, "every 10 days"), (14, "every 2 weeks")),
        *((30, "every month"), (90, "every 3 months"), (365, "every year"), (730, "every 2 years")),
    ],
)
def test_every_says_a_cadence(days: int, words: str) -> None:
    assert clock.every(days) == words


@given(st.integers(1, 9999))
def test_what_every_says_cadence_reads(days: int) -> None:
    words = clock.every(days).removeprefix("every ")
    assert clock.cadence(words if words[0].isdigit() else f"a {words}") == days


@pytest.mark.parametrize(
    ("text", "length"),
    [
        *(("30m", 30), ("90", 90), ("45 min", 45), ("1h", 60), ("2 hours", 120), ("1h30", 90), ("1h 30m", 90)),
        *(("1.5h", 90), ("1,25h", 75), ("24h", 1440)),
    ],
)
def test_minutes_reads(text: str, length: int) -> None:
    assert clock.minutes(text) == length


@pytest.mark.parametrize(
    "text", ["", "0", "0h", "0.00h", "25h", "24h01", "1441", "1.5h30", "1h90", "-5", "h", "a while", "9" * 5000, "٣٠"]
)
def test_minutes_refuses(text: str) -> None:
    with pytest.raises(WrongUsage):
        clock.minutes(text)


# What holds for any input

PIECES = [
    *("the", "by", "@", "in", "a", "two", "next", "last", "end of", "ago", "friday", "tues", "nov", "feb", "may", "of"),
    *(
        "29",
        "30",
        "0",
        "9999",
        "10000",
        "99999999999",
        "-",
        "/",
        ".",
        ":",
        ",",
        "T",
        "am",
        "pm",
        "d",
        "w",
        "m",
        "y",
        "h",
    ),
    *("days", "weeks", "months", "years", "today", "yesterday", "tomorrow", "never", "２", "٣", "\n", " ", "é"),
]
anything = st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=7).flatmap(
    lambda pieces: st.sampled_from(["".join(pieces), " ".join(pieces)])
)
READERS: list[Callable[[str, date, str | None], object]] = [
    *(clock.past, clock.ahead, clock.happened, clock.due),
    lambda text, day, order: clock.clock_time(text),
    lambda text, day, order: clock.cadence(text),
    lambda text, day, order: clock.minutes(text),
    lambda text, day, order: clock.utc(day, time(), text),
    lambda text, day, order: clock.utc(day, time(2, 30), AUCKLAND),
]


@pytest.mark.parametrize("reader", READERS)
@given(text=anything, day=st.dates(), order=st.sampled_from([None, "dmy", "mdy"]))
@example(text="yesterday", day=date.min, order=None)
@example(text="tomorrow", day=date.max, order=None)
@example(text="last friday", day=date.min, order=None)
@example(text="next month", day=date.max, order=None)
@example(text="next friday", day=date.max - timedelta(8), order=None)
@example(text="end of next year", day=date.max, order=None)
@example(text="29 feb", day=date.min, order=None)
def test_any_text_is_read_or_refused(
    reader: Callable[[str, date, str | None], object], text: str, day: date, order: str | None
) -> None:
    try:
        reader(text, day, order)
    except Problem as problem:
        assert str(problem)


@pytest.mark.parametrize("place", range(12))
def test_every_name_is_read_in_full_and_short(place: int) -> None:
    name, weekday = clock._MONTHS[place], clock._WEEKDAYS[place % 7]
    for month in (name, name[:3]):
        assert clock.ahead(f"1 {month} 2026", FRIDAY) == date(2026, place + 1, 1)
    assert clock.past(weekday, FRIDAY) == clock.past(weekday[:3], FRIDAY)
    assert clock.past(weekday, FRIDAY).weekday() == place % 7


@given(day=st.dates(), today=st.dates())
def test_what_full_shows_is_read_again(day: date, today: date) -> None:
    assert clock.ahead(clock.full(day), today) == clock.past(clock.full(day), today) == day


@given(day=st.dates(date(1, 1, 9), date(9990, 12, 31)), today=st.dates(date(10, 1, 1), date(9900, 1, 1)))
def test_a_day_without_a_year_lies_in_the_direction_asked(day: date, today: date) -> None:
    text = f"{day.day}.{day.month}."
    before = clock.past(text, today)
    assert before <= today
    if 0 < (today - before).days <= 60:  # which has just passed: hardly meant for next year
        with pytest.raises(AmbiguousDate):
            clock.ahead(text, today)
    else:
        assert today <= clock.ahead(text, today)


@given(at=st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)), zone=st.sampled_from([BERLIN, AUCKLAND, "UTC"]))
def test_utc_comes_back_as_the_local_time(at: datetime, zone: str) -> None:
    from zoneinfo import ZoneInfo

    local = at.replace(second=0, microsecond=0)
    try:
        moment = datetime.fromisoformat(clock.utc(local.date(), local.time(), zone))
    except WrongUsage:
        return
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def test_the_larger_modules_are_left_alone_until_needed() -> None:
    program = """
import sys
from datetime import date
from engage_cli import clock
large = ("dateutil", "zoneinfo", "calendar", "difflib", "unicodedata")
assert not [name for name in large if name in sys.modules]
for text in ("yesterday", "friday", "3 days ago", "20 nov", "20.11.", "2026-11-20", "3/3"):
    clock.past(text, date(2026, 11, 20))
assert not [name for name in large if name in sys.modules]
for text in ("2w", "in 2 months", "end of month", "Nov 20, 2026"):
    clock.ahead(text, date(2026, 11, 20))
assert "dateutil.parser" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
