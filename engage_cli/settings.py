"""Where the journal and the configuration are, and what the configuration says.

A setting gives a default or changes what is shown; none changes how stored rows are read.
"""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from engage_cli.errors import Problem


class Setting(NamedTuple):
    """One key of config.toml: its default as it would be written there, what it does, how its value is read.

    `read` raises Problem or ValueError for a value that cannot be meant.
    """

    key: str
    default: str
    what: str
    read: Callable[[str], Any]


class Settings(NamedTuple):
    """What holds now: the values by key, where each comes from (config.toml, default), and what was wrong."""

    values: dict[str, Any]
    sources: dict[str, str]
    problems: list[str]

    @property
    def every_days(self) -> int:
        """How often to talk, in days, where nobody said otherwise."""
        return int(self.values["default_cadence"])

    @property
    def date_order(self) -> str | None:
        """What 3/4 means: dmy, mdy, or None where it is refused."""
        return self.values["date_order"] or None


def journal() -> Path:
    """Say where the journal is: ENGAGE_DB (which `--db` sets), else the platform's data folder."""
    named = os.environ.get("ENGAGE_DB")
    return Path(named).expanduser().absolute() if named else data_folder() / "journal.db"


def data_folder() -> Path:
    """Name the platform's folder for this user's data."""
    return _folder("data", ".local/share")


def state_folder() -> Path:
    """Name the platform's folder for what belongs to this machine: recovered words, the device's name."""
    return _folder("state", ".local/state")


def config_file() -> Path:
    """Name the configuration file, which need not exist."""
    return _folder("config", ".config") / "config.toml"


def _folder(kind: str, place: str) -> Path:
    """Name a folder of this user's; on Linux by the XDG Base Directory Specification, as platformdirs does.

    Loading platformdirs takes a quarter of the time that a log may take beyond Python and Typer themselves.
    """
    if sys.platform == "linux":
        named = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        return (Path(named) if Path(named).is_absolute() else Path.home() / place) / "engage"
    import platformdirs

    folder: Path = getattr(platformdirs, f"user_{kind}_path")("engage", appauthor=False)
    return folder


@functools.cache
def load() -> Settings:
    """Read the configuration, once in a run; for what is missing or cannot be read the default holds.

    A configuration never stands in the way of writing something down: what is wrong in it is in `problems`.
    """
    said, problems = _said()
    settings = Settings({one.key: one.read(one.default) for one in SETTINGS}, {}, problems)
    for key, value in said.items():
        _take(settings, key, value)
    return settings


def apply() -> list[str]:
    """Let the configuration hold for this run: zone, colours, pager, dates. Return what is wrong in it."""
    from engage_cli import clock

    load.cache_clear()
    values = load().values
    if values["zone"] and not os.environ.get("TZ"):
        clock.live_in(values["zone"])
    if values["colours"] == "never":
        os.environ.setdefault("NO_COLOR", "1")
    if values["pager"]:
        os.environ.setdefault("ENGAGE_PAGER", values["pager"])
    clock.write_days(values["date_style"])
    return load().problems


def _said() -> tuple[dict[str, Any], list[str]]:
    """Read the file, if there is one: its keys, and why it cannot be read."""
    path = config_file()
    try:
        if not path.exists():
            return {}, []
        import tomllib

        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except (OSError, ValueError) as error:
        return {}, [
            f"The configuration {path} cannot be read ({error}); the defaults hold. Mend it: engage config edit"
        ]


def _take(settings: Settings, key: str, value: object) -> None:
    """Take one key of the file over, or say why not."""
    setting = find(key)
    if setting is None:
        settings.problems.append(f"{config_file()}: {unknown(key)}")
        return
    try:
        settings.values[key] = setting.read(str(value))
        settings.sources[key] = "config.toml"
    except (Problem, ValueError) as error:
        settings.problems.append(f'{config_file()}: {key} = "{value}": {error} The default holds.')


def find(key: str) -> Setting | None:
    """Find a setting by its key."""
    return next((one for one in SETTINGS if one.key == key), None)


def unknown(key: str) -> str:
    """Say that there is no such setting, and which one is nearest."""
    import difflib

    close = difflib.get_close_matches(key, [one.key for one in SETTINGS], n=1, cutoff=0.5)
    return f'there is no setting "{key}".' + (f" Did you mean {close[0]}?" if close else " See: engage config")


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"Say one of: {', '.join(word or 'nothing' for word in words)}.")
        return text

    return read


def _cadence(text: str) -> int:
    from engage_cli import clock

    return clock.cadence(text)


def _channel(text: str) -> str:
    from engage_cli.signals import CHANNELS

    return _one_of(*CHANNELS)(text)


def _zone(text: str) -> str:
    from engage_cli import clock

    if text and not clock.is_zone(text):
        raise ValueError("That is no zone of the IANA list, like Europe/Berlin.")
    return text


SETTINGS = (
    Setting("default_cadence", "1m", "how often to talk, where nobody said otherwise: 10d, 2w, 3m, 1y", _cadence),
    Setting("default_channel", "call", "the channel of a conversation, where none is said", _channel),
    Setting(
        "week_starts", "monday", "the first day of the week, in stats: monday or sunday", _one_of("monday", "sunday")
    ),
    Setting("date_order", "", "what 3/4 means: dmy (day first) or mdy; refused while empty", _one_of("", "dmy", "mdy")),
    Setting("date_style", "full", "how days are shown: full, iso or locale", _one_of("full", "iso", "locale")),
    Setting("zone", "", "the zone you live in, if not the system's: Europe/Berlin", _zone),
    Setting("colours", "auto", "auto (on terminals) or never", _one_of("auto", "never")),
    Setting("pager", "", "the program that pages long reports, if not PAGER or less", str),
    Setting("name", "", "your name, below a recap", str),
    Setting("signature", "", "what stands below your name in a recap", str),
)
