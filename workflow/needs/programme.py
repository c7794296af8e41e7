"""What the programme, its obligations and its movements need."""

from __future__ import annotations

from typing import Final

from domain.history import corrected, is_correction
from domain.movement import Movement, ReviewKind
from domain.obligation import Obligation, ObligationStatus
from domain.office import Office
from domain.programme import DutyKind, Programme
from domain.values import Role
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, shown, unmet, when


def official_notice(case: Case, command: Command) -> Reply:
    """A document is cited."""
    return when(bool(case.basis), "no-paper")


def plan_unissued(case: Case, command: Command) -> Reply:
    """The plan was not signed yet; who drafted it does not issue it."""
    plan = _programme(case)
    if plan.issued:
        return unmet()
    return proven(plan.drafted) if plan.drafted else proven()


def plan_issued(case: Case, command: Command) -> Reply:
    """The plan was signed."""
    return shown(_programme(case).issued)


def signer_in_office(case: Case, command: Command) -> Reply:
    """Who signed held the office of director on the day of the plan (R7-7)."""
    assert isinstance(command, asked.IssuePlan)
    office = case.world.all("office").get(command.signed_by)
    if not isinstance(office, Office) or office.role is not Role.DIRECTOR:
        return unmet()
    return when(office.held_on(case.effective_on))


def cycle_unopened(case: Case, command: Command) -> Reply:
    """The cycle was not opened yet."""
    return when(_programme(case).opened is None)


def cycle_running(case: Case, command: Command) -> Reply:
    """The cycle was opened and is not closed."""
    return when(_programme(case).running)


def cycle_over(case: Case, command: Command) -> Reply:
    """The last day of the cycle has come."""
    ends = _programme(case).ends
    return when(ends is None or case.effective_on >= ends, ends or "")


def milestone_set(case: Case, command: Command) -> Reply:
    """The milestone is one of the cycle."""
    assert isinstance(command, asked.ReachMilestone)
    return when(command.milestone in _programme(case).steps)


def duty_owed(case: Case, command: Command) -> Reply:
    """The unit still owes it."""
    assert isinstance(command, asked.RemindUnit)
    accepted = (
        o for o in _handed_in(case, case.subject, command.duty, command.unit) if o.accepted
    )
    return when(not any(accepted))


def not_handed_in(case: Case, command: Command) -> Reply:
    """The unit did not hand it in before; what was sent back is handed in again there."""
    assert isinstance(command, asked.SubmitObligation)
    return when(not _handed_in(case, command.programme, command.duty, command.unit))


def for_own_unit(case: Case, command: Command) -> Reply:
    """Who acts for a unit holds an office in it, or one for the whole department."""
    unit = getattr(command, "unit", None) or _obligation(case).unit
    return when(any(office.unit in (None, unit) for office in case.offices.values()))


def awaiting_answer(case: Case, command: Command) -> Reply:
    """It was handed in, and waits for an answer."""
    obligation = _obligation(case)
    waits = obligation.status is ObligationStatus.SUBMITTED
    return shown(obligation.submission if waits else None)


def sent_back(case: Case, command: Command) -> Reply:
    """It was sent back."""
    return when(_obligation(case).status is ObligationStatus.RETURNED)


def form_complete(case: Case, command: Command) -> Reply:
    """A plan says all that it must (R1-11), a conference how many were honoured (R6-8)."""
    obligation = _obligation(case)
    programme = case.world.all("programme").get(obligation.programme or "")
    duty = programme.duties.get(obligation.duty) if programme else None
    if duty is None:
        return unmet()
    wanted = case.rules.text.terms.programme.parts.get(duty.kind, ())
    missing: list[str] = [part for part in wanted if part not in obligation.contains]
    if duty.kind is DutyKind.CONFERENCE and obligation.honoured is None:
        missing.append("honoured")
    return when(not missing, *missing)


def in_order(case: Case, command: Command) -> Reply:
    """It does not take effect before what was recorded of the same subject."""
    days = [e.effective_on for e in corrected(case.entries) if not is_correction(e)]
    last = max(days, default=case.effective_on)
    return when(case.effective_on >= last, last)


def next_cycle(case: Case, command: Command) -> Reply:
    """The cycle is running, and began after the candidate was found (A-25)."""
    assert isinstance(command, asked.CarryOverCandidate)
    cycle, found = case.world.all("programme").get(command.programme), case.candidate.discovered
    if not isinstance(cycle, Programme) or not cycle.running or not cycle.begins or not found:
        return unmet()
    before = [fact.event for fact in case.candidate.carried]
    again = any(getattr(event, "programme", None) == command.programme for event in before)
    return when(not again and found.on < cycle.begins <= case.effective_on)


def known_source(case: Case, command: Command) -> Reply:
    """A candidate comes of a movement, and of a review of it, that are in the register (R5-4)."""
    assert isinstance(command, asked.DiscoverCandidate)
    if command.source is None and command.review is None:
        return proven()
    movement = case.world.all("movement").get(command.source or "")
    if not isinstance(movement, Movement):
        return unmet()
    return when(command.review is None or command.review in movement.reviews)


def movement_running(case: Case, command: Command) -> Reply:
    """The movement was launched and is not closed."""
    return when(isinstance(case.state, Movement) and case.state.running)


def final_review(case: Case, command: Command) -> Reply:
    """The movement had its final review."""
    reviews = case.state.reviews.values() if isinstance(case.state, Movement) else ()
    return when(any(review.kind is ReviewKind.FINAL for review in reviews))


def _programme(case: Case) -> Programme:
    return case.state if isinstance(case.state, Programme) else Programme()


def _obligation(case: Case) -> Obligation:
    return case.state if isinstance(case.state, Obligation) else Obligation()


def _handed_in(case: Case, programme: str, duty: int, unit: str) -> list[Obligation]:
    owed = (programme, duty, unit)
    obligations = case.world.all("obligation").values()
    return [o for o in obligations if (o.programme, o.duty, o.unit) == owed]


PREDICATES: Final[dict[str, Predicate]] = {
    "official-notice": official_notice,
    "plan-unissued": plan_unissued,
    "plan-issued": plan_issued,
    "signer-in-office": signer_in_office,
    "cycle-unopened": cycle_unopened,
    "cycle-running": cycle_running,
    "cycle-over": cycle_over,
    "milestone-set": milestone_set,
    "duty-owed": duty_owed,
    "not-handed-in": not_handed_in,
    "for-own-unit": for_own_unit,
    "awaiting-answer": awaiting_answer,
    "sent-back": sent_back,
    "form-complete": form_complete,
    "in-order": in_order,
    "next-cycle": next_cycle,
    "known-source": known_source,
    "movement-running": movement_running,
    "final-review": final_review,
}
