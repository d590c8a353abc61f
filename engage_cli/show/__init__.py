"""A report becomes text: tables, JSON, CSV, Markdown or bare numbers."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engage_cli.reports.report import Brief, Report

FORMATS = ("table", "json", "csv", "markdown", "ids")


def show(answer: "Report | Brief", form: str) -> None:
    """Print a report in one of FORMATS, paged where it is longer than the screen."""
    from engage_cli.show.pager import page

    text = written(answer, form)
    if text:  # of nothing found there are no numbers, and no empty line either
        page(text)


def written(answer: "Report | Brief", form: str) -> str:
    """Write a report in one of FORMATS; only the module that is needed is loaded."""
    module = importlib.import_module(f"engage_cli.show.{form}")
    text: str = module.write(answer)
    return text
