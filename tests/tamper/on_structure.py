"""Attacks on what the tables are: triggers, views, columns, rights, indexes."""

from __future__ import annotations

from collections.abc import Iterator

from attempts import altering, attempt
from on_entries import TITLES, first_title
from postgres import APPLICATION
from victim import OnPostgreSQL, OnSQLite, Victim

POSTGRESQL = ("postgresql",)
LEAF = 10  # the kind of a page at the bottom of an index in SQLite's file format
GRANTED = f"GRANT SELECT, INSERT, UPDATE, DELETE ON {{}} TO {APPLICATION}"
SCHEMA_SQL = "UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = '{}'"
FUNCTION = "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {} RETURN NEW; END'"
TITLE = f"(SELECT min(position) FROM entries WHERE {TITLES})"
OTHER_CARD = (
    "SELECT candidate, subject, person, 'Người khác' AS name, sort_key, search_key, identity"
)


def rewritten(table: str, old: str, new: str) -> tuple[str, ...]:
    """Return how SQLite is told another definition of a table."""
    return ("PRAGMA writable_schema = ON", SCHEMA_SQL.format(old, new, table))


def viewed(table: str, told: str) -> tuple[str, ...]:
    """Return how a view takes the place of a table."""
    return (f"ALTER TABLE {table} RENAME TO {table}_kept", f"CREATE VIEW {table} AS {told}")


altering(
    "drop a trigger that guards the log",
    ["DROP TRIGGER entries_are_never_updated"],
    ["DROP TRIGGER entries_are_never_changed ON entries"],
)
altering(
    "drop a trigger that guards the seals",
    ["DROP TRIGGER checkpoints_follow_each_other"],
    ["DROP TRIGGER checkpoints_leave_no_gap ON checkpoint"],
)
altering(
    "give a guard a condition that never holds",
    ["DROP TRIGGER entries_are_never_deleted",
     "CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries WHEN false"
     " BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END"],
    ["CREATE OR REPLACE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries"
     " FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION entries_are_append_only()"],
)  # fmt: skip
altering(
    "switch a trigger off",
    postgresql=["ALTER TABLE entries DISABLE TRIGGER entries_are_never_changed"],
)
altering(
    "let a trigger work for replicas only",
    postgresql=["ALTER TABLE entries ENABLE REPLICA TRIGGER entries_leave_no_gap"],
)
altering(
    "let a trigger's function do nothing",
    postgresql=["CREATE OR REPLACE FUNCTION entries_are_append_only() RETURNS trigger"
                " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"],
)  # fmt: skip
altering(
    "add a trigger that quietly alters what is put in",
    ["CREATE TRIGGER quiet AFTER INSERT ON vault BEGIN UPDATE card SET name = 'Khác'; END"],
    [FUNCTION.format("NEW.content = replace(NEW.content, ''a'', ''b'');"),
     "CREATE TRIGGER quiet BEFORE INSERT ON vault FOR EACH ROW EXECUTE FUNCTION quiet()"],
)  # fmt: skip
altering(
    "add such a trigger to the table of accounts",
    ["CREATE TRIGGER quiet AFTER UPDATE ON account_user BEGIN UPDATE span SET state = 3; END"],
    [FUNCTION.format("UPDATE span SET state = 3;"),
     "CREATE TRIGGER quiet AFTER UPDATE ON account_user EXECUTE FUNCTION quiet()"],
)  # fmt: skip
altering(
    "add a rule that quietly drops what is put in",
    postgresql=["CREATE RULE quiet AS ON INSERT TO vault DO INSTEAD NOTHING"],
)
altering(
    "rename a table of the log",
    ["ALTER TABLE checkpoint RENAME TO checkpoint_kept"],
    ["ALTER TABLE checkpoint RENAME TO checkpoint_kept"],
)
altering(
    "rename a derived table",
    ["ALTER TABLE span_past RENAME TO span_past_kept"],
    ["ALTER TABLE span_past RENAME TO span_past_kept"],
)
altering(
    "put a view in the place of the log, which hides an entry",
    viewed("entries", f"SELECT * FROM entries_kept WHERE position <> {TITLE}".replace(
        "FROM entries WHERE", "FROM entries_kept WHERE")),
    [*viewed("entries", f"SELECT * FROM entries_kept WHERE position <> {TITLE}".replace(
        "FROM entries WHERE", "FROM entries_kept WHERE")), GRANTED.format("entries")],
)  # fmt: skip
altering(
    "put a view in the place of the cards, with other names",
    viewed("card", f"{OTHER_CARD} FROM card_kept"),
    [*viewed("card", f"{OTHER_CARD} FROM card_kept"), GRANTED.format("card")],
)
altering(
    "put a view in the place of the vault, which shows the same for now",
    viewed("vault", "SELECT * FROM vault_kept"),
    [*viewed("vault", "SELECT * FROM vault_kept"), GRANTED.format("vault")],
)
altering(
    "give a column another type",
    rewritten("command", "position   INTEGER", "position   ANY"),
    ["ALTER TABLE command ALTER COLUMN position TYPE numeric"],
)
altering(
    "let a column sort by another collation",
    rewritten("card", "sort_key   TEXT NOT NULL", "sort_key   TEXT NOT NULL COLLATE NOCASE"),
    ['ALTER TABLE card ALTER COLUMN sort_key TYPE text COLLATE "POSIX"'],
)
altering(
    "add a column",
    ["ALTER TABLE vault ADD COLUMN note TEXT"],
    ["ALTER TABLE vault ADD COLUMN note text"],
)
altering(
    "drop a constraint",
    rewritten("head", "CHECK (id = 0)", ""),
    ["ALTER TABLE entries DROP CONSTRAINT entries_subject_version_key"],
)
altering(
    "let the program's role change entries",
    postgresql=[f"GRANT UPDATE, DELETE ON entries TO {APPLICATION}"],
)
altering(
    "let a crash empty the log (UNLOGGED)",
    postgresql=["ALTER TABLE entries SET UNLOGGED"],
)
altering(
    "let row security hide an entry",
    postgresql=["ALTER TABLE entries ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY hide ON entries USING (position <> 280)"],
)  # fmt: skip
altering(
    "let another function answer for the search",
    postgresql=["CREATE OR REPLACE FUNCTION instr(text, text) RETURNS integer"
                " LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT 0'"],
)  # fmt: skip
altering(
    "put a schema with other tables before ours",
    postgresql=[
        "CREATE SCHEMA other",
        f"GRANT USAGE ON SCHEMA other TO {APPLICATION}",
        "CREATE TABLE other.span AS SELECT * FROM public.span",
        f"GRANT SELECT ON other.span TO {APPLICATION}",
        "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = other, public',"
        " current_database()); END$$",
    ],
)


