"""`engage log`, as it is typed."""

from conftest import Engage


def test_the_first_line_repeats_the_note(engage: Engage) -> None:
    out = engage.ok("log --new 'Ana Silva' talked about the invoice")
    assert out.splitlines()[0] == "c1    talked about the invoice"
