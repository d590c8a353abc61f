"""`engage expectations`."""

from engage_cli.commands.listing import listing
from engage_cli.reports import expectations as report

app = listing(
    report.expectations,
    report.every_expectation,
    "Show the expectations that changed: the unanswered ones, and all since the last review.",
)
