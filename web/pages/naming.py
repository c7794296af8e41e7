"""Naming: what every subject is called, and where its page is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask, g, request
from werkzeug.routing import BaseConverter

from domain.subjects import KINDS, kind_of
from domain.values import Sealed
from web import titles
from web.pages.frame import clocks, link, parts, when
from web.words import sentences
from web.words.log import SUBJECTS

SEGMENTS: Final = {
    **{kind: f"{kind}s" for kind in KINDS},
    **{"person": "people", "programme": "programme", "council": "council"},
    "calendar": "declared-days",  # /calendar tells what is due
}
KIND_AT: Final = {segment: kind for kind, segment in SEGMENTS.items()}


class KindConverter(BaseConverter):
    """The kind of a subject in an address: `/units/…` is about a unit."""

    regex = "|".join(sorted(KIND_AT, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        """Return the kind."""
        return KIND_AT[value]

    def to_url(self, value: str) -> str:
        """Return its part of an address."""
        return SEGMENTS[value]


def install(app: Flask) -> None:
    """Let addresses and templates name subjects."""
    app.url_map.converters["kind"] = KindConverter
    app.jinja_env.globals.update(
        subject_link=subject_link,
        has_page=is_subject,
        SUBJECTS=SUBJECTS,
        compared=subject_at,
        page_on=page_on,
    )


def subject_link(subject: str) -> str:
    """Return the address of a subject's page at the moment this page shows.

    A page often links to the same unit from every row.
    """
    links: dict[str, str] = g.setdefault("links", {})
    if subject not in links:
        kind, _colon, id = subject.partition(":")
        if kind == "candidate":
            links[subject] = link("candidate.show", id=id)
        else:
            links[subject] = link("subject.show", kind=kind, id=id)
    return links[subject]


def page_on() -> str:
    """Return the address of this page, with its other questions, as far as the day it is of."""
    left_out = ("on", "after", "lang")
    kept = [(n, v) for n, v in request.args.items(multi=True) if n not in left_out]
    return f"{request.path}?{urlencode([*kept, ('on', '')])}"


def subject_at(path: str) -> str | None:
    """Return the subject whose page has an address, or None."""
    segment, _slash, id = path.strip("/").partition("/")
    return f"{KIND_AT[segment]}:{id}" if segment in KIND_AT and id and "/" not in id else None


def is_subject(value: object) -> bool:
    """Return whether a value is the id of a subject that has a page."""
    return isinstance(value, str) and ":" in value and kind_of(value) in KINDS


def opened(sealed: Sealed | None) -> str:
    """Return the words that the vault keeps, or that they were erased."""
    if sealed is None:
        return ""
    content = parts().ledger.secrets([sealed]).get(sealed.id, {"text": sentences.ERASED})
    return " · ".join(map(str, content.values()))


def states(kind: str) -> Mapping[str, Any]:
    """Return every subject of a kind that is kept, at the moment this page shows."""
    at = when()
    if not clocks().set:
        return parts().register.all(kind)
    found = parts().register.all(kind, at.on, at.known)
    blank = KINDS[kind].blank
    return {id: state for id, state in found.items() if state != blank}


def called(subjects: Iterable[str]) -> dict[str, str]:
    """Return what subjects are called at the moment this page shows."""
    return titles.called(parts(), subjects, states)


def titled(every: Mapping[str, Any]) -> dict[str, str]:
    """Return what subjects are called, from what is known of them."""
    return titles.titled(parts(), every)


def title(id: str, state: Any) -> str:
    """Return what one subject is called, from what is known of it."""
    return titles.title(parts(), id, state)
