"""The archive: rows of the log and of what is derived from it, some at a time, as of a size.

Whatever is written meanwhile lies beyond the size, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

from events_store.database import Database
from events_store.spans import NEVER, OPEN

CHUNK: Final = 500
LINES: Final = (
    "SELECT f.position, f.subject, f.leaf, l.version, l.position, l.leaf FROM"
    " (SELECT position, subject, leaf FROM entries WHERE name = 'candidate-discovered'"
    " AND position > :after AND position < :size ORDER BY position LIMIT :limit) AS f"
    " JOIN entries AS l ON l.subject = f.subject AND l.version = (SELECT max(m.version)"
    " FROM entries AS m WHERE m.subject = f.subject AND m.position < :size) ORDER BY f.position"
)
ENTRIES: Final = (
    "SELECT position, subject, version, recorded_at, name, body, blind, leaf FROM entries"
    " WHERE position >= ? AND position < ? ORDER BY position"
)
SPANS: Final = (
    "candidate, valid_from, valid_to, known_from, end_known, state, unit, kind, priority"
)
LIVE: Final = f"SELECT {SPANS}, suspended, since, {NEVER} FROM span"
PAST: Final = f"SELECT {SPANS}, suspended, since, known_to FROM span_past"


class Line(NamedTuple):
    """A line of the completeness manifest: a candidate by its discovery, and its last entry.

    `subject` is for whoever may see it; the public knows the discovery by its leaf.
    """

    discovered_at: int
    subject: str
    leaf: bytes
    versions: int
    last_at: int
    last_leaf: bytes


class Span(NamedTuple):
    """A segment that is believed, or was: `known_to` is the entry that ended the belief."""

    candidate: int
    valid_from: int
    valid_to: int | None
    known_from: int
    end_known: int | None
    state: int
    unit: int
    kind: int
    priority: int
    suspended: int
    since: int
    known_to: int | None


def lines(db: Database, size: int) -> Iterator[list[Line]]:
    """Yield the candidates of a log of this size, in the order of discovery."""
    after = -1
    while True:
        asked = {"after": after, "size": size, "limit": CHUNK}
        found = [Line(*row) for row in db.execute(LINES, asked).fetchall()]
        if not found:
            return
        after = found[-1].discovered_at
        yield found


def entries(db: Database, size: int) -> Iterator[Any]:
    """Yield the stored rows of a log of this size, with what blinds them."""
    for start in range(0, size, CHUNK):
        yield from db.execute(ENTRIES, (start, min(start + CHUNK, size))).fetchall()


def spans(db: Database, size: int) -> Iterator[Span]:
    """Yield every segment that was believed, as a log of this size has it."""
    for row in chain(_paged(db, LIVE, "valid_from"), _paged(db, PAST, "valid_from, known_from")):
        span = Span(*row)
        if span.known_from < size:
            ended = span.end_known is not None and span.end_known < size
            over = span.known_to is not None and span.known_to < size
            yield span._replace(
                valid_to=span.valid_to if ended and span.valid_to != OPEN else None,
                end_known=span.end_known if ended else None,
                known_to=span.known_to if over else None,
            )


def _paged(db: Database, sql: str, key: str) -> Iterator[Any]:
    """Yield the rows of a table of spans, all of some candidates at a time."""
    after = -1
    while True:
        upto = "SELECT candidate FROM card WHERE candidate > ? ORDER BY candidate LIMIT 1 OFFSET ?"
        last = db.execute(upto, (after, CHUNK)).fetchone()
        stop = last[0] if last else NEVER
        where = f" WHERE candidate > ? AND candidate <= ? ORDER BY candidate, {key}"
        yield from db.execute(sql + where, (after, stop)).fetchall()
        if last is None:
            return
        after = stop
