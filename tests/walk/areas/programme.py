"""The programme and what units owe it; movements and selection rounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from walk.annals import Fact, Told
from walk.areas.house import on_or_after
from walk.asking import (
    NEEDS,
    Ask,
    Needed,
    Wrong,
    also,
    checks,
    names,
    need,
    symbols,
    there,
    unit_there,
    wrong,
)
from walk.views import Office

checks("draft-plan", names("heading"), symbols("symbol"))
checks("issue-plan", symbols("number"), names("recipients"), there("signed_by", "office"))
checks("open-cycle", names("name"))
checks("reach-milestone review-movement close-round", symbols("document"))
checks("submit-obligation resubmit-obligation", symbols("document"))
checks("launch-movement", names("name", "launcher"), unit_there("unit"))
checks("launch-movement", there("movement", "movement"))
checks("open-round", names("name"), there("programme", "programme"))
checks("select-candidate", there("candidate", "candidate"))
checks("lay-duty", unit_there("units"))
checks("log-activity", unit_there("unit"))


def running(told: Told, begun: str, ended: str) -> bool:
    """Return whether something was begun and did not end."""
    return told.last(begun) is not None and told.last(ended) is None


def _cycle(subject: str) -> Any:
    return lambda ask: running(ask.annals.facts(ask.args[subject]), "CycleOpened", "CycleClosed")


def _now(begun: str, ended: str) -> Any:
    return lambda ask: running(ask.told, begun, ended)


NEEDS["plan-issued"] = lambda ask: ask.told.last("PlanIssued") is not None
NEEDS["cycle-unopened"] = lambda ask: ask.told.last("CycleOpened") is None
NEEDS["cycle-running"] = _now("CycleOpened", "CycleClosed")
NEEDS["round-cycle"] = _cycle("programme")
NEEDS["round-running"] = _now("RoundOpened", "RoundClosed")
NEEDS["movement-running"] = _now("MovementLaunched", "MovementClosed")


@need("plan-unissued")
def plan_unissued(ask: Ask) -> Needed:
    """Not signed yet, and who drafted it is no second person."""
    return False if ask.told.last("PlanIssued") else [ask.told.last("PlanDrafted")]


@need("signer-in-office")
def signer_in_office(ask: Ask) -> Needed:
    office = ask.annals.view(Office, ask.args["signed_by"])
    return office.role == "director" and office.held_on(ask.on)


@need("cycle-over")
def cycle_over(ask: Ask) -> Needed:
    opened = ask.told.last("CycleOpened")
    return opened is None or bool(ask.on >= opened.data["ends"])


@need("milestone-set")
def milestone_set(ask: Ask) -> Needed:
    set_ = ask.told.every("MilestoneSet", "MilestoneReached")
    return ask.args["milestone"] in [fact.data["milestone"] for fact in set_]


@need("final-review")
def final_review(ask: Ask) -> Needed:
    return "at-the-end" in [f.data["kind"] for f in ask.told.every("MovementReviewed")]


def duty_of(ask: Ask, programme: str, number: int) -> Fact | None:
    """Return a duty of a programme by the entry that laid it."""
    duties = ask.annals.facts(programme).every("DutyLaid")
    return next((fact for fact in duties if fact.version == number), None)


def handed_in(ask: Ask, programme: str, duty: int, unit: str) -> list[Told]:
    """Return what a unit handed in for a duty."""
    found = []
    for subject in ask.annals.all("obligation"):
        told = ask.annals.facts(subject)
        first = told.last("ObligationSubmitted")
        if first and _owed(first) == (programme, duty, unit):
            found.append(told)
    return found


def _owed(first: Fact) -> tuple[str, int, str]:
    return first.data["programme"], first.data["duty"], first.data["unit"]


@need("duty-owed")
def duty_owed(ask: Ask) -> Needed:
    found = handed_in(ask, ask.subject, ask.args["duty"], ask.args["unit"])
    return not any(told.last("ObligationAccepted") for told in found)


@need("not-handed-in")
def not_handed_in(ask: Ask) -> Needed:
    return not handed_in(ask, *(ask.args[key] for key in ("programme", "duty", "unit")))


@need("for-own-unit")
def for_own_unit(ask: Ask) -> Needed:
    first = ask.told.last("ObligationSubmitted")
    unit = ask.get("unit") or (first.data["unit"] if first else None)
    return any(office.unit in (None, unit) for office in ask.offices.values())


HANDED = ("ObligationSubmitted", "ObligationResubmitted")
STATUS = (*HANDED, "ObligationReturned", "ObligationAccepted")


@need("awaiting-answer")
def awaiting_answer(ask: Ask) -> Needed:
    last = ask.told.last(*STATUS)
    return [last] if last and last.name in HANDED else False


@need("sent-back")
def sent_back(ask: Ask) -> Needed:
    last = ask.told.last(*STATUS)
    return last is not None and last.name == "ObligationReturned"


@need("form-complete")
def form_complete(ask: Ask) -> Needed:
    first, last = ask.told.last("ObligationSubmitted"), ask.told.last(*HANDED)
    duty = duty_of(ask, first.data["programme"], first.data["duty"]) if first else None
    if duty is None or last is None:
        return False
    parts = ask.rules.terms["programme"]["parts"].get(duty.data["kind"], ())
    conference = duty.data["kind"] == "unit-conference"
    told = not conference or last.get("honoured") is not None
    return set(parts) <= set(last.get("contains", ())) and told


@wrong("remind-unit", "submit-obligation")
def owing(ask: Ask) -> Iterator[Wrong]:
    """Nobody is reminded of, or hands in, what was never asked of the unit."""
    programme = ask.get("programme", ask.subject)
    if not ask.known(programme, "programme"):
        yield Wrong("UnknownSubject", programme)
    duty, unit = duty_of(ask, programme, ask.args["duty"]), ask.args["unit"]
    if duty is None:
        yield Wrong("InvalidCommand", "duty")
    if not ask.known(unit, "unit"):
        yield Wrong("UnknownSubject", unit)
    if duty and duty.get("units") and unit not in duty.data["units"]:
        yield Wrong("InvalidCommand", "unit")


@wrong("log-activity")
def logged(ask: Ask) -> Iterator[Wrong]:
    if ask.get("document"):
        yield from symbols("document")(ask)


def due_day(ask: Ask) -> date | None:
    """Return the day asked for, or else the usual one of the kind in its year (A-6)."""
    usual = ask.rules.terms["programme"]["due"].get(ask.args["kind"])
    year: int | None = ask.get("year")
    asked: date | None = ask.get("due")
    return asked or (date.fromisoformat(f"{year:04}-{usual}") if usual and year else None)


def _outside(ask: Ask, year: int) -> bool:
    """Return whether a year lies outside the cycle and the year after it."""
    opened = ask.told.last("CycleOpened")
    if opened is None:
        return False
    return not opened.data["begins"].year <= year <= opened.data["ends"].year + 1


@wrong("lay-duty")
def laid_wrongly(ask: Ask) -> Iterator[Wrong]:
    year, due = ask.get("year"), due_day(ask)
    yearly = ask.args["kind"] in ask.rules.terms["programme"]["yearly"]
    if (yearly and year is None) or (year is not None and _outside(ask, year)):
        yield Wrong("InvalidCommand", "year")
    if due is None or _outside(ask, due.year):
        yield Wrong("InvalidCommand", "due")


@wrong("set-milestone")
def milestone(ask: Ask) -> Iterator[Wrong]:
    if _outside(ask, ask.args["due"].year):
        yield Wrong("InvalidCommand", "due")


@also("lay-duty")
def laid(ask: Ask) -> dict[str, Any]:
    due = due_day(ask)
    assert due
    return {"deadline": on_or_after(ask, due), "calendar": ask.annals.versions("calendar:vn")}


@need("selectable")
def selectable(ask: Ask) -> Needed:
    found = ask.candidate(ask.args["candidate"], ask.on)
    closed = found.outcome or found.blocks or found.person == ask.actor
    return False if found.found is None or closed else [found.found]


@need("selected")
def selected(ask: Ask) -> Needed:
    about = ask.args["candidate"]
    facts = ask.told.every("CandidateSelected", "SelectionDropped")
    last = [fact.name for fact in facts if fact.data["candidate"] == about]
    return last[-1:] == ["CandidateSelected"]
