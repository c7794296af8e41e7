"""Compare: what differs between two moments, of the register or of one subject, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.candidate import Candidate
from domain.entry import Entry
from domain.history import as_of
from domain.subjects import KINDS, kind_of
from events_store import roll
from web.differences import caused_by, causes, counted, moved
from web.moment import Moment, moment
from web.numbers import number
from web.pages.audit_replay import fields
from web.pages.frame import clocks, parts, when
from web.pages.naming import called, is_subject
from web.pages.subject import facts, readable
from web.pages.timeline import timeline
from web.words import log
from workflow.calendar import months_before

pages = Blueprint("compare", __name__)
SHOWN: Final = 50


class Difference(NamedTuple):
    """One thing that is not the same at both moments, and the entry that made it so."""

    label: str
    was: list[str]
    now: list[str]
    cause: Entry | None


@pages.get("/compare")
def show() -> ResponseReturnValue:
    """Show what differs between two moments."""
    before, after = _moment("a"), _moment("b")
    about = request.args.get("about", "")
    if about:
        return of_subject(about, before, after)
    ledger = parts().ledger
    counts = counted(ledger, before, after)
    total = sum(counts.values())
    cursor = roll.cursor(ledger.db, number(request.args.get("after", "")))
    found = moved(ledger, before, after, total, cursor, SHOWN + 1, parts().veil)
    return render_template(
        "compare.html",
        before=before,
        after=after,
        about="",
        counts=[(*ends, count, behind(before, after, *ends)) for ends, count in counts.items()],
        total=total,
        moved=found[:SHOWN],
        more=found[SHOWN - 1].cursor[1] if len(found) > SHOWN else None,
        begun=cursor != roll.START,
        said=log.said,
    )


def behind(before: Moment, after: Moment, was: str | None, now: str | None) -> str | None:
    """Return where the entries are that made so many move, if a figure tells of two days alike."""
    if before.told or after.told or not now or before.on >= after.on:
        return None
    period: dict[str, Any] = {"since": before.on + timedelta(1), "on": after.on}
    period |= {"key-before": was or "not-yet", "key-state": now}
    return url_for("figures.entries", figure="flows", **period)


def of_subject(about: str, before: Moment, after: Moment) -> ResponseReturnValue:
    """Show what differs of one subject."""
    entries = parts().ledger.entries(about) if is_subject(about) else []
    if not entries:
        abort(404)
    readable(kind_of(about))
    return render_template(
        "compare.html",
        before=before,
        after=after,
        about=about,
        name=called([about])[about],
        differences=differences(about, entries, before, after),
        history=timeline(causes(entries, before, after)),
        said=log.said,
    )


def differences(
    about: str, entries: list[Entry], before: Moment, after: Moment
) -> list[Difference]:
    """Return what differs field by field, each with its cause."""
    was, now = (told(about, entries, at) for at in (before, after))
    names = list(dict.fromkeys([*was, *now]))
    return [
        Difference(
            (was.get(name) or now[name])[0],
            was[name][1] if name in was else [],
            now[name][1] if name in now else [],
            caused_by(_reading(name), entries, before, after),
        )
        for name in names
        if was.get(name) != now.get(name)
    ]


def told(about: str, entries: list[Entry], at: Moment) -> dict[str, tuple[str, list[str]]]:
    """Return what is known of a subject at a moment: by field, its label and its words."""
    kind = kind_of(about)
    state = KINDS[kind].fold(as_of(entries, at.on, at.known))
    if isinstance(state, Candidate):
        return {name: (log.FOLDED[name], text) for name, text in fields(state).items() if text}
    return {
        fact.field: (fact.label, [fact.text] if fact.text else [name for _, name in fact.subjects])
        for fact in facts(kind, state, whole=True)
    }


def _reading(name: str) -> Callable[[Any], object]:
    """Return what reads a field of a state; a candidate's standing is a part of it."""

    def read(state: Any) -> object:
        inner = getattr(state, "standing", None) or getattr(state, "launched", None)
        return getattr(inner, name) if hasattr(inner, name) else getattr(state, name, None)

    return read


def _moment(which: str) -> Moment:
    """Return one of the two moments: what was asked, else a year until today.

    A page that looks back is compared with today.
    """
    on, known = request.args.get(which), request.args.get(f"{which}_known")
    if not on and not known and which == "a":
        if clocks().set:
            return when()
        on = months_before(parts().register.today(), 12).isoformat()
    return moment(parts().ledger, parts().register.today(), on, known)
