"""Generates the triggers of every table: its history, its numbers, and the search index.

The history follows the pattern of sqlite.org/undoredo.html: each change is written down
under the action that made it, in the same transaction. A write outside an action fails,
because there is no action to write it under.
"""

import sqlite3

from engage_cli.searched import SEARCHED, SIGN, STRIDE

# The journal's own bookkeeping has no history.
QUIET = {"meta", "tables", "actions", "doing", "changes", "erased"}

WORDS = "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')"

# Puts spaces around each such sign of the text t; any other text passes untouched.
SPLIT = f"""CASE WHEN t GLOB '*{SIGN}*' THEN (
  WITH RECURSIVE step(i, o) AS (SELECT 1, '' UNION ALL SELECT i + 1, o || CASE
    WHEN substr(t, i, 1) GLOB '{SIGN}' THEN ' ' || substr(t, i, 1) || ' '
    ELSE substr(t, i, 1) END FROM step WHERE i <= length(t))
  SELECT o FROM step WHERE i = length(t) + 1) ELSE t END"""

# What rows say goes into the index and out of it through two views, so that the splitting is written once:
# every connection reads all triggers, and `engage log` waits for that.
SPOKEN = f"""
CREATE VIEW spoken AS SELECT 0 AS place, '' AS t WHERE 0;
CREATE TRIGGER spoken_in INSTEAD OF INSERT ON spoken WHEN new.t <> ''
BEGIN INSERT INTO words(rowid, text) SELECT new.place, {SPLIT} FROM (SELECT new.t AS t); END;
CREATE VIEW unspoken AS SELECT 0 AS place, '' AS t WHERE 0;
CREATE TRIGGER unspoken_in INSTEAD OF INSERT ON unspoken WHEN new.t <> ''
BEGIN INSERT INTO words(words, rowid, text) SELECT 'delete', new.place, {SPLIT} FROM (SELECT new.t AS t); END;
"""

RULES = """
CREATE TRIGGER contacts_handle_new BEFORE INSERT ON contacts
WHEN EXISTS (SELECT 1 FROM contacts WHERE handle = new.handle)
BEGIN SELECT RAISE(ABORT, 'handle taken'); END;
CREATE TRIGGER contacts_handle_moved BEFORE UPDATE OF handle ON contacts
WHEN EXISTS (SELECT 1 FROM contacts WHERE handle = new.handle AND id <> new.id)
BEGIN SELECT RAISE(ABORT, 'handle taken'); END;
CREATE TRIGGER contacts_merged BEFORE UPDATE OF merged_into_id ON contacts
WHEN new.id IN (WITH RECURSIVE chain(id) AS (SELECT new.merged_into_id UNION
  SELECT merged_into_id FROM contacts JOIN chain USING (id) WHERE merged_into_id IS NOT NULL) SELECT id FROM chain)
BEGIN SELECT RAISE(ABORT, 'merged in a circle'); END;
"""


def create(db: sqlite3.Connection) -> None:
    """Create the search index and all triggers on a database that has the tables of schema.sql."""
    for table in remembered(db):
        db.execute("INSERT OR IGNORE INTO tables(name) VALUES (?)", (table,))
        run(db, _history(db, table))
    run(db, RULES)
    db.execute(WORDS)
    run(db, SPOKEN)
    for table in SEARCHED:
        run(db, _search(table))


def drop(db: sqlite3.Connection) -> None:
    """Drop every trigger, the search index and its views, as a migration must before it rebuilds tables."""
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    for view in ("spoken", "unspoken"):
        db.execute(f"DROP VIEW IF EXISTS {view}")
    db.execute("DROP TABLE IF EXISTS words")


def remembered(db: sqlite3.Connection) -> list[str]:
    """Name the tables that have a history, in the order of the schema."""
    names = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words%'"
        " ORDER BY rowid"
    )
    return [name for (name,) in names if name not in QUIET]


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    """Name the stored columns of a table that can be written: generated ones are left out."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def fill(db: sqlite3.Connection, table: str, after_id: int = 0) -> None:
    """Index the rows of `table` with ids above `after_id`, as bulk work does at its end."""
    said = f"SELECT row.id, {_text('row', SEARCHED[table])} AS t FROM {table} AS row WHERE row.id > ?"
    db.execute(
        f"INSERT INTO words(rowid, text) SELECT {_place(table)} + id, {SPLIT} FROM ({said}) WHERE t <> ''", (after_id,)
    )


def tidy(db: sqlite3.Connection) -> None:
    """Merge what bulk work left of the index in parts, which later words would have to do bit by bit."""
    db.execute("INSERT INTO words(words) VALUES ('optimize')")


def run(db: sqlite3.Connection, script: str) -> None:
    """Execute a script inside the open transaction, which executescript() would commit first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def _history(db: sqlite3.Connection, table: str) -> str:
    names = columns(db, table)
    body = [name for name in names if name not in ("id", "uid")]
    identity = [name for name in ("id", "uid") if name in names]
    note = "INSERT INTO changes(action_id, table_id, row_id, op, old, new)"
    which = f"(SELECT action_id FROM doing), (SELECT id FROM tables WHERE name = '{table}')"
    loud = "coalesce((SELECT is_quiet FROM doing), 0) = 0"
    row = "json_object(" + ", ".join(f"'{name}', old.{name}" for name in names) + ")"
    pairs = " UNION ALL ".join(f"SELECT '{name}' AS k, old.{name} AS o, new.{name} AS n" for name in body)
    differs = f"({', '.join('old.' + name for name in body)}) IS NOT ({', '.join('new.' + name for name in body)})"
    renamed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in identity)
    return f"""
CREATE TRIGGER {table}_inserted AFTER INSERT ON {table} WHEN {loud}
BEGIN {note} VALUES ({which}, new.id, '+', NULL, NULL); END;
CREATE TRIGGER {table}_updated AFTER UPDATE ON {table} WHEN {loud} AND {differs}
BEGIN {note} SELECT {which}, old.id, '~', json_group_object(k, o), json_group_object(k, n)
  FROM ({pairs}) WHERE o IS NOT n; END;
CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} WHEN {loud}
BEGIN {note} VALUES ({which}, old.id, '-', {row}, NULL); END;
CREATE TRIGGER {table}_identity BEFORE UPDATE OF {", ".join(identity)} ON {table} WHEN {renamed}
BEGIN SELECT RAISE(ABORT, 'a row keeps its number'); END;
"""


def _search(table: str) -> str:
    names = SEARCHED[table]
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("old", "new"))
    put = f"INSERT INTO spoken VALUES ({_place(table)} + new.id, {_text('new', names)})"
    # A contentless index must be told the old text to forget it.
    take = f"INSERT INTO unspoken VALUES ({_place(table)} + old.id, {_text('old', names)})"
    live = "coalesce((SELECT is_bulk FROM doing), 0) = 0"
    return f"""
CREATE TRIGGER {table}_words_in AFTER INSERT ON {table} WHEN {live} BEGIN {put}; END;
CREATE TRIGGER {table}_words_moved AFTER UPDATE OF {", ".join(names)} ON {table} WHEN ({old}) IS NOT ({new})
BEGIN {take}; {put}; END;
CREATE TRIGGER {table}_words_out AFTER DELETE ON {table} BEGIN {take}; END;
"""


def _place(table: str) -> int:
    return (list(SEARCHED).index(table) + 1) * STRIDE


def _text(row: str, names: list[str]) -> str:
    """Write all that a row says."""
    return "trim(" + " || ' ' || ".join(f"coalesce({row}.{name}, '')" for name in names) + ")"
