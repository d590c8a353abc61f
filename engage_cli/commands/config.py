"""`engage config`: the settings, what they do and where their values come from."""

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from engage_cli import clock, settings
from engage_cli.commands.options import Format, Json
from engage_cli.commands.reporting import form_of
from engage_cli.errors import NotFound, Problem, WrongUsage
from engage_cli.lazy import application
from engage_cli.reports.report import Column, Report
from engage_cli.show import show
from engage_cli.show.text import emit, line

app = application(help="Show and change the settings.", invoke_without_command=True)
app.info.no_args_is_help = False

EMPTY = """# Settings of engage; `engage config` explains each. Lines that begin with # are left alone.
"""


@dataclass(frozen=True)
class Shown:
    """One setting: its value as it would be written, and where it comes from."""

    key: str
    value: str
    source: str
    what: str


COLUMNS = (
    Column("setting", lambda item: item.key),
    Column("value", lambda item: item.value or "(empty)"),
    Column("from", lambda item: item.source),
    Column("what it does", lambda item: item.what, wraps=True),
)


@app.callback()
def config(context: typer.Context, form: Format = "table", json: Json = False) -> None:
    """Show every setting, its value, where it comes from and what it does."""
    if context.invoked_subcommand is None:
        written, sources = _written(), settings.load().sources
        items = [
            Shown(one.key, written.get(one.key, one.default), sources.get(one.key, "default"), one.what)
            for one in settings.SETTINGS
        ]
        remark = f"Change one with `engage config set KEY VALUE`; they are kept in {settings.config_file()}."
        show(Report("config", "Settings", clock.today(), COLUMNS, items, "", remark=remark), form_of(form, json))


@app.command("set")
def set_(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A setting, as `engage config` names it.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value; '' for none.")],
) -> None:
    """Change one setting; comments in the file stay."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    _check(key, value)
    path = settings.config_file()
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else EMPTY)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read ({error}); mend it first: engage config edit") from None
    document[key] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, tomlkit.dumps(document))
    emit(f"{key} is now {line(value) or 'empty'}, in {line(str(path))}.")


@app.command()
def edit() -> None:
    """Open the settings in your editor."""
    path = settings.config_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, EMPTY)
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        ended = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise Problem(f'The editor "{command}" could not be started ({error}). Set VISUAL or EDITOR.') from None
    if ended:
        raise Problem(f'The editor "{command}" ended with an error ({ended}).')
    settings.load.cache_clear()
    for problem in settings.load().problems:
        emit(line(problem))


def _check(key: str, value: str) -> None:
    """Raise NotFound for a setting that there is not, WrongUsage for a value that it cannot have."""
    setting = settings.find(key)
    if setting is None:
        raise NotFound(f"Nothing was changed: {settings.unknown(key)}")
    try:
        setting.read(value)
    except (Problem, ValueError) as error:
        raise WrongUsage(f'{key} cannot be "{value}": {error}') from None


def _written() -> dict[str, str]:
    """Read the values of the file as they are written there, of the settings that hold."""
    path, sources = settings.config_file(), settings.load().sources
    if not sources:
        return {}
    import tomllib

    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: str(said[key]) for key in sources}


def _replace(path: Path, text: str) -> None:
    """Write a file aside and put it in place, so that it is never half written."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
