"""How reports put days and distances into words."""

from datetime import date

from engage_cli import clock


def days(count: int) -> str:
    """Say a number of days: 1 day, 12 days."""
    return "1 day" if count == 1 else f"{count:,} days"


def full(day: str | None, otherwise: str = "") -> str:
    """Write an ISO day in full, Fri 20 Nov 2026, and `otherwise` where there is none."""
    return clock.full(date.fromisoformat(day)) if day else otherwise


def last_touch(last_on: str | None, channel: str | None) -> str:
    """Say when and how somebody was last in touch."""
    return f"{full(last_on)}, {channel}" if last_on else "never"


def overdue(due_on: str | None, today: date) -> int | None:
    """Count the days since a due day: 0 where it has not passed, None where there is none."""
    return max(0, (today - date.fromisoformat(due_on)).days) if due_on else None


def ago(day: str, today: date) -> str:
    """Say how long ago an ISO day was: today, yesterday, 12 days ago, 5 months ago, 2 years ago."""
    count = (today - date.fromisoformat(day)).days
    if count < 2:
        return "yesterday" if count == 1 else "today"
    if count < 60:
        return f"{count} days ago"
    return f"{count // 30} months ago" if count < 730 else f"{count // 365} years ago"


def span(day: str, today: date) -> str:
    """Say how long it is since an ISO day: 12 days, 5 months, 2 years."""
    return ago(day, today).removesuffix(" ago")
