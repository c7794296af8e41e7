"""Moment: what the log tells a command, found in one look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from domain.entry import Entry
from events_store import seals
from events_store.codec import decode
from events_store.database import Database
from events_store.recorder import COLUMNS, Head

# What one asks of a subject is asked again soon, and a row tells the same each time.
recall: Final = lru_cache(maxsize=4096)(decode)

KIND: Final = "substr(subject, 1, instr(subject || ':', ':') - 1)"
# One question, so that its answers are of one moment, and one way to the database and back.
LOOK: Final = f"""SELECT 0, 0, '', size, recorded_at, '', edge FROM head
UNION ALL SELECT 1, {COLUMNS} FROM entries WHERE subject = ?
UNION ALL SELECT 3, {COLUMNS} FROM entries
 WHERE position >= (SELECT position FROM command WHERE command_id = ?)
   AND position < (SELECT position + count FROM command WHERE command_id = ?)
UNION ALL SELECT 4, number, '', size, 0, '', note FROM checkpoint
 WHERE number = (SELECT max(number) FROM checkpoint)
UNION ALL SELECT 2, {COLUMNS} FROM entries WHERE """


class Moment(NamedTuple):
    """What was found in the log at one moment: where it ends, and what a command may ask."""

    head: Head
    newest: seals.KeptSeal | None
    entries: list[Entry]  # of the subject
    news: list[Entry]  # of the kinds asked for, since a position
    answered: list[Entry]  # what the same command has recorded before

    @property
    def size(self) -> int:
        """Return how many entries there were."""
        return self.head[0]


def look(db: Database, subject: str, command_id: str, kinds: Sequence[str], since: int) -> Moment:
    """Return what the log tells a command, in one question."""
    among, given = _among(tuple(kinds), first=since == 0)
    values = (subject, command_id, command_id, since, *given)
    found = db.execute(LOOK + among, values).fetchall()
    told: list[list[Entry]] = [[], [], []]
    head, newest = (0, b"", 0), None
    for tag, *row in sorted(found):
        if tag == 0:
            head = row[2], row[5], row[3]
        elif tag == 4:
            newest = seals.KeptSeal(row[0], row[2], row[5])
        else:
            told[tag - 1].append(recall(*row))
    return Moment(head, newest, *told)


@lru_cache(maxsize=8)
def _among(kinds: tuple[str, ...], *, first: bool) -> tuple[str, tuple[str, ...]]:
    """Return the condition for entries of these kinds from a position on, and what it is given.

    A first reading goes by the (subject, version) index. Later an expression makes the planner
    walk the few new positions instead; that they end, and the kinds, stand in the text, so that
    PostgreSQL expects no more of any position than of another, and plans once for good.
    """
    if not first:
        names = ", ".join(f"'{kind}'" for kind in kinds)
        end = "position < (SELECT size FROM head)"
        return f"position >= ? AND {end} AND {KIND} IN ({names})", ()
    ranges = " OR ".join("subject > ? AND subject < ?" for _ in kinds)
    bounds = tuple(f"{kind}{mark}" for kind in kinds for mark in ":;")  # ';' follows ':'
    return f"+position >= ? AND ({ranges})", bounds
