"""Any signal as the JSON shows it: its keyword, and the keys of its report."""

import importlib
import sqlite3
from dataclasses import fields
from datetime import date
from typing import Any

from engage_cli import numbers

KEYWORDS = {"apology": "sorry", "expectation": "expects", "need": "needs", "conflict": "conflict", "steer": "steer"}


def signal(db: sqlite3.Connection, today: date, noun: str, row_id: int) -> dict[str, Any]:
    """Read one signal by its noun and number."""
    table = numbers.TABLES[noun]
    condition = f"{table}.id = ?"
    if noun in ("need", "conflict", "steer"):
        from engage_cli.reports import raised

        [item] = raised.listed(db, noun, today, condition, (row_id,))
    else:
        [item] = importlib.import_module(f"engage_cli.reports.{table}").listed(db, today, condition, (row_id,))
    return {
        "kind": _keyword(noun, item),
        **{field.name: getattr(item, field.name) for field in fields(item) if not field.metadata},
    }


def _keyword(noun: str, item: Any) -> str:
    if noun == "promise":
        return "promise" if item.by == "me" else "they-promise"
    return KEYWORDS.get(noun) or str(item.kind)
