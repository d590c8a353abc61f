"""Where things are, and what the configuration may say."""

from pathlib import Path

import pytest

from engage_cli import settings
from engage_cli.errors import WrongUsage
from engage_cli.settings import Settings


def _configure(text: str) -> None:
    path = settings.config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold() -> None:
    assert settings.load() == Settings(30, None)


def test_the_file_says_how_often_and_how_dates_are_read() -> None:
    _configure('default_cadence = "2w"\ndate_order = "dmy"\n')
    assert settings.load() == Settings(14, "dmy")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("default_cadence = ", "cannot be read"),
        ('default_cadence = "often"', '"often" is not a cadence'),
        ('date_order = "ymd"', 'date_order in .* is "ymd"'),
        ("date_order = 3", 'date_order in .* is "3"'),
    ],
)
def test_what_cannot_be_read_is_named(text: str, sentence: str) -> None:
    _configure(text)
    with pytest.raises(WrongUsage, match=sentence):
        settings.load()


def test_a_file_that_is_no_text_is_named() -> None:
    settings.config_file().parent.mkdir(parents=True)
    settings.config_file().write_bytes(b"\xff\xfe")
    with pytest.raises(WrongUsage, match="Mend it or move it away"):
        settings.load()


def test_everything_is_in_the_home_of_the_test(world: Path) -> None:
    assert settings.config_file().is_relative_to(world)
    assert settings.state_folder().is_relative_to(world)


def test_the_journal_is_where_it_is_said_to_be(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_DB", "~/my.db")
    assert settings.journal() == world / "home" / "my.db"
    monkeypatch.chdir(world)
    monkeypatch.setenv("ENGAGE_DB", "here.db")
    assert settings.journal() == world / "here.db"
    monkeypatch.delenv("ENGAGE_DB")
    monkeypatch.setattr(settings, "data_folder", lambda: world / "data")
    assert settings.journal() == world / "data" / "journal.db"
