"""The day to talk next with each customer, computed from the facts.

It is the latest of the snooze's end and: the --next day given since the last contact, else the
last contact + cadence, else the spread first day, else customer_since + cadence. A conversation with
a member counts for the organisation, as long as the membership lasted.
"""

import sqlite3
from datetime import date
from typing import NamedTuple

from engage_cli.reports.only import EVERYONE, Only

# "last" is a day and a conversation number, written so that comparing texts compares both.
LATEST = """(SELECT part.happened_on || '/' || printf('%012d', part.conversation_id) FROM participants AS part
      WHERE part.contact_id = {whose} AND part.role = 'with' AND part.is_touch = 1
        AND part.happened_on BETWEEN {since} AND {until}
      ORDER BY part.happened_on DESC, part.conversation_id DESC LIMIT 1)"""

GIVEN = """(SELECT talk.happened_on || '/' || printf('%012d', talk.id) || talk.next_on
      FROM participants AS part JOIN conversations AS talk ON talk.id = part.conversation_id
      WHERE part.contact_id = {whose} AND part.role = 'with' AND talk.next_on IS NOT NULL
        AND part.is_touch IN (0, 1) AND part.happened_on BETWEEN max({since}, substr(last, 1, 10)) AND {until}
        AND talk.happened_on || '/' || printf('%012d', talk.id) >= last
      ORDER BY part.happened_on DESC, part.conversation_id DESC LIMIT 1)"""

_MEMBER = {
    "whose": "member.contact_id",
    "since": "coalesce(member.since_on, '')",
    "until": "min(:today, coalesce(member.until_on, '9999'))",
}
_SELF = {"whose": "seen.id", "since": "''", "until": ":today"}
_AS_CONTACT = {**_SELF, "whose": "contacts.id"}

DUE = f"""
WITH seen AS MATERIALIZED (
  SELECT contacts.*, coalesce(contacts.every_days, types.every_days,
      (SELECT min(organisation.every_days) FROM memberships AS member
       JOIN contacts AS organisation ON organisation.id = member.organisation_id
       WHERE member.contact_id = contacts.id
         AND :today BETWEEN coalesce(member.since_on, '') AND coalesce(member.until_on, '9999')),
      :default) AS every,
    max(coalesce({LATEST.format(**_AS_CONTACT)}, ''),
      coalesce((SELECT max({LATEST.format(**_MEMBER)}) FROM memberships AS member
                WHERE member.organisation_id = contacts.id), '')) AS last
  FROM contacts LEFT JOIN types ON types.id = contacts.type_id
  WHERE contacts.merged_into_id IS NULL AND {{which}}),
asked AS (
  SELECT seen.*, substr(max(coalesce({GIVEN.format(**_SELF)}, ''),
      coalesce((SELECT max({GIVEN.format(**_MEMBER)}) FROM memberships AS member
                WHERE member.organisation_id = seen.id), '')), 24) AS next_on
  FROM seen)
SELECT id, handle, name, customer_since, nullif(substr(last, 1, 10), ''),
  (SELECT channel FROM conversations WHERE id = CAST(substr(last, 12) AS INTEGER)), every,
  CASE WHEN customer_since IS NOT NULL AND every > 0 THEN max(coalesce(
      nullif(next_on, ''),
      date(nullif(substr(last, 1, 10), ''), '+' || every || ' days'),
      first_due_on,
      date(customer_since, '+' || every || ' days')), coalesce(snoozed_until, '')) END AS due_on
FROM asked
"""

CUSTOMERS = "contacts.customer_since IS NOT NULL AND contacts.archived_on IS NULL"


class Due(NamedTuple):
    """When to talk to one contact: `every_days` 0 is never, `due_on` None where no day is due. Days are ISO."""

    id: int
    handle: str
    name: str
    customer_since: str | None
    last_on: str | None
    last_channel: str | None
    every_days: int
    due_on: str | None

    @property
    def since(self) -> str:
        """The day counting begins: the last contact, or where nobody ever spoke the day they became a customer."""
        return self.last_on or self.customer_since or ""


def due(
    db: sqlite3.Connection, today: date, default_days: int, which: str = CUSTOMERS, only: Only = EVERYONE
) -> list[Due]:
    """Compute the due days of the contacts that `which`, a condition on the table contacts, selects."""
    values = {"today": today.isoformat(), "default": default_days}
    query = DUE.format(which=f"{which} AND {only.named(values, 'contacts.id')}")
    return [Due(*row) for row in db.execute(query, values)]


def due_of(db: sqlite3.Connection, contact_id: int, today: date, default_days: int) -> Due:
    """Compute the due day of one contact."""
    return due(db, today, default_days, "contacts.id = :whose".replace(":whose", str(int(contact_id))))[0]
