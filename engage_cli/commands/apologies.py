"""`engage apologies`."""

from engage_cli.commands.listing import listing
from engage_cli.reports import apologies as report

app = listing(report.apologies, report.every_apology, "Show the apologies owed, the oldest first.")
