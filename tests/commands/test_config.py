"""`engage config`: the settings, what they do and where their values come from."""

from pathlib import Path

import pytest
from conftest import Engage

from engage_cli import settings


def _file(text: str) -> Path:
    path = settings.config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_is_shown_with_where_it_comes_from(engage: Engage) -> None:
    _file('default_cadence = "2w"')
    items = {item["key"]: item for item in engage.items("config")}
    assert list(items) == [one.key for one in settings.SETTINGS]
    assert items["default_cadence"] == {
        "key": "default_cadence",
        "value": "2w",
        "source": "config.toml",
        "what": "how often to talk, where nobody said otherwise: 10d, 2w, 3m, 1y",
    }
    assert items["default_channel"]["source"] == "default"
    assert "engage config set KEY VALUE" in engage.ok("config")


def test_setting_one_keeps_the_comments(engage: Engage) -> None:
    path = _file("# mine\nname = 'Kim'  # the short form\n")
    assert "default_cadence is now 3m" in engage.ok("config set default_cadence 3m")
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text and "# the short form" in text and 'default_cadence = "3m"' in text
    assert engage("contact add Ana").out.startswith("Ana (ana): customer, every 3 months")


def test_the_first_setting_makes_the_file(engage: Engage) -> None:
    engage.ok(["config", "set", "name", 'Kim "K" O\'Hara'])
    engage.ok("log --new Ana hello --decided 'start in May'")
    assert engage.ok("recap").endswith('Kim "K" O\'Hara\n')


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("config set cadence 2w", 3, "Did you mean default_cadence?"),
        ("config set default_cadence often", 2, 'default_cadence cannot be "often"'),
        ("config set colours red", 2, "Say one of: auto, never."),
        ("config --format xml", 2, "There is no format"),
    ],
)
def test_what_cannot_be_set_changes_nothing(engage: Engage, line: str, code: int, sentence: str) -> None:
    result = engage(line)
    assert (result.code, sentence in result.err) == (code, True), result.err
    assert not settings.config_file().exists()


def test_a_file_that_cannot_be_read_is_left_alone(engage: Engage) -> None:
    path = _file("default_cadence = ")
    result = engage("config set name Kim")
    assert result.code == 1 and "mend it first: engage config edit" in result.err
    assert path.read_text(encoding="utf-8") == "default_cadence = "


def test_the_editor_opens_it_and_says_what_is_wrong(engage: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "sh -c 'echo oops = 1 >> \"$0\"'")
    assert 'there is no setting "oops"' in engage.ok("config edit")
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    result = engage("config edit")
    assert result.code == 1 and "Set VISUAL or EDITOR" in result.err
    assert settings.config_file().exists()


def test_what_is_echoed_moves_no_cursor(engage: Engage, monkeypatch: pytest.MonkeyPatch) -> None:
    out = engage.ok(["config", "set", "name", "\x1b[31mred\nTake it back"])
    assert out.startswith("name is now \\x1b[31mred / Take it back, in ")
    _file('date_order = "\\u001b[31mx"')
    monkeypatch.setenv("VISUAL", "true")
    assert "\\x1b[31mx" in (out := engage.ok("config edit")) and "\x1b" not in out
