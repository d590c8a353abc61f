"""`engage conflicts`."""

from engage_cli.commands.listing import listing
from engage_cli.reports import conflicts as report

app = listing(report.conflicts, report.every_conflict, "Show the conflicts that are open, the oldest first.")
