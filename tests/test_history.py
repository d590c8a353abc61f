"""Taking back: random journals on a real file, then everything undone and done again; and single cases."""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Engage
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from engage_cli import clock, history, numbers, store
from engage_cli.errors import NotFound, Problem
from engage_cli.records import (
    apologies,
    contacts,
    conversations,
    expectations,
    memberships,
    merging,
    promises,
    reviews,
    signals,
    types,
)
from engage_cli.searched import SEARCHED
from engage_cli.signals import CHANNELS
from engage_cli.store import Transaction, opening, triggers

Rows = dict[int, dict[str, Any]]
Tables = dict[str, Rows]

NAMES = st.sampled_from(["ana", "ben", "Ana Müller", "昨日東京", "cho", "Acme"])
TEXTS = st.sampled_from(
    ["late again", "a\x00b", '{"x": 1}', "żółć 😀", "昨日東京 and more", '"quote" -10% [/]', "two\nlines", " x "]
)
DAYS = st.integers(-60, 0).map(lambda days: date.fromisoformat(NOW[:10]) + timedelta(days))
ANY = st.integers(0, 1000)  # which of those that there are
SIGNALS = st.lists(
    st.sampled_from(
        [
            ["--sorry", "the invoice was wrong"],
            ["--promise", "send the quote by friday"],
            ["--they-promise", "pay by tomorrow"],
            ["--expects", "reports: weekly -> monthly"],
            ["--expects", "Reports: daily"],
            ["--matters", "the new shop 東京"],
            ["--feels", "uneasy about the price"],
            ["--needs", "a bigger room"],
            ["--conflict", "who pays"],
            ["--steer", "call less often"],
        ]
    ),
    max_size=3,
).map(lambda many: [word for pair in many for word in pair])
MEMORY = Path("/dev/shm")  # where a commit costs nothing
CHANNELS = st.sampled_from(CHANNELS)


