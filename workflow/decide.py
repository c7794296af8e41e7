"""The decision: a case and a command in, events or a refusal out. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from domain import candidate_events as happened
from domain.enclosure import papers
from domain.events import Event
from domain.honours import AchievementRecorded
from domain.office import OfficeGranted
from domain.person import PersonDescribed
from domain.replication import AdoptionRecorded
from domain.report import ReportPublished
from domain.values import CandidateKind, Role, Stage
from workflow import coherence, complaints, honours, sitting
from workflow import commands as asked
from workflow.attest import attested
from workflow.calendar import calendar_of
from workflow.case import PUBLIC, Case
from workflow.coherence.programme import due_day
from workflow.consequences import consequences
from workflow.needs import Finding, findings, waivers
from workflow.priority import groups
from workflow.quotas import place
from workflow.recorded import recorded, tells
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
)
from workflow.rule_text import Move


@dataclass(frozen=True)
class Decided:
    """One event to record. `on` is its effective day; None means the command's.

    `after` is how many entries another subject than the command's own has already.
    """

    subject: str
    event: Event
    on: date | None = None
    after: int = 0


@dataclass(frozen=True)
class Decision:
    """What to record, in the name of which office, and what was looked at."""

    decided: tuple[Decided, ...]
    acting_as: str | None
    findings: tuple[Finding, ...] = ()


def decide(case: Case, command: asked.Command) -> Decision:
    """Return what a command leads to. Raises a Refusal naming every unmet need."""
    if isinstance(command, asked.FoundRegister):
        return found(case, command)
    coherence.check(case, command)
    name = asked.name_of(type(command))
    roles, found_out = examine(case, command)
    missing = [f for f in found_out if not f.met]
    if any(f.need == "permission" for f in missing):
        raise NotPermitted(name, *roles, findings=found_out)
    if missing:
        raise NeedsUnmet(name, findings=found_out)
    return Decision(events(case, command), case.acting_as(roles), found_out)


def examine(case: Case, command: asked.Command) -> tuple[tuple[Role, ...], tuple[Finding, ...]]:
    """Return who may give a command and what each of its needs answers."""
    if isinstance(command, asked.Move):
        move = _move(case, command)
        return move.by, findings(case, command, move.by, move.needs)
    permission = case.rules.text.commands[asked.name_of(type(command))]
    anybody = permission.public and case.actor == PUBLIC
    return permission.by, findings(case, command, permission.by, permission.needs, anybody=anybody)


def _move(case: Case, command: asked.Move) -> Move:
    name, state = asked.MOVES[type(command)], case.candidate.standing.state
    move = case.rules.move(name, state) if state else None
    if move is None:
        raise MoveNotAllowed(name, state, *(case.rules.moves_from(state) if state else ()))
    return move


def found(case: Case, command: asked.FoundRegister) -> Decision:
    """Return how an empty register is opened: its founder grants itself the first office."""
    if not case.unfounded:
        raise InvalidCommand("register", "is already founded")
    office = OfficeGranted(case.actor, Role.ADMINISTRATOR)
    described = PersonDescribed(command.who.sealed())
    return Decision(
        (Decided(case.actor, described), Decided(case.new_office, office)), case.new_office
    )


def events(case: Case, command: asked.Command) -> tuple[Decided, ...]:
    """Return what a permitted command records."""
    if isinstance(command, asked.DiscoverCandidate):
        return discovered(case, command)
    if isinstance(command, asked.AttestCandidate):
        attest = attested(command, case.subject, case.new_person, case.today)
        return tuple(Decided(*fact) for fact in attest)
    if isinstance(command, asked.AttachEvidence):
        shown = papers(command.description, command.files)
        attached = (happened.EvidenceAttached(one.sealed(), command.file) for one in shown)
        return tuple(Decided(case.subject, event) for event in attached)
    if isinstance(command, asked.AssessCriteria):
        note = command.note.sealed() if command.note else None
        return tuple(
            Decided(case.subject, happened.CriterionAssessed(code, result, note, shown))
            for code, result in command.results
            for shown in [tuple(version for of, version in command.evidence if of == code)]
        )
    made = event(case, command)
    again = consequences(case, [made])
    follows = complaints.follows(case, command)
    return (
        Decided(case.subject, made),
        *(Decided(subject, told, after=after) for subject, told, after in follows),
        *(Decided(subject, required, after=after) for subject, after, required in again),
    )


def discovered(case: Case, command: asked.DiscoverCandidate) -> tuple[Decided, ...]:
    """Return the entries of a new candidate: the person, the discovery, the description."""
    individual = command.kind is CandidateKind.INDIVIDUAL
    person = command.person or (case.new_person if individual else None)
    who = command.who.sealed() if command.who else None
    described = happened.CandidateDescribed(
        command.what.sealed(),
        None if individual else who,
        command.person_kind,
        command.priority,
        tells(command.what, command.who),
    )
    found = happened.CandidateDiscovered(
        command.kind, command.unit, person, command.source, command.review
    )
    candidate = (
        Decided(case.subject, found),
        Decided(case.subject, described),
    )
    return (Decided(person, PersonDescribed(who)), *candidate) if person and who else candidate


def event(case: Case, command: asked.Command) -> Event:
    """Return the one event that a command records."""
    also = ALSO.get(type(command))
    return recorded(command, also(case, command) if also else {})


def _describing(case: Case, command: asked.DescribeCandidate) -> dict[str, Any]:
    """Return what the new words tell; the owner of a model stays with its name."""
    return {"told": tells(command.what)}


def _destination(case: Case, command: asked.Move) -> dict[str, Any]:
    """Return the stage that the rule set's machine knows from here."""
    state = case.candidate.standing.state
    assert state, "the move was examined"
    return {"to": Stage(case.rules.destination(asked.MOVES[type(command)], state))}


