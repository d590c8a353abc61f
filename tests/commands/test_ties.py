"""`engage ties`: around whom, in which format."""

import pytest
from conftest import Engage


@pytest.fixture
def told(engage: Engage) -> Engage:
    """Ana brought Ben, Cleo brought Dora."""
    for name in ("ana", "cleo"):
        engage.ok(f"contact add {name} --tag {name}s")
    engage.ok("contact add ben --met-through ana")
    engage.ok("contact add dora --met-through cleo")
    return engage


def test_a_contact_leaves_the_ties_around_it(told: Engage) -> None:
    out = told.ok("ties ben")
    assert ("ana -> ben" in out, "cleo -> dora" in out) == (True, False)


def test_a_tag_leaves_the_ties_of_those_who_have_it(told: Engage) -> None:
    out = told.ok("ties --tag cleos")
    assert ("ana -> ben" in out, "cleo -> dora" in out) == (False, True)


def test_dot_is_a_format_of_ties_only(told: Engage) -> None:
    assert told.ok("ties --format dot").startswith('digraph ties {\n  "ana" [label="ana"];\n')
    result = told("stats --format dot")
    assert (result.code, 'There is no format "dot"' in result.err) == (2, True)
    assert "dot" in told.ok("ties --help")


def test_nobody_by_that_name_is_refused(told: Engage) -> None:
    assert told("ties zoe").code == 3


@pytest.mark.parametrize("form", ["table", "csv", "markdown", "ids"])
def test_every_format_names_who_brought_whom(told: Engage, form: str) -> None:
    out = told.ok(f"ties --format {form}")
    assert "ben" in out
    assert "dora" in out
