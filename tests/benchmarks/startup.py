"""How long the everyday commands take on a journal of 100,000 conversations and 1,000 contacts,
beside a Python that only imports Typer and SQLite.

python tests/benchmarks/startup.py
"""

import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from measuring import ratio

sys.path.insert(0, str(Path(__file__).parents[1]))
import journals

TODAY = date(2026, 11, 20)
BASELINE = [sys.executable, "-c", "import typer, sqlite3"]

# What is measured, and how many times the baseline it may take.
ALLOWED = {
    "log customer-7 talked about the invoice": 1.25,
    "neglected": 2.2,
    "review": 2.2,
    "completion --words -- log customer-77": 1.2,
}


def engage() -> str:
    """Find the program that is installed beside this Python."""
    found = shutil.which("engage", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit("Install the program first: pip install .")
    return found


def measure() -> bool:
    """Print the ratio of each command, and return whether all are within what is allowed."""
    is_within = True
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENGAGE_NOW=f"{TODAY}T12:00:00", COLUMNS="80", XDG_STATE_HOME=folder, XDG_CONFIG_HOME=folder)
        journals.fill(Path(folder) / "journal.db", conversations=100_000, contacts=1_000, today=TODAY)
        for command, allowed in ALLOWED.items():
            found = ratio([engage(), *command.split()], BASELINE)
            print(f"{found:5.2f}  (at most {allowed:.2f})  engage {command}", flush=True)
            is_within &= found <= allowed
    return is_within


if __name__ == "__main__":
    sys.exit(not measure())
