"""Candidates: the list, one of them, its history, and what every move needs."""

from __future__ import annotations

from typing import Any, Final

from flask import Response
from marshmallow import fields, validate

from domain.candidate import fold
from domain.history import as_of
from domain.values import CandidateKind, Outcome, PriorityGroup, Stage
from events_store import roll
from web import answers
from web.api import shown
from web.api.bearer import bearer
from web.api.kinds import subject_of
from web.api.problems import needs
from web.api.room import Listed, When, at_most, count, get, get_file, may_read, one_of, when
from web.pages.evidence import sent
from web.pages.frame import parts
from web.schemas import MESSAGES
from web.selection import listed
from web.units import units_found
from workflow import commands as asked
from workflow.enclosures import open_file
from workflow.refusals import UnknownSubject
from workflow.register import Request

NOT_A_TEXT: Final = "Không quá 100 ký tự, không có ký tự điều khiển."
WORDS: Final = {"unknown": MESSAGES["must_be_one_of"]}
TEXT: Final = "^[^\\x00-\\x1f\\x7f]{0,100}$"


SEARCHED: Final = "Words in names, places, achievements and units; diacritics do not matter."


class Narrow(Listed):
    """What a list is narrowed to."""

    stage = fields.String(
        validate=one_of((*Stage, *Outcome)),
        metadata={"description": "One of the four stages, or an outcome."},
    )
    unit = fields.String(validate=at_most(128, 1), metadata={"description": "Its id."})
    kind = fields.Enum(CandidateKind, by_value=True, error_messages=WORDS)
    priority = fields.Enum(PriorityGroup, by_value=True, error_messages=WORDS)
    q = fields.String(
        validate=validate.Regexp(TEXT, error=NOT_A_TEXT), metadata={"description": SEARCHED}
    )
    cursor = count()


@get("/candidates", shown.Candidates, Narrow(), tag="candidates")
def candidates(told: dict[str, Any]) -> dict[str, Any]:
    """List candidates as they stood, in the Vietnamese order of names."""
    may_read("candidate")
    ledger, register, at = parts().ledger, parts().register, when(told)
    units = {id: unit.name or id for id, unit in register.units(at.on).items()}
    limit = told["limit"]
    narrowed = narrow(told, units)
    lines = listed(ledger, at.on, at.known, narrowed, after(told), limit + 1)
    return {
        "on": at.on.isoformat(),
        "known": at.told,
        "candidates": [line(each, units) for each in lines[:limit]],
        "next": lines[limit - 1].cursor[1] if len(lines) > limit else None,
    }


def narrow(told: dict[str, Any], units: dict[str, str]) -> roll.Filter:
    """Return what a list is narrowed to. Raises UnknownSubject."""
    text, unit = told.get("q", "").strip(), told.get("unit")
    named = subject_of("unit", unit) if unit else None
    if named and named not in units:
        raise UnknownSubject(named)
    return roll.Filter(
        state=told.get("stage"),
        unit=named,
        kind=told.get("kind"),
        priority=told.get("priority"),
        text=text,
        units_found=units_found(units, text),
        veil=parts().veil,
    )


def after(told: dict[str, Any]) -> roll.Cursor:
    """Return where a page begins. Raises UnknownSubject."""
    number = told.get("cursor")
    found = roll.cursor(parts().ledger.db, number)
    if number is not None and found == roll.START:
        raise UnknownSubject(f"candidate:{number}")
    return found


def line(each: roll.Line, units: dict[str, str]) -> dict[str, Any]:
    """Return one line of a list."""
    return {
        "id": each.subject,
        "name": each.name,
        "state": each.state,
        "unit": units.get(each.unit, each.unit),
        "unit_id": each.unit,
        "kind": each.kind,
        "priority": list(each.priority),
        "suspended": each.suspended,
        "since": each.since.isoformat(),
    }


@get("/candidates/<id>", shown.Candidate, When(), tag="candidates")
def candidate(told: dict[str, Any], id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Show a candidate as it stood; the ETag is its version now."""
    may_read("candidate")
    subject = subject_of("candidate", id)
    found = answers.candidate(parts(), subject, when(told))
    if found is None:
        raise UnknownSubject(subject)
    return found, 200, {"ETag": f'"{found["version"]}"'}


@get_file("/candidates/<id>/evidence/<int:version>", tag="candidates")
def evidence(id: str, version: int) -> Response:
    """Fetch the file that an entry attached, if the token's office may open it."""
    who = bearer()
    subject = subject_of("candidate", id)
    return sent(*open_file(parts().register, who.person, subject, version, who.office))


@get("/candidates/<id>/needs", shown.Needs, tag="candidates")
def needs_of(_: dict[str, Any], id: str) -> dict[str, Any]:
    """Say of every move from here what it needs, what is missing and who can supply it."""
    may_read("candidate")
    subject = subject_of("candidate", id)
    entries = parts().ledger.entries(subject)
    believed = as_of(entries)
    state = fold(believed).standing.state
    if state is None:
        raise UnknownSubject(subject)
    rules = parts().register.pinned(believed)
    moves = []
    for move in rules.moves_from(state):
        command = asked.question(move)
        assert command, "every move of a rule set is a command"
        who = bearer()
        found = parts().register.why(
            Request(command, who.person, subject, office=who.office, signs=who.signs)
        )
        moves.append(
            {
                "move": move,
                "command": asked.name_of(type(command)),
                "allowed": all(finding.met for finding in found),
                "needs": needs(found, rules),
            }
        )
    return {"id": subject, "state": state, "version": len(entries), "moves": moves}
