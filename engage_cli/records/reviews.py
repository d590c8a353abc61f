"""Reviews: the weeks that were looked over to the end."""

from datetime import date

from engage_cli.store import Transaction


def finish(tx: Transaction, since: date, today: date) -> int:
    """Write down that everything since a day was looked over."""
    return tx.insert("reviews", since_on=since.isoformat(), reviewed_on=today.isoformat(), reviewed_at=tx.at)
