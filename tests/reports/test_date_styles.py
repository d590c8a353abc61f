"""Days as the configuration wants them: every report can be drawn with each style."""

import pytest
from conftest import Engage

REPORTS = (
    *("neglected", "apologies --all", "promises --all", "expectations --all", "needs --all", "conflicts --all"),
    *("steers --all", "contacts --all", "shifts", "ties", "stats", "review", "prep ana", "recap ana", "show ana"),
    *("find words", "history", "undo --list", "conversation show c1", "type list"),
)


@pytest.mark.parametrize(("style", "day"), [("full", "Sun 1 Nov 2026"), ("iso", "2026-11-01"), ("locale", "11/01/26")])
def test_every_report_is_drawn_in_every_style(
    engage: Engage, style: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("COLUMNS", "200")
    engage.ok(
        "log --new ana words --on 2026-11-01 --sorry late --promise 'a quote by friday' --expects 'price: a -> b'"
        " --needs n --conflict c --steer s --matters m"
    )
    engage.ok(f"config set date_style {style}")
    for report in REPORTS:
        engage.ok(report)
    assert day in engage.ok("show ana")
    assert "Nov 2025  " in engage.ok("stats")
