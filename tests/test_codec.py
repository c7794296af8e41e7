"""Entries as bytes: there and back, and nothing else gets in."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import NURTURED, SEAL, entry

from domain.candidate_events import CandidateDescribed, StageAdvanced, StageReturned
from domain.entry import Entry
from domain.events import Event
from domain.faults import Unreadable
from domain.office import OfficeEnded
from domain.values import Basis, PriorityGroup, Stage
from events_store import seal
from events_store.codec import LETTERS, all_opened, decode, encode
from events_store.names import NAME_OF, NAMES

GOLDEN: Final = Path(__file__).parent / "golden" / "entries.jsonl"
INTEGERS: Final = st.integers(-(2**63), 2**63 - 1)
st.register_type_strategy(int, INTEGERS)


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """One line of the golden file; the body is kept as it was written."""

    name: str
    body: msgspec.Raw


def golden() -> list[Line]:
    """Return every kind of entry ever written."""
    return [msgspec.json.decode(line, type=Line) for line in GOLDEN.read_bytes().splitlines()]


def read(name: str, body: bytes) -> Entry:
    """Return a body as the entry at position 7."""
    return decode(7, "candidate:1", 3, 1_700_000_000_000_000, name, body)


@cache
def entries(kind: type[Event]) -> st.SearchStrategy[Entry]:
    """Return entries of a kind."""
    return st.builds(
        Entry,
        subject=st.just("candidate:1"),
        version=st.just(3),
        effective_on=st.dates(),
        actor=st.text(),
        acting_as=st.none() | st.text(),
        command_id=st.text(),
        rule_set=st.none() | st.text(),
        event=st.from_type(kind),
        basis=st.lists(st.from_type(Basis), max_size=3).map(tuple),
        position=st.just(7),
        recorded=st.just(1_700_000_000_000_000),
    )


@pytest.mark.parametrize("kind", NAMES.values(), ids=NAMES)
@settings(max_examples=30)
@given(data=st.data())
def test_any_entry_comes_back_as_it_went(kind: type[Event], data: st.DataObject) -> None:
    written = data.draw(entries(kind))
    name, body = encode(written)
    back = read(name, body)
    assert back == written
    assert type(back.event) is kind
    told = msgspec.json.decode(body)
    assert body == msgspec.json.encode(told, order="sorted")


def test_many_leaves_at_once_are_those_of_each_row() -> None:
    rows = [
        (at, "candidate:1", at + 1, 7, line.name, bytes(line.body), bytes(16), b"")
        for at, line in enumerate(golden())
    ]
    told = all_opened([row[4] for row in rows], [row[5] for row in rows])
    each = [seal.leaf(p, v, when, s, name, body, b) for p, s, v, when, name, body, b, _ in rows]
    assert seal.leaves([*zip(*rows, strict=True)], told) == each


def test_one_body_that_is_not_canonical_spoils_the_many() -> None:
    lines = golden()
    names, bodies = [line.name for line in lines], [bytes(line.body) for line in lines]
    for spoilt in (b" " + bodies[0], bodies[0] + b"\n"):
        with pytest.raises(ValueError, match="canonical"):
            all_opened(names, [spoilt, *bodies[1:]])


@given(st.binary())
def test_bytes_are_read_or_called_unreadable(body: bytes) -> None:
    for name in NAMES:
        with pytest.raises(Unreadable):
            read(name, body)


@given(st.data())
def test_a_changed_byte_is_unreadable_or_another_canonical_body(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(golden()))
    body = bytearray(line.body)
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        back = read(line.name, bytes(body))
    except Unreadable:
        return
    assert encode(back) == (line.name, bytes(body))


@pytest.mark.parametrize("line", golden(), ids=lambda line: line.name)
def test_golden_lines_still_read_and_write_the_same_bytes(line: Line) -> None:
    assert encode(read(line.name, bytes(line.body))) == (line.name, bytes(line.body))


def test_every_name_has_a_golden_line() -> None:
    assert {line.name for line in golden()} == set(NAMES)


def test_every_optional_field_has_a_golden_line_with_and_without_it() -> None:
    seen = [
        (line.name, field.name, getattr(event, field.name) == field.default)
        for line in golden()
        for event in [read(line.name, bytes(line.body)).event]
        for field in dataclasses.fields(event)
        if field.default is not dataclasses.MISSING
    ]
    optional = {(name, field) for name, field, _ in seen}
    assert set(seen) == {(*pair, left_out) for pair in optional for left_out in (True, False)}


def test_golden_entries_hold_no_import_path() -> None:
    text = GOLDEN.read_text("utf-8")
    modules = {kind.__module__ for kind in NAMES.values()}
    assert [
        word for word in (*modules, *(k.__name__ for k in NAMES.values())) if word in text
    ] == []


def test_names_are_plain_words_and_each_has_one_class() -> None:
    assert [
        name for name in NAMES if not all(w.isalpha() and w.islower() for w in name.split("-"))
    ] == []
    assert len(NAME_OF) == len(NAMES) == len(LETTERS)


@pytest.mark.parametrize("name", ["stage-skipped", "os:system", "", "StageAdvanced"])
def test_a_name_that_is_not_on_the_list_is_unreadable(name: str) -> None:
    _, body = encode(entry("candidate:1", 1, NURTURED))
    with pytest.raises(Unreadable, match="entry 7") as caught:
        read(name, body)
    assert (caught.value.where, caught.value.problem) == (
        "entry 7",
        f"there is no event named {name!r}",
    )


ADVANCED: Final = (
    b'{"actor":"a","command_id":"c","effective_on":"2024-01-10","event":{"to":"nurture"}}'
)
RETURNED: Final = (
    b'{"actor":"a","basis":[{"symbol":"s"}],"command_id":"c","effective_on":"2024-01-10",'
    b'"event":{"reason":{"id":"i","mac":"m"},"to":"discover"}}'
)
BAD: Final = [
    ("blank", ADVANCED.replace(b":", b": ", 1), ADVANCED),
    ("line break at the end", ADVANCED + b"\n", ADVANCED),
    ("order of keys", b'{"command_id":"c","actor":"a",' + ADVANCED[32:], ADVANCED),
    ("key twice", ADVANCED.replace(b'"actor":"a"', b'"actor":"b","actor":"a"'), ADVANCED),
    ("default written out", b'{"acting_as":null,' + ADVANCED[1:], ADVANCED),
    ("empty basis written out", ADVANCED.replace(b',"com', b',"basis":[],"com'), ADVANCED),
    ("escaped letter", ADVANCED.replace(b'"a"', b'"\\u0061"'), ADVANCED),
    ("date with time", ADVANCED.replace(b"01-10", b"01-10T00:00:00Z"), ADVANCED),
    ("impossible date", ADVANCED.replace(b"01-10", b"02-30"), ADVANCED),
    ("unknown field", ADVANCED.replace(b"{", b'{"aaa":1,', 1), ADVANCED),
    ("unknown field of the event", ADVANCED.replace(b'{"to"', b'{"by":1,"to"'), ADVANCED),
    ("unknown stage", ADVANCED.replace(b"nurture", b"glory"), ADVANCED),
    ("number for a text", ADVANCED.replace(b'"a"', b"1"), ADVANCED),
    ("nothing for a text", ADVANCED.replace(b'"a"', b"null"), ADVANCED),
    ("field missing", ADVANCED.replace(b'"actor":"a",', b""), ADVANCED),
    ("event missing", ADVANCED.replace(b',"event":{"to":"nurture"}', b""), ADVANCED),
    ("field of the event missing", ADVANCED.replace(b'"to":"nurture"', b""), ADVANCED),
    ("list for an object", b"[" + ADVANCED + b"]", ADVANCED),
    ("bytes after the end", ADVANCED + b"{}", ADVANCED),
    ("cut off", ADVANCED[:-1], ADVANCED),
    ("no UTF-8", ADVANCED.replace(b'"a"', b'"\xff"'), ADVANCED),
    ("nested beyond reason", ADVANCED.replace(b'{"to":"nurture"}', b"[" * 100_000), ADVANCED),
    ("nested in place of all", b"[" * 100_000, ADVANCED),
    ("half a surrogate", ADVANCED.replace(b'"a"', b'"\\ud800"'), ADVANCED),
    ("unknown field of a seal", RETURNED.replace(b'{"id"', b'{"hue":1,"id"'), RETURNED),
    ("unknown field of a basis", RETURNED.replace(b'"symbol"', b'"hue":1,"symbol"'), RETURNED),
    ("key twice in a seal", RETURNED.replace(b'"id":"i"', b'"id":"j","id":"i"'), RETURNED),
    (
        "order of keys in a seal",
        RETURNED.replace(b'"id":"i","mac":"m"', b'"mac":"m","id":"i"'),
        RETURNED,
    ),
    ("default written out in a basis", RETURNED.replace(b'{"sy', b'{"dated":null,"sy'), RETURNED),
    ("text for a seal", RETURNED.replace(b'{"id":"i","mac":"m"}', b'"i"'), RETURNED),
]


@pytest.mark.parametrize(("body", "good"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_body_that_is_not_ours_to_the_byte_is_unreadable(body: bytes, good: bytes) -> None:
    name = "stage-advanced" if good is ADVANCED else "stage-returned"
    assert encode(read(name, good)) == (name, good)
    assert body != good
    with pytest.raises(Unreadable, match="entry 7 cannot be read"):
        read(name, body)


def test_an_event_of_another_name_is_unreadable() -> None:
    _, body = encode(entry("candidate:1", 1, StageReturned(Stage.DISCOVER, SEAL)))
    with pytest.raises(Unreadable):
        read("stage-advanced", body)


def test_keys_are_sorted_and_defaults_left_out_at_every_depth() -> None:
    described = CandidateDescribed(SEAL, priority=(PriorityGroup.FARMER,))
    basis = (Basis("1/QĐ", date(2024, 1, 9)),)
    _, body = encode(entry("candidate:1", 1, described)._replace(basis=basis))
    told = msgspec.json.decode(body)
    assert told["basis"] == [{"dated": "2024-01-09", "symbol": "1/QĐ"}]
    assert told["event"] == {
        "description": {"id": SEAL.id, "mac": SEAL.mac},
        "priority": ["farmer"],
    }


def test_an_event_without_fields_is_an_empty_object() -> None:
    name, body = encode(entry("office:1", 1, OfficeEnded()))
    assert (name, msgspec.json.decode(body)["event"]) == ("office-ended", {})


def test_the_shortest_body_is_pinned() -> None:
    written = Entry("s", 1, date(2024, 1, 10), "a", None, "c", None, StageAdvanced(Stage.NURTURE))
    assert encode(written) == ("stage-advanced", ADVANCED)
