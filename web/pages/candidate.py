"""One candidate: where it stands, its history, what it lacks, and what can be done."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple, get_args

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from domain import person
from domain.candidate import Candidate, Fact, fold
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import Stage
from web.pages.frame import actor, clocks, names, parts, visitor, when
from web.units import unit_names
from web.words import days, sentences
from web.words.labels import FIELDS
from workflow import auditing
from workflow import commands as asked
from workflow.needs import Finding
from workflow.register import Request
from workflow.rules import RuleSet

pages = Blueprint("candidate", __name__, url_prefix="/candidates")


ABOUT: Final = [
    (key, FIELDS[key])
    for key in ("birth_year", "sex", "position", "place", "field", "movement", "achievement")
]


class Step(NamedTuple):
    """One stage of the path at the top of the page."""

    stage: Stage
    place: str
    entered: Fact | None
    days: int | None


class Told(NamedTuple):
    """One entry of the history with its words."""

    entry: Entry
    says: str
    words: dict[str, Any]
    voided: bool
    moved: str | None
    correction: bool


class Option(NamedTuple):
    """One move that there is from here, and what it lacks for this visitor."""

    move: str
    command: str
    open: bool


@pages.get("/<id>")
def show(id: str) -> ResponseReturnValue:
    """Show a candidate as it stood at the moment asked about."""
    at, subject = when(), f"candidate:{id}"
    entries = parts().ledger.entries(subject)
    told = [e for e in entries if at.known is None or e.position < at.known]
    believed = as_of(told, at.on)
    candidate = fold(believed)
    if candidate.standing.state is None:
        return missing(entries)
    rules = parts().register.pinned(believed)
    readiness = parts().register.readiness([subject], at.on, at.known).get(subject)
    units = unit_names(parts().register, at.on, at.known)
    return render_template(
        "candidate/show.html",
        id=id,
        candidate=candidate,
        standing=candidate.standing,
        who=described(candidate),
        unit=units[candidate.standing.unit or ""],
        path=path(candidate),
        history=history(told),
        actors=names(entry.actor for entry in told),
        roles=parts().register.offices(),
        rules=rules,
        readiness=readiness,
        own=own(subject) if readiness and not clocks().set and not only_looks() else (),
        can_correct=not clocks().set and correcting(rules),
        about=ABOUT,
        options=[] if clocks().set or only_looks() else options(subject, candidate, rules),
        supplies=[] if clocks().set else supplies(rules),
        criteria=criteria(candidate, rules),
        words=sentences,
    )


def only_looks() -> bool:
    """Return whether the visitor's offices permit nothing but to read."""
    return auditing.only_reads(visitor().roles)


def missing(entries: list[Entry]) -> ResponseReturnValue:
    """Say that there is no such candidate, or not at that moment."""
    if not entries:
        abort(404)
    return render_template("candidate/not_yet.html", at=when()), 404


def described(candidate: Candidate) -> dict[str, Any]:
    """Return the words of the vault about a candidate: name, position, achievement and so on."""
    seals = [seal for seal in (candidate.name, candidate.description) if seal]
    if candidate.person:
        told = person.fold(as_of(parts().ledger.entries(candidate.person)))
        seals += [told.description] if told.description else []
    found: dict[str, Any] = {"name": sentences.ERASED}
    for words in parts().ledger.secrets(seals).values():
        found |= words
    return found


def path(candidate: Candidate) -> list[Step]:
    """Return the four stages: passed, present or ahead, with the days spent in each."""
    stages, now = list(Stage), candidate.standing.stage or Stage.DISCOVER
    entered = [candidate.entered(stage) for stage in stages]
    ended = candidate.path[-1].on if candidate.standing.outcome else when().on
    steps = []
    for at, stage in enumerate(stages):
        place = "now" if stage is now else "done" if at < stages.index(now) else ""
        fact = entered[at] if place else None
        until = entered[at + 1] if place == "done" else None
        last = until.on if until else ended
        steps.append(Step(stage, place, fact, (last - fact.on).days if fact else None))
    return steps


def history(told: list[Entry]) -> list[Told]:
    """Return the entries known, newest effect first, with their words; voided ones marked."""
    counted = {entry.version: entry for entry in as_of(told)}
    effect = {e.version: counted.get(e.version, e).effective_on for e in told}
    shown = [e for e in told if _shown_on(e, effect[e.version])]
    words = parts().ledger.secrets(seal for e in shown for seal in sentences.seals(e.event))
    newest_first = sorted(shown, key=lambda e: (effect[e.version], e.position), reverse=True)
    return [_told(entry, counted.get(entry.version), words) for entry in newest_first]


def _shown_on(entry: Entry, effective_on: date) -> bool:
    """Return whether an entry belongs to the day shown; corrections count by what is known."""
    return effective_on <= when().on or is_correction(entry)


def _told(entry: Entry, counted: Entry | None, words: dict[str, dict[str, Any]]) -> Told:
    content: dict[str, Any] = {}
    for seal in sentences.seals(entry.event):
        content |= words.get(seal.id, {"text": sentences.ERASED})
    moved = counted is not None and counted.effective_on != entry.effective_on
    return Told(
        entry=entry,
        says=sentences.told(sentences.as_candidate_event(entry.event)),
        words=content,
        voided=counted is None,
        moved=days.day(counted.effective_on) if counted and moved else None,
        correction=is_correction(entry),
    )


def options(subject: str, candidate: Candidate, rules: RuleSet) -> list[Option]:
    """Return the moves there are from here, and whether this visitor may make each now."""
    found = []
    for move in rules.moves_from(candidate.standing.state or ""):
        command = asked.question(move)
        assert command, "every move of a rule set is a command"
        needs = parts().register.why(Request(command, actor(), subject))
        found.append(Option(move, asked.name_of(type(command)), all(n.met for n in needs)))
    return found


def own(subject: str) -> tuple[Finding, ...]:
    """Return the needs of the next stage that are about the visitor."""
    found = parts().register.why(Request(asked.AdvanceStage(), actor(), subject))
    return tuple(f for f in found if f.need in ("permission", "second-person"))


def correcting(rules: RuleSet) -> bool:
    """Return whether the visitor's offices permit corrections."""
    return bool(visitor().roles & set(rules.text.commands["void-entry"].by))


def supplies(rules: RuleSet) -> list[str]:
    """Return the commands recording facts that this visitor's offices permit."""
    roles = visitor().roles
    kinds = (*get_args(asked.CandidateFact), *get_args(asked.PublicityCommand))
    facts = [asked.name_of(kind) for kind in kinds]
    return [name for name in facts if roles & set(rules.text.commands[name].by)]


def criteria(candidate: Candidate, rules: RuleSet) -> list[tuple[Any, Any]]:
    """Return the criteria that apply, each with what was found."""
    found = {f.event.criterion: f.event.result for f in candidate.assessments}  # type: ignore[union-attr]
    return [
        (criterion, found.get(criterion.code))
        for criterion in rules.criteria_for(candidate.standing.measure)
    ]
