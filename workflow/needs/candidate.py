"""What a candidate needs: papers, reports, yearly records, criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from domain import candidate_events as happened
from domain.candidate import Fact
from domain.values import CandidateKind, Result, Stage
from workflow.case import Case
from workflow.commands import Command, DiscoverCandidate
from workflow.criteria import assessed_on, wanted
from workflow.needs.answers import Answer, Predicate, Reply, proven, shown, unmet, warned, when
from workflow.recorded import tells
from workflow.rule_text import Yearly


def described(name: str) -> Predicate:
    """Return the predicate that the description tells something (R1-4, R2-2)."""

    def predicate(case: Case, command: Command) -> Reply:
        fact = case.candidate.described
        told = cast(happened.CandidateDescribed, fact.event).told if fact else ()
        return proven(fact) if fact and name in told else unmet(name)

    return predicate


def owner(case: Case, command: Command) -> Reply:
    """A model says whose it is (R2-1)."""
    assert isinstance(command, DiscoverCandidate)
    model = command.kind is CandidateKind.MODEL
    return when(not model or "owner" in tells(command.who), "owner")


def acclaim(case: Case, command: Command) -> Reply:
    """A unit meeting acclaimed the candidate."""
    return shown(case.candidate.acclaim)


def endorsement(case: Case, command: Command) -> Reply:
    """The head of the unit endorsed the candidate."""
    return shown(case.candidate.endorsement)


def nurture_plan(case: Case, command: Command) -> Reply:
    """A nurture plan was adopted."""
    return shown(case.candidate.plan)


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
    return shown(case.candidate.summary)


def recognition(case: Case, command: Command) -> Reply:
    """A signed decision recognizes the candidate."""
    return shown(case.candidate.recognition)


def not_recognized(case: Case, command: Command) -> Reply:
    """Warn of a recognition in force: a second decision takes its place and should say so."""
    told = case.candidate.recognition
    return warned(told.on) if told else proven()


def yearly_record(case: Case, command: Command) -> Reply:
    """Every year that counts has a title or rating that is accepted for the kind (A-3, A-5)."""
    measure = case.candidate.measure_on(assessed_on(case))
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
    besides = {(year, kind): fact for year, kind, fact in _records(case) if kind in yearly.also}
    gaps = [
        year
        for year in years
        if year not in by_year or any((year, kind) not in besides for kind in yearly.also)
    ]
    if gaps:
        return unmet(*gaps)
    also = (besides[year, kind] for year in years for kind in yearly.also)
    return proven(*(by_year[year] for year in years), *also)


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
    on = assessed_on(case)
    if case.candidate.measure_on(on) is None:
        return Reply(Answer.NOT_PROVEN, (), ("person-kind",))
    criteria = wanted(case, on)
    found = {c.code: fact for c in criteria if (fact := _assessed(case, c.code))}
    lacking = [c.code for c in criteria if c.code not in found]
    failed = [c.code for c in criteria if c.hard and _is(found.get(c.code), Result.NOT_MET)]
    without = list(_without(case, found, Result.NOT_MET))
    if lacking or failed or without:
        return unmet(*lacking, *failed, *without)
    doubtful = [c.code for c in criteria if c.hard and _is(found.get(c.code), Result.NOT_PROVEN)]
    doubtful += _without(case, found, Result.NOT_PROVEN)
    if doubtful:
        return Reply(Answer.NOT_PROVEN, (), tuple(doubtful))
    return proven(*found.values())


def _without(case: Case, found: Mapping[str, Fact], result: Result) -> Iterator[str]:
    """Yield the criteria of every group of which none is met, and the best is this (A-4)."""
    for group in case.rules.text.any_of:
        results = {code: _result(found[code]) for code in group.codes if code in found}
        doubtful = Result.NOT_PROVEN in results.values()
        best = Result.NOT_PROVEN if doubtful else Result.NOT_MET
        if results and Result.MET not in results.values() and best is result:
            yield from (code for code, of in results.items() if of is result)


def _assessed(case: Case, code: str) -> Fact | None:
    facts = (f for f in case.candidate.assessments if _criterion(f) == code)
    return next(facts, None)


def found_met(case: Case, code: str) -> Fact | None:
    """Return the fact by which an assessor found a criterion met."""
    fact = _assessed(case, code)
    return fact if _is(fact, Result.MET) else None


def _criterion(fact: Fact) -> str:
    return cast(happened.CriterionAssessed, fact.event).criterion


def _result(fact: Fact) -> Result:
    return cast(happened.CriterionAssessed, fact.event).result


def _is(fact: Fact | None, result: Result) -> bool:
    return fact is not None and _result(fact) is result


def known_criteria(case: Case, command: Command) -> Reply:
    """Only criteria that apply to the kind are assessed."""
    codes = {c.code for c in wanted(case, case.effective_on)}
    asked = [code for code, _ in getattr(command, "results", ())]
    strange = [code for code in asked if code not in codes]
    return when(bool(asked) and not strange, *strange)


PREDICATES: Final[dict[str, Predicate]] = {
    "field": described("field"),
    "newness": described("newness"),
    "owner": owner,
    "acclaim": acclaim,
    "endorsement": endorsement,
    "nurture-plan": nurture_plan,
    "full-review": full_review,
    "yearly-record": yearly_record,
    "summary-report": summary_report,
    "assessment": assessment,
    "recognition": recognition,
    "not-recognized": not_recognized,
    "known-criteria": known_criteria,
}
