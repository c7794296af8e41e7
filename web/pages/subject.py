"""Any subject: how it stands, its timeline, and what the visitor's offices permit now."""

from __future__ import annotations

from dataclasses import fields as fields_of
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain.entry import Said
from domain.history import as_of
from domain.subjects import KINDS
from domain.values import Sealed
from web.languages import _
from web.pages import details, lists
from web.pages.allowed import beginning, may_correct, offered, permitted, possible
from web.pages.choosing import aimless
from web.pages.frame import names, parts, visitor, when
from web.pages.naming import called, is_subject, states, title
from web.pages.timeline import known, life, missing, timeline
from web.words import days, sentences
from web.words.guides import FIRST
from web.words.labels import FIELDS, label
from web.words.log import FACTS
from workflow import auditing

pages = Blueprint("subject", __name__)
HASHES: Final = ("minutes", "file")


class Shown(NamedTuple):
    """One thing known of a subject: text, or others by name."""

    field: str
    label: str
    text: str
    subjects: list[tuple[str, str]]


@pages.get("/<kind:kind>")
def list(kind: str) -> ResponseReturnValue:
    """List the subjects of a kind."""
    readable(kind)
    if kind == "candidate":
        abort(404)
    if only := lists.ALONE.get(kind, lambda: None)():
        return show(kind, only.partition(":")[2])
    every = lists.people() if kind == "person" else states(kind)
    filters = lists.filters(kind, every)
    asked = {name: value for name in filters if (value := request.args.get(name))}
    for name, value in asked.items():
        every = filters[name].narrowed(every, value)
    return render_template(
        "subject/list.html",
        kind=kind,
        asked=asked,
        choices={name: one.choices() for name, one in filters.items()},
        rows=lists.rows(kind, every),
        columns=[_(word) for word in lists.COLUMNS.get(kind, ())],
        begins=permitted(beginning(kind)),
        tabs=lists.tabs(kind),
        first=FIRST.get(kind),
    )


@pages.get("/<kind:kind>/<id>")
def show(kind: str, id: str) -> ResponseReturnValue:
    """Show a subject as it stood at the moment asked about."""
    readable(kind)
    subject = f"{kind}:{id}"
    told = known(subject)
    believed = as_of(told, when().on)
    if not believed:
        return missing(subject)
    state = KINDS[kind].fold(believed)
    return render_template(
        "subject/show.html",
        kind=kind,
        subject=subject,
        name=called([subject])[subject] if kind == "person" else title(subject, state),
        state=state,
        facts=facts(kind, state),
        detail=details.of(kind, subject, state),
        history=timeline(told),
        life=life(told),
        commands=possible(subject, permitted(c for c in offered(kind) if not aimless(c, state))),
        can_correct=may_correct(kind),
        tabs=lists.tabs(kind),
        words=sentences,
    )


def readable(kind: str) -> None:
    """Leave out who has nothing to do with what is not for everybody."""
    if kind in auditing.DEALT and not auditing.may_read(visitor().roles, kind):
        abort(403)


def facts(kind: str, state: Any, *, whole: bool = False) -> Any:
    """Return what is known of a subject that has a word, in the order of its fields."""
    values = ((field.name, getattr(state, field.name)) for field in fields_of(state))
    launched = getattr(state, "launched", None) or getattr(state, "text", None)
    if launched is not None:  # a state that keeps the event that began it
        values = ((field.name, getattr(launched, field.name)) for field in fields_of(launched))
    found = ((name, value) for name, value in values if value not in (None, (), "", False))
    skip = () if whole else details.TOLD.get(kind, ())
    return [fact for n, v in found if n not in skip and (fact := _shown(n, v))]


def _shown(name: str, value: Any) -> Shown | None:
    words = FACTS.get(name) or FIELDS.get(name)
    if words is None or name in HASHES:
        return None
    if is_subject(value) or (isinstance(value, tuple) and value and all(map(is_subject, value))):
        many = value if isinstance(value, tuple) else (value,)
        named = called(many)
        return Shown(name, words, "", [(id, named[id]) for id in many])
    text = _text(value)
    return Shown(name, words, text, []) if text else None


def _text(value: Any) -> str:
    """Return a plain value in words; what is made of parts is shown elsewhere."""
    match value:
        case Said():
            return f"{days.day(value.on)}, {names([value.by])[value.by]}"
        case Sealed():
            content = parts().ledger.secrets([value]).get(value.id, {"text": _(sentences.ERASED)})
            return " · ".join(map(str, content.values()))
        case bool():
            return _("Có") if value else ""
        case StrEnum():
            return label(value)
        case date():
            return days.day(value)
        case int():
            return days.number(value)
        case str():
            return value
        case tuple():
            return ", ".join(text for one in value if (text := _text(one)))
        case _:
            return ""
