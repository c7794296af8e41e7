"""Needs: small predicates over a case, each able to say what is missing.

A need is met (with the entries that prove it), unmet, or not proven: then a person must look,
and nothing passes or fails by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from domain import candidate_events as happened
from domain.candidate import Fact
from domain.entry import Entry
from domain.history import corrected, is_correction
from domain.values import Result, Role, Stage
from workflow.case import Case
from workflow.commands import Command, CorrectEffectiveDate, RevokeRecognition, VoidEntry
from workflow.rules import Yearly


class Answer(StrEnum):
    """The three answers a need can give."""

    MET = "met"
    UNMET = "unmet"
    NOT_PROVEN = "not-proven"


@dataclass(frozen=True)
class Finding:
    """What a need answered. `proof` are positions, `missing` codes, years or days."""

    need: str
    answer: Answer
    proof: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    supply: tuple[Role, ...] = ()
    via: str | None = None
    authors: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Return whether nothing stands in the way here."""
        return self.answer is Answer.MET


@dataclass(frozen=True)
class Reply:
    """A predicate's own answer, before names are put to it."""

    answer: Answer
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()


def proven(*facts: Fact) -> Reply:
    """Answer that the need is met, by these facts."""
    return Reply(Answer.MET, facts)


def unmet(*missing: object) -> Reply:
    """Answer that the need is not met."""
    return Reply(Answer.UNMET, (), tuple(map(str, missing)))


def when(condition: bool, *missing: object) -> Reply:
    """Answer met if a condition holds."""
    return proven() if condition else unmet(*missing)


def _one(fact: Fact | None) -> Reply:
    return proven(fact) if fact else unmet()


def acclaim(case: Case, command: Command) -> Reply:
    """A unit meeting acclaimed the candidate."""
    return _one(case.candidate.acclaim)


def endorsement(case: Case, command: Command) -> Reply:
    """The head of the unit endorsed the candidate."""
    return _one(case.candidate.endorsement)


def nurture_plan(case: Case, command: Command) -> Reply:
    """A nurture plan was adopted."""
    return _one(case.candidate.plan)


def full_review(case: Case, command: Command) -> Reply:
    """At least one progress report covered every goal since Nurture began."""
    began = case.candidate.entered(Stage.NURTURE)
    full = [
        fact
        for fact in case.candidate.reports
        if cast(happened.ProgressReported, fact.event).full and (not began or fact.on >= began.on)
    ]
    return proven(full[-1]) if full else unmet()


def summary_report(case: Case, command: Command) -> Reply:
    """The experience was written down."""
    return _one(case.candidate.summary)


def recognition(case: Case, command: Command) -> Reply:
    """A signed decision recognizes the candidate."""
    return _one(case.candidate.recognition)


def yearly_record(case: Case, command: Command) -> Reply:
    """Every year that counts has a title or rating that is accepted for the kind (A-3, A-5)."""
    measure = case.candidate.standing.measure
    if measure is None:
        return Reply(Answer.NOT_PROVEN, (), ("person-kind",))
    yearly = case.rules.text.yearly.get(measure)
    if yearly is None:
        return proven()
    looked_at = _assessed(case, yearly.criterion)
    if looked_at and _result(looked_at) is Result.MET:
        return proven(looked_at)
    years = _years(case, yearly)
    by_year = {year: fact for year, kind, fact in _records(case) if kind in yearly.accept}
    gaps = [year for year in years if year not in by_year]
    return unmet(*gaps) if gaps else proven(*(by_year[year] for year in years))


def _records(case: Case) -> Iterable[tuple[int, str, Fact]]:
    for fact in (*case.candidate.titles, *case.candidate.ratings):
        event = fact.event
        if isinstance(event, happened.TitleRecorded):
            yield event.year, event.title, fact
        elif isinstance(event, happened.RatingRecorded):
            yield event.year, event.rating, fact


def _years(case: Case, yearly: Yearly) -> list[int]:
    began = case.candidate.entered(Stage.NURTURE)
    first = began.on.year if began else case.effective_on.year
    completed = list(range(first, case.effective_on.year)) or [first]
    return completed if yearly.years == "every" else completed[-1:]


def assessment(case: Case, command: Command) -> Reply:
    """Every criterion of the kind was assessed, and every hard one is met."""
    if case.candidate.standing.measure is None:
        return Reply(Answer.NOT_PROVEN, (), ("person-kind",))
    wanted = case.rules.criteria_for(case.candidate.standing.measure)
    found = {c.code: fact for c in wanted if (fact := _assessed(case, c.code))}
    lacking = [c.code for c in wanted if c.code not in found]
    failed = [c.code for c in wanted if c.hard and _is(found.get(c.code), Result.NOT_MET)]
    if lacking or failed:
        return unmet(*lacking, *failed)
    doubtful = [c.code for c in wanted if c.hard and _is(found.get(c.code), Result.NOT_PROVEN)]
    if doubtful:
        return Reply(Answer.NOT_PROVEN, (), tuple(doubtful))
    return proven(*found.values())


def _assessed(case: Case, code: str) -> Fact | None:
    facts = (f for f in case.candidate.assessments if _criterion(f) == code)
    return next(facts, None)


