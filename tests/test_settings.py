"""Where things are, and what the configuration may say."""

from pathlib import Path

import pytest
from conftest import Engage

from engage_cli import settings


def _configure(text: str | bytes) -> None:
    path = settings.config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_the_defaults_hold() -> None:
    loaded = settings.load()
    assert (loaded.every_days, loaded.date_order, loaded.sources, loaded.problems) == (30, None, {}, [])
    assert set(loaded.values) == {one.key for one in settings.SETTINGS}


def test_every_default_can_be_read() -> None:
    for setting in settings.SETTINGS:
        setting.read(setting.default)


def test_the_file_says_how_often_and_how_dates_are_read() -> None:
    _configure('default_cadence = "2w"\ndate_order = "dmy"\n')
    loaded = settings.load()
    assert (loaded.every_days, loaded.date_order) == (14, "dmy")
    assert loaded.sources == {"default_cadence": "config.toml", "date_order": "config.toml"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("default_cadence = ", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        ('default_cadence = "often"', "not a cadence"),
        ('date_order = "ymd"', "Say one of: nothing, dmy, mdy. The default holds"),
        ("date_order = 3", "Say one of"),
        ('zone = "Mars/Olympus"', "no zone of the IANA list"),
        ('date_oder = "dmy"', "Did you mean date_order?"),
        ("xyzzy = 1", "See: engage config"),
    ],
)
def test_what_cannot_be_meant_is_named_and_the_default_holds(text: str | bytes, sentence: str) -> None:
    _configure(text)
    loaded = settings.load()
    assert (loaded.every_days, loaded.date_order, loaded.values["zone"]) == (30, None, "")
    assert [sentence in problem for problem in loaded.problems] == [True]


def test_a_wrong_configuration_never_stands_in_the_way(engage: Engage) -> None:
    _configure("default_cadence = ")
    result = engage("log --new Ana hello")
    assert result.code == 0 and "the defaults hold" in result.err and "c1    hello" in result.out


@pytest.mark.parametrize(("style", "day"), [("full", "Fri 20 Nov 2026"), ("iso", "2026-11-20")])
def test_days_are_shown_in_the_style_chosen(engage: Engage, style: str, day: str) -> None:
    _configure(f'date_style = "{style}"')
    assert f"call with Ana (ana), {day}" in engage.ok("log --new Ana hello")


def test_the_channel_left_out_is_the_one_configured(engage: Engage) -> None:
    _configure('default_channel = "video"')
    assert engage("log --new Ana hello --json").json["conversation"]["channel"] == "video"
    assert engage("log ana hello --via chat --json").json["conversation"]["channel"] == "chat"


def test_the_zone_decides_which_day_it_is(engage: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ")
    _configure('zone = "Pacific/Auckland"')
    talk = engage("log --new Ana hello --json", now="2026-11-20T12:00:00Z").json["conversation"]
    assert talk["happened_on"] == "2026-11-21"


def test_a_setting_changes_nothing_that_is_stored(engage: Engage) -> None:
    engage.ok("log --new Ana hello --expects 'price: fair'")
    before = engage.items("contacts") + engage.items("expectations --all")
    _configure('default_channel = "video"\ndate_style = "iso"\nweek_starts = "sunday"\ncolours = "never"\n')
    assert engage.items("contacts") + engage.items("expectations --all") == before


def test_everything_is_in_the_home_of_the_test(world: Path) -> None:
    assert settings.config_file().is_relative_to(world)
    assert settings.state_folder().is_relative_to(world)


@pytest.mark.parametrize("home", ["", "relative", "/somewhere/else"])
def test_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    import platformdirs

    for kind in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", home)
    if home != "relative":  # which the specification tells to ignore, as we do
        assert settings.state_folder() == platformdirs.user_state_path("engage", appauthor=False)
        assert settings.config_file().parent == platformdirs.user_config_path("engage", appauthor=False)
        assert settings._folder("data", ".local/share") == platformdirs.user_data_path("engage", appauthor=False)
    assert settings.state_folder().is_absolute()


def test_the_journal_is_where_it_is_said_to_be(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_DB", "~/my.db")
    assert settings.journal() == world / "home" / "my.db"
    monkeypatch.chdir(world)
    monkeypatch.setenv("ENGAGE_DB", "here.db")
    assert settings.journal() == world / "here.db"
    monkeypatch.delenv("ENGAGE_DB")
    monkeypatch.setattr(settings, "data_folder", lambda: world / "data")
    assert settings.journal() == world / "data" / "journal.db"
