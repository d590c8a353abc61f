"""The tests themselves touch no real home."""

import pytest

from engage_cli import settings


def test_the_real_data_folder_raises() -> None:
    with pytest.raises(AssertionError, match="real data folder"):
        settings.data_folder()


def test_a_journal_is_never_looked_for_in_the_real_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENGAGE_DB")
    with pytest.raises(AssertionError, match="real data folder"):
        settings.journal()