def _criterion(fact: Fact) -> str:
    return cast(happened.CriterionAssessed, fact.event).criterion


def _result(fact: Fact) -> Result:
    return cast(happened.CriterionAssessed, fact.event).result


def _is(fact: Fact | None, result: Result) -> bool:
    return fact is not None and _result(fact) is result


def no_block(case: Case, command: Command) -> Reply:
    """No discipline, inspection, complaint or denunciation is open."""
    blocks = [cast(happened.BlockRecorded, f.event).ground for f in case.candidate.blocks]
    return when(not blocks, *blocks)


def suspended(case: Case, command: Command) -> Reply:
    """Consideration has stopped."""
    return when(case.candidate.standing.suspended)


def not_suspended(case: Case, command: Command) -> Reply:
    """Consideration has not stopped."""
    return when(not case.candidate.standing.suspended)


def after_last_change(case: Case, command: Command) -> Reply:
    """A change of state may not take effect before the last one in force."""
    last = case.candidate.last_change
    return when(last is None or case.effective_on >= last.on, last.on if last else "")


def not_in_future(case: Case, command: Command) -> Reply:
    """What is recorded has happened, and on a corrected day too."""
    days = [case.effective_on]
    if isinstance(command, CorrectEffectiveDate):
        days.append(command.to)
    return when(max(days) <= case.today, case.today)


def open_file(case: Case, command: Command) -> Reply:
    """The candidacy has not ended."""
    return when(case.candidate.standing.outcome is None)


def not_oneself(case: Case, command: Command) -> Reply:
    """The actor is not the candidate."""
    return when(case.candidate.person != case.actor)


def endorsing_paper(case: Case, command: Command) -> Reply:
    """The head of the unit acts in person, or a paper is cited."""
    unit = case.candidate.standing.unit
    heads = (o for o in case.offices.values() if o.role is Role.UNIT_HEAD)
    return when(any(o.unit in (None, unit) for o in heads) or bool(case.basis))


def known_criteria(case: Case, command: Command) -> Reply:
    """Only criteria that apply to the kind are assessed."""
    codes = {c.code for c in case.rules.criteria_for(case.candidate.standing.measure)}
    asked = [code for code, _ in getattr(command, "results", ())]
    strange = [code for code in asked if code not in codes]
    return when(bool(asked) and not strange, *strange)


def correctable(case: Case, command: Command) -> Reply:
    """The entry to correct is there, still counts, and is not a correction."""
    return when(_target(case, command) is not None)


def correction_paper(case: Case, command: Command) -> Reply:
    """A correction rests on a document."""
    return when(bool(case.basis))


def correcting_person(case: Case, command: Command) -> Reply:
    """Nobody corrects their own entry alone."""
    target = _target(case, command)
    return when(target is None or target.actor != case.actor)


def _target(case: Case, command: Command) -> Entry | None:
    assert isinstance(command, VoidEntry | CorrectEffectiveDate)
    counting = (e for e in corrected(case.entries) if not is_correction(e))
    return next((e for e in counting if e.version == command.target), None)


Predicate = Callable[[Case, Command], Reply]
PREDICATES: dict[str, Predicate] = {
    "acclaim": acclaim,
    "endorsement": endorsement,
    "nurture-plan": nurture_plan,
    "full-review": full_review,
    "yearly-record": yearly_record,
    "summary-report": summary_report,
    "assessment": assessment,
    "recognition": recognition,
    "no-block": no_block,
    "suspended": suspended,
    "not-suspended": not_suspended,
    "after-last-change": after_last_change,
    "not-in-future": not_in_future,
    "open": open_file,
    "not-oneself": not_oneself,
    "endorsing-paper": endorsing_paper,
    "known-criteria": known_criteria,
    "correctable": correctable,
    "correction-paper": correction_paper,
    "correcting-person": correcting_person,
}


def findings(
    case: Case, command: Command, roles: Sequence[Role], codes: Sequence[str]
) -> tuple[Finding, ...]:
    """Return what every need of a command answers, permission first."""
    found = [_finding(case, "permission", when(case.acting_as(roles) is not None, *roles))]
    plain = [code for code in codes if code != "second-person"]
    found += [_finding(case, code, PREDICATES[code](case, command)) for code in plain]
    if "second-person" in codes:
        # Who granted may cancel (Law 06/2022, article 93.8).
        granted = "recognition" if isinstance(command, RevokeRecognition) else None
        authors = {author for f in found if f.need != granted for author in f.authors}
        found.append(_finding(case, "second-person", second_person(case, authors)))
    return tuple(found)


def second_person(case: Case, authors: set[str]) -> Reply:
    """The person deciding is not the candidate, nor found it, nor wrote what is relied on."""
    found = case.candidate.discovered
    involved = authors | {found.by if found else None, case.candidate.person}
    return when(case.actor not in involved)


def _finding(case: Case, code: str, reply: Reply) -> Finding:
    words = case.rules.text.needs[code]
    return Finding(
        need=code,
        answer=reply.answer,
        proof=tuple(f.position for f in reply.facts),
        missing=reply.missing,
        supply=words.supply,
        via=words.via,
        authors=tuple(f.by for f in reply.facts),
    )
