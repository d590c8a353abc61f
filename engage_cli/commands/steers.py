"""`engage steers`."""

from engage_cli.commands.listing import listing
from engage_cli.reports import steers as report

app = listing(report.steers, report.every_steer, "Show the course-corrections that are not yet acted on.")
