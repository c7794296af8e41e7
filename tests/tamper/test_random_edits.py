"""One value or row, anywhere in the file: no audit calls the register sound, and none crashes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from samples import TABLES
from story import intact
from victim import Victim

from events_store import seals
from web.cli.checking import says

NUMBERS = st.integers(-(2**63), 2**63 - 1)
WORDS = st.text(st.characters(codec="utf-8"), max_size=20)


class Edit(NamedTuple):
    """A row to take away, to change in one place, or to put in once more so changed."""

    how: str
    table: str
    row: tuple[Any, ...]
    column: int
    value: Any

    @property
    def changed(self) -> tuple[Any, ...]:
        """Return the row with the other value."""
        return (*self.row[: self.column], self.value, *self.row[self.column + 1 :])


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with intact("sqlite", tmp_path_factory.mktemp("intact") / "register") as victim:
        yield victim


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_no_single_edit_goes_unseen(untouched: Victim, data: st.DataObject) -> None:
    edit = data.draw(edits(untouched))
    note(repr(edit))
    with untouched.copied(untouched.folder.with_name("edited")) as victim:
        with victim.touched() as db:
            try:
                applied(db, edit)
            except sqlite3.IntegrityError:  # no such row can be there
                assume(False)
        report = victim.audited(memory=True, against=True)
    assert report.faults != []
    assert all(says(fault) for fault in report.faults)


@pytest.mark.parametrize("column", ["subject", "name"])
def test_a_text_that_is_none_is_seen(untouched: Victim, column: str) -> None:
    with untouched.copied(untouched.folder.with_name("edited")) as victim:
        with victim.touched() as db:
            db.execute(f"UPDATE entries SET {column} = CAST(x'ff' AS TEXT) WHERE position = 9")
        (first, *_) = victim.audited().faults
        assert (first.kind, first.position) == ("unreadable", 9)


@st.composite
def edits(draw: st.DrawFn, victim: Victim) -> Edit:
    """Return one edit of a register that says something else after it."""
    table = draw(st.sampled_from(TABLES))
    with closing(sqlite3.connect(victim.address)) as db:
        rows = db.execute(f"SELECT * FROM {table}").fetchall()
        last = seals.newest(db)
    assume(rows)  # no witness has cosigned it
    row = draw(st.sampled_from(rows))
    column = draw(st.integers(0, len(row) - 1))
    value = draw(others(row[column]))
    how = draw(st.sampled_from(["delete", "change", "double"]))
    # The signer puts the last seal back, see test_the_last_seal_deleted_alone_comes_back.
    assume(not (how == "delete" and row == last))
    return Edit(how, table, row, column, value)


def others(value: Any) -> st.SearchStrategy[Any]:
    """Return other values of the same kind, near and far."""
    if isinstance(value, int):
        near = st.sampled_from([value - 1, value + 1, -value, 0])
        return (near | NUMBERS).filter(lambda found: found != value)
    if isinstance(value, bytes):
        return (bitten(value) | st.binary(max_size=40)).filter(lambda found: found != value)
    near = st.sampled_from([f"{value}x", (value or "").swapcase(), (value or "")[1:]])
    return (near | WORDS).filter(lambda found: found != value)


def bitten(value: bytes) -> st.SearchStrategy[bytes]:
    """Return the bytes with one bit turned over."""
    places = st.integers(0, max(8 * len(value) - 1, 0))
    whole = int.from_bytes(value, "big")
    return places.map(lambda at: (whole ^ 1 << at).to_bytes(max(len(value), 1), "big"))


def applied(db: sqlite3.Connection, edit: Edit) -> None:
    """Make the edit."""
    names = [name for name, *_ in db.execute(f"SELECT * FROM {edit.table} LIMIT 0").description]
    here = " AND ".join(f"{name} IS ?" for name in names)
    if edit.how == "delete":
        db.execute(f"DELETE FROM {edit.table} WHERE {here}", edit.row)
    elif edit.how == "change":
        sql = f"UPDATE {edit.table} SET {names[edit.column]} = ? WHERE {here}"
        db.execute(sql, (edit.value, *edit.row))
    else:
        marks = ", ".join("?" * len(names))
        db.execute(f"INSERT INTO {edit.table} VALUES ({marks})", edit.changed)
