"""One candidate: where it stands, its history, what it lacks, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from domain import person
from domain.candidate import Candidate, Fact, fold
from domain.history import as_of
from domain.values import Stage
from web.diagram import diagram
from web.pages import evidence
from web.pages.allowed import may_correct, offered, only_looks, permitted, possible
from web.pages.frame import actor, clocks, names, parts, when
from web.pages.timeline import known, life, missing, timeline
from web.units import own_as_found, unit_names
from web.words import sentences
from web.words.labels import FIELDS
from workflow import commands as asked
from workflow.criteria import Assessed, assessments
from workflow.needs import Finding
from workflow.register import Request
from workflow.rules import RuleSet

pages = Blueprint("candidate", __name__, url_prefix="/candidates")


ABOUT: Final = (
    *("birth_year", "sex", "owner", "position", "place", "field", "breadth", "movement"),
    *("achievement", "newness", "leading"),
)


class Step(NamedTuple):
    """One stage of the path at the top of the page."""

    stage: Stage
    place: str
    entered: Fact | None
    days: int | None


class Option(NamedTuple):
    """One move that there is from here, and what it lacks for this visitor."""

    move: str
    command: str
    to: str | None
    findings: tuple[Finding, ...]

    @property
    def open(self) -> bool:
        """Return whether nothing stands in the way of it."""
        return all(finding.met for finding in self.findings)


@pages.get("/<id>")
def show(id: str) -> ResponseReturnValue:
    """Show a candidate as it stood at the moment asked about."""
    at, subject = when(), f"candidate:{id}"
    told = known(subject)
    believed = as_of(told, at.on)
    candidate = fold(believed)
    if candidate.standing.state is None:
        return missing(subject)
    rules = parts().register.pinned(believed)
    readiness = parts().register.readiness([subject], at.on, at.known).get(subject)
    units = unit_names(parts().register, at.on, at.known)
    leads = [] if clocks().set or only_looks() else options(subject, candidate, rules)
    return render_template(
        "candidate/show.html",
        id=id,
        candidate=candidate,
        standing=candidate.standing,
        who=described(candidate),
        unit=units[candidate.standing.unit or ""],
        path=path(candidate),
        subject=subject,
        history=timeline(told),
        life=life(told),
        rules=rules,
        readiness=readiness,
        own=own(leads),
        can_correct=may_correct("candidate"),
        papers=evidence.papers(told),
        can_open=evidence.openable(subject),
        about=[(key, FIELDS[key]) for key in ABOUT],
        options=leads,
        supplies=possible(subject, supplies(rules)),
        criteria=criteria(candidate, rules),
        words=sentences,
        drawn=diagram(rules),
        moves=sentences.MOVE,
    )


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


def options(subject: str, candidate: Candidate, rules: RuleSet) -> list[Option]:
    """Return the moves there are from here, and whether this visitor may make each now."""
    found, state = [], candidate.standing.state or ""
    for move in rules.moves_from(state):
        command = asked.question(move)
        assert command, "every move of a rule set is a command"
        needs = parts().register.why(Request(command, actor(), subject))
        to = rules.destination(move, state)
        leads = to if to != state else None
        found.append(Option(move, asked.name_of(type(command)), leads, needs))
    return found


def own(leads: Iterable[Option]) -> tuple[Finding, ...]:
    """Return the needs of the next stage that are about the visitor."""
    onward = (f for one in leads if one.command == "advance-stage" for f in one.findings)
    return tuple(f for f in onward if f.need in ("permission", "second-person"))


def supplies(rules: RuleSet) -> list[str]:
    """Return the commands recording facts that this visitor's offices permit."""
    facts = [kind for kind in offered("candidate") if rules.knows(asked.name_of(kind))]
    return permitted(kind for kind in facts if kind not in asked.MOVES)


def criteria(candidate: Candidate, rules: RuleSet) -> list[tuple[Assessed, str]]:
    """Return the criteria that apply, each with what was found, and by whom."""
    at = when()
    unit = own_as_found(parts().register, candidate, at.known)
    told = assessments(candidate, rules, unit, at.on)
    by = names(one.fact.by for one in told if one.fact)
    return [(one, by[one.fact.by] if one.fact else "") for one in told]
