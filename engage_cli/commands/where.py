"""`engage where`: where everything is."""

from engage_cli import settings
from engage_cli.commands.options import JsonReply
from engage_cli.lazy import application
from engage_cli.show.text import emit, line

app = application()


@app.command()
def where(json: JsonReply = False) -> None:
    """Say where the journal is, and the files beside it."""
    journal = settings.journal()
    places = {
        "journal": journal,
        "backups": journal.parent / "backups",
        "configuration": settings.config_file(),
        "recovered": settings.state_folder() / "recovered",
    }
    if json:
        from engage_cli.show.json import document

        emit(document({name: str(path) for name, path in places.items()}))
        return
    for name, path in places.items():
        emit(f"{name:<14} {line(str(path))}{'' if path.exists() else '  (not there yet)'}")
