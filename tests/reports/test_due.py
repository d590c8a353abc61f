"""The day to talk next, and who is neglected: the query against the same rules in plain Python, on random journals."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from memory import transaction

from engage_cli.reports.contacts import every_contact
from engage_cli.reports.due import due, due_of
from engage_cli.reports.neglected import neglected
from engage_cli.store import Transaction

TODAY = date(2026, 11, 20)
DEFAULT = 30
FOREVER = "9999-12-31"


@dataclass
class Person:
    """A contact as the rules see it."""

    id: int
    row: dict[str, Any]
    memberships: list[dict[str, Any]] = field(default_factory=list)

    @property
    def handle(self) -> str:
        return str(self.row["handle"])


@dataclass
class World:
    """One random journal: what was stored, and the rules of the design in plain Python."""

    people: list[Person]
    types: dict[int, int | None]
    talks: list[dict[str, Any]]

    def every(self, who: Person) -> int:
        """Contact, else type, else organisation, else the default."""
        if who.row["every_days"] is not None:
            return int(who.row["every_days"])
        if (of_type := self.types.get(who.row["type_id"])) is not None:
            return of_type
        organisations = [
            self.people[one["organisation_id"] - 1].row["every_days"]
            for one in who.memberships
            if (one["since_on"] or "") <= TODAY.isoformat() <= (one["until_on"] or FOREVER)
        ]
        return min((days for days in organisations if days is not None), default=DEFAULT)

    def concerns(self, talk: dict[str, Any], who: Person) -> bool:
        """Whether somebody took part, or a member at that time did."""
        if talk["happened_on"] > TODAY.isoformat():
            return False
        return who.id in talk["with"] or any(
            member.id in talk["with"]
            for member in self.people
            for one in member.memberships
            if one["organisation_id"] == who.id
            and (one["since_on"] or "") <= talk["happened_on"] <= (one["until_on"] or FOREVER)
        )

    def last(self, who: Person) -> dict[str, Any] | None:
        """The last conversation that was no note and reached them; the higher number on the same day."""
        counted = [talk for talk in self.talks if talk["is_touch"] and self.concerns(talk, who)]
        return max(counted, key=_moment, default=None)

    def due_on(self, who: Person) -> str | None:
        if who.row["customer_since"] is None or self.every(who) == 0:
            return None
        return max(self._talk_on(who), who.row["snoozed_until"] or "")

    def _talk_on(self, who: Person) -> str:
        last, every = self.last(who), timedelta(self.every(who))
        since = _moment(last) if last else ("", 0)
        given = [talk for talk in self.talks if talk["next_on"] and self.concerns(talk, who) and _moment(talk) >= since]
        if given:
            return str(max(given, key=_moment)["next_on"])
        if last:
            return (date.fromisoformat(last["happened_on"]) + every).isoformat()
        if who.row["first_due_on"]:
            return str(who.row["first_due_on"])
        return (date.fromisoformat(who.row["customer_since"]) + every).isoformat()

    def neglected(self) -> list[tuple[Any, ...]]:
        """Customers who are not archived and whose day has passed; worst first: days since / cadence."""
        late = [
            who
            for who in self.people
            if not who.row["archived_on"] and not who.row["merged_into_id"] and (self.due_on(who) or "9") < str(TODAY)
        ]
        return [self._row(who) for who in sorted(late, key=self._worst)]

    def _worst(self, who: Person) -> tuple[Any, ...]:
        last = self.last(who)
        since = last["happened_on"] if last else who.row["customer_since"]
        return -Fraction(_days(since), self.every(who)), self.due_on(who), who.handle

    def _row(self, who: Person) -> tuple[Any, ...]:
        last, due_on = self.last(who), self.due_on(who)
        on, channel = (last["happened_on"], last["channel"]) if last else (None, None)
        days = _days(on) if on else None
        return who.handle, on, channel, days, self.every(who), due_on, _days(due_on or "")


def _moment(talk: dict[str, Any]) -> tuple[str, int]:
    return talk["happened_on"], talk["id"]


def _days(since: str) -> int:
    return (TODAY - date.fromisoformat(since)).days


def _random(chance: random.Random, tx: Transaction) -> World:
    def day(first: int = -120, last: int = 40) -> str:
        return (TODAY + timedelta(chance.randint(first, last))).isoformat()

    def maybe(*choices: Any) -> Any:
        return chance.choice(choices)

    types = {
        tx.insert("types", name=f"t{number}", every_days=days): days for number, days in enumerate((None, 0, 6, 12))
    }
    people = []
    for number in range(1, 13):
        row = {
            "kind": "organisation" if number <= 3 else "person",
            "handle": f"name-{number}",
            "name": "N",
            "type_id": maybe(None, None, *types),
            "customer_since": maybe(None, *(day(-150, 0) for _ in range(4))),
            "every_days": maybe(None, None, None, 0, 5, 7, 30),
            "first_due_on": maybe(None, None, day(-60)),
            "snoozed_until": maybe(*[None] * 5, day(-30)),
            "archived_on": maybe(*[None] * 7, day(-50, 0)),
            "merged_into_id": maybe(*[None] * 9, 12) if 3 < number < 12 else None,
        }
        people.append(Person(tx.insert("contacts", **row), row))
    for _ in range(8):
        who = chance.choice(people[3:])
        since, until = maybe(None, day(-100, 20)), maybe(None, None, day(-60))
        one = {"organisation_id": chance.randint(1, 3), "since_on": since, "until_on": until}
        tx.insert("memberships", contact_id=who.id, **one)
        who.memberships.append(one)
    return World(people, types, [_talk(chance, tx, number, day) for number in range(1, 31)])


def _talk(chance: random.Random, tx: Transaction, number: int, day: Any) -> dict[str, Any]:
    # Few days and many conversations: often c9 and c10 stand on the same one.
    on = chance.choice((day(-10, 2), day(-40, -38), day(-120, 5)))
    channel, is_reached = chance.choice(("call", "email", "in-person", "note")), int(chance.random() < 0.8)
    next_on = chance.choice((*[None] * 5, day(-30)))
    tx.insert("conversations", happened_on=on, channel=channel, is_reached=is_reached, next_on=next_on)
    is_touch = int(channel != "note" and is_reached)
    there = chance.sample(range(1, 13), 3)
    for place, contact_id in enumerate(there):
        role = "with" if place < 2 else "about"
        part = {"contact_id": contact_id, "role": role, "happened_on": on, "is_touch": is_touch}
        tx.insert("participants", conversation_id=number, **part)
    talk = {"id": number, "happened_on": on, "channel": channel, "is_touch": is_touch}
    return {**talk, "next_on": next_on, "with": there[:2]}


@pytest.mark.parametrize("part", range(4))
def test_the_query_agrees_with_the_rules_on_random_journals(part: int) -> None:
    found_any = 0
    for seed in range(part * 100, part * 100 + 100):
        tx = transaction(is_bulk=True)
        world = _random(random.Random(seed), tx)
        report = neglected(tx.db, TODAY, DEFAULT)
        rows = [
            (one.contact, one.last_on, one.last_channel, one.days_since, one.every_days, one.due_on, one.days_overdue)
            for one in report.items
        ]
        assert rows == world.neglected(), f"journal {seed}"
        listed = {one.handle: (one.last_on, one.due_on) for one in every_contact(tx.db, TODAY, DEFAULT).items}
        assert listed == {
            who.handle: ((world.last(who) or {"happened_on": None})["happened_on"], world.due_on(who))
            for who in world.people
            if not who.row["merged_into_id"]
        }, f"journal {seed}"
        found_any += len(rows)
        tx.db.close()
    assert found_any > 150  # the journals are worth looking at


def _customer(tx: Transaction, handle: str = "ana", **columns: Any) -> int:
    columns = {"customer_since": "2026-01-01", "name": handle.title(), "kind": "person", **columns}
    return tx.insert("contacts", handle=handle, **columns)


def _call(tx: Transaction, on: str, *contacts: int, channel: str = "call", **columns: Any) -> int:
    number = tx.insert("conversations", happened_on=on, channel=channel, **columns)
    for contact_id in contacts:
        is_touch = int(channel != "note" and columns.get("is_reached", 1))
        part = {"contact_id": contact_id, "happened_on": on, "is_touch": is_touch}
        tx.insert("participants", conversation_id=number, **part)
    return number


def _due(tx: Transaction, contact_id: int) -> str | None:
    return due_of(tx.db, contact_id, TODAY, DEFAULT).due_on


def test_the_tenth_conversation_of_a_day_comes_after_the_ninth() -> None:
    tx = transaction()
    ana = _customer(tx)
    for number in range(1, 12):
        _call(tx, "2026-11-19", ana, channel="email" if number == 11 else "call", next_on=f"2026-12-{number:02}")
    one = due_of(tx.db, ana, TODAY, DEFAULT)
    assert (one.last_channel, one.due_on) == ("email", "2026-12-11")


def test_an_organisation_is_in_touch_through_the_higher_number_of_its_members() -> None:
    tx = transaction()
    acme, ana, ben = _customer(tx, "acme", kind="organisation"), _customer(tx), _customer(tx, "ben")
    for member in (ana, ben):
        tx.insert("memberships", contact_id=member, organisation_id=acme)
    for number in range(1, 11):
        _call(tx, "2026-11-19", ana if number < 10 else ben, channel="call" if number < 10 else "video")
    assert due_of(tx.db, acme, TODAY, DEFAULT).last_channel == "video"


def test_a_day_given_with_a_note_counts_and_the_next_contact_ends_it() -> None:
    tx = transaction()
    ana = _customer(tx)
    _call(tx, "2026-11-01", ana)
    _call(tx, "2026-11-02", ana, channel="note", next_on="2026-11-25")
    assert _due(tx, ana) == "2026-11-25"
    _call(tx, "2026-11-03", ana, is_reached=0, next_on="2026-11-27")
    assert _due(tx, ana) == "2026-11-27"
    _call(tx, "2026-11-04", ana)
    assert _due(tx, ana) == "2026-12-04"


def test_a_day_given_before_the_last_contact_of_the_same_day_is_over() -> None:
    tx = transaction()
    ana = _customer(tx)
    _call(tx, "2026-11-10", ana, channel="note", next_on="2026-11-12")
    _call(tx, "2026-11-10", ana)
    assert _due(tx, ana) == "2026-12-10"


def test_a_snooze_only_ever_puts_off() -> None:
    tx = transaction()
    ana = _customer(tx, snoozed_until="2026-11-18")
    _call(tx, "2026-11-01", ana)
    assert _due(tx, ana) == "2026-12-01"
    tx.update("contacts", ana, snoozed_until="2027-01-10")
    assert _due(tx, ana) == "2027-01-10"


def test_being_mentioned_does_not_touch_the_clock() -> None:
    tx = transaction()
    ana, ben = _customer(tx), _customer(tx, "ben")
    number = _call(tx, "2026-11-10", ana)
    part = {"contact_id": ben, "role": "about", "happened_on": "2026-11-10", "is_touch": 1}
    tx.insert("participants", conversation_id=number, **part)
    assert due_of(tx.db, ben, TODAY, DEFAULT).last_on is None


def test_the_day_itself_is_not_neglect() -> None:
    tx = transaction()
    _call(tx, (TODAY - timedelta(DEFAULT)).isoformat(), _customer(tx))
    _call(tx, (TODAY - timedelta(DEFAULT + 1)).isoformat(), _customer(tx, "ben"))
    [item] = neglected(tx.db, TODAY, DEFAULT).items
    assert (item.contact, item.days_since, item.days_overdue) == ("ben", 31, 1)


def test_neglected_says_what_matters_to_them_as_last_heard() -> None:
    tx = transaction()
    ana = _customer(tx)
    for on, words in (("2026-03-02", "the launch"), ("2026-03-03", "her daughter"), ("2026-03-01", "the market")):
        tx.insert("insights", contact_id=ana, kind="matters", words=words, heard_on=on)
    assert neglected(tx.db, TODAY, DEFAULT).items[0].matters == "her daughter"


def test_due_is_computed_for_whom_is_asked() -> None:
    tx = transaction()
    _customer(tx)
    _customer(tx, "plain", customer_since=None)
    assert [one.handle for one in due(tx.db, TODAY, DEFAULT)] == ["ana"]
    assert [one.due_on for one in due(tx.db, TODAY, DEFAULT, "contacts.handle = 'plain'")] == [None]
