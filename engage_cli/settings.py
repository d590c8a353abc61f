"""Where the journal and the configuration are, and what the configuration says."""

import os
from pathlib import Path
from typing import NamedTuple

DEFAULT_EVERY = 30  # days between two conversations, where nobody said otherwise


class Settings(NamedTuple):
    """What config.toml may say: `default_cadence` (kept here in days) and `date_order` (dmy or mdy)."""

    every_days: int = DEFAULT_EVERY
    date_order: str | None = None


def journal() -> Path:
    """Say where the journal is: ENGAGE_DB (which `--db` sets), else the platform's data folder."""
    named = os.environ.get("ENGAGE_DB")
    return Path(named).expanduser().absolute() if named else data_folder() / "journal.db"


def data_folder() -> Path:
    """Name the platform's folder for this user's data."""
    from platformdirs import user_data_path

    return user_data_path("engage", appauthor=False)


def state_folder() -> Path:
    """Name the platform's folder for what belongs to this machine: recovered words, the device's name."""
    from platformdirs import user_state_path

    return user_state_path("engage", appauthor=False)


def config_file() -> Path:
    """Name the configuration file, which need not exist."""
    from platformdirs import user_config_path

    return user_config_path("engage", appauthor=False) / "config.toml"


def load() -> Settings:
    """Read the configuration; a missing file means the defaults.

    Raises WrongUsage where the file or a value in it cannot be read.
    """
    path = config_file()
    if not path.exists():
        return Settings()
    return _read(path)


def _read(path: Path) -> Settings:
    import tomllib

    from engage_cli import clock
    from engage_cli.errors import WrongUsage

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongUsage(f"The configuration {path} cannot be read: {error}. Mend it or move it away.") from None
    order = said.get("date_order")
    if order not in (None, "dmy", "mdy"):
        raise WrongUsage(f'date_order in {path} is "{order}". Say "dmy" (day first) or "mdy" (month first).')
    return Settings(clock.cadence(str(said.get("default_cadence", f"{DEFAULT_EVERY}d"))), order)