def _advancing(case: Case, command: asked.AdvanceStage) -> dict[str, Any]:
    return _destination(case, command) | _waived(case, command)


def _recognizing(case: Case, command: asked.RecognizeExemplar) -> dict[str, Any]:
    return sitting.recognition(case, command) | _waived(case, command)


def _waived(case: Case, command: asked.Move) -> dict[str, Any]:
    """Return which needs the fast track set aside; most candidates have none."""
    granted = case.candidate.fast_track
    return {"waived": waivers.codes(examine(case, command)[1]) if granted else ()}


def _endorsing(case: Case, command: asked.EndorseCandidate) -> dict[str, Any]:
    assert case.candidate.standing.unit, "a discovered candidate has a unit"
    return {"unit": case.candidate.standing.unit}


def _laying(case: Case, command: asked.LayDuty) -> dict[str, Any]:
    """Return the deadline by working days, and the calendar it was counted by."""
    calendar, due = calendar_of(case), due_day(case, command)
    assert due, "coherence saw to it"
    return {"deadline": calendar.on_or_after(due), "calendar": calendar.version}


def _adoption(case: Case, command: asked.RecordAdoption) -> dict[str, Any]:
    """Return the number of an adoption."""
    return {"number": case.next_number(AdoptionRecorded)}


def _achievement(case: Case, command: asked.RecordAchievement) -> dict[str, Any]:
    """Return the number of an achievement."""
    return {"number": case.next_number(AchievementRecorded)}


def _publishing(case: Case, command: asked.PublishReport) -> dict[str, Any]:
    """Return all that tells which report it is, so that one entry says so by itself."""
    draft = case.state.draft
    kept = {f.name for f in fields(ReportPublished)} - {"number"}
    return {name: getattr(draft, name) for name in kept}


# What an event says that its command does not.
ALSO: Final[dict[type[asked.Command], Callable[[Case, Any], dict[str, Any]]]] = {
    asked.DescribeCandidate: _describing,
    asked.AdvanceStage: _advancing,
    asked.ReturnStage: _destination,
    asked.EndorseCandidate: _endorsing,
    asked.LayDuty: _laying,
    **sitting.ALSO,
    **complaints.ALSO,
    **honours.ALSO,
    asked.RecognizeExemplar: _recognizing,
    asked.RecordAdoption: _adoption,
    asked.RecordAchievement: _achievement,
    asked.ClassifyCandidate: groups,
    asked.SelectDelegate: place,
    asked.PlaceInReserve: place,
    asked.PublishReport: _publishing,
}
