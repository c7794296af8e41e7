"""The timeline: the entries of any subject with their words, and who and what they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from domain import candidate_events as happened
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.office import Office
from domain.report import ReportDrafted
from domain.values import Stage
from events_store.names import NAME_OF
from web.lifeline import Lifeline, lifeline
from web.pages.frame import names, parts, when
from web.pages.naming import called, is_subject
from web.words import days, sentences
from web.words import log as words
from web.words.labels import field_label


class Named(NamedTuple):
    """Somebody or something that an entry is about besides its own subject."""

    label: str
    subject: str
    name: str


class Told(NamedTuple):
    """One entry with its words."""

    entry: Entry
    says: str
    words: list[tuple[str, str]]
    named: list[Named]
    stage: str
    voided: bool
    moved: str | None
    correction: bool


class Timeline(NamedTuple):
    """The entries of a subject, newest effect first, and who wrote them in which office."""

    told: list[Told]
    actors: Mapping[str, str]
    offices: Mapping[str, Office]


def known(subject: str) -> list[Entry]:
    """Return the entries of a subject that were known at the moment this page shows."""
    at = when()
    entries = parts().ledger.entries(subject)
    return [e for e in entries if at.known is None or e.position < at.known]


def missing(subject: str) -> ResponseReturnValue:
    """Say that there is no such subject, or not at that moment."""
    if not parts().ledger.version(subject):
        abort(404)
    return render_template("subject/not_yet.html", at=when()), 404


def timeline(told: Sequence[Entry]) -> Timeline:
    """Return the entries known, newest effect first, with their words; voided ones marked."""
    counted = {entry.version: entry for entry in as_of(told)}
    effect = {e.version: counted.get(e.version, e).effective_on for e in told}
    shown = [e for e in told if _shown_on(e, effect[e.version])]
    secrets = parts().ledger.secrets(seal for e in shown for seal in sentences.seals(e.event))
    called_ = called(id for e in shown for _, id in _mentioned(e))
    newest_first = sorted(shown, key=lambda e: (effect[e.version], e.position), reverse=True)
    lines = [_told(entry, counted.get(entry.version), secrets, called_) for entry in newest_first]
    return Timeline(lines, names(e.actor for e in shown), parts().register.offices())


def life(told: Sequence[Entry]) -> Lifeline | None:
    """Return the days of a subject's life, as known at the moment this page shows."""
    today = parts().register.today()
    counted = as_of(told, today)
    said = ((e.effective_on, words.said(e.event), stage_of(e)) for e in counted)
    return lifeline(said, when().on, today)


def _shown_on(entry: Entry, effective_on: date) -> bool:
    """Return whether an entry belongs to the day shown; corrections count by what is known."""
    return effective_on <= when().on or is_correction(entry)


def _told(
    entry: Entry,
    counted: Entry | None,
    secrets: Mapping[str, Mapping[str, Any]],
    called_: Mapping[str, str],
) -> Told:
    moved = counted is not None and counted.effective_on != entry.effective_on
    of, content = NAME_OF[type(entry.event)], _content(entry, secrets)
    return Told(
        entry=entry,
        says=words.said(entry.event),
        words=[(field_label(at, of) or "", text) for at, text in content.items()],
        named=[Named(field_label(at, of) or "", id, called_[id]) for at, id in _mentioned(entry)],
        stage=stage_of(entry),
        voided=counted is None,
        moved=days.day(counted.effective_on) if counted and moved else None,
        correction=is_correction(entry),
    )


def _content(entry: Entry, secrets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the words of the vault; plain text goes by the name of its field."""
    content: dict[str, Any] = {}
    if isinstance(entry.event, ReportDrafted):  # its document is the page itself
        return content
    for name, seal in sentences.sealed(entry.event).items():
        told = dict(secrets.get(seal.id, {"text": sentences.ERASED}))
        for beside in ("media_type", "bytes", "sha256"):  # which the file's own page tells
            told.pop(beside, None)
        content |= {name if key == "text" else key: text for key, text in told.items()}
    return content


def _mentioned(entry: Entry) -> list[tuple[str, str]]:
    """Return the subjects that an entry names, each with the field it stands in."""
    found: list[tuple[str, str]] = []
    for name in getattr(type(entry.event), "__slots__", ()):
        value = getattr(entry.event, name)
        many = value if isinstance(value, tuple) else (value,)
        found += [(name, str(one)) for one in many if is_subject(one)]
    return found


def stage_of(entry: Entry) -> str:
    """Return the stage that an entry brings a candidate into, if it does."""
    match entry.event:
        case happened.CandidateDiscovered():
            return str(Stage.DISCOVER)
        case happened.StageAdvanced(to) | happened.StageReturned(to):
            return str(to)
        case _:
            return ""
