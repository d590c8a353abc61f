"""A report as bare numbers or handles, a line each, for pipes."""

from engage_cli.reports.report import Brief, Report


def write(answer: Report | Brief) -> str:
    """Write the number of each item, or its contact's handle where items have none."""
    sections = answer.sections if isinstance(answer, Brief) else [answer]
    names = (_name(item) for section in sections for item in section.items)
    return "\n".join(dict.fromkeys(name for name in names if name))


def _name(item: object) -> str | None:
    return next((getattr(item, key) for key in ("id", "handle", "contact") if getattr(item, key, None)), None)
