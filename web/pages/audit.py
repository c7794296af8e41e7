"""The audit page: the newest seal, the whole log narrowed as asked, and files to take along."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from flask import Blueprint, Response, abort, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from domain.entry import Entry
from domain.office import Office
from domain.vietnamese import order
from events_store import log_pages, note
from events_store.checkpoint import base64_of
from events_store.cosignatures import cosigned
from events_store.database import NO_LIMIT
from events_store.names import NAMES
from web import log_files
from web.languages import _
from web.moment import day_of
from web.numbers import number
from web.pages.frame import may_audit, names, parts, when
from web.pages.naming import called
from web.pages.timeline import stage_of
from web.units import unit_choices
from web.words import log as words
from web.words.events import EVENTS
from workflow.register import HERE

pages = Blueprint("audit", __name__, url_prefix="/audit")
PAGE: Final = 50
ID: Final = 40  # characters of what can be the beginning of an id


class Told(NamedTuple):
    """One line of the log with its words."""

    entry: Entry
    leaf: str
    says: str
    about: str
    stage: str


class Sealed(NamedTuple):
    """The newest seal, as the server has it: nothing of it is checked yet."""

    size: int
    root: str
    origin: str
    note: str
    key: str
    last: Entry | None
    witnesses: list[str]


@pages.before_request
def permitted() -> None:
    """Leave out whoever holds no office that opens the log."""
    if not may_audit():
        abort(403)


@pages.get("")
def show() -> ResponseReturnValue:
    """Show the newest seal, and the log from the newest entry on."""
    ledger, narrow = parts().ledger, asked_for()
    found = log_pages.page(ledger.db, narrow, below(), PAGE)
    people = ledger.settled(log_pages.actors)
    lines = told(found.lines)
    told_of = {line.entry.actor for line in lines} | set(people)
    return render_template(
        "audit/log.html",
        seal=newest_seal(),
        size=ledger.size(),
        lines=lines,
        more=found.below,
        actors=names(told_of),
        choices=choices(people),
        asked=request.args,
        kept={k: v for k, v in request.args.items() if k not in ("below", "on", "known") and v},
        stopped=len(lines) < PAGE and found.below is not None,
        kinds=words.SUBJECTS,
    )


@pages.get("/log.<any(csv, jsonl):form>")
def export(form: str) -> Response:
    """Send the log, narrowed as the page is, line by line."""
    narrow, db = asked_for(), parts().ledger.db
    lines = log_pages.everything(db, narrow, below())
    written = {"csv": log_files.csv, "jsonl": log_files.json_lines}[form]
    answer = Response(stream_with_context(written(lines, roles())), mimetype=log_files.TYPES[form])
    name = f"nhat-ky-{parts().register.today():%Y-%m-%d}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.get("/verifier-key")
def key() -> Response:
    """Send the verifier keys of this log, the newest last."""
    keys = parts().sealer.keys.verifiers() or abort(404)
    answer = Response("".join(f"{key}\n" for key in keys), mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="verifier-keys.txt"'
    return answer


def newest_seal() -> Sealed | None:
    """Return the newest seal, if the register is sealed."""
    last, keys = parts().sealer.last(), parts().sealer.keys.verifiers()
    if last is None or not keys:
        return None
    point = last.point
    covered = next(parts().ledger.all(point.size - 1, point.size), None) if point.size else None
    signed = cosigned(parts().ledger.db, last.note, point.size)
    lines = note.split(signed)[1]
    return Sealed(
        size=point.size,
        root=base64_of(point.root),
        origin=point.origin,
        note=signed.decode(),
        key=str(keys[-1]),
        last=covered,
        witnesses=sorted({line.name for line in lines if line.name != point.origin}),
    )


def told(lines: list[log_pages.Line]) -> list[Told]:
    """Return lines of the log with what each says, about whom."""
    about = called({line.entry.subject for line in lines})
    return [
        Told(
            line.entry,
            base64_of(line.leaf),
            words.said(line.entry.event),
            about[line.entry.subject],
            stage_of(line.entry),
        )
        for line in lines
    ]


def roles() -> dict[str, Office]:
    """Return every office by its id, for the role that somebody acted in."""
    return dict(parts().register.offices())


def choices(people: list[str]) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Return the filters that are chosen from a list: their names, and what there is."""
    named = names(people)
    units = {id: unit.name or id for id, unit in parts().register.units().items()}
    return {
        "kind": (_("Mọi loại mục"), list(EVENTS.items())),
        "about": (_("Mọi đối tượng"), list(words.SUBJECTS.items())),
        "actor": (_("Mọi người ghi"), sorted(named.items(), key=lambda pair: order(pair[1]))),
        "unit": (_("Mọi đơn vị"), unit_choices(parts().register, units)),
    }


def asked_for() -> log_pages.Filter:
    """Return what the log is narrowed to; what is not a known value narrows nothing."""
    told, at = request.args, when()
    kind, unit, actor = told.get("kind"), told.get("unit"), told.get("actor", "")
    subject, place = _subject(told)
    until = _day("until")
    if at.on < parts().register.today():
        until = min(until or at.on, at.on)
    start, stop = _recorded()
    return log_pages.Filter(
        name=kind if kind in NAMES else None,
        subject=subject,
        actor=actor if actor.startswith("person:") else None,
        unit=unit if unit in parts().register.units() else None,
        since=_day("since"),
        until=until,
        start=max(start, place if place is not None else 0),
        stop=min(stop, NO_LIMIT if place is None else place + 1),
    )


def _subject(told: Any) -> tuple[str | None, int | None]:
    """Return how the ids that are looked for begin, and the one position that is."""
    text = told.get("q", "").strip()[:ID].removeprefix("#").replace(".", "")
    if (position := number(text)) is not None:
        return None, position
    if text:
        return (text if ":" in text else f"candidate:{text}"), None
    about = told.get("about")
    return (
        about if about == "refusals" else f"{about}:"
    ) if about in words.SUBJECTS else None, None


def _recorded() -> tuple[int, int]:
    """Return between which positions lies what was recorded between two days."""
    ledger, since, until = parts().ledger, _day("recorded_since"), _day("recorded_until")
    before = since - timedelta(1) if since and since > date.min else None
    start = ledger.position_at(_end(before)) if before else 0
    stop = ledger.position_at(_end(until)) if until else NO_LIMIT
    known = when().known
    return start, stop if known is None else min(stop, known)


def _end(day: date) -> datetime:
    """Return the end of a day in Vietnam."""
    return datetime.combine(day, time.max, HERE)


def _day(field: str) -> date | None:
    text = request.args.get(field, "")
    return day_of(field, text) if text else None


def below() -> int:
    """Return the position below which the page goes on."""
    asked, size = number(request.args.get("below", "")), parts().ledger.size()
    return size if asked is None else min(asked, size)
