"""`engage contacts`."""

from engage_cli import settings
from engage_cli.commands.listing import listing
from engage_cli.reports import contacts as report

app = listing(
    lambda db, today, only: report.contacts(db, today, settings.load().every_days, only),
    lambda db, today, only: report.every_contact(db, today, settings.load().every_days, only),
    "Show all contacts by name; with --all also those archived.",
)
