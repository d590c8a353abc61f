"""`engage needs`."""

from engage_cli.commands.listing import listing
from engage_cli.reports import needs as report

app = listing(
    report.needs, report.every_need, "Show what they need and you have not done or declined, the undecided first."
)
