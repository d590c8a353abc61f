"""What may stand where the journal should be, and that nothing of it is ever changed."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from conftest import Engage, program

from engage_cli import settings, store
from engage_cli.errors import Busy, Problem, Unreadable
from engage_cli.store import opening

COMMANDS = ("neglected", "log --new ana hello")


@pytest.fixture
def used(engage: Engage, journal: Path) -> Path:
    """A journal with something in it."""
    for name in ("ana", "ben", "cho"):
        engage.ok(f'log --new {name} "we talked about the invoice" --sorry "it was late" --promise "call by friday"')
    return journal


def contents(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything in a folder that could change: names, modes, times and bytes."""
    return {
        str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
        if "home" not in path.parts
    }


def refused(engage: Engage, world: Path, command: str, *said: str, code: int = 6) -> None:
    """Run a command that must end with a sentence and change nothing."""
    before = contents(world)
    result = engage(command)
    assert result.code == code, result
    assert all(words in result.err for words in said), result.err
    assert "Traceback" not in result.err and "inside engage" not in result.err
    assert contents(world) == before


# A file that is no journal of ours -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
class TestNotOurs:
    def test_another_database(self, engage: Engage, world: Path, journal: Path, command: str) -> None:
        db = sqlite3.connect(journal)
        db.execute("CREATE TABLE contacts(id)")
        db.commit()
        db.close()
        refused(engage, world, command, "another program", str(journal))

    @pytest.mark.parametrize("content", [b"Dear diary\n", Random(1).randbytes(9000), b"\0" * 4096])
    def test_no_database(self, engage: Engage, world: Path, journal: Path, command: str, content: bytes) -> None:
        journal.write_bytes(content)
        refused(engage, world, command, "is not a journal")

    def test_a_file_of_size_zero(self, engage: Engage, world: Path, journal: Path, command: str) -> None:
        journal.touch()
        refused(engage, world, command, "is empty")

    def test_a_folder(self, engage: Engage, world: Path, journal: Path, command: str) -> None:
        journal.mkdir()
        refused(engage, world, command, "is a folder")

    def test_a_fifo(self, engage: Engage, world: Path, journal: Path, command: str) -> None:
        os.mkfifo(journal)
        refused(engage, world, command, "no regular file")

    def test_a_dangling_symlink(self, engage: Engage, world: Path, journal: Path, command: str) -> None:
        journal.symlink_to(world / "gone.db")
        refused(engage, world, command, "cannot be read")

    def test_a_folder_that_is_a_file(
        self, engage: Engage, world: Path, command: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (world / "file").write_text("mine")
        monkeypatch.setenv("ENGAGE_DB", str(world / "file" / "journal.db"))
        refused(engage, world, command, "cannot be read")


def test_a_folder_that_cannot_be_created(engage: Engage, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_DB", "/proc/nowhere/journal.db")
    refused(engage, world, "log --new ana hello", "cannot be created", "ana hello")


# Damage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
class TestDamaged:
    @pytest.mark.parametrize("left", [50, 100, 4096, 4097, -4096, -1])
    def test_truncated(self, engage: Engage, world: Path, used: Path, command: str, left: int) -> None:
        os.truncate(used, left if left > 0 else used.stat().st_size + left)
        refused(engage, world, command, "damaged", "left as it is")

    @pytest.mark.parametrize("at", [100, 103, 108])
    def test_schema_page(self, engage: Engage, world: Path, used: Path, command: str, at: int) -> None:
        overwrite(used, at, b"\xff\xff")
        refused(engage, world, command, "damaged")

    @pytest.mark.parametrize("at", [0, 15, 68])
    def test_header(self, engage: Engage, world: Path, used: Path, command: str, at: int) -> None:
        overwrite(used, at, b"\xff")
        refused(engage, world, command, "left as it is")

    def test_every_page_but_the_first(self, engage: Engage, world: Path, used: Path, command: str) -> None:
        overwrite(used, 4096, Random(2).randbytes(used.stat().st_size - 4096))
        refused(engage, world, command, "damaged")

    def test_words_that_are_no_text(self, engage: Engage, world: Path, used: Path, command: str) -> None:
        damaged = used.read_bytes().replace(b"ana", b"\xff\xfe\xfd")
        used.write_bytes(damaged)
        result = engage(command)
        assert result.code in (0, 6), result

    def test_says_where_copies_are(self, engage: Engage, world: Path, used: Path, command: str) -> None:
        (world / "backups").mkdir()
        os.truncate(used, 4096)
        refused(engage, world, command, f"Copies are in {world / 'backups'}")


def test_any_flipped_byte_of_the_first_pages_ends_in_a_sentence(engage: Engage, used: Path) -> None:
    whole, random = used.read_bytes(), Random(3)
    for _ in range(60):
        at = random.randrange(40_000)
        used.write_bytes(whole)
        overwrite(used, at, bytes([whole[at] ^ 1 << random.randrange(8)]))
        result = engage("neglected")
        assert result.code in (0, 1, 6) and "Traceback" not in result.err, (at, result)


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


# Versions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_major_version_is_refused(engage: Engage, world: Path, used: Path, command: str) -> None:
    set_version(used, opening.VERSION + 100)
    refused(engage, world, command, "newer engage", "update engage")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_minor_version_is_used(engage: Engage, used: Path, command: str) -> None:
    set_version(used, opening.VERSION + 1)
    engage.ok(command)
    assert not (used.parent / "backups").exists()


def test_a_version_that_appears_after_the_first_look_is_refused_too(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "recognise", lambda path: set_version(path, opening.VERSION + 100))
    with pytest.raises(Unreadable, match="newer engage"), store.reading():
        pass


def set_version(path: Path, version: int) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()


# Creating ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277, 0o777])
def test_folder_and_file_are_for_this_user_alone(
    engage: Engage, world: Path, monkeypatch: pytest.MonkeyPatch, umask: int
) -> None:
    path = world / "new" / "folder" / "journal.db"
    monkeypatch.setenv("ENGAGE_DB", str(path))
    before = os.umask(umask)
    try:
        engage.ok("log --new ana hello")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path.parent.parent, path.parent, path)] == [
        0o700,
        0o700,
        0o600,
    ]
    assert [one.name for one in path.parent.iterdir()] == ["journal.db"]


