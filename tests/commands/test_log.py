"""`engage log`, as it is typed."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish

from engage_cli import settings

TALK = {
    *("id", "with", "about", "happened_on", "happened_at", "zone", "channel", "minutes", "reached", "started_by"),
    *("private", "note"),
}


@pytest.fixture
def known(engage: Engage, journal: Path) -> Engage:
    return furnish(engage, journal, ["contact add Ana Silva --org Brightside", "contact add Ben Okafor"])


def test_the_first_line_repeats_the_note(engage: Engage) -> None:
    out = engage.ok("log --new 'Ana Silva' talked about the invoice")
    assert out.splitlines()[0] == "c1    talked about the invoice"


def test_a_plain_log_says_what_was_stored_in_six_lines(known: Engage) -> None:
    out = known.ok("log ana talked --on yesterday --for 30m --next 2w --promise 'a quote by friday'")
    assert out.splitlines() == [
        "c1    talked",
        "      call with Ana Silva (ana), Thu 19 Nov 2026, 30 min",
        "p1    promise: a quote, due Fri 20 Nov 2026 (Ana Silva)",
        "      next: Ana Silva, Thu 3 Dec 2026 (every month)",
        "Take it back: engage undo",
    ]


def test_every_option_is_stored(known: Engage) -> None:
    line = "log ana talked --with ben --about brightside --via vid --on 2026-11-02 --at 14:30 --for 1h30 --they-started"
    reply = known(f"{line} --private --json").json
    assert set(reply) == {"format", "action", "conversation", "signals"}
    assert (reply["format"], reply["action"], reply["signals"]) == (1, "h3", [])
    assert reply["conversation"] == {
        "id": "c1",
        "with": [{"contact": "ana", "name": "Ana Silva"}, {"contact": "ben", "name": "Ben Okafor"}],
        "about": [{"contact": "brightside", "name": "Brightside"}],
        "happened_on": "2026-11-02",
        "happened_at": "2026-11-02T13:30:00Z",
        "zone": "Europe/Berlin",
        "channel": "video",
        "minutes": 90,
        "reached": True,
        "started_by": "them",
        "private": True,
        "note": "talked",
    }
    assert set(reply["conversation"]) == TALK


SAID = {"words", "heard_on", "level"}
RAISED = {"words", "heard_on", "state", "decided_on", "answer"}
PROMISED = {
    *("by", "words", "made_on", "due_on", "first_due_on", "moved", "kept_on", "days_overdue", "state"),
}
SIGNALS = {
    "--sorry late": (
        "sorry",
        {"words", "cause", "impact", "remedy", "owed_on", "said_on", "fixed_on", "days_owed", "next"},
    ),
    "--promise x": ("promise", PROMISED),
    "--they-promise x": ("they-promise", PROMISED),
    "--expects 'a: b'": ("expects", {"topic", "before", "after", "changed_back", "heard_on", "answer", "answered_on"}),
    "--matters x": ("matters", SAID),
    "--doing x": ("doing", SAID),
    "--needs x": ("needs", RAISED),
    "--why x": ("why", SAID),
    "--feels 'uneasy x'": ("feels", SAID),
    "--verbatim x": ("verbatim", SAID),
    "--decided x": ("decided", SAID),
    "--conflict x": ("conflict", RAISED),
    "--steer x": ("steer", RAISED),
}


@pytest.mark.parametrize("option", SIGNALS)
def test_a_signal_has_the_keys_of_its_report(known: Engage, option: str) -> None:
    kind, keys = SIGNALS[option]
    [signal] = known(f"log ana {option} --json").json["signals"]
    assert signal["kind"] == kind and signal["contact"] == "ana" and signal["name"] == "Ana Silva"
    # "words" is asked of every signal, and an expectation's are its "after".
    assert set(signal) - {"words", "topic"} == {"kind", "id", "contact", "name"} | keys - {"words", "topic"}


def test_every_option_is_repeatable(known: Engage) -> None:
    for option in SIGNALS:
        assert len(known(f"log ana {option} {option} --json").json["signals"]) == 2


FEELINGS = {
    "great": (5, ""), "good about it": (4, "about it"), "ok": (3, ""), "uneasy, the date": (2, "the date"),
    "2 the date": (2, "the date"), "upset: x": (1, "x"), "6 of one": (None, "6 of one"), "Good": (4, ""),
    "goodish": (None, "goodish"), "fine with it": (None, "fine with it"),
}  # fmt: skip


@pytest.mark.parametrize("text", FEELINGS)
def test_how_they_feel(known: Engage, text: str) -> None:
    [signal] = known(["log", "ana", "--feels", text, "--json"]).json["signals"]
    assert (signal["level"], signal["words"]) == FEELINGS[text]


@pytest.mark.parametrize(
    ("text", "whose", "words"),
    [
        ("@ben call him", "ben", "call him"),
        ("@BEN call him", "ben", "call him"),
        ("@@home button", "ana", "@home button"),
        ("@carla call her", "ana", "@carla call her"),
        ("@brightside new logo", "brightside", "new logo"),
        ("mail a@b.example", "ana", "mail a@b.example"),
    ],
)
def test_whose_a_signal_is(known: Engage, text: str, whose: str, words: str) -> None:
    reply = known(["log", "ana", "hi", "--with", "ben", "--about", "brightside", "--needs", text, "--json"]).json
    assert (reply["signals"][0]["contact"], reply["signals"][0]["words"]) == (whose, words)


def test_somebody_who_took_no_part_is_named(known: Engage) -> None:
    assert '"@carla" took no part, so it stays a part of the words.' not in known.ok("log ana x --needs '@@carla y'")
    assert "took no part, so it stays a part of the words." in known.ok("log ana x --needs '@carla y'")


# today (a Friday where not said), the conversation's day as typed, the promise, the day it is due
DUE = [
    ("2026-11-20", "2 weeks ago", "by friday", "2026-11-13"),
    ("2026-11-20", "2026-11-04", "by friday", "2026-11-06"),
    ("2026-11-20", "yesterday", "by tomorrow", "2026-11-20"),
    ("2026-11-20", "today", "by friday", "2026-11-27"),
    ("2026-11-20", "2026-10-20", "by end of month", "2026-10-31"),
    ("2026-11-20", "2026-10-20", "@20 nov", "2026-11-20"),
    # the clocks change on 29 March and 25 October in Berlin, on 5 April and 27 September in Auckland
    ("2026-03-30", "2026-03-28", "by tomorrow", "2026-03-29"),
    ("2026-03-30", "2026-03-28", "by 2d", "2026-03-30"),
    ("2026-10-26", "2026-10-24", "in 2 days", None),
    ("2026-10-26", "2026-10-24", "by in 2 days", "2026-10-26"),
    ("2026-10-26", "2026-10-25", "by tomorrow", "2026-10-26"),
    ("2026-04-07", "2026-04-04", "by in 1 week", "2026-04-11"),
    ("2026-09-30", "2026-09-26", "by tomorrow", "2026-09-27"),
    # a year's end
    ("2027-01-02", "2026-12-31", "by tomorrow", "2027-01-01"),
    ("2027-01-02", "2026-12-30", "by 2 jan", "2027-01-02"),
    ("2027-01-02", "31 dec", "by end of year", "2026-12-31"),
    ("2027-01-02", "30.12.", "by next month", "2027-01-30"),
    ("2026-12-30", "2026-12-30", "by monday", "2027-01-04"),
    # 29 February
    ("2028-03-01", "2028-02-28", "by tomorrow", "2028-02-29"),
    ("2028-03-01", "29 feb", "by 1y", "2029-02-28"),
    ("2028-03-01", "2028-02-28", "by end of month", "2028-02-29"),
    ("2027-03-01", "2027-02-28", "by 29 feb", "2028-02-29"),
    ("2027-03-01", "28.2.", "by 1d", "2027-03-01"),
]  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize(("today", "on", "by", "due"), DUE)
def test_due_dates_count_from_the_day_of_the_conversation(
    engage: Engage, monkeypatch: pytest.MonkeyPatch, zone: str, today: str, on: str, by: str, due: str | None
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    for hour in ("00:05", "23:55"):
        [signal] = engage(
            ["log", "--new", "Ana", "--on", on, "--promise", f"a quote {by}", "--json"], now=f"{today}T{hour}:00"
        ).json["signals"]
        assert signal["due_on"] == due


# zone, day, time, now; the moment in UTC, or what is said
TIMES = [
    ("Europe/Berlin", "2026-03-29", "02:30", "comes not at all on Sun 29 Mar 2026"),
    ("Europe/Berlin", "2026-10-25", "02:30", "comes twice on Sun 25 Oct 2026"),
    ("Europe/Berlin", "2026-03-29", "03:30", "2026-03-29T01:30:00Z"),
    ("Europe/Berlin", "2026-10-25", "03:30", "2026-10-25T02:30:00Z"),
    ("Pacific/Auckland", "2026-09-27", "02:30", "comes not at all on Sun 27 Sep 2026"),
    ("Pacific/Auckland", "2026-04-05", "02:30", "comes twice on Sun 5 Apr 2026"),
    ("Pacific/Auckland", "2026-09-27", "03:30", "2026-09-26T14:30:00Z"),
    ("Pacific/Auckland", "2026-04-05", "03:30", "2026-04-04T15:30:00Z"),
    ("Pacific/Auckland", "2026-01-01", "00:30", "2025-12-31T11:30:00Z"),
]


@pytest.mark.parametrize(("zone", "day", "at", "says"), TIMES)
def test_a_time_that_a_day_skips_or_repeats(
    engage: Engage, monkeypatch: pytest.MonkeyPatch, zone: str, day: str, at: str, says: str
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    for words in (["--on", day, "--at", at], ["--on", f"{day} {at}"]):
        result = engage(["log", "--new", "Ana", "hello", *words, "--json"])
        if says.endswith("Z"):
            talk = result.json["conversation"]
            assert (talk["happened_on"], talk["happened_at"], talk["zone"]) == (day, says, zone)
        else:
            assert result.code == 2 and f"{at} {says} in {zone}" in result.err
            assert engage.items("contacts") == []


ORDERS = [
    (None, "3/4", None),
    (None, "20/11", "2026-11-20"),
    (None, "11/11", "2026-11-11"),
    ("dmy", "3/4", "2026-04-03"),
    ("mdy", "3/4", "2026-03-04"),
    ("dmy", "11/20", "2026-11-20"),
]


@pytest.mark.parametrize(("order", "on", "day"), ORDERS)
def test_the_order_of_day_and_month(known: Engage, order: str | None, on: str, day: str | None) -> None:
    if order:
        path = settings.config_file()
        path.parent.mkdir(parents=True)
        path.write_text(f'date_order = "{order}"\n', encoding="utf-8")
    result = known(f"log ana hello --on {on} --promise 'a by {on}' --json")
    if day is None:
        assert result.code == 2 and "can mean 2026-03-04 or 2026-04-03" in result.err
        assert known.items("promises") == []
    else:
        assert result.json["conversation"]["happened_on"] == day
        assert result.json["signals"][0]["due_on"] == day


@pytest.mark.parametrize(
    "typed",
    ["--on firday", "--on '30 feb'", "--on 31.11.", "--on 29.2.2027", "--on 'next friday'", "--on 2w", "--on ''",
     "--next firday", "--next yesterday", "--promise 'x by firday'", "--promise 'x by 31.11.'", "--promise 'x @3/4'",
     "--they-promise 'x by 30 feb'", "--on 3/4", "--on 'mon 20 nov'", "--at 25:00", "--at 9", "--at noon",
     "--on '2026-11-20 25:00'", "--promise 'x by 12'"],
)  # fmt: skip
def test_what_cannot_be_read_writes_nothing(known: Engage, journal: Path, typed: str) -> None:
    before = journal.read_bytes()
    result = known(f"log ana hello {typed}")
    assert result.code == 2 and "engage log ana hello" in result.err
    assert journal.read_bytes() == before


def test_a_due_date_already_past_is_kept_and_marked_overdue(known: Engage) -> None:
    out = known.ok("log ana hello --on '2 weeks ago' --promise 'a quote by friday'")
    assert "promise: a quote, due Fri 13 Nov 2026 (overdue)" in out
    assert known.items("promises")[0]["days_overdue"] == 7


def test_more_adds_to_the_latest_conversation(known: Engage) -> None:
    known.ok("log ana first --on 2026-11-02 --with ben")
    known.ok("log ben another --on 2026-11-10")
    reply = known("log ana second --more --sorry 'too late' --promise 'a by friday' --needs '@ben b' --json").json
    assert (reply["conversation"]["id"], reply["conversation"]["note"]) == ("c1", "first\nsecond")
    assert [one["contact"] for one in reply["signals"]] == ["ana", "ana", "ben"]
    assert reply["signals"][0]["owed_on"] == "2026-11-02" and reply["signals"][1]["due_on"] == "2026-11-06"
    assert known("log brightside x --more").code == 3
    known.ok("undo")
    assert known("conversation show c1 --json").json["conversation"]["note"] == "first"


def test_said_fixed_and_kept_are_done_on_the_day_of_the_conversation(known: Engage) -> None:
    known.ok("log ana a --sorry late --promise 'a quote' --sorry again --on 2026-11-02")
    out = known.ok("log ana made good --said a1 --fixed a1 --said a2 --kept p1 --on 2026-11-10")
    assert [line[:12] for line in out.splitlines()[2:6]] == [
        "a1    said: ",
        "a2    said: ",
        "a1    fixed:",
        "p1    kept: ",
    ]
    first = known.items("apologies --all")[-1]
    assert (first["said_on"], first["fixed_on"], first["next"]) == ("2026-11-10", "2026-11-10", None)
    assert known.items("promises --all")[0]["kept_on"] == "2026-11-10"


def test_what_belongs_to_somebody_else_is_not_done_here(known: Engage) -> None:
    known.ok("log ben a --sorry late")
    result = known("log ana x --said a1")
    assert result.code == 2 and "belongs to Ben Okafor (ben), who took no part" in result.err
    assert "Add --with ben, or use: engage apology said" in result.err
    known.ok("log ana x --said a1 --with ben")


def test_an_apology_to_a_member_can_be_said_to_the_organisation(known: Engage) -> None:
    known.ok("log ana a --sorry late")
    known.ok("log brightside x --said a1")
    assert known.items("apologies")[0]["next"] == "fix"


def test_new_makes_customers_and_matches_exactly_only(known: Engage) -> None:
    out = known.ok("log --new An hello --with 'Ben Okafor' --with Carla")
    assert "An (an) is new in the journal, a customer." in out and "Carla (carla) is new" in out
    contacts = {item["handle"]: item for item in known.items("contacts")}
    assert set(contacts) == {"an", "ana", "ben", "brightside", "carla"}
    assert contacts["an"]["customer_since"] == "2026-11-20"
    known.ok("log --new 'ANA SILVA' again")
    assert len(known.items("contacts")) == 5


def test_new_counts_the_day_of_the_conversation(engage: Engage) -> None:
    engage.ok("log --new Ana hello --on 2026-01-10")
    assert engage.items("contacts")[0]["customer_since"] == "2026-01-10"


def test_without_new_a_typo_creates_nobody(known: Engage) -> None:
    assert known("log anna hello").code == 3 and len(known.items("contacts")) == 3


def test_each_logs_for_everybody_listed(known: Engage) -> None:
    reply = known("log --each - sent the newsletter --via email --json", stdin="ana\n\nben\nana\n").json
    assert set(reply) == {"format", "action", "items"}
    assert [item["conversation"]["with"][0]["contact"] for item in reply["items"]] == ["ana", "ben"]
    assert known("log --each - x", stdin="ana\nnobody\n").code == 3
    assert known("conversation show c3").code == 3
    known.ok("undo")
    assert known("conversation show c1").code == 3


def test_each_takes_a_file(known: Engage, world: Path) -> None:
    (world / "names").write_text("ana\nben\n", encoding="utf-8")
    assert known.ok(f"log --each {world}/names hello").count("hello") == 2
    assert known.ok(f"log --each {world}/names -", stdin="from a pipe").count("from a pipe") == 2
    missing = known(f"log --each {world}/nosuch hello")
    assert missing.code == 1 and "nosuch" in missing.err and "engage log --each" in missing.err


def test_each_and_the_note_cannot_both_come_from_standard_input(known: Engage) -> None:
    result = known("log --each - -", stdin="ana\n")
    assert result.code == 2 and "cannot hold the note too" in result.err
    assert known("conversation show c1").code == 3


def test_each_takes_what_neglected_names(known: Engage) -> None:
    names = known.ok("neglected --format ids", now="2027-03-01T12:00:00")
    assert names == "ana\nben\n"
    known.ok("log --each - hello", stdin=names, now="2027-03-01T12:00:00")
    assert known.ok("neglected --format ids", now="2027-03-01T12:00:00").strip() == ""


def test_quiet_says_nothing(known: Engage) -> None:
    assert known("log ana hello -q") == type(known("where"))(0, "", "")
    assert known("log ana hello --quiet").out == ""


def test_a_note_and_an_attempt_are_no_contact(known: Engage) -> None:
    known.ok("log ana thought about her --via note --next 2w")
    known.ok("log ana tried --no-answer")
    ana = next(item for item in known.items("contacts") if item["handle"] == "ana")
    assert ana["last_on"] is None
    known.ok("log ana reached her --on yesterday")
    ana = next(item for item in known.items("contacts") if item["handle"] == "ana")
    assert ana["last_on"] == "2026-11-19"


def test_signals_alone_and_no_answer_alone_are_enough(known: Engage) -> None:
    assert known.ok("log ana --sorry late").splitlines()[0] == "c1    (no note)"
    assert "no answer" in known.ok("log ana --no-answer")


def test_the_first_log_with_a_plain_contact_says_how_to_make_a_customer(known: Engage) -> None:
    how = "Brightside is a plain contact; to be reminded: engage contact edit brightside --every 1m"
    assert how in known.ok("log brightside hello")
    assert how not in known.ok("log brightside hello again")


def test_a_new_topic_names_those_known_already(known: Engage) -> None:
    known.ok("log ana x --expects 'Delivery: fast'")
    assert '"deliveries" is a new topic; known already: Delivery.' in known.ok("log ana x --expects 'deliveries: slow'")
    out = known.ok("log ana x --expects 'delivery: cheap -> slow'")
    assert 'Before, e1 said "fast", not "cheap"; e1 stands.' in out


def test_a_long_note_is_cut_in_the_reply_only(known: Engage) -> None:
    note = "word " * 200
    first = known.ok(["log", "ana", note]).splitlines()[0]
    assert first.endswith("… (999 signs)") and len(first) < 330
    assert known("conversation show c1 --json").json["conversation"]["note"] == note.strip()


@pytest.mark.parametrize(
    "name", ["ana", "ANA", "Ana Silva", "silva", "sil", "ána", "a@b.example", "+49 30 123-45", "Ani"]
)
def test_who_is_found_by_whatever_they_are_called(known: Engage, name: str) -> None:
    known.ok("contact edit ana --alias Ani --email a@b.example --phone '+49 (30) 12345'")
    assert "call with Ana Silva (ana)" in known.ok(["log", name, "hello"])
