"""The shape of a register on PostgreSQL, line by line as the server's own catalogue tells it.

`schema/postgresql.txt` holds the lines that schema/postgresql.sql leads to; whatever a database
has more, less or other was done to it by somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from events_store.database import Database

_FOLDER: Final = files("events_store") / "schema"
SCHEMA: Final = (_FOLDER / "postgresql.sql").read_text("utf-8")
SHAPE: Final = (_FOLDER / "postgresql.txt").read_text("utf-8")
TABLES: Final = tuple(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", SCHEMA))
FUNCTIONS: Final = tuple(re.findall(r"CREATE OR REPLACE FUNCTION (\w+)", SCHEMA))

OURS: Final = "c.relname IN ({})".format(", ".join(map(repr, TABLES)))
HERE: Final = "= current_schema()::regnamespace"
_LINES: Final = f"""
WITH ours AS (SELECT c.* FROM pg_class AS c WHERE c.relnamespace {HERE} AND {OURS})
SELECT concat_ws(' ', 'table', relname, relkind, relpersistence, relrowsecurity, relhasrules)
  FROM ours
UNION ALL
SELECT concat_ws(' ', 'column', relname || '.' || attname, format_type(atttypid, atttypmod),
       attnotnull, nullif(attgenerated, ''), nullif(attidentity, ''), pg_get_expr(adbin, adrelid),
       CASE WHEN attcollation <> 0 THEN attcollation::regcollation::text END)
  FROM ours AS c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum
UNION ALL
SELECT concat_ws(' ', 'constraint', relname || '.' || conname, convalidated,
       pg_get_constraintdef(k.oid, true))
  FROM ours AS c JOIN pg_constraint AS k ON conrelid = c.oid AND contype <> 'n'
UNION ALL
SELECT concat_ws(' ', 'index', i.relname, indisvalid, pg_get_indexdef(i.oid, 0, true))
  FROM ours AS c JOIN pg_index ON indrelid = c.oid JOIN pg_class AS i ON i.oid = indexrelid
UNION ALL
SELECT concat_ws(' ', 'trigger', tgname, tgenabled, pg_get_triggerdef(t.oid, true))
  FROM pg_class AS c JOIN pg_trigger AS t ON tgrelid = c.oid AND NOT tgisinternal
 WHERE c.relnamespace {HERE}
UNION ALL
SELECT concat_ws(' ', 'function', p.oid::regprocedure, lanname, prosecdef, provolatile, proconfig,
       encode(sha256(convert_to(prosrc, 'UTF8')), 'hex'))
  FROM pg_proc AS p JOIN pg_language AS l ON l.oid = prolang
 WHERE pronamespace {HERE} AND proname IN ({", ".join(map(repr, FUNCTIONS))})
"""
# What others than the owner may do; the owner of one table owns them all.
_GRANTS: Final = f"""
SELECT relname, privilege_type || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
  FROM pg_class AS c CROSS JOIN aclexplode(relacl) AS g
 WHERE c.relnamespace {HERE} AND {OURS} AND grantee <> relowner
UNION
SELECT relname || '.' || attname, privilege_type
  FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid CROSS JOIN aclexplode(attacl)
 WHERE c.relnamespace {HERE} AND {OURS}
 ORDER BY 1, 2
"""
_OWNERS: Final = f"""
SELECT relname FROM pg_class AS c JOIN pg_roles AS r ON rolname = current_user
 WHERE c.relnamespace {HERE} AND {OURS}
   AND (relowner <> (SELECT relowner FROM pg_class AS e
                      WHERE e.relname = 'entries' AND e.relnamespace {HERE})
        OR pg_has_role(r.oid, relowner, 'MEMBER') AND NOT rolsuper)
 ORDER BY 1
"""


def lines(db: Database) -> list[str]:
    """Return the shape of our tables, their triggers and functions, in order."""
    return sorted(row[0] for row in db.execute(_LINES))


def faults(db: Database) -> Iterator[str]:
    """Yield the name of each thing that is not as the schema makes it."""
    expected, found = set(SHAPE.splitlines()), set(lines(db))
    yield from sorted({" ".join(line.split(" ")[:2]) for line in expected ^ found})
    allowed = {(table, right) for right, table in _granted()}
    for table, right in db.execute(_GRANTS):
        if (table, right) not in allowed:
            yield f"grant {right} {table}"
    for (table,) in db.execute(_OWNERS):
        yield f"owner {table}"


def _granted() -> Iterator[tuple[str, str]]:
    yield from (
        ("MAINTAIN", "vault"),
        ("MAINTAIN", "enclosure"),
        ("MAINTAIN", "identity"),
        ("MAINTAIN", "card"),
    )  # from 17 on, to erase well
    for rights, tables in re.findall(r"GRANT ([A-Z, ]+) ON ([\w, ]+) TO", SCHEMA):
        yield from ((r, t) for r in rights.split(", ") for t in tables.split(", "))