@attempt("edit an index, so that a subject's entry is not found", on=("sqlite",))
def hide_in_index(victim: Victim) -> None:
    """Point the index of subjects elsewhere, in the file: the row stays."""
    assert isinstance(victim, OnSQLite)
    with victim.opened() as db:
        subject = str(first_title(db)[1]).encode()
        (root,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_entries_1'"
        ).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(victim.address.read_bytes())
    page = next(at for at in _leaves(data, size, root) if subject in data[at : at + size])
    data[data.index(subject, page) + len(subject) - 1] ^= 1
    victim.address.write_bytes(data)


def _leaves(data: bytes, size: int, page: int) -> Iterator[int]:
    """Yield where the leaf pages of an index begin, below one of its pages."""
    at = (page - 1) * size
    if data[at] == LEAF:
        yield at
        return
    cells = [at + 8, *(at + _number(data, at + 12 + 2 * nth, 2)
                       for nth in range(_number(data, at + 3, 2)))]  # fmt: skip
    for cell in cells:
        yield from _leaves(data, size, _number(data, cell, 4))


def _number(data: bytes, at: int, width: int) -> int:
    return int.from_bytes(data[at : at + width], "big")


@attempt("leave an entry out of an index, so that it is not found", on=POSTGRESQL)
def leave_out_of_index(victim: Victim) -> None:
    """Put the row in while the index, so says the catalogue, is not to be kept."""
    assert isinstance(victim, OnPostgreSQL)
    ready = (
        "UPDATE pg_index SET indisready = {}"
        " WHERE indexrelid = 'entries_subject_version_key'::regclass"
    )
    with victim.almighty() as almighty, victim.touched() as db:
        row = first_title(db)
        almighty.execute(ready.format("false"))
        db.execute("DELETE FROM entries WHERE position = ?", row[:1])
        db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        almighty.execute(ready.format("true"))
