"""Attacks on the log itself, each alone and with ever more of its traces covered."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from attempts import ALONE, ELSEWHERE, MEMORY, Attack, attempt
from victim import ADDED, STRANGER, Victim, rows_of

from events_store.database import Database

TITLES = "name = 'title-recorded'"
FAR = 1000  # past all positions


def first_title(db: Database) -> Any:
    """Return the row that most attacks are about."""
    return rows_of(db, TITLES)[0]


def replaced(row: Any, old: bytes, new: bytes) -> bytes:
    """Return a row's body with one text for another."""
    body: bytes = row[5].replace(old, new)
    assert body != row[5]
    return body


def edit_body(victim: Victim) -> int:
    with victim.touched() as db:
        row = first_title(db)
        body = replaced(row, b"2022", b"2021")
        db.execute("UPDATE entries SET body = ? WHERE position = ?", (body, row[0]))
    return int(row[0])


def back_date(victim: Victim) -> int:
    """Let an entry take effect a year before."""
    with victim.touched() as db:
        row = first_title(db)
        body = replaced(row, b"2026-03-02", b"2025-03-02")
        db.execute("UPDATE entries SET body = ? WHERE position = ?", (body, row[0]))
    return int(row[0])


def edit_time(victim: Victim) -> int:
    with victim.touched() as db:
        position = int(first_title(db)[0])
        sql = "UPDATE entries SET recorded_at = recorded_at - 1 WHERE position = ?"
        db.execute(sql, (position,))
    return position


def delete_tail(victim: Victim) -> int:
    with victim.touched() as db:
        position = int(rows_of(db)[-2][0])
        db.execute("DELETE FROM entries WHERE position >= ?", (position,))
    return position


def delete_middle(victim: Victim) -> int:
    with victim.touched() as db:
        position = int(first_title(db)[0])
        db.execute("DELETE FROM entries WHERE position = ?", (position,))
    return position


def delete_first(victim: Victim) -> int:
    with victim.touched() as db:
        db.execute("DELETE FROM entries WHERE position = 0")
    return 0


def insert_middle(victim: Victim) -> int:
    """Put a title in before another, and move all that follow."""
    with victim.touched() as db:
        row = first_title(db)
        position, subject, _, at, name, _, _, leaf = row
        db.execute(f"UPDATE entries SET position = position + {FAR} WHERE position >= ?",
                   (position,))  # fmt: skip
        db.execute(f"UPDATE entries SET position = position - {FAR - 1} WHERE position >= {FAR}")
        body = replaced(row, b"2022", b"2021")
        db.execute(ADDED, (position, subject, 99, at, name, body, secrets.token_bytes(16), leaf))
    return int(position)


def duplicate_middle(victim: Victim) -> int:
    """Put an entry twice, and move all that follow."""
    with victim.touched() as db:
        row = first_title(db)
        at = row[0] + 1
        db.execute(f"UPDATE entries SET position = position + {FAR} WHERE position >= ?", (at,))
        db.execute(f"UPDATE entries SET position = position - {FAR - 1} WHERE position >= {FAR}")
        db.execute(ADDED, (at, row[1], 99, *row[3:]))
    return int(at)


def reorder(victim: Victim) -> int:
    with victim.touched() as db:
        here, there = (row[0] for row in rows_of(db, TITLES)[:2])
        for old, new in ((here, FAR), (there, here), (FAR, there)):
            db.execute("UPDATE entries SET position = ? WHERE position = ?", (new, old))
    return int(here)


def swap_streams(victim: Victim) -> int:
    with victim.touched() as db:
        one, other = (row[1] for row in rows_of(db, TITLES)[:2])
        (first,) = db.execute(
            "SELECT min(position) FROM entries WHERE subject IN (?, ?)", (one, other)
        ).fetchone()
        for old, new in ((one, "x"), (other, one), ("x", other)):
            db.execute("UPDATE entries SET subject = ? WHERE subject = ?", (new, old))
    return int(first)


PLAIN: list[tuple[str, Attack]] = [
    ("edit the body of an entry", edit_body),
    ("back-date what an entry says", back_date),
    ("set the recorded time of an entry back", edit_time),
    ("delete the last entries", delete_tail),
    ("delete an entry in the middle", delete_middle),
    ("delete the first entry", delete_first),
    ("insert an entry in the middle", insert_middle),
    ("put an entry in twice in the middle", duplicate_middle),
    ("let two entries change places", reorder),
    ("swap the streams of two candidates", swap_streams),
]


def smooth(attack: Attack) -> Attack:
    def both(victim: Victim) -> int | None:
        begins = attack(victim)
        victim.smooth()
        return begins

    return both


def without_seals(attack: Attack) -> Attack:
    def both(victim: Victim) -> int | None:
        begins = smooth(attack)(victim)
        victim.without_seals()
        return begins

    return both


