"""Units: names, heads and mergers, each from its day on."""

from __future__ import annotations

from datetime import date

import pytest
from department import PAPER, SINCE, TODAY, UNIT, Department, unit_named
from hypothesis import given
from hypothesis import strategies as st
from stories import SEALED, WORDS

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.unit import (
    Unit,
    UnitEvent,
    UnitHeadAppointed,
    UnitHeadLeft,
    UnitMerged,
    UnitRegistered,
    UnitRenamed,
    fold,
)
from domain.values import Role, UnitKind
from workflow import commands as asked
from workflow.refusals import InvalidCommand, NotPermitted, UnknownSubject

REGISTERED = UnitRegistered("Chi cục Kiểm lâm", UnitKind.SUB_DEPARTMENT, "CCKL", "unit:so")
KNOWN = Unit("Chi cục Kiểm lâm", UnitKind.SUB_DEPARTMENT, "CCKL", "unit:so")


def told(*events: UnitEvent) -> Unit:
    return fold(
        Entry("unit:x", at, TODAY, "person:a", None, "c", None, event)
        for at, event in enumerate(events, 1)
    )


def test_a_unit_is_as_it_was_registered() -> None:
    assert told(REGISTERED) == KNOWN


@pytest.mark.parametrize(("symbol", "then"), [(None, "CCKL"), ("KLV", "KLV")])
def test_a_renamed_unit_keeps_its_symbol_unless_it_gets_one(symbol: str | None, then: str) -> None:
    unit = told(REGISTERED, UnitRenamed("Kiểm lâm vùng", symbol))
    assert unit == Unit("Kiểm lâm vùng", UnitKind.SUB_DEPARTMENT, then, "unit:so")


def test_a_merged_unit_knows_into_which_and_when() -> None:
    unit = told(REGISTERED, UnitMerged(("unit:a", "unit:b")))
    assert (unit.merged_into, unit.merged_on) == (("unit:a", "unit:b"), TODAY)


def test_a_unit_has_the_head_appointed_last_or_none() -> None:
    first, second = UnitHeadAppointed("person:1"), UnitHeadAppointed("person:2")
    heads = [told(first).head, told(first, second).head, told(first, UnitHeadLeft()).head]
    assert heads == ["person:1", "person:2", None]


@given(st.lists(st.one_of(*map(st.from_type, UnitEvent.__args__)), max_size=8))
def test_corrections_alone_change_nothing_and_nothing_is_refused(events: list[UnitEvent]) -> None:
    kept = [e for e in events if not isinstance(e, EntryVoided | EffectiveDateCorrected)]
    assert told(*events) == told(*kept)


def test_the_head_of_a_unit_is_the_one_of_the_day(register: Department) -> None:
    days = [date(2025, 1, 1), date(2025, 6, 1), date(2025, 9, 1)]
    register.ask(asked.AppointHead("person:1"), UNIT, on=days[0])
    register.ask(asked.DismissHead(), UNIT, on=days[1])
    register.ask(asked.AppointHead("person:2"), UNIT, on=days[2])
    heads = [register.units(on=day)[UNIT].head for day in (SINCE, *days)]
    assert heads == [None, "person:1", None, "person:2"]


def test_a_unit_not_yet_registered_has_no_name(register: Department) -> None:
    later = register.ask(unit_named("Ban Quản lý rừng"), on=date(2025, 7, 1)).subject
    assert register.units(on=date(2025, 6, 30))[later] == Unit()


def test_a_wrong_merger_can_be_voided(register: Department) -> None:
    other = register.ask(unit_named("Ban Quản lý rừng"), on=SINCE).subject
    version = register.ask(asked.MergeUnit((other,)), UNIT).entries[0].version
    register.ask(asked.VoidEntry(version, WORDS), UNIT, by=Role.DIRECTOR, basis=PAPER)
    assert register.units()[UNIT].merged_into == ()


def test_the_day_of_a_new_name_can_be_corrected(register: Department) -> None:
    renamed = register.ask(asked.RenameUnit("Kiểm lâm vùng"), UNIT, on=date(2025, 7, 1))
    correct = asked.CorrectEffectiveDate(renamed.entries[0].version, date(2025, 3, 1), WORDS)
    register.ask(correct, UNIT, by=Role.DIRECTOR, basis=PAPER)
    assert register.units(on=date(2025, 3, 1))[UNIT].name == "Kiểm lâm vùng"


def test_a_unit_under_a_parent_that_is_not_there_is_refused(register: Department) -> None:
    with pytest.raises(UnknownSubject) as caught:
        register.ask(asked.RegisterUnit("Trạm", UnitKind.OTHER, None, "unit:none"))
    assert caught.value.facts == ("unit:none",)


def test_nothing_is_merged_into_what_was_merged_itself(register: Department) -> None:
    first, second = (register.ask(unit_named(n), on=SINCE).subject for n in ("Một", "Hai"))
    register.ask(asked.MergeUnit((second,)), first)
    with pytest.raises(InvalidCommand) as caught:
        register.ask(asked.MergeUnit((first,)), UNIT)
    assert caught.value.facts == ("unit", "was merged into another")


@pytest.mark.parametrize(
    "command",
    [asked.RenameUnit("Tên khác"), asked.MergeUnit((UNIT + "-2",)), asked.DismissHead()],
)
def test_a_unit_is_changed_by_those_who_may(register: Department, command: asked.Command) -> None:
    register.ask(unit_named("Hai"), UNIT + "-2", on=SINCE)
    for role in (Role.OFFICER, Role.UNIT_HEAD, Role.REVIEWER, Role.DIRECTOR, Role.AUDITOR):
        with pytest.raises(NotPermitted):
            register.ask(command, UNIT, by=role)
    register.ask(command, UNIT, by=Role.STANDING_BODY)


def test_what_seals_a_correction_is_kept_with_the_unit(register: Department) -> None:
    register.ask(asked.RenameUnit("Tên khác"), UNIT)
    told = register.ask(asked.VoidEntry(2, WORDS), UNIT, by=Role.DIRECTOR, basis=PAPER)
    (event,) = (entry.event for entry in told.entries)
    assert isinstance(event, EntryVoided)
    assert event.reason != SEALED


@pytest.mark.parametrize("kind", UnitKind)
def test_r1_2_a_unit_is_of_one_of_the_kinds_the_plan_names(
    house: Department, kind: UnitKind
) -> None:
    made = house.ask(asked.RegisterUnit(f"Đơn vị {kind}", kind)).subject
    assert house.units()[made].kind is kind
