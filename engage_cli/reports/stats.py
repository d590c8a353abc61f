"""A year in figures: how often, how, who began, what was kept, how well you listened."""

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta

from engage_cli.reports.only import EVERYONE, Only
from engage_cli.reports.promises import outcomes
from engage_cli.reports.report import Column, Report
from engage_cli.reports.weeks import by_week, start, strip
from engage_cli.reports.wording import days

WEEKS = 53
STALE = 90  # days after which what matters to somebody is worth asking again


@dataclass(frozen=True)
class Measure:
    """One figure: a count, `of` how many where it is a share; `unit` is days or minutes where it is no count."""

    measure: str
    value: float | None
    of: int | None = None
    unit: str | None = None


COLUMNS = (
    Column("measure", lambda item: item.measure),
    Column("in the last year", lambda item: said(item), wraps=True),
)

TALKS = """
SELECT happened_on, channel, is_reached, started_by, count(*), sum(minutes) FROM conversations
WHERE happened_on BETWEEN :since AND :today AND {whose} GROUP BY happened_on, channel, is_reached, started_by
"""
TALKED = "id IN (SELECT conversation_id FROM participants WHERE role = 'with' AND {only})"

# In the customer's voice: what they said, not what we owe.
VOICES = """
SELECT count(*) FROM conversations WHERE id IN (
  SELECT conversation_id FROM insights WHERE kind IN ('matters', 'doing', 'why', 'feels', 'verbatim')
    AND heard_on BETWEEN :since AND :today
  UNION ALL SELECT conversation_id FROM needs WHERE heard_on BETWEEN :since AND :today
  UNION ALL SELECT conversation_id FROM expectations WHERE heard_on BETWEEN :since AND :today
  UNION ALL SELECT conversation_id FROM steers WHERE heard_on BETWEEN :since AND :today
) AND is_touch AND happened_on BETWEEN :since AND :today AND {whose}
"""

APOLOGIES = """
SELECT julianday(said_on) - julianday(owed_on), julianday(fixed_on) - julianday(owed_on) FROM apologies
WHERE owed_on BETWEEN :since AND :today AND dropped_on IS NULL AND {only}
"""
EXPECTATIONS = """
SELECT count(*), count(answer) FROM expectations WHERE heard_on BETWEEN :since AND :today AND {only}
"""
UNKNOWN = """
SELECT count(*), sum(coalesce((SELECT heard_on FROM insights WHERE contact_id = contacts.id AND kind = 'matters'
    ORDER BY heard_on DESC LIMIT 1), '') < :stale)
FROM contacts WHERE customer_since IS NOT NULL AND archived_on IS NULL AND merged_into_id IS NULL AND {only}
"""

# Of every query, which rows belong to a filter, with its values by name.
Values = dict[str, str | int]


def stats(db: sqlite3.Connection, today: date, only: Only = EVERYONE, week_starts: str = "monday") -> Report:
    """Count the last year, for all or for the contacts of a filter; weeks start on monday or sunday."""
    since = start(today, week_starts) - timedelta(weeks=WEEKS - 1)
    values: Values = {"since": since.isoformat(), "today": today.isoformat()}
    values["stale"] = (today - timedelta(days=STALE)).isoformat()
    named = only.named(values)
    talks = _talks(db, named, values)
    weeks = by_week([(row[0], row[4]) for row in talks], today, WEEKS, week_starts)
    items = [
        *_conversations(talks),
        *_promises(db, today, only, since),
        *_apologies(db, named, values),
        *_answers(db, named, values),
        _listening(db, named, values, sum(row[4] for row in talks if row[1] != "note" and row[2])),
        _unknown(db, only, values),
    ]
    empty = "Nothing was logged in the last year."
    has_any = any(item.value for item in items)
    return Report(
        "stats",
        "The last year",
        today,
        COLUMNS,
        items if has_any else [],
        empty,
        remark=_calendar(weeks, since) if has_any else "",
        keys={"since": since, "weeks": weeks},
        kind=Measure,
    )


def said(item: Measure) -> str:
    """Write a figure as people read it: 12 of 15 (80 %), 3.5 days, 61."""
    if item.value is None:
        return "not known"
    if item.of is not None:
        return f"{item.value:,} of {item.of:,}" + (f" ({round(100 * item.value / item.of)} %)" if item.of else "")
    if item.unit == "minutes":
        return f"{int(item.value) // 60:,} h {int(item.value) % 60:02} min"
    if item.unit == "days":
        return days(int(item.value)) if item.value == int(item.value) else f"{item.value} days"
    return f"{item.value:,}"


Talks = list[tuple[str, str, int, str | None, int, int | None]]


def _talks(db: sqlite3.Connection, only: str, values: Values) -> Talks:
    return db.execute(TALKS.format(whose=_whose(only)), values).fetchall()


def _whose(only: str) -> str:
    """Choose the conversations with the contacts of a filter; without a filter, all."""
    return "1" if only == "1" else "conversations." + TALKED.format(only=only)


def _conversations(talks: Talks) -> list[Measure]:
    channels: dict[str, int] = {}
    for _, channel, _, _, count, _ in talks:
        channels[channel] = channels.get(channel, 0) + count
    total = sum(channels.values())
    by_channel = sorted(channels.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Measure("conversations", total),
        *(Measure(f"by {channel}", count, total) for channel, count in by_channel),
        Measure("time spent", sum(minutes or 0 for *_, minutes in talks), unit="minutes"),
        Measure("they started", sum(row[4] for row in talks if row[3] == "them"), total),
        Measure("no answer", sum(row[4] for row in talks if not row[2]), total),
    ]


def _promises(db: sqlite3.Connection, today: date, only: Only, since: date) -> list[Measure]:
    found = outcomes(db, today, only, since)
    return [
        Measure("promises you kept in time", *found.get("me", (0, 0))),
        Measure("promises they kept in time", *found.get("them", (0, 0))),
    ]


def _apologies(db: sqlite3.Connection, only: str, values: Values) -> list[Measure]:
    rows = db.execute(APOLOGIES.format(only=only), values).fetchall()
    until_said, until_fixed = ([row[place] for row in rows if row[place] is not None] for place in (0, 1))
    return [
        Measure("from owed to said, median", _median(until_said), unit="days"),
        Measure("from owed to fixed, median", _median(until_fixed), unit="days"),
    ]


def _answers(db: sqlite3.Connection, only: str, values: Values) -> list[Measure]:
    total, answered = db.execute(EXPECTATIONS.format(only=only), values).fetchone()
    return [Measure("expectations answered", answered, total)]


def _listening(db: sqlite3.Connection, only: str, values: Values, talks: int) -> Measure:
    [heard] = db.execute(VOICES.format(whose=_whose(only)), values).fetchone()
    return Measure("conversations in which you heard them", heard, talks)


def _unknown(db: sqlite3.Connection, only: Only, values: Values) -> Measure:
    condition = only.named(values, "contacts.id")
    total, unknown = db.execute(UNKNOWN.format(only=condition), values).fetchone()
    return Measure("customers whose `matters` is unknown or old", unknown or 0, total)


def _median(numbers: list[float]) -> float | None:
    if not numbers:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2


def _calendar(weeks: list[int], since: date) -> str:
    """Draw a sign a week, a half of the year to a line, each line with the month it begins in."""
    signs, half = strip(weeks), len(weeks) // 2 + 1
    rows = [(since + timedelta(weeks=start), signs[start : start + half]) for start in (0, half)]
    return "\n".join(["Conversations by week:", *(f"{first:%b %Y}  {row}" for first, row in rows)])
