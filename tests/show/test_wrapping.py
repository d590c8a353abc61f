"""Lines that fit the screen, whatever the script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from engage_cli.show.wrapping import cells, wrapped

words = st.text(st.sampled_from("ab é최田は\u0301-,. "), max_size=80)


@given(words, st.integers(8, 30), st.sampled_from(("", "  ")))
def test_every_line_fits_and_no_sign_is_lost(text: str, columns: int, indent: str) -> None:
    rows = wrapped(text, columns, indent)
    assert all(cells(row) <= columns for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one two three", ["one two", "  three"]),
        ("a1  ana", ["a1  ana"]),
        ("abcdefghijkl", ["abcdefgh", "  ijkl"]),
        ("ab 최유림 c", ["ab", "  최유림", "  c"]),
        ("田中花子田中", ["田中花子", "  田中"]),
    ],
)
def test_lines_are_broken_at_spaces_and_go_in_deeper(text: str, rows: list[str]) -> None:
    assert wrapped(text, 8) == rows


@pytest.mark.parametrize("text", ["abc", "é", "e\u0301", "최유림", "田中花子", "ｆｕｌｌ", "ﾊﾝ", "·▁█", "→…", "é최a"])
def test_columns_are_counted_as_rich_counts_them(text: str) -> None:
    assert cells(text) == cell_len(text)
