"""Entries as bytes: a closed list of stored names, canonical JSON, typed decoding.

Canonical means: UTF-8, keys sorted, no blanks, fields at their default left out. A body that
does not encode back to the very same bytes is unreadable, and so is an unknown name or field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast, get_args, get_type_hints

import msgspec
from eventsourcing.persistence import Mapper, Notification, StoredEvent

from domain.entry import Entry
from domain.events import Event
from domain.faults import Unreadable
from domain.values import Basis, Guarded, Sealed
from events_store.names import NAME_OF, NAMES

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
T = TypeVar("T")


class Letter(NamedTuple):
    """How one kind of event goes to bytes and back."""

    told: type[msgspec.Struct]
    fields: Callable[[Any], tuple[Any, ...]]
    names: tuple[str, ...]
    sealed: tuple[str, ...]  # names of the fields that may hold a commitment to the vault
    guarded: tuple[str, ...]  # and of those that may hold one to an identity
    open: Callable[[bytes], Body[Any]]
    event: Callable[[msgspec.Struct], Event]


class Paper(
    msgspec.Struct,
    kw_only=True,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """A cited document as stored: keys in canonical order."""

    dated: date | None = None
    file: str | None = None
    issuer: str | None = None
    place: str | None = None
    symbol: str


class Body(
    msgspec.Struct,
    Generic[T],
    kw_only=True,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """The stored body of every entry: keys in canonical order, the event in its own."""

    acting_as: str | None = None
    actor: str
    basis: tuple[Paper, ...] = ()
    command_id: str
    effective_on: date
    event: T
    rule_set: str | None = None


def _struct(name: str, fields: dict[str, Any], defaults: dict[str, Any]) -> type[msgspec.Struct]:
    ordered = [
        (field, kind, defaults[field]) if field in defaults else (field, kind)
        for field, kind in sorted(fields.items())
    ]
    return msgspec.defstruct(
        name,
        ordered,
        kw_only=True,
        frozen=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        gc=False,
    )


def _letter(name: str, kind: type[Event]) -> Letter:
    fields, hints = dataclasses.fields(kind), get_type_hints(kind)
    defaults = {f.name: f.default for f in fields if f.default is not dataclasses.MISSING}
    told = _struct(name, hints, defaults)
    names = tuple(f.name for f in fields)
    sealed, guarded = _holding(Sealed, hints, names), _holding(Guarded, hints, names)
    values = _values(names)

    def event(told: msgspec.Struct) -> Event:
        return kind(*values(told))

    # What holds no commitment comes again and again, and is frozen: one object serves for all.
    made = event if sealed or guarded else lru_cache(maxsize=1024)(event)
    opener: Any = msgspec.json.Decoder(Body[told])  # type: ignore[valid-type]
    return Letter(told, values, names, sealed, guarded, opener.decode, made)


def _holding(kind: type[Any], hints: dict[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that may hold a kind of commitment."""
    return tuple(name for name in names if kind in (hints[name], *get_args(hints[name])))


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads these attributes as a tuple, whatever their number."""
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda value: (one(value),)
    if not names:
        return lambda value: ()
    return cast("Callable[[Any], tuple[Any, ...]]", attrgetter(*names))


LETTERS: Final = {name: _letter(name, kind) for name, kind in NAMES.items()}
OPENERS: Final = {name: letter.open for name, letter in LETTERS.items()}
_encode: Final = msgspec.json.Encoder().encode
_encode_lines: Final = msgspec.json.Encoder().encode_lines
_entry: Final[Callable[[tuple[Any, ...]], Entry]] = partial(tuple.__new__, Entry)


def encode(entry: Entry) -> tuple[str, bytes]:
    """Return the stored name and the canonical body of an entry."""
    name = NAME_OF[type(entry.event)]
    letter = LETTERS[name]
    told = letter.told(**dict(zip(letter.names, letter.fields(entry.event), strict=True)))
    body = Body(
        acting_as=entry.acting_as,
        actor=entry.actor,
        basis=tuple(_paper(cited) for cited in entry.basis),
        command_id=entry.command_id,
        effective_on=entry.effective_on,
        event=told,
        rule_set=entry.rule_set,
    )
    return name, _encode(body)


def decode(
    position: int, subject: str, version: int, recorded_at: int, name: str, body: bytes
) -> Entry:
    """Return the entry of a stored row. Raises Unreadable.

    `recorded_at` counts microseconds since 1970, UTC.
    """
    return entered(position, subject, version, recorded_at, name, opened(position, name, body))


def all_opened(names: Sequence[str], bodies: Sequence[bytes]) -> list[Body[Any]]:
    """Return what many canonical bodies tell; one that is unreadable is not named.

    Raises what `opened` says in words: KeyError, DecodeError, UnicodeDecodeError, RecursionError
    or ValueError.
    """
    told = [OPENERS[name](body) for name, body in zip(names, bodies, strict=True)]
    if _encode_lines(told) != b"\n".join((*bodies, b"")):
        raise ValueError("a body is not canonical")
    return told


def opened(position: int, name: str, body: bytes) -> Body[Any]:
    """Return what a canonical body tells. Raises Unreadable."""
    letter = LETTERS.get(name)
    if letter is None:
        raise Unreadable(f"entry {position}", f"there is no event named {name!r}")
    try:
        told = letter.open(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"entry {position}", str(error)) from None
    if _encode(told) != body:
        raise Unreadable(f"entry {position}", "the body is not canonical")
    return told


def entered(
    position: int, subject: str, version: int, recorded_at: int, name: str, told: Body[Any]
) -> Entry:
    """Return the entry of a stored row whose body was opened."""
    return _entry(
        (
            subject,
            version,
            told.effective_on,
            told.actor,
            told.acting_as,
            told.command_id,
            told.rule_set,
            LETTERS[name].event(told.event),
            tuple(_basis(paper) for paper in told.basis) if told.basis else (),
            position,
            recorded_at,
        )
    )


def _paper(b: Basis) -> Paper:
    return Paper(symbol=b.symbol, dated=b.dated, issuer=b.issuer, file=b.file, place=b.place)


def _basis(paper: Paper) -> Basis:
    return Basis(paper.symbol, paper.dated, paper.issuer, paper.file, paper.place)


@dataclasses.dataclass(frozen=True)
class StoredEntry(Notification):
    """A stored row as the library hands it about; `id` counts from 1, positions from 0."""

    recorded_at: int

    @property
    def position(self) -> int:
        """Return the global position."""
        return self.id - 1


class EntryMapper(Mapper[str]):
    """The library's mapper with our closed names in place of import paths."""

    def __init__(self) -> None:
        """Need nothing: names and types are fixed in this module."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Return an entry as a row to store."""
        name, body = encode(domain_event)
        return StoredEvent(domain_event.subject, domain_event.version, name, body)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Return the entry of a stored row. Raises Unreadable."""
        row = cast(StoredEntry, stored_event)
        return decode(
            row.position,
            str(row.originator_id),
            row.originator_version,
            row.recorded_at,
            row.topic,
            row.state,
        )
