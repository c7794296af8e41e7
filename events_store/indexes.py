"""Indexes on PostgreSQL against their tables: whoever searches finds all there is, and no more.

SQLite looks at its own when asked, but amcheck is for superusers only. So every row is searched
for by each index that keeps rows apart, and must be what is found; and each index must lead to as
many rows as there are. An index that lets rows share a place is on derived tables, or leads
to words that an erasure would miss, which is found of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from events_store.database import Database
from events_store.shape import HERE, OURS

_LISTED: Final = f"""
SELECT c.relname, i.relname, array_agg(pg_get_indexdef(i.oid, n, true) ORDER BY n),
       pg_relation_size(c.oid) / current_setting('block_size')::bigint
  FROM pg_class AS c JOIN pg_index ON indrelid = c.oid JOIN pg_class AS i ON i.oid = indexrelid
  CROSS JOIN generate_series(1, indnkeyatts) AS n
 WHERE c.relnamespace {HERE} AND {OURS} AND indpred IS NULL
 GROUP BY c.oid, c.relname, i.relname, indisunique, indnkeyatts
HAVING indisunique OR bool_or(n = indnkeyatts AND
       trim('"' from pg_get_indexdef(i.oid, n, true)) IN ('position', 'candidate'))
 ORDER BY 1, 2
"""
# Rows are read in the order they lie in, and searched for by the index alone.
_BY_INDEX: Final = "SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN {}".format(
    ("enable_seqscan", "enable_bitmapscan", "enable_sort", "max_parallel_workers_per_gather")
)
_ASTRAY: Final = """
SELECT count(*), count(*) FILTER (WHERE num_nonnulls({outer}) = {number} AND at IS DISTINCT FROM (
       SELECT ctid FROM {table} WHERE ({keys}) >= ({outer}) ORDER BY {keys} LIMIT 1))
  FROM (SELECT ctid AS at, {named} FROM {table}
         WHERE ctid >= '({start},0)' AND ctid < '({stop},0)' OFFSET 0) AS e"""
_LED_TO: Final = "SELECT count(*) FROM (SELECT 1 FROM {table} ORDER BY {keys} OFFSET 0) AS e"
_PAGES: Final = 5000  # of a table, looked at by one statement


class _Index(NamedTuple):
    table: str
    name: str
    keys: list[str]
    pages: int


def faults(db: Database) -> Iterator[str]:
    """Yield what an index does not lead to, or leads to besides, inside a transaction."""
    db.execute(_BY_INDEX)
    for each in (_Index(*row) for row in db.execute(_LISTED).fetchall()):
        rows, astray = _searched(db, each)
        if astray:
            yield f"{astray} rows missing from index {each.name}"
        (led_to,) = db.execute(_LED_TO.format(**_parts(each))).fetchone()
        if led_to != rows - astray:
            yield f"index {each.name} leads to {led_to} of {rows} rows"


def _searched(db: Database, index: _Index) -> tuple[int, int]:
    """Return how many rows a table has, and how many of them a search does not find."""
    rows = astray = 0
    for start in range(0, index.pages, _PAGES):
        sql = _ASTRAY.format(**_parts(index), start=start, stop=start + _PAGES)
        some, lost = db.execute(sql).fetchone()
        rows, astray = rows + some, astray + lost
    return rows, astray


def _parts(index: _Index) -> dict[str, object]:
    names = [f"key_{at}" for at in range(len(index.keys))]
    named = (f"{key} AS {name}" for key, name in zip(index.keys, names, strict=True))
    return {
        "table": index.table,
        "keys": ", ".join(index.keys),
        "outer": ", ".join(names),
        "named": ", ".join(named),
        "number": len(names),
    }
