"""Accounts moved from one database to another, with their numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, create_engine, inspect, select, text

from web.account_setup import engine_options, make_tables
from web.account_tables import Base, User

TABLES = Base.metadata.sorted_tables


def copy(source: str, target: str) -> int:
    """Put the accounts of one database in the place of those of another; return how many."""
    here, there = (create_engine(**engine_options(url)) for url in (source, target))
    with here.connect() as reading, there.begin() as writing:
        if there.dialect.name == "sqlite":
            make_tables(writing)
        for table in reversed(TABLES):
            writing.execute(table.delete())
        for table in TABLES:
            if rows := _rows(reading, table):
                writing.execute(table.insert(), rows)
                _number_on(writing, table)
        found = len(_rows(writing, Base.metadata.tables[User.__tablename__]))
    for engine in (here, there):
        engine.dispose()
    return found


def number(url: str) -> int:
    """Return how many accounts a database holds."""
    engine = create_engine(**engine_options(url))
    with engine.connect() as reading:
        found = len(_rows(reading, Base.metadata.tables[User.__tablename__]))
    engine.dispose()
    return found


def _rows(db: Connection, table: Table) -> list[dict[str, Any]]:
    if not inspect(db).has_table(table.name):  # nobody has signed in there yet
        return []
    there = {column["name"] for column in inspect(db).get_columns(table.name)}
    kept = [column for column in table.c if column.name in there]  # an older one has fewer
    return [dict(row) for row in db.execute(select(*kept).order_by(table.c.id)).mappings()]


def _number_on(db: Connection, table: Table) -> None:
    """Let PostgreSQL count on from the last number; SQLite does by itself."""
    if db.dialect.name == "postgresql":
        last = f"(SELECT max(id) FROM {table.name})"
        db.execute(text(f"SELECT setval('{table.name}_id_seq', {last})"))
