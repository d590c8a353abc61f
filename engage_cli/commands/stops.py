"""What a walk over the review stops at: each item in a sentence, why it is here, and what can be said of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from engage_cli import clock
from engage_cli.reports.needs import decision
from engage_cli.reports.report import Brief, Report
from engage_cli.reports.wording import days, full, last_touch
from engage_cli.show.text import line
from engage_cli.signals import LEVEL_NAMES


@dataclass(frozen=True)
class Stop:
    """One item of the review: `name` tells it from all others, `facts` are the letters of the keys that fit it.

    What is not open asks for nothing: to have seen it is enough.
    """

    name: str
    title: str
    sentence: str
    why: str
    noun: str
    facts: str
    is_open: bool
    id: str | None
    contact: str | None


class Kind(NamedTuple):
    """How the items of one section are told."""

    noun: str
    what: Callable[[Any], str]
    why: Callable[[Any], str]
    facts: Callable[[Any], str] = lambda item: ""
    is_open: Callable[[Any], bool] = lambda item: True


KINDS = {
    "apologies": Kind(
        "apology",
        lambda item: item.words,
        lambda item: f"owed since {full(item.owed_on)}, {days(item.days_owed)}; next: {item.next} it",
        lambda item: ("" if item.said_on else "s") + ("" if item.fixed_on else "f"),
    ),
    "promises": Kind(
        "promise",
        lambda item: f"{'you' if item.by == 'me' else 'they'} promised to: {item.words}",
        lambda item: f"since {full(item.made_on)}, due {full(item.due_on)}{_late(item)}",
        lambda item: "kbm",
        lambda item: bool(item.days_overdue),
    ),
    "neglected": Kind(
        "neglected customer",
        lambda item: f"last in touch: {last_touch(item.last_on, item.last_channel)}",
        lambda item: f"{clock.every(item.every_days)}, due {full(item.due_on)}{_late(item)}{_matters(item)}",
    ),
    "expectations": Kind(
        "expectation",
        lambda item: f"{item.topic}: {item.before} -> {item.after}",
        lambda item: f"heard {full(item.heard_on)}, {item.answer or 'not answered'}",
        lambda item: "" if item.answer else "atd",
        lambda item: item.answer is None,
    ),
    "conflicts": Kind(
        "conflict", lambda item: item.words, lambda item: f"open since {full(item.heard_on)}", lambda item: "r"
    ),
    "steers": Kind(
        "steer",
        lambda item: item.words,
        lambda item: f"heard {full(item.heard_on)}, {'not answered' if item.state == 'open' else item.state}",
        lambda item: "ade" if item.state == "open" else "e",
    ),
    "needs": Kind(
        "need",
        lambda item: item.words,
        lambda item: f"heard {full(item.heard_on)}, decided: {decision(item)}",
        lambda item: "awde",
    ),
    "feelings": Kind(
        "feeling",
        lambda item: f"{LEVEL_NAMES[item.before]} -> {LEVEL_NAMES[item.after]} {item.words}",
        lambda item: f"heard {full(item.heard_on)}",
        is_open=lambda item: False,
    ),
    "shifts": Kind(
        "shift",
        lambda item: f"{item.type}, {item.kind}: {item.topic}",
        lambda item: f"{item.count} of {item.total}: {', '.join(one.name for one in item.who)}",
        is_open=lambda item: False,
    ),
    "well": Kind(
        "success", lambda item: f"{item.what}: {item.words}", lambda item: full(item.on), is_open=lambda item: False
    ),
}


def stops(review: Brief) -> list[Stop]:
    """List what a walk stops at, in the order of the review."""
    return [stop for section in review.sections for stop in _stops(section, KINDS[section.name])]


def _stops(section: Report, kind: Kind) -> Iterator[Stop]:
    for item in section.items:
        number, contact, what = getattr(item, "id", None), getattr(item, "contact", None), kind.what(item)
        who = f"{item.name} ({contact}): " if contact else ""
        yield Stop(
            f"{section.name} {number or contact or what}",
            section.title,
            line(f"{number or ''} {who}{what}".strip()),
            line(kind.why(item)),
            kind.noun,
            kind.facts(item),
            kind.is_open(item),
            number,
            contact,
        )


def _late(item: Any) -> str:
    return f", overdue by {days(item.days_overdue)}" if item.days_overdue else ""


def _matters(item: Any) -> str:
    return f"; what matters to them: {item.matters}" if item.matters else ""
