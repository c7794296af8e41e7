"""Every other kind of subject: the list, one of them, and its history."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial, wraps
from typing import Any, Final

from marshmallow import Schema, fields, validate

from domain.history import as_of
from domain.subjects import KINDS
from domain.values import Sealed
from events_store import log_pages
from events_store.names import NAME_OF
from web import answers
from web.api import shown
from web.api.kinds import COLLECTIONS, ID, subject_of
from web.api.room import Listed, When, get, may_read, when
from web.moment import Moment
from web.pages.frame import parts
from workflow.refusals import UnknownSubject

Words = Mapping[str, dict[str, Any]]
CURSOR: Final = f"^([a-z-]{{1,20}}:)?{ID.pattern}$"
ERASED: Final = {"erased": True}
NAMES: Final[Mapping[type[Any], str]] = dict(NAME_OF)
SIMPLE: Final = (str, int, date)


class Paged(Listed):
    """Which page of a list: `cursor` is the last id of the page before."""

    cursor = fields.String(validate=validate.Regexp(CURSOR, error="Không phải một mã hồ sơ."))


def listed(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    """List subjects of this kind as they stood, by id."""
    may_read(kind)
    at, limit, cursor = when(told), told["limit"], told.get("cursor")
    after = subject_of(kind, cursor) if cursor else f"{kind}:"
    ids = log_pages.subjects(parts().ledger.db, kind, after, limit + 1)
    return {
        "on": at.on.isoformat(),
        "known": at.told,
        "subjects": states(kind, ids[:limit], at),
        "next": ids[limit - 1] if len(ids) > limit else None,
    }


def one(kind: str, told: dict[str, Any], id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Show a subject of this kind as it stood; the ETag is its version now."""
    may_read(kind)
    subject, at = subject_of(kind, id), when(told)
    found = states(kind, [subject], at)
    if not found:
        raise UnknownSubject(subject)
    told = {"on": at.on.isoformat(), "known": at.told, **found[0]}
    return told, 200, {"ETag": f'"{told["version"]}"'}


def history(kind: str, told: dict[str, Any], id: str) -> dict[str, Any]:
    """Tell every entry about a subject, in the order recorded, on both clocks."""
    may_read(kind)
    subject, at = subject_of(kind, id), when(told)
    entries = answers.history(parts(), subject, at)
    if not entries:
        raise UnknownSubject(subject)
    return {"id": subject, "known": at.told, "entries": entries}


def states(kind: str, ids: list[str], at: Moment) -> list[dict[str, Any]]:
    """Return what the entries of subjects add up to, with their words, in two questions."""
    ledger = parts().ledger
    told = ledger.entries_of(ids)
    believed = {id: as_of(entries, at.on, at.known) for id, entries in told.items()}
    found = {id: KINDS[kind].fold(entries) for id, entries in believed.items() if entries}
    words = ledger.secrets(seal for state in found.values() for seal in sealed(state))
    return [
        {"id": id, "version": len(told[id]), "state": plain(state, words)}
        for id, state in found.items()
    ]


def sealed(value: Any) -> Iterator[Sealed]:
    """Yield every commitment in a state."""
    if isinstance(value, Sealed):
        yield value
    elif not (value is None or isinstance(value, SIMPLE)):
        for _, part in parts_of(value):
            yield from sealed(part)


def plain(value: Any, words: Words) -> Any:
    """Return a state as JSON has it, with its words in the place of what seals them."""
    if isinstance(value, Sealed):
        return words.get(value.id, ERASED)
    if value is None or isinstance(value, SIMPLE):
        return value.isoformat() if isinstance(value, date) else value
    named = {name: plain(part, words) for name, part in parts_of(value)}
    if isinstance(value, Mapping) or not isinstance(value, tuple | list | frozenset | set):
        event = NAMES.get(type(value))
        return {"event": event, **named} if event else named
    if hasattr(value, "_fields"):
        return named
    return list(named.values())


def parts_of(value: Any) -> list[tuple[str, Any]]:
    """Return what a value is made of, by name."""
    if dataclasses.is_dataclass(value):
        return [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value)]
    if hasattr(value, "_asdict"):
        return list(value._asdict().items())
    if isinstance(value, Mapping):
        return [(str(key), part) for key, part in value.items()]
    if isinstance(value, frozenset | set):
        value = sorted(value, key=str)
    if not isinstance(value, tuple | list):
        raise TypeError(f"no JSON for {type(value).__name__}")
    return [(str(at), part) for at, part in enumerate(value)]


def routes() -> None:
    """Add the routes of every kind; candidates have a list and an answer of their own."""
    for kind, collection in COLLECTIONS.items():
        views: list[tuple[str, Any, Schema, type[Schema]]] = [
            ("/<id>/history", history, When(only=["known"]), shown.History)
        ]
        if kind != "candidate":
            views += [
                ("", listed, Paged(), shown.Subjects),
                ("/<id>", one, When(), shown.Subject),
            ]
        for below, view, question, answer in views:
            rule, endpoint = f"/{collection}{below}", f"{kind}:{view.__name__}"
            add = get(rule, answer, question, tag=collection, endpoint=endpoint)
            add(wraps(view)(partial(view, kind)))


routes()
