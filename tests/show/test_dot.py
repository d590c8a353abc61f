"""The graph of ties: valid Graphviz whatever people are called (graphviz.org/doc/info/lang.html)."""

import itertools
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import transaction

from engage_cli.reports.ties import ties
from engage_cli.show import dot

TODAY = date(2026, 11, 20)

# As Graphviz reads a quoted text: a backslash takes the next sign with it, a bare quote ends it.
QUOTED = r'"(?:[^"\\\n]|\\[^\n])*"'
LINES = (r"digraph ties \{", rf"  {QUOTED} \[label={QUOTED}\];", rf"  {QUOTED} -> {QUOTED};", r"\}")


def _graph(*names: str) -> list[str]:
    tx = transaction()
    people = [tx.insert("contacts", kind="person", handle=f"p{n}", name=name) for n, name in enumerate(names)]
    for one, other in itertools.pairwise(people):
        tx.insert("introductions", introducer_id=one, contact_id=other, introduced_on="2026-01-01")
    return dot.write(ties(tx.db, TODAY)).split("\n")


def test_a_graph_has_a_node_for_each_and_an_arrow_for_each_tie() -> None:
    assert _graph("Ana", "Ben", "Cleo") == [
        "digraph ties {",
        *('  "p0" [label="Ana"];', '  "p1" [label="Ben"];', '  "p2" [label="Cleo"];'),
        *('  "p0" -> "p1";', '  "p1" -> "p2";'),
        "}",
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [('"Ana"', r'"\"Ana\""'), ("Ana\\", r'"Ana\\"'), ('\\"; }', r'"\\\"; }"'), ("<b>A</b>", '"<b>A</b>"')],
)
def test_hostile_names_are_quoted(name: str, label: str) -> None:
    assert f'  "p0" [label={label}];' in _graph(name, "Ben")


hostile = st.text(st.one_of(st.sampled_from('"\\\n\r;{}[]<>-\u2028'), st.characters(codec="utf-8")), min_size=1)


@given(hostile, hostile)
def test_every_line_is_a_statement_whatever_the_names(one: str, other: str) -> None:
    head, *rest, end = _graph(one, other)
    shapes: list[Any] = [next((n for n, shape in enumerate(LINES) if re.fullmatch(shape, row)), row) for row in rest]
    assert (head, shapes, end) == ("digraph ties {", [1, 1, 2], "}")


def test_without_ties_the_graph_is_empty() -> None:
    assert _graph("Ana") == ["digraph ties {", "}"]
