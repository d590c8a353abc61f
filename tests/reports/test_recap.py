"""What may be sent after a conversation, and what never."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import Engage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory import transaction

from engage_cli.reports.only import only
from engage_cli.reports.recap import latest_to_send, recap
from engage_cli.show import letter
from engage_cli.show.json import document
from engage_cli.signals import VOCABULARY
from engage_cli.store import Transaction

ON = "2026-11-20"
SENT = {"promise", "they-promise", "expects", "decided"}
ANA, BEN, KITE, FERN = 1, 2, 3, 4
TABLES = {"sorry": "apologies", "needs": "needs", "conflict": "conflicts", "steer": "steers"}


def _people(tx: Transaction) -> None:
    """Ana and Ben; Ana belongs to Kite, and left Fern long ago."""
    for handle, kind in (("ana", "person"), ("ben", "person"), ("kite", "organisation"), ("fern", "organisation")):
        tx.insert("contacts", kind=kind, handle=handle, name=f"{handle.title()} Silva")
    tx.insert("memberships", contact_id=ANA, organisation_id=KITE, since_on="2026-11-20")
    tx.insert("memberships", contact_id=ANA, organisation_id=FERN, until_on="2026-11-19")


def _talk(tx: Transaction, note: str, *who: int, **columns: Any) -> int:
    values = {"happened_on": ON, "channel": "call", **columns}
    talk = tx.insert("conversations", note=note, **values)
    for contact in who:
        part = {"conversation_id": talk, "contact_id": contact, "role": "with", "happened_on": values["happened_on"]}
        is_touch = values["channel"] != "note" and values.get("is_reached", 1)
        tx.insert("participants", **part, is_touch=int(is_touch))
    return talk


def _signal(tx: Transaction, keyword: str, whose: int, talk: int, words: str) -> None:
    said = {"contact_id": whose, "conversation_id": talk, "words": words}
    if keyword in TABLES:
        tx.insert(TABLES[keyword], **said, **{"owed_on" if keyword == "sorry" else "heard_on": ON})
    elif keyword in ("promise", "they-promise"):
        tx.insert("promises", **said, side="me" if keyword == "promise" else "them", made_on=ON)
    elif keyword == "expects":
        moment = {"heard_on": ON, "recorded_at": f"{ON}T10:00:00Z"}
        tx.insert("expectations", **said, topic=f"{words}topic", before=f"{words}before", **moment)
    else:
        tx.insert("insights", **said, kind=keyword, heard_on=ON, level=1 if keyword == "feels" else None)


signals = st.lists(
    st.tuples(
        st.sampled_from([keyword.word for keyword in VOCABULARY]),
        st.sampled_from([ANA, BEN, KITE, FERN]),
        st.booleans(),
        st.sampled_from(["", "\n", "$note ", "${expected}", "- ", "최유림 "]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(signals, st.sampled_from([[ANA], [ANA, BEN], [ANA, KITE, FERN]]))
def test_only_what_both_sides_said_and_is_theirs_gets_in(
    said: list[tuple[str, int, bool, str]], who: list[int]
) -> None:
    tx = transaction(is_bulk=True)
    _people(tx)
    talk, other = _talk(tx, "NOTE0 the note", *who), _talk(tx, "NOTE1 another note", *who)
    may, must_not = [], ["NOTE0", "NOTE1"]
    for number, (keyword, whose, is_here, odd) in enumerate(said):
        marker = f"{odd}MARK{number}X"
        _signal(tx, keyword, whose, talk if is_here else other, marker)
        is_sent = keyword in SENT and whose in (ANA, KITE) and is_here
        (may if is_sent else must_not).append(f"MARK{number}X")
    found = recap(tx.db, talk, ANA)
    text = letter.write(found)
    for shown in (text, document({"text": text, **vars(found)})):
        assert [marker for marker in must_not if marker in shown] == []
        assert [marker for marker in may if marker not in shown] == []
        assert not any(f"MARK{number}Xbefore" in shown for number in range(len(said)))
    assert len(set(may)) == sum(map(len, (found.decided, found.promised, found.they_promised, found.expected)))


KEYWORDS = [keyword.word for keyword in VOCABULARY]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(KEYWORDS), st.sampled_from(["", "@ben ", "@luca ", "@@"])), max_size=6),
    st.sampled_from(["", "--private", "--via note"]),
)
def test_as_typed_nothing_private_gets_in(engage: Engage, said: list[tuple[str, str]], kind: str) -> None:
    database = Path(engage("where --json").json["journal"])
    database.unlink(missing_ok=True)
    for name in ("ana", "ben", "luca"):
        engage.ok(f"contact add {name}")
    words = ["log", "ana", "--with", "ben", "--about", "luca", "NOTE0", "said", *kind.split()]
    must_not = ["NOTE0"]
    for number, (keyword, whose) in enumerate(said):
        marker = f"MARK{number}X"
        text = f"upset {marker} yes" if keyword == "feels" else f"{marker} yes"
        whose = "" if whose == "@@" and "promise" in keyword else whose  # there an at sign begins a date
        words += [f"--{keyword}", f"{whose}{'price: ' if keyword == 'expects' else ''}{text}"]
        if keyword not in SENT or whose in ("@ben ", "@luca "):
            must_not.append(marker)
    engage.ok(words)
    results = [engage(["recap", what, "--to", "ana", *form]) for what in ("c1", "ana") for form in ([], ["--json"])]
    for result in results:
        assert result.code == (0 if not kind else 1 if "c1" in result.err else 3), result.err
        assert [marker for marker in must_not if marker in result.out] == []
        for number, (keyword, whose) in enumerate(said):
            is_sent = not kind and keyword in SENT and whose in ("", "@@")
            assert (f"MARK{number}X" in result.out) == is_sent


def test_a_promise_that_was_dropped_is_not_sent_and_a_moved_one_has_its_latest_date() -> None:
    tx = transaction()
    _people(tx)
    talk = _talk(tx, "", ANA)
    for words, dropped in (("kept", None), ("gone", ON)):
        values = {"contact_id": ANA, "conversation_id": talk, "words": words, "side": "me", "made_on": ON}
        promise = tx.insert("promises", **values, dropped_on=dropped)
        for due_on in ("2026-11-25", "2026-11-27"):
            tx.insert("due_dates", promise_id=promise, due_on=due_on, set_on=ON, asked_by="me")
    assert [(one.words, one.due_on) for one in recap(tx.db, talk, ANA).promised] == [("kept", "2026-11-27")]


def _latest(db: sqlite3.Connection) -> list[int | None]:
    return [latest_to_send(db, only(db, who_id=who)) for who in (None, ANA, BEN)]


def test_the_latest_that_may_be_sent_was_held_and_is_no_note_and_not_private() -> None:
    tx = transaction()
    _people(tx)
    assert _latest(tx.db) == [None, None, None]
    _talk(tx, "", ANA, happened_on="2026-11-18")
    _talk(tx, "", BEN, happened_on="2026-11-17")
    _talk(tx, "", ANA, channel="note")
    _talk(tx, "", ANA, is_private=1)
    _talk(tx, "", ANA, is_reached=0)
    assert _latest(tx.db) == [1, 1, 2]
    _talk(tx, "", ANA, BEN, happened_on="2026-11-18")
    assert _latest(tx.db) == [6, 6, 6]


@pytest.mark.parametrize("form", ["table", "json"])
def test_the_document_holds_the_same_as_the_letter(engage: Engage, form: str) -> None:
    engage.ok(
        "log --new ana hello --decided 'start in May' --promise 'a quote by friday' --they-promise texts"
        " --expects 'price: low'"
    )
    if form == "table":
        assert engage.ok("recap") == (
            "Hello ana,\n\nthank you for our call on Fri 20 Nov 2026.\n\nWhat we decided:\n- start in May\n\n"
            "What I promised:\n- a quote, by Fri 27 Nov 2026\n\nWhat you promised:\n- texts\n\n"
            "What I understood you expect:\n- price: low\n\n"
            "If I got anything wrong or left something out, please tell me.\n"
        )
        return
    found = json.loads(engage.ok("recap --json"))
    assert found == {
        **{"format": 1, "report": "recap", "as_of": "2026-11-20", "conversation": "c1", "to": "ana", "name": "ana"},
        **{"happened_on": "2026-11-20", "channel": "call", "decided": ["start in May"]},
        "promised": [{"words": "a quote", "due_on": "2026-11-27"}],
        "they_promised": [{"words": "texts", "due_on": None}],
        "expected": [{"topic": "price", "words": "low"}],
        "text": engage.ok("recap").rstrip("\n"),
    }
