"""`engage promises`."""

from engage_cli.commands.listing import listing
from engage_cli.reports import promises as report

app = listing(report.promises, report.every_promise, "Show the open promises of both sides, the longest overdue first.")
