"""How long the reports that give the journal back take on 100,000 conversations and 1,000 contacts,
beside a Python that only imports Typer and SQLite.

python tests/benchmarks/reading.py
"""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from measuring import ratio

sys.path.insert(0, str(Path(__file__).parents[1]))
import journals

TODAY = date(2026, 11, 20)
BASELINE = [sys.executable, "-c", "import typer, sqlite3"]
COMMANDS = ("review", "prep customer-7", "stats", "shifts")
ALLOWED = 2.5


def measure() -> bool:
    """Print the ratio of each command, and return whether all are within what is allowed."""
    is_within = True
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENGAGE_NOW=f"{TODAY}T12:00:00", COLUMNS="80", XDG_STATE_HOME=folder, XDG_CONFIG_HOME=folder)
        journals.fill(Path(folder) / "journal.db", conversations=100_000, contacts=1_000, today=TODAY)
        for command in COMMANDS:
            found = ratio([sys.executable, "-m", "engage_cli", *command.split()], BASELINE)
            print(f"{found:5.2f}  (at most {ALLOWED:.2f})  engage {command}", flush=True)
            is_within &= found <= ALLOWED
    return is_within


if __name__ == "__main__":
    sys.exit(not measure())