def test_a_folder_that_was_there_keeps_its_mode(engage: Engage, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (world / "shared").mkdir(mode=0o755)
    monkeypatch.setenv("ENGAGE_DB", str(world / "shared" / "journal.db"))
    engage.ok("log --new ana hello")
    assert stat.S_IMODE((world / "shared").stat().st_mode) == 0o755


def test_a_missing_journal_reads_as_empty_and_creates_nothing(engage: Engage, world: Path) -> None:
    before = contents(world)
    result = engage("neglected")
    assert (result.code, contents(world)) == (0, before)
    assert "There is no journal" in result.err


@pytest.mark.parametrize(
    "name", ["a b.db", "what?.db", "50%41.db", "#1.db", "mode=ro&x.db", "żółć 日本.db", "a'b\";.db", ":memory:"]
)
def test_any_name_will_do(engage: Engage, world: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    folder = world / f"in {name}"
    monkeypatch.setenv("ENGAGE_DB", str(folder / name))
    engage.ok("log --new ana hello")
    assert [one.name for one in folder.iterdir()] == [name]
    assert engage.items("contacts")[0]["handle"] == "ana"


def test_a_name_whose_bytes_are_no_text(engage: Engage, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = world / os.fsdecode(b"caf\xe9.db")
    monkeypatch.setenv("ENGAGE_DB", str(path))
    engage.ok("log --new ana hello")
    assert path.exists() and "caf" in engage("neglected --who nobody").err + str(path)


@pytest.mark.parametrize("linked", ["folder", "file"])
def test_symlinks_are_followed(
    engage: Engage, world: Path, used: Path, monkeypatch: pytest.MonkeyPatch, linked: str
) -> None:
    (world / "real").mkdir()
    real = used.rename(world / "real" / "true.db")
    if linked == "folder":
        (world / "link").symlink_to(real.parent)
        monkeypatch.setenv("ENGAGE_DB", str(world / "link" / real.name))
    else:
        used.symlink_to(real)
    left_by_a_crash(real)
    engage.ok("log --new dora hello")
    assert len(engage.items("contacts")) == 4
    assert [one.name for one in real.parent.iterdir()] == ["true.db"]


def test_without_links_the_journal_is_renamed_into_place(
    engage: Engage, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    engage.ok("log --new ana hello")
    assert [one.name for one in journal.parent.iterdir() if one.name != "home"] == ["journal.db"]


# After a crash -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_a_hot_journal_is_rolled_back_by_whoever_comes_next(engage: Engage, used: Path, command: str) -> None:
    before = rows(used)
    left_by_a_crash(used)
    assert used.with_name("journal.db-journal").stat().st_size > 0
    engage.ok(command)
    assert not used.with_name("journal.db-journal").exists()
    if command == "neglected":
        assert rows(used) == before
    assert [item["handle"] for item in engage.items("contacts")] == ["ana", "ben", "cho"]


def left_by_a_crash(path: Path) -> None:
    """Be killed inside a transaction so large that half of it stands in the file already."""
    script = """
import os, signal, sys
from engage_cli import store
with store.writing("log") as tx:
    tx.db.execute("PRAGMA cache_size = 1")
    tx.db.execute("UPDATE contacts SET name = 'half'")
    tx.db.execute("PRAGMA user_version = 199")
    for number in range(300):
        tx.insert("types", name=f"{number} " + "x" * 3000)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    before = path.read_bytes()
    subprocess.run([sys.executable, "-c", script], env=os.environ | {"ENGAGE_DB": str(path)}, check=False)
    assert path.read_bytes() != before


def rows(path: Path) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    try:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [
            row for table in ("contacts", "conversations", "changes") for row in db.execute(f"SELECT * FROM {table}")
        ]
    finally:
        db.close()


# Read-only, full, busy -----------------------------------------------------------------------------------------


@pytest.fixture
def mount(world: Path) -> Iterator[Path]:
    """A file system of 600 kB of its own."""
    place = world / "mounted"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting needs more rights than this user has")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def settled(mount: Path, used: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal on that file system."""
    monkeypatch.setenv("ENGAGE_DB", str(mount / "journal.db"))
    return Path(shutil.copy(used, mount))


def test_read_only_can_be_read_and_not_written(engage: Engage, settled: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(settled.parent)], check=True)
    assert len(engage.items("contacts")) == 3
    refused(engage, settled.parent, "log ana paid the bill", "is read-only", "engage log ana paid the bill", code=1)


def test_a_file_without_write_permission(engage: Engage, world: Path, used: Path) -> None:
    if subprocess.run(["chattr", "+i", str(used)], capture_output=True, check=False).returncode:
        pytest.skip("chattr does not work here")
    try:
        assert len(engage.items("contacts")) == 3
        refused(engage, world, "log ana paid the bill", "is read-only", "engage log ana paid the bill", code=1)
    finally:
        subprocess.run(["chattr", "-i", str(used)], check=True)


def test_a_file_without_read_permission(engage: Engage, world: Path, used: Path) -> None:
    engage("contacts")  # imports all that is needed, before rights are given up
    used.chmod(0)
    for folder in (world, *world.parents):
        if "pytest-of-" in str(folder):
            folder.chmod(0o755)
    before = contents(world)
    is_root = os.geteuid() == 0
    for command in COMMANDS:
        if is_root:
            os.seteuid(65534)
        try:
            result = engage(command)
        finally:
            if is_root:
                os.seteuid(0)
        assert result.code == 6 and "Permission denied" in result.err, result
    assert contents(world) == before


def test_a_full_disk_takes_nothing_and_gives_the_words_back(engage: Engage, settled: Path) -> None:
    (settled.parent / "ballast").write_bytes(b"x" * (600 * 1024 - settled.stat().st_size - 8192))
    refused(engage, settled.parent, "log ana and paid the bill", "disk is full", "engage log ana and paid", code=1)
    (settled.parent / "ballast").unlink()
    engage.ok("log ana and paid the bill")


def test_a_disk_that_is_full_at_first_use(engage: Engage, mount: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_DB", str(mount / "journal.db"))
    (mount / "ballast").write_bytes(b"x" * (600 * 1024 - 100_000))
    refused(engage, mount, "log --new ana hello", "full", "ana hello", code=1)


def test_no_room_for_another_page(engage: Engage, world: Path, used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = opening.connect

    def narrow(path: Path) -> sqlite3.Connection:
        db = connect(path)
        db.execute("PRAGMA max_page_count = 1")
        return db

    monkeypatch.setattr(opening, "connect", narrow)
    refused(engage, world, ["log", "ana", "x" * 99_999], "disk is full", "x" * 99_999, code=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_READONLY", 1),
        ("SQLITE_FULL", 1),
        ("SQLITE_IOERR", 1),
        ("SQLITE_CORRUPT", 6),
        ("SQLITE_NOTADB", 6),
        ("SQLITE_BUSY", 5),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(journal: Path, name: str, code: int) -> None:
    error = sqlite3.OperationalError("as SQLite puts it")
    error.sqlite_errorcode = getattr(sqlite3, name)
    with pytest.raises(Problem, match=str(journal)) as said, store.writing("log"):
        raise error
    assert said.value.exit_code == code


HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(used: Path) -> Iterator["subprocess.Popen[str]"]:
    """The journal in the hands of another process, until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(used)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        yield holder
        holder.communicate()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_busy_journal_is_waited_for_then_given_up(
    engage: Engage, world: Path, held: object, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(store, "FIRST_WAIT", 20)
    monkeypatch.setattr(store, "SECOND_WAIT", 50)
    refused(engage, world, command, "waiting ...", "in use by another program. Nothing was written", code=5)


def test_a_busy_journal_gives_the_words_back_after_five_seconds(used: Path, held: object) -> None:
    import time

    begun = time.monotonic()
    ended = program(["log", "ana", "a", "word", "on", "the", "fence"])
    assert ended.returncode == 5 and "engage log ana a word on the fence" in ended.stderr
    assert 4.5 < time.monotonic() - begun < 8


def test_a_busy_journal_that_becomes_free_is_used(
    engage: Engage, held: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "FIRST_WAIT", 20)
    say = opening.say

    def release(text: str) -> None:
        assert held.stdin
        held.stdin.close()
        held.stdin = None
        say(text)

    monkeypatch.setattr(opening, "say", release)
    assert "waiting ..." in engage("log ana hello again").err
    assert "hello again" in engage.ok("show ana")


def test_a_reader_in_the_way_of_the_commit_is_waited_for(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = sqlite3.connect(used, isolation_level=None)
    monkeypatch.setattr(store, "FIRST_WAIT", 20)
    monkeypatch.setattr(opening, "say", lambda text: reader.execute("ROLLBACK"))
    with store.writing("type add") as tx:
        tx.insert("types", name="Agency")
        reader.execute("BEGIN")
        reader.execute("SELECT 1 FROM types").fetchall()
    assert tx.stored
    assert reader.execute("SELECT name FROM types").fetchall() == [("Agency",)]
    reader.close()


def test_a_reader_that_stays_leaves_nothing_written(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FIRST_WAIT", 20)
    monkeypatch.setattr(store, "SECOND_WAIT", 20)
    reader = sqlite3.connect(used, isolation_level=None)
    before = used.read_bytes()
    with pytest.raises(Busy), store.writing("type add") as tx:
        tx.insert("types", name="Agency")
        reader.execute("BEGIN")
        reader.execute("SELECT 1 FROM types").fetchall()
    reader.close()
    assert used.read_bytes() == before and not tx.stored


def test_the_journal_is_where_the_settings_say(journal: Path) -> None:
    assert settings.journal() == journal
