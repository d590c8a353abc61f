"""Conversations counted by week, and a strip that shows them at a glance."""

import sqlite3
from datetime import date, timedelta

BLOCKS = "▁▂▃▄▅▆▇█"

# A conversation with several members is one with their organisation, and counts while the membership lasted.
DAYS = """
SELECT happened_on, count(*) FROM (
  SELECT conversation_id, happened_on FROM participants
  WHERE contact_id = :whose AND role = 'with' AND is_touch = 1 AND happened_on BETWEEN :first AND :today
  UNION SELECT conversation_id, happened_on FROM memberships AS member JOIN participants USING (contact_id)
  WHERE organisation_id = :whose AND participants.role = 'with' AND is_touch = 1
    AND happened_on BETWEEN max(:first, coalesce(since_on, '')) AND min(:today, coalesce(until_on, '9999'))
) GROUP BY happened_on
"""


def of_contact(db: sqlite3.Connection, contact_id: int, today: date, weeks: int = 12) -> list[int]:
    """Count the days' conversations with a contact in each of the last weeks, the current one last."""
    first = start(today) - timedelta(weeks=weeks - 1)
    found = db.execute(DAYS, {"whose": contact_id, "first": first.isoformat(), "today": today.isoformat()})
    return by_week(found.fetchall(), today, weeks)


def by_week(days: list[tuple[str, int]], today: date, weeks: int, starts: str = "monday") -> list[int]:
    """Add counts of days up to counts of weeks, which start on Monday or Sunday; the current week is the last."""
    first = start(today, starts) - timedelta(weeks=weeks - 1)
    counts = [0] * weeks
    for day, count in days:
        place = (date.fromisoformat(day) - first).days // 7
        if 0 <= place < weeks:
            counts[place] += count
    return counts


def start(day: date, starts: str = "monday") -> date:
    """Return the first day of the week of a day; weeks start on Monday or Sunday."""
    return day - timedelta(days=(day.weekday() + (starts == "sunday")) % 7)


def strip(counts: list[int]) -> str:
    """Draw a sign for each count: a dot for none, blocks up to the highest count."""
    most = max(counts, default=0)
    return "".join(BLOCKS[(count * len(BLOCKS) - 1) // most] if count else "·" for count in counts)
