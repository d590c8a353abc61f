"""Ties as a graph for Graphviz (graphviz.org/doc/info/lang.html): an arrow from who introduced to who was met."""

from engage_cli.reports.report import Brief
from engage_cli.show.text import line


def write(brief: Brief) -> str:
    """Write the tree of introductions as a directed graph."""
    ties = [tie for section in brief.sections if section.name == "tree" for tie in section.items]
    names = {tie.contact: tie.name for tie in ties} | {tie.introducer: tie.introducer_name for tie in ties}
    nodes = [f"  {_quoted(handle)} [label={_quoted(name)}];" for handle, name in sorted(names.items())]
    arrows = [f"  {_quoted(tie.introducer)} -> {_quoted(tie.contact)};" for tie in ties]
    return "\n".join(["digraph ties {", *nodes, *arrows, "}"])


def _quoted(text: str) -> str:
    escaped = line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
