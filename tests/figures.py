"""The figures of prep and stats computed a second way: plain Python over the rows as they are stored."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TABLES = (
    *("contacts", "memberships", "tags", "types", "conversations", "participants", "apologies", "promises"),
    *("due_dates", "expectations", "insights", "needs", "conflicts", "steers"),
)
VOICE = ("matters", "doing", "why", "feels", "verbatim")


def exported(db: sqlite3.Connection) -> Rows:
    """Read every row of every table."""
    rows: Rows = {}
    for table in TABLES:
        found = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in found.description]
        rows[table] = [dict(zip(names, row, strict=True)) for row in found]
    return rows


def chosen(rows: Rows, kind: str, value: Any) -> set[int]:
    """Say which contacts a filter leaves: all, one (who), those with a tag, or an organisation and its members."""
    if kind == "who":
        return {value}
    if kind == "tag":
        return {row["contact_id"] for row in rows["tags"] if row["tag"].lower() == value.lower()}
    if kind == "type_id":
        return {row["id"] for row in rows["contacts"] if row["type_id"] == value}
    if kind == "organisation_id":
        return {value} | {row["contact_id"] for row in rows["memberships"] if row["organisation_id"] == value}
    if kind == "members":  # the organisation and who belongs to it on a day
        organisation_id, on = value
        return {organisation_id} | {
            row["contact_id"]
            for row in rows["memberships"]
            if row["organisation_id"] == organisation_id
            and (row["since_on"] or "") <= on <= (row["until_on"] or "9999")
        }
    return {row["id"] for row in rows["contacts"]}


def promises(rows: Rows, who: set[int], today: date, since: str = "") -> dict[str, tuple[int, int]]:
    """Count for each side the promises kept in time, and those whose outcome is known."""
    counts = {"me": [0, 0], "them": [0, 0]}
    for one in rows["promises"]:
        dues = sorted((due for due in rows["due_dates"] if due["promise_id"] == one["id"]), key=lambda due: due["id"])
        is_late = bool(dues) and dues[-1]["due_on"] < today.isoformat()
        is_known = one["kept_on"] or one["broken_on"] or is_late
        if one["contact_id"] not in who or one["dropped_on"] or one["made_on"] < since or not is_known:
            continue
        by = next((due["due_on"] for due in reversed(dues) if due["asked_by"] != one["side"]), None)
        by = by or (dues[0]["due_on"] if dues else "9999")
        counts[one["side"]][0] += bool(one["kept_on"] and one["kept_on"] <= by)
        counts[one["side"]][1] += 1
    return {side: (kept, known) for side, (kept, known) in counts.items()}


def fit(rows: Rows, who: set[int], today: date) -> Row:
    """Compute the fit of prep; None where nothing is known."""
    needs = [row for row in rows["needs"] if row["contact_id"] in who]
    felt = [row for row in rows["insights"] if row["contact_id"] in who and row["level"] is not None]
    levels = [row["level"] for row in sorted(felt, key=lambda row: (row["heard_on"], row["id"]))][-5:]
    kept = promises(rows, who, today)
    trend = None
    if len(levels) > 1:
        difference = levels[-1] - sum(levels[:-1]) / (len(levels) - 1)
        trend = "steady" if difference == 0 else "rising" if difference > 0 else "falling"
    return {
        "needs_answered": len([row for row in needs if row["decision"] == "answered"]),
        "needs_open": len([row for row in needs if row["decision"] not in ("answered", "declined")]),
        "needs_declined": len([row for row in needs if row["decision"] == "declined"]),
        "kept_by_me": kept["me"][0],
        "known_by_me": kept["me"][1],
        "kept_by_them": kept["them"][0],
        "known_by_them": kept["them"][1],
        "feelings": levels,
        "trend": trend,
    }


def stats(rows: Rows, who: set[int], today: date, is_filtered: bool) -> dict[str, tuple[float | None, int | None]]:
    """Compute every measure of stats as (value, of how many)."""
    start = (today - timedelta(days=today.weekday()) - timedelta(weeks=52)).isoformat()

    def is_recent(day: str) -> bool:
        return start <= day <= today.isoformat()

    with_them = {
        row["conversation_id"] for row in rows["participants"] if row["role"] == "with" and row["contact_id"] in who
    }
    talks = [
        row
        for row in rows["conversations"]
        if is_recent(row["happened_on"]) and (not is_filtered or row["id"] in with_them)
    ]
    real = {row["id"] for row in talks if row["channel"] != "note" and row["is_reached"]}
    heard = {row["conversation_id"] for row in rows["insights"] if row["kind"] in VOICE}
    heard |= {row["conversation_id"] for table in ("needs", "expectations", "steers") for row in rows[table]}
    kept = promises(rows, who, today, start)
    said = [row for row in rows["expectations"] if row["contact_id"] in who and is_recent(row["heard_on"])]
    customers = [
        row["id"]
        for row in rows["contacts"]
        if row["id"] in who and row["customer_since"] and not row["archived_on"] and not row["merged_into_id"]
    ]
    known = {
        row["contact_id"]
        for row in rows["insights"]
        if row["kind"] == "matters" and date.fromisoformat(row["heard_on"]) >= today - timedelta(days=90)
    }
    measures: dict[str, tuple[float | None, int | None]] = {
        f"by {channel}": (len([row for row in talks if row["channel"] == channel]), len(talks))
        for channel in {row["channel"] for row in talks}
    }
    return {
        **measures,
        "conversations": (len(talks), None),
        "time spent": (sum(row["minutes"] or 0 for row in talks), None),
        "they started": (len([row for row in talks if row["started_by"] == "them"]), len(talks)),
        "no answer": (len([row for row in talks if not row["is_reached"]]), len(talks)),
        "promises you kept in time": kept["me"],
        "promises they kept in time": kept["them"],
        "from owed to said, median": (_wait(rows, who, is_recent, "said_on"), None),
        "from owed to fixed, median": (_wait(rows, who, is_recent, "fixed_on"), None),
        "expectations answered": (len([row for row in said if row["answer"]]), len(said)),
        "conversations in which you heard them": (len(real & heard), len(real)),
        "customers whose `matters` is unknown or old": (len(set(customers) - known), len(customers)),
    }


def weeks(rows: Rows, who: set[int], today: date, is_filtered: bool) -> list[int]:
    """Count conversations by calendar week, the current one last."""
    with_them = {
        row["conversation_id"] for row in rows["participants"] if row["role"] == "with" and row["contact_id"] in who
    }
    ends = [today - timedelta(weeks=back) for back in range(52, -1, -1)]
    days = [
        date.fromisoformat(row["happened_on"])
        for row in rows["conversations"]
        if not is_filtered or row["id"] in with_them
    ]
    return [len([day for day in days if day.isocalendar()[:2] == end.isocalendar()[:2]]) for end in ends]


def _wait(rows: Rows, who: set[int], is_recent: Callable[[str], bool], until: str) -> float | None:
    days = [
        (date.fromisoformat(row[until]) - date.fromisoformat(row["owed_on"])).days
        for row in rows["apologies"]
        if row["contact_id"] in who and row[until] and not row["dropped_on"] and is_recent(row["owed_on"])
    ]
    return median(days) if days else None
