"""Offices: held from a day, until a day, and not after they ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from department import PAPER, SINCE, TODAY, Clock, Department
from hypothesis import given
from hypothesis import strategies as st
from stories import WORDS

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.office import Office, OfficeEnded, OfficeEvent, OfficeGranted, fold, held_by
from domain.subjects import KINDS
from domain.values import Role
from workflow import commands as asked
from workflow.auditing import AUDITED, DEALT, OPEN, may_read
from workflow.refusals import NotPermitted, UnknownSubject

GRANT = OfficeGranted("person:1", Role.REVIEWER, None, date(2025, 6, 30))


def told(*facts: tuple[OfficeEvent, date]) -> Office:
    return fold(
        Entry("office:x", at, on, "person:a", None, "c", None, event)
        for at, (event, on) in enumerate(facts, 1)
    )


def test_an_office_nobody_was_granted_is_not_held() -> None:
    assert Office().held_on(TODAY) is False


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_an_office_is_held_from_its_first_to_its_last_day(day: date, held: bool) -> None:
    assert told((GRANT, date(2025, 1, 1))).held_on(day) is held


@pytest.mark.parametrize(
    ("day", "held"), [(date(2025, 3, 31), True), (date(2025, 4, 1), False), (TODAY, False)]
)
def test_an_office_that_ended_is_not_held_from_that_day_on(day: date, held: bool) -> None:
    ended = told((GRANT, date(2025, 1, 1)), (OfficeEnded(), date(2025, 4, 1)))
    assert ended.held_on(day) is held


@given(st.lists(st.one_of(*map(st.from_type, OfficeEvent.__args__)), max_size=6))
def test_corrections_alone_change_nothing_and_nothing_is_refused(
    events: list[OfficeEvent],
) -> None:
    kept = [e for e in events if not isinstance(e, EntryVoided | EffectiveDateCorrected)]
    assert told(*((e, TODAY) for e in events)) == told(*((e, TODAY) for e in kept))


NEAR = st.integers(0, 9).map(lambda days: date(2025, 1, 1) + timedelta(days=days))


@given(NEAR, NEAR, st.none() | NEAR, st.none() | NEAR)
def test_an_office_is_held_on_one_stretch_of_days(
    day: date, since: date, until: date | None, ended: date | None
) -> None:
    office = Office("person:1", Role.REVIEWER, None, since, until, ended)
    ends = [until] if until else []
    ends += [ended - timedelta(days=1)] if ended else []
    assert office.held_on(day) is (since <= day <= min(ends, default=day))


def test_a_person_holds_what_they_hold_today(register: Department, clock: Clock) -> None:
    granted = register.ask(asked.GrantOffice("person:x", Role.COUNCIL), on=date(2026, 3, 10))
    days = [date(2026, 3, 9), date(2026, 3, 10)]
    held = [list(held_by(register.offices(), "person:x", day)) for day in days]
    assert held == [[], [granted.subject]]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_grants_offices(register: Department, role: Role) -> None:
    with pytest.raises(NotPermitted):
        register.ask(asked.GrantOffice(register.people[role], Role.DIRECTOR), by=role)


def test_an_office_that_is_not_there_cannot_end(register: Department) -> None:
    with pytest.raises(UnknownSubject):
        register.ask(asked.EndOffice(), "office:none")


def test_an_office_for_a_unit_that_is_not_there_is_refused(register: Department) -> None:
    with pytest.raises(UnknownSubject) as caught:
        register.ask(asked.GrantOffice("person:x", Role.UNIT_HEAD, "unit:none"))
    assert caught.value.facts == ("unit:none",)


def test_a_wrongly_ended_office_is_held_again_once_that_is_voided(register: Department) -> None:
    granted = register.ask(asked.GrantOffice("person:x", Role.COUNCIL), on=SINCE)
    register.ask(asked.EndOffice(), granted.subject)
    register.ask(asked.VoidEntry(2, WORDS), granted.subject, by=Role.DIRECTOR, basis=PAPER)
    assert register.offices()[granted.subject].held_on(TODAY) is True


def test_whoever_names_an_office_acts_in_that_office_alone(house: Department) -> None:
    (held,) = (id for id, o in house.offices().items() if o.role is Role.ADMINISTRATOR)
    second = house.ask(asked.GrantOffice(house.people[Role.ADMINISTRATOR], Role.OFFICER)).subject
    grant = asked.GrantOffice("person:x", Role.AUDITOR)
    assert house.ask(grant, office=held).entries[0].acting_as == held
    with pytest.raises(NotPermitted):
        house.ask(grant, office=second)
    house.ask(asked.EndOffice(), second)
    with pytest.raises(NotPermitted):  # over: it opens nothing, whatever else is held
        house.ask(grant, office=second)
    with pytest.raises(NotPermitted):
        house.ask(grant, office=house.unit)


def test_nobody_sees_a_kind_of_which_it_is_not_said_who_may() -> None:
    kinds = {*KINDS, *AUDITED, "something-new"}
    seen = {role: {k for k in kinds if may_read({role}, k)} for role in Role}
    assert seen[Role.AUDITOR] == seen[Role.DIRECTOR] == {*OPEN, *AUDITED, *DEALT}
    assert seen[Role.COUNCIL] == seen[Role.ADMINISTRATOR] == {*OPEN, *AUDITED}
    assert seen[Role.REVIEWER] == seen[Role.STANDING_BODY] == {*OPEN, *DEALT}
    assert seen[Role.OFFICER] == seen[Role.UNIT_HEAD] == OPEN
    assert not [kind for kind in kinds if may_read(set(), kind)]