def stranger_signs(attack: Attack) -> Attack:
    def both(victim: Victim) -> int | None:
        begins = smooth(attack)(victim)
        victim.seal_again(STRANGER)
        return begins

    return both


def thief_signs(attack: Attack) -> Attack:
    def both(victim: Victim) -> int | None:
        begins = smooth(attack)(victim)
        victim.seal_again()
        return begins

    return both


def thief_remembers(attack: Attack) -> Attack:
    def both(victim: Victim) -> int | None:
        begins = thief_signs(attack)(victim)
        victim.forget()
        return begins

    return both


VARIANTS: list[tuple[str, Callable[[Attack], Attack], str]] = [
    ("", lambda attack: attack, ALONE),
    ("; leaves, tree and tables made to agree", smooth, ALONE),
    ("; all made to agree, signed again with another key", stranger_signs, ALONE),
    ("; all made to agree, every seal in the register deleted", without_seals, MEMORY),
    ("; all made to agree, signed again with the stolen key", thief_signs, MEMORY),
    ("; the same, and the signer's memory rewritten", thief_remembers, ELSEWHERE),
]
for what, plain in PLAIN:
    for how, variant, catcher in VARIANTS:
        attempt(what + how, catcher)(variant(plain))


def setting(words: str, column: str, value: Any) -> None:
    """Add an attack that is one other value in one entry."""

    def attack(victim: Victim) -> int:
        with victim.touched() as db:
            position = first_title(db)[0]
            db.execute(f"UPDATE entries SET {column} = ? WHERE position = ?", (value, position))
        return int(position)

    attempt(words)(attack)


setting("edit the version of an entry", "version", 50)
setting("give an entry to another subject", "subject", "candidate:khac")
setting("edit the kind of an entry", "name", "rating-recorded")
setting("edit the leaf hash of an entry", "leaf", bytes(32))
setting("edit the blinding bytes of an entry", "blind", bytes(16))
setting("move an entry far out of the way", "position", 2**62)


@attempt("back-date a move, so that a state begins sooner")
def back_date_move(victim: Victim) -> int:
    with victim.touched() as db:
        (row,) = rows_of(db, "name = 'candidate-withdrawn' AND position > 274")
        body = replaced(row, b"2026-03-02", b"2026-03-01")
        db.execute("UPDATE entries SET body = ? WHERE position = ?", (body, row[0]))
    return int(row[0])


@attempt("edit the body of an entry below a kept hash (node)")
def edit_early(victim: Victim) -> int:
    with victim.touched() as db:
        (row,) = rows_of(db, "position = 9")
        body = replaced(row, b"2021-01-01", b"2020-01-01")
        db.execute("UPDATE entries SET body = ? WHERE position = 9", (body,))
    return 9


def _replace(victim: Victim, sql: str) -> int:
    with victim.touched() as db:
        row = first_title(db)
        db.execute(sql, (*row[:5], replaced(row, b"2022", b"2021"), *row[6:]))
    return int(row[0])


@attempt("put a row in by INSERT OR REPLACE, triggers dropped first", on=("sqlite",))
def replace_row(victim: Victim) -> int:
    return _replace(victim, ADDED.replace("INSERT", "INSERT OR REPLACE"))


@attempt("put a row in by INSERT … ON CONFLICT DO UPDATE, triggers off")
def upsert_row(victim: Victim) -> int:
    taken = " ON CONFLICT (position) DO UPDATE SET body = excluded.body"
    return _replace(victim, ADDED + taken)


def add_beyond(victim: Victim, *, again: bool) -> int:
    """Put one more row at the end: a copy as it is, or a new one."""
    with victim.touched() as db:
        *_, row = rows_of(db)
        body = row[5] if again else replaced(row, b"2025", b"2020")
        db.execute(ADDED, (row[0] + 1, row[1], row[2] + 1, *row[3:5], body, *row[6:]))
    return int(row[0] + 1)


@attempt("copy the last entry once more")
def duplicate(victim: Victim) -> int:
    return add_beyond(victim, again=True)


@attempt("copy the last entry once more; leaves, tree and tables made to agree", MEMORY)
def duplicate_smoothly(victim: Victim) -> int:
    return smooth(duplicate)(victim) or 0


@attempt("add an entry at the end without the program")
def append(victim: Victim) -> int:
    return add_beyond(victim, again=False)


@attempt("add an entry before the first, at position -1", on=("sqlite",))
def add_before(victim: Victim) -> None:
    """No trigger is dropped for it. PostgreSQL's CHECK has no such place."""
    with victim.opened() as db:
        row = first_title(db)
        db.execute(ADDED, (-1, "candidate:khac", 1, *row[3:]))


@attempt("delete the last entries and every seal over them", MEMORY)
def cut(victim: Victim) -> int:
    begins = delete_tail(victim)
    victim.smooth()
    victim.without_seals(beyond=begins)
    return begins
