"""Replay: one candidate step by step, as the register came to know of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain import person
from domain.candidate import Candidate, Fact, fold
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import Sealed
from web.languages import _
from web.numbers import number
from web.pages import audit
from web.pages.audit_entry import content, corrections
from web.pages.frame import names, parts, when
from web.pages.naming import called
from web.pages.timeline import stage_of
from web.units import unit_names
from web.words import days, sentences
from web.words import log as words
from web.words.labels import FIELDS, label

pages = Blueprint("audit_replay", __name__, url_prefix="/audit/candidates")
pages.before_request(audit.permitted)


class Item(NamedTuple):
    """One thing that is known of a candidate, and whether this step brought or took it."""

    text: str
    changed: bool


class Line(NamedTuple):
    """One field of a candidate on one side of a step."""

    name: str
    label: str
    items: list[Item]


class Stop(NamedTuple):
    """One step on the way, as the line of all steps shows it."""

    number: int
    says: str
    stage: str
    voided: bool


@pages.get("/<id>/replay")
def show(id: str) -> ResponseReturnValue:
    """Show what one entry changed: the candidate before, the entry, the candidate after."""
    at = when()
    told = parts().ledger.entries(f"candidate:{id}")
    told = [e for e in told if at.known is None or e.position < at.known]
    if not told:
        abort(404)
    step = asked_step(len(told))
    entry = told[step - 1]
    was, now = (fold(as_of(told[:count], at.on)) for count in (step - 1, step))
    before, after = compared(fields(was), fields(now))
    counted = {each.version for each in as_of(told)}
    office = parts().register.offices().get(entry.acting_as or "")
    return render_template(
        "audit/replay.html",
        id=id,
        who=called({f"candidate:{id}"})[f"candidate:{id}"],
        step=step,
        count=len(told),
        entry=entry,
        says=words.said(entry.event),
        content=content(entry),
        actor=names([entry.actor])[entry.actor],
        role=office.role if office else None,
        before=before,
        after=after,
        states=[fold_state(was), fold_state(now)],
        same=before == after,
        target=target(told, entry),
        corrections=[(number_of(told, each), said) for each, said in corrections(told, entry)],
        stops=[stop(at, each, each.version in counted) for at, each in enumerate(told, 1)],
    )


def asked_step(count: int) -> int:
    """Return the step that is asked for, the last one if none is."""
    asked = number(request.args.get("step", ""))
    return count if asked is None else min(max(asked, 1), count)


def fold_state(candidate: Candidate) -> str:
    """Return the word for a candidate's state, empty before there is one."""
    return str(candidate.standing.state or "")


def target(told: list[Entry], entry: Entry) -> int | None:
    """Return the step that a correction is about."""
    if not isinstance(entry.event, EntryVoided | EffectiveDateCorrected):
        return None
    version = entry.event.target
    return next((at for at, each in enumerate(told, 1) if each.version == version), None)


def number_of(told: list[Entry], entry: Entry) -> int:
    """Return the step at which an entry was recorded."""
    return told.index(entry) + 1


def stop(number: int, entry: Entry, counts: bool) -> Stop:
    """Return one step as the line of all steps shows it."""
    voided = not counts and not is_correction(entry)
    return Stop(number, words.said(entry.event), stage_of(entry), voided)


def compared(
    was: dict[str, list[str]], now: dict[str, list[str]]
) -> tuple[list[Line], list[Line]]:
    """Return both sides of a step, each with what the other has not marked."""
    shown = [name for name in words.FOLDED if was.get(name) or now.get(name)]
    return _side(shown, was, now), _side(shown, now, was)


def _side(shown: list[str], own: dict[str, list[str]], other: dict[str, list[str]]) -> list[Line]:
    return [
        Line(
            name,
            words.FOLDED[name],
            [Item(text, text not in other.get(name, ())) for text in own.get(name, ())],
        )
        for name in shown
    ]


def fields(candidate: Candidate) -> dict[str, list[str]]:
    """Return what is known of a candidate, in words."""
    standing = candidate.standing
    if standing.state is None:
        return {}
    units = unit_names(parts().register, parts().register.today())
    suspended = [_("Đang tạm dừng")] if standing.suspended else []
    return {
        "state": [label(standing.state), *suspended],
        "kind": [label(standing.kind)],
        "unit": [units[standing.unit]] if standing.unit else [],
        "person_kind": [label(standing.person_kind)] if standing.person_kind else [],
        "priority": [label(group) for group in standing.priority],
        **_described(candidate),
        "path": _facts(candidate.path),
        **{name: _facts([f] if (f := getattr(candidate, name)) else []) for name in SINGLE},
        **{name: _facts(getattr(candidate, name)) for name in MANY},
    }


SINGLE: Final = ("acclaim", "endorsement", "plan", "summary", "recognition")
MANY: Final = ("reports", "evidence", "titles", "ratings", "left_behind", "assessments", "blocks")


def _facts(facts: Iterable[Fact]) -> list[str]:
    return [f"{words.said(fact.event)} ({days.day(fact.on)})" for fact in facts]


def _described(candidate: Candidate) -> dict[str, list[str]]:
    """Return name and description from the vault, one line for each thing said."""
    named = candidate.name
    if candidate.person:
        named = person.fold(as_of(parts().ledger.entries(candidate.person))).description
    return {
        "name": [str(v) for k, v in _opened(named).items() if k in ("name", "text")],
        "description": [
            f"{FIELDS.get(key, key)}: {value}" if key != "text" else str(value)
            for key, value in _opened(candidate.description).items()
        ],
    }


def _opened(sealed: Sealed | None) -> dict[str, Any]:
    if sealed is None:
        return {}
    return parts().ledger.secrets([sealed]).get(sealed.id, {"text": _(sentences.ERASED)})
