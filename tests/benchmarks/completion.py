"""Completing a handle among 5,000 contacts, beside a Python that only imports Typer and SQLite.

python tests/benchmarks/completion.py
"""

import os
import sys
import tempfile
from pathlib import Path

from measuring import ratio

from engage_cli import store
from engage_cli.folding import fold
from engage_cli.records import contacts

CONTACTS = 5_000
FIRST = ("Ana", "Bruno", "Chloé", "Dmitri", "Elif", "Fatima", "Jürgen", "Kenji", "Lucía", "Oskar")
LAST = ("Silva", "Müller", "Nowak", "Öztürk", "Sato", "Kim", "Andersen", "Rossi", "Weber", "Okafor")
ALLOWED = 1.2
COMPLETION = [sys.executable, "-m", "engage_cli", "completion", "--words", "--", "log", "an"]
BASELINE = [sys.executable, "-c", "import typer, sqlite3"]


def measure() -> float:
    """Build the journal and return the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ENGAGE_DB"] = str(Path(folder) / "journal.db")
        with store.writing("import") as tx:
            for number in range(CONTACTS):
                first, last = FIRST[number % 10], LAST[number // 10 % 10]
                contacts.add(tx, f"{first} {last}", "person", f"{fold(first)}-{fold(last)}-{number}")
        return ratio(COMPLETION, BASELINE)


if __name__ == "__main__":
    found = measure()
    print(f"completing a handle among {CONTACTS:,} contacts: {found:.2f} (allowed: {ALLOWED})")
    sys.exit(found > ALLOWED)