class Journal(RuleBasedStateMachine):
    """Anything that a user can do, in any order, taken back and done again in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        os.environ["ENGAGE_DB"] = str(self.folder / "journal.db")
        self.engage = Engage()
        self.engage.ok(["log", "--new", "ana", "hello"])
        self.engage.ok(["undo"])
        self.db = opening.connect(self.folder / "journal.db")

    # Command lines ---------------------------------------------------------------------------------------------

    @rule(name=NAMES, text=TEXTS, said=SIGNALS, other=NAMES, channel=CHANNELS, day=DAYS)
    def log(self, name: str, text: str, said: list[str], other: str, channel: str, day: date) -> None:
        self.run(["log", "--new", name, "--via", channel, "--on", day.isoformat(), "--about", other, *said, "--", text])

    @rule(name=NAMES, text=TEXTS, said=SIGNALS)
    def more(self, name: str, text: str, said: list[str]) -> None:
        self.run(["log", name, "--more", *said, "--", text])

    @rule(name=NAMES, step=st.sampled_from(["--said", "--fixed", "--kept"]), which=ANY)
    def done(self, name: str, step: str, which: int) -> None:
        table = "promises" if step == "--kept" else "apologies"
        if (number := self.pick(table, which)) is not None:
            self.run(["log", name, step, str(number), "done"])

    # Verbs of the records --------------------------------------------------------------------------------------

    @rule(which=ANY, text=TEXTS, table=st.sampled_from(list(contacts.LISTS)), takes=st.booleans())
    def lists(self, which: int, text: str, table: str, takes: bool) -> None:
        change = contacts.shorten if takes else contacts.extend
        self.on("contacts", which, lambda tx, number: change(tx, number, table, [text]))

    @rule(which=ANY, name=NAMES, handle=st.sampled_from(["ana", "ben", "dora", "emil"]), text=TEXTS)
    def edit(self, which: int, name: str, handle: str, text: str) -> None:
        self.on(
            "contacts", which, lambda tx, number: tx.update("contacts", number, name=name, handle=handle, note=text)
        )

    @rule(
        which=ANY, kind=st.sampled_from(["archive", "unarchive", "snooze", "rhythm", "never", "organisation"]), day=DAYS
    )
    def standing(self, which: int, kind: str, day: date) -> None:
        def change(tx: Transaction, number: int) -> None:
            contact = contacts.load(tx.db, number)
            verbs = {
                "archive": lambda: contacts.archive(tx, contact, day, "sold 東京"),
                "unarchive": lambda: contacts.unarchive(tx, contact),
                "snooze": lambda: contacts.snooze(tx, contact, day),
                "rhythm": lambda: contacts.rhythm(tx, contact, 14, day),
                "never": lambda: contacts.rhythm(tx, contact, 0, day),
                "organisation": lambda: tx.update("contacts", number, kind="organisation"),
            }
            verbs[kind]()

        self.on("contacts", which, change)

    @rule(one=ANY, other=ANY, role=TEXTS, day=DAYS, leaves=st.booleans())
    def membership(self, one: int, other: int, role: str, day: date, leaves: bool) -> None:
        def change(tx: Transaction, number: int) -> None:
            person, organisation = contacts.load(tx.db, number), contacts.load(tx.db, self.pick("contacts", other) or 1)
            if leaves:
                memberships.leave(tx, person, None, day)
            else:
                memberships.join(tx, person, organisation, role, day)

        self.on("contacts", one, change)

    @rule(one=ANY, other=ANY, day=DAYS)
    def introduce(self, one: int, other: int, day: date) -> None:
        def change(tx: Transaction, number: int) -> None:
            through = self.pick("contacts", other)
            tx.insert("introductions", introducer_id=through, contact_id=number, words="met", introduced_on=str(day))

        self.on("contacts", one, change)

    @rule(one=ANY, other=ANY)
    def merge(self, one: int, other: int) -> None:
        def change(tx: Transaction, number: int) -> None:
            merging.merge(tx, contacts.load(tx.db, number), contacts.load(tx.db, self.pick("contacts", other) or 1))

        self.on("contacts", one, change)

    @rule(
        which=ANY,
        kind=st.sampled_from(["redate", "involve", "delete", "channel", "reached"]),
        day=DAYS,
        channel=CHANNELS,
    )
    def conversation(self, which: int, kind: str, day: date, channel: str) -> None:
        def change(tx: Transaction, number: int) -> None:
            everyone = [contacts.load(tx.db, row[0]) for row in tx.db.execute("SELECT id FROM contacts")]
            verbs = {
                "redate": lambda: conversations.redate(tx, conversations.load(tx.db, number), day),
                "involve": lambda: conversations.involve(tx, number, everyone[which % 2 :: 2], everyone[:1]),
                "delete": lambda: conversations.delete(tx, number),
                "channel": lambda: tx.update("conversations", number, channel=channel),
                "reached": lambda: tx.update("conversations", number, is_reached=which % 2),
            }
            verbs[kind]()

        self.on("conversations", which, change)

    @rule(which=ANY, step=st.sampled_from(["said", "fixed", "confirmed", "dropped"]), text=TEXTS, day=DAYS)
    def apology(self, which: int, step: str, text: str, day: date) -> None:
        self.on("apologies", which, lambda tx, number: getattr(apologies, step)(tx, number, text, day))

    @rule(which=ANY, step=st.sampled_from(["kept", "broken", "dropped", "moved", "sorry"]), text=TEXTS, day=DAYS)
    def promise(self, which: int, step: str, text: str, day: date) -> None:
        def change(tx: Transaction, number: int) -> None:
            if step == "moved":
                promises.moved(tx, number, day, "them", day, text)
            elif step == "sorry":
                promises.apologise(tx, promises.broken(tx, number, text, day), text, day)
            else:
                getattr(promises, step)(tx, number, text, day)

        self.on("promises", which, change)

    @rule(which=ANY, answer=st.sampled_from(["agreed", "adapted", "declined"]), text=TEXTS, day=DAYS)
    def expectation(self, which: int, answer: str, text: str, day: date) -> None:
        self.on("expectations", which, lambda tx, number: expectations.answered(tx, number, answer, text, day))

    @rule(which=ANY, other=ANY, noun=st.sampled_from(list(signals.FACTS)), goes=st.booleans())
    def signal(self, which: int, other: int, noun: str, goes: bool) -> None:
        def change(tx: Transaction, number: int) -> None:
            if goes:
                signals.delete(tx, noun, number)
            else:
                signals.move(tx, noun, number, self.pick("contacts", other) or 1)

        self.on(numbers.TABLES[noun], which, change)

    @rule(which=ANY, text=TEXTS)
    def type(self, which: int, text: str) -> None:
        self.on("contacts", which, lambda tx, number: tx.update("contacts", number, type_id=types.add(tx, text)))

    @rule(day=DAYS)
    def review(self, day: date) -> None:
        self.change(lambda tx: reviews.finish(tx, day, clock.today()))

    # Taking back -----------------------------------------------------------------------------------------------

    @rule()
    def undo_the_last(self) -> None:
        if (target := self.ask(history.last)) is not None:
            self.undo(target)

    @rule(which=st.lists(ANY, min_size=1, max_size=5))
    def undo_any(self, which: list[int]) -> None:
        for one in which:
            if (target := self.pick("actions", one)) is not None:
                self.undo_or_be_refused(target)

    def undo_or_be_refused(self, target: int) -> None:
        before, gone = self.tables(), self.ask(history.taken_back)
        try:
            self.undo(target)
        except history.InTheWay as refused:
            assert refused.later and all(later > target and later not in gone for later in refused.later)
            assert self.tables() == before
        except Problem:
            assert self.tables() == before

    def undo(self, target: int) -> int:
        """Take one action back; what stands then is what its changes, replayed backwards, say."""
        before, changes = self.tables(), self.changes(target)
        taken, undo_id = history.undo(target)
        assert taken.id == target
        for table, row_id, op, old in changes:
            reversed_(before[table], row_id, op, old)
        assert self.tables() == follow(before)
        return undo_id

    def teardown(self) -> None:
        try:
            self.take_all_back_and_have_it_again()
        finally:
            self.db.close()
            shutil.rmtree(self.folder)

    def take_all_back_and_have_it_again(self) -> None:
        end, undone = self.tables(), []
        self.check()
        while (target := self.ask(history.last)) is not None:
            undone.append(self.undo(target))
        assert not any(self.tables().values())
        self.check()
        for undo_id in reversed(undone):
            self.undo(undo_id)
        assert self.tables() == end
        self.check()

    def check(self) -> None:
        """The index is what a rebuilt one would be, the references hold, and days agree."""
        assert not self.db.execute("PRAGMA foreign_key_check").fetchall()
        assert follow(self.tables()) == self.tables()
        stands = words(self.db)
        self.db.execute("BEGIN")
        triggers.drop(self.db)
        triggers.create(self.db)
        for table in SEARCHED:
            triggers.fill(self.db, table)
        assert stands == words(self.db)
        self.db.execute("ROLLBACK")

    # How it is done --------------------------------------------------------------------------------------------

    def run(self, words: list[str]) -> None:
        before = self.tables()
        result = self.engage(words)
        assert "inside engage" not in result.err and result.code in (0, 1, 2, 3, 4), result
        assert result.code == 0 or self.tables() == before

    def on(self, table: str, which: int, change: Any) -> None:
        number = self.pick(table, which)
        if number is not None:
            self.change(lambda tx: change(tx, number))

    def change(self, change: Any) -> None:
        before = self.tables()
        try:
            with store.writing("log") as tx:
                change(tx)
        except (Problem, sqlite3.IntegrityError, store.Dangling):
            assert self.tables() == before

    def pick(self, table: str, which: int) -> int | None:
        rows = [row[0] for row in self.ask(lambda db: db.execute(f"SELECT id FROM {table} ORDER BY id").fetchall())]
        return rows[which % len(rows)] if rows else None

    def ask(self, question: Any) -> Any:
        return question(self.db)

    def tables(self) -> Tables:
        return self.ask(tables)

    def changes(self, action_id: int) -> list[tuple[str, int, str, dict[str, Any]]]:
        question = (
            "SELECT name, row_id, op, old FROM changes JOIN tables ON tables.id = table_id WHERE action_id = ?"
            " ORDER BY changes.id DESC"
        )
        found = self.ask(lambda db: db.execute(question, (action_id,)).fetchall())
        return [(table, row_id, op, json.loads(old or "{}")) for table, row_id, op, old in found]


def tables(db: sqlite3.Connection) -> Tables:
    """Every row of every table that has a history."""
    found: Tables = {}
    for table in triggers.remembered(db):
        names = triggers.columns(db, table)
        rows = db.execute(f"SELECT {', '.join(names)} FROM {table}")
        found[table] = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return found


def reversed_(rows: Rows, row_id: int, op: str, old: dict[str, Any]) -> None:
    """Replay one change backwards."""
    if op == "+":
        del rows[row_id]
    elif op == "-":
        assert row_id not in rows
        rows[row_id] = old
    else:
        rows[row_id].update(old)


def follow(standing: Tables) -> Tables:
    """Participants have the day of their conversation, and count where it counts: both follow it."""
    for row in standing["participants"].values():
        conversation = standing["conversations"][row["conversation_id"]]
        row["happened_on"] = conversation["happened_on"]
        row["is_touch"] = int(conversation["channel"] != "note" and conversation["is_reached"] == 1)
    return standing


def words(db: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """What the search index holds: each word, where it stands."""
    db.execute("DROP TABLE IF EXISTS temp.vocabulary")
    db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'instance')")
    return sorted(db.execute("SELECT term, doc, offset FROM temp.vocabulary").fetchall())


def test_any_journal_can_be_taken_back_and_had_again() -> None:
    run_state_machine_as_test(
        Journal,
        settings=settings(
            deadline=None, max_examples=40, stateful_step_count=25, suppress_health_check=list(HealthCheck)
        ),
    )


def numbered(path: Path) -> int:
    """The number of the latest action."""
    with closing(opening.connect(path)) as db:
        return int(db.execute("SELECT max(id) FROM actions").fetchone()[0])


def act(journal: Path, change: Callable[[Transaction], object]) -> int:
    with store.writing("log") as tx:
        change(tx)
    return numbered(journal)


def test_what_was_built_upon_names_what_stands_in_the_way(engage: Engage, journal: Path) -> None:
    engage.ok("log --new ana hello")
    engage.ok("log ana hello again")
    with pytest.raises(
        history.InTheWay, match="h1 cannot be taken back: h2 came later and stands in the way"
    ) as refused:
        history.undo(1)
    assert refused.value.later == [2]


def test_a_signal_whose_conversation_is_gone_names_what_removed_it(engage: Engage, journal: Path) -> None:
    engage.ok("log --new ana hello --sorry late")
    deleted = act(journal, lambda tx: signals.delete(tx, "apology", 1))
    removed = act(journal, lambda tx: conversations.delete(tx, 1))
    with pytest.raises(history.InTheWay) as refused:
        history.undo(deleted)
    assert refused.value.later == [removed]


def test_a_participant_of_another_day_names_what_moved_the_day(engage: Engage, journal: Path) -> None:
    engage.ok("log --new ana hello --with ben")
    left = act(journal, lambda tx: conversations.involve(tx, 1, [contacts.load(tx.db, 1)], []))
    moved = act(
        journal, lambda tx: conversations.redate(tx, conversations.load(tx.db, 1), date.fromisoformat("2026-11-01"))
    )
    with pytest.raises(history.InTheWay) as refused:
        history.undo(left)
    assert refused.value.later == [moved]
    history.undo(moved)
    history.undo(left)


def test_a_handle_that_others_have_by_now_is_refused(engage: Engage, journal: Path) -> None:
    engage.ok("log --new ana hello")
    renamed = act(journal, lambda tx: tx.update("contacts", 1, handle="anna"))
    engage.ok("log --new ben hello")
    act(journal, lambda tx: tx.update("contacts", 2, handle="ana"))
    before = journal.read_bytes()
    with pytest.raises(Problem, match="in use elsewhere"):
        history.undo(renamed)
    assert journal.read_bytes() == before


def test_there_is_an_end_to_undoing(engage: Engage, journal: Path) -> None:
    engage.ok("log --new ana hello")
    history.undo()
    with pytest.raises(Problem, match="nothing to take back"):
        history.undo()
    with pytest.raises(Problem, match="was taken back already"):
        history.undo(1)
    with pytest.raises(NotFound, match="no action h7"):
        history.undo(7)
    assert history.undo(2)[1] == 3
    assert history.undo(3)[1] == 4


def test_text_comes_back_to_the_sign(engage: Engage, journal: Path) -> None:
    text = 'a\x00b \x1b[31m 昨日 \u202e “quoted” {"x": [1]} \U0001f600'
    act(journal, lambda tx: tx.insert("types", name=text))
    act(journal, lambda tx: tx.delete("types", 1))
    history.undo()
    with store.reading() as db:
        assert db.execute("SELECT name FROM types").fetchall() == [(text,)]


def test_what_an_action_touched_is_asked_for_at_once_and_what_is_gone_keeps_its_name(
    engage: Engage, journal: Path
) -> None:
    def add(tx: Transaction) -> None:
        for number in range(20):
            contacts.add(tx, f"Contact {number}", "person", f"contact-{number}")

    made = act(journal, add)
    asked: list[str] = []
    with store.reading() as db:
        db.set_trace_callback(asked.append)
        action = history.describe(db, made)
        db.set_trace_callback(None)
    assert action.made == tuple(f"contact-{number}" for number in range(20))
    assert len(asked) == 2
    engage.ok("undo")
    with store.reading() as db:
        assert history.describe(db, made + 1).removed == tuple(f"contact-{number}" for number in reversed(range(20)))
