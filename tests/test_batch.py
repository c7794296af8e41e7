"""Batches: a preview, one act, what became of each item, and one record of it (issue 4.12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from councils import called
from department import TODAY, Department
from scenario import given
from stories import DESCRIBED, DISCOVERING, FOUND, NURTURING, SUMMARIZING, WORDS
from test_lawfulness import verdicts
from test_programme import NEXT, begun, hand_in, lay

from domain.batch import BATCHES, BatchItem, BatchRecorded, item_id
from domain.candidate_events import CandidateSuspended, TitleRecorded
from domain.council import Matter
from domain.obligation import ObligationStatus
from domain.programme import DutyKind
from domain.refusals import REFUSALS
from domain.values import Role, Stage, Title
from events_store.ledger import Ledger
from web.words import sentences
from workflow import commands as asked
from workflow.batch import Batch, batch
from workflow.refusals import InvalidCommand, Outdated
from workflow.register import Receipt

TITLE = asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, 2025)


def of(
    register: Department,
    command: asked.Command,
    *items: str,
    by: Role = Role.OFFICER,
    **more: object,
) -> Batch:
    """Return the batch that somebody gives a command by, for items that were not looked at."""
    about = [(item, None) for item in items]
    return batch(command, about, register.people[by], str(uuid4()), **more)  # type: ignore[arg-type]


def record(receipt: Receipt) -> BatchRecorded:
    """Return the one record of a batch."""
    last = receipt.entries[-1]
    assert (last.subject, isinstance(last.event, BatchRecorded)) == (BATCHES, True)
    return last.event  # type: ignore[return-value]


def accused(register: Department, receipt: Receipt) -> list[tuple[int, tuple[str, ...]]]:
    """Return what is said against the entries of a batch; stories are put in past the door."""
    made = {entry.position for entry in receipt.entries}
    found = [(v.entry.position, v.why) for v in verdicts(register) if v.entry.position in made]
    assert len(found) == len(made)
    return [(position, why) for position, why in found if why]


def test_4_12_the_titles_of_a_unit_are_one_act_with_one_record(register: Department) -> None:
    units = [given(register, *NURTURING[:5]).subject for _ in range(3)]
    receipt = register.submit_batch(of(register, TITLE, *units))
    assert [e.event for e in receipt.entries[:-1]] == [
        TitleRecorded(Title.EXCELLENT_COLLECTIVE, 2025)
    ] * 3
    assert len({entry.recorded for entry in receipt.entries}) == 1
    told = tuple(BatchItem(id, "", register.ledger.version(id)) for id in units)
    assert record(receipt) == BatchRecorded("record-title", told)


def test_4_12_a_preview_tells_each_outcome_and_records_nothing(register: Department) -> None:
    ready, bare = given(register, *DISCOVERING).subject, given(register, FOUND, DESCRIBED).subject
    stopped = given(register, *DISCOVERING, CandidateSuspended(WORDS.sealed())).subject
    advance = of(register, asked.AdvanceStage(), ready, bare, stopped, by=Role.REVIEWER)
    size = register.ledger.size()
    judged = register.preview(advance)
    needs = [[f.need for f in one.refusal.unmet] if one.refusal else [] for one in judged]
    assert needs == [[], ["acclaim", "endorsement"], ["not-suspended"]]
    assert register.ledger.size() == size
    receipt = register.submit_batch(advance)
    assert record(receipt).items == tuple(one.item for one in judged)
    assert [register.candidate(id).standing.stage for id in (ready, bare)] == [
        Stage.NURTURE,
        Stage.DISCOVER,
    ]


def test_4_12_what_is_refused_is_kept_as_any_refusal(register: Department) -> None:
    bare = given(register, FOUND, DESCRIBED).subject
    register.submit_batch(
        of(register, asked.AdvanceStage(), bare, "candidate:none", by=Role.REVIEWER)
    )
    kept = [e.event for e in register.ledger.entries(REFUSALS)]
    assert [(k.about, k.refusal, k.unmet) for k in kept] == [  # type: ignore[union-attr]
        (bare, "NeedsUnmet", ("acclaim", "endorsement")),
        ("candidate", "UnknownSubject", ()),
    ]


def test_4_12_permission_is_asked_of_every_item(register: Department) -> None:
    one, two = (given(register, *DISCOVERING).subject for _ in range(2))
    other = given(register, *DISCOVERING, by=Role.REVIEWER).subject
    advance = of(register, asked.AdvanceStage(), one, two, other, by=Role.REVIEWER)
    receipt = register.submit_batch(advance)
    items, nothing = record(receipt).items, accused(register, receipt)
    assert [(i.refusal, i.why) for i in items] == [
        ("", ()),
        ("", ()),
        ("NeedsUnmet", ("second-person",)),
    ]
    again = of(register, asked.AdvanceStage(), one, two, by=Role.OFFICER)
    receipt = register.submit_batch(again)
    assert {(i.refusal, i.why[0]) for i in record(receipt).items} == {
        ("NotPermitted", "permission")
    }
    assert accused(register, receipt) == nothing == []


def test_4_12_the_same_batch_twice_is_recorded_once_and_answers_the_same(
    register: Department,
) -> None:
    titles = of(register, TITLE, given(register, *NURTURING).subject, "candidate:none")
    first, size = register.submit_batch(titles), register.ledger.size()
    again = register.submit_batch(titles)
    assert (register.ledger.size(), again.repeated) == (size, True)
    assert record(again) == record(first)


def test_4_12_each_item_rests_on_those_before_it(register: Department) -> None:
    sitting = called(register, TODAY)
    ids = [given(register, *SUMMARIZING[:-1]).subject for _ in range(3)]
    agenda = asked.AddAgendaItem(Matter.RECOGNITION, ids[0])
    adding = of(register, agenda, *ids, by=Role.COUNCIL, to=sitting.subject)
    adding = replace(
        adding, requests=tuple(replace(r, actor="person:member-11") for r in adding.requests)
    )
    receipt = register.submit_batch(adding)
    items = record(receipt).items
    assert [(i.subject, i.about, i.version, i.why) for i in items] == [
        (sitting.subject, id, 2 + at, ()) for at, id in enumerate(ids)
    ]
    assert [item.candidate for item in sitting.state.items] == ids
    assert [item.number for item in sitting.state.items] == [1, 2, 3]
    assert accused(register, receipt) == []


def test_a_25_unfinished_candidates_are_carried_over_many_at_once(register: Department) -> None:
    day = date(2022, 5, 4)
    found = [given(register, *NURTURING[:5], on=day).subject for _ in range(2)]
    ended = given(register, *SUMMARIZING, on=date(2026, 1, 7)).subject
    new = begun(register, NEXT, date(2026, 1, 5))
    carry = of(register, asked.CarryOverCandidate(new), *found, ended, by=Role.STANDING_BODY)
    items = record(register.submit_batch(carry)).items
    assert [(i.done, i.why) for i in items] == [(True, ()), (True, ()), (False, ("next-cycle",))]
    assert [len(register.candidate(id).carried) for id in (*found, ended)] == [1, 1, 0]
    assert [register.candidate(id).discovered.on for id in found] == [day, day]  # type: ignore[union-attr]


def test_r7_2_many_papers_are_accepted_and_units_reminded_at_once(register: Department) -> None:
    plan = begun(register)
    duties = [lay(register, plan, DutyKind.HALF_YEAR_REPORT, year) for year in (2022, 2023)]
    papers = [hand_in(register, plan, duty) for duty in duties]
    accept = of(register, asked.AcceptObligation(), *papers, by=Role.STANDING_BODY)
    assert all(item.done for item in record(register.submit_batch(accept)).items)
    now = register.all("obligation")
    assert [now[id].status for id in papers] == [ObligationStatus.ACCEPTED] * 2
    owed = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    remind = asked.RemindUnit(register.unit, owed, WORDS)
    reminding = of(register, remind, register.unit, by=Role.STANDING_BODY, to=plan)
    receipt = register.submit_batch(reminding)
    (item,) = record(receipt).items
    assert (item.subject, item.about, item.done) == (plan, register.unit, True)
    assert accused(register, receipt) == []


def test_4_12_words_are_sealed_for_each_item_by_itself(register: Department) -> None:
    ids = [given(register, *DISCOVERING).subject for _ in range(2)]
    block = asked.DeclineCandidate(WORDS)
    receipt = register.submit_batch(of(register, block, *ids, by=Role.STANDING_BODY))
    seals = [seal for entry in receipt.entries for seal in sentences.seals(entry.event)]
    assert len(set(seals)) == 2
    assert isinstance(register.ledger, Ledger)
    assert list(register.ledger.secrets(seals).values()) == [WORDS.content] * 2


def test_4_12_what_somebody_wrote_since_the_preview_is_refused(register: Department) -> None:
    id = given(register, *DISCOVERING).subject
    titles = batch(
        TITLE, [(id, len(DISCOVERING) - 1)], register.people[Role.OFFICER], str(uuid4())
    )
    receipt = register.submit_batch(titles)
    (item,) = record(receipt).items
    assert (item.done, item.refusal, item.version) == (False, Outdated.__name__, 0)
    assert register.ledger.entries(REFUSALS) == []
    assert accused(register, receipt) == []


def test_4_12_what_is_no_batch_is_refused_whole(register: Department) -> None:
    one, two = (given(register, *DISCOVERING).subject for _ in range(2))
    mixed = of(register, TITLE, one)
    mixed = replace(
        mixed, requests=(*mixed.requests, *of(register, TITLE, two, by=Role.REVIEWER).requests)
    )
    wrong = {
        ("command", "is not given to many at once"): of(
            register, asked.WithdrawCandidate(WORDS), one
        ),
        ("items", "must be from 1 to 500"): Batch((), str(uuid4())),
        ("items", "must differ"): of(register, TITLE, one, one),
        ("items", "must be one act"): mixed,
    }
    for facts, whole in wrong.items():
        for ask in (register.preview, register.submit_batch):
            with pytest.raises(InvalidCommand) as caught:
                ask(whole)
            assert caught.value.facts == facts
    assert register.ledger.entries(BATCHES) == []


def test_4_12_a_failure_half_way_leaves_nothing(register: Department) -> None:
    ids = [given(register, *DISCOVERING).subject for _ in range(2)]
    declining = of(register, asked.DeclineCandidate(WORDS), *ids, by=Role.STANDING_BODY)
    same = declining.requests[0].command  # its words cannot enter the vault twice
    size = register.ledger.size()
    with pytest.raises(register.ledger.recorder.clash):  # type: ignore[attr-defined]
        register.submit_batch(
            replace(
                declining, requests=tuple(replace(r, command=same) for r in declining.requests)
            )
        )
    assert register.ledger.size() == size


def test_4_12_the_id_of_an_item_that_was_used_is_not_used_again(register: Department) -> None:
    titles = of(register, TITLE, given(register, *DISCOVERING).subject)
    used = item_id(titles.command_id, 0)
    register.submit(replace(titles.requests[0], command_id=used))
    (item,) = record(register.submit_batch(titles)).items
    assert (item.refusal, item.why) == ("InvalidCommand", ("invalid-items",))


FORGERIES: dict[str, Callable[[Any], tuple[BatchItem, ...]]] = {
    "an item that nobody recorded": lambda items: (*items, BatchItem("candidate:none", "", 1)),
    "another version": lambda items: (items[0]._replace(version=9), *items[1:]),
    "a refusal that was none": lambda items: (
        items[0]._replace(version=0, refusal="NeedsUnmet"),
        *items[1:],
    ),
    "a need that was met": lambda items: (items[0], items[1]._replace(why=("acclaim",))),
    "a success that was none": lambda items: (
        items[0],
        items[1]._replace(refusal="", why=(), version=3),
    ),
    "nothing": lambda items: (),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_4_12_a_forged_record_is_unlawful(house: Department, forgery: str) -> None:
    ledger: Any = house.ledger
    ready, bare = given(house, *DISCOVERING).subject, given(house, FOUND, DESCRIBED).subject
    advance = of(house, asked.AdvanceStage(), ready, bare, by=Role.REVIEWER)
    real = ledger.append

    def forging(entries: list, *more: object) -> list:  # type: ignore[type-arg]
        last = entries[-1]
        forged = replace(last.event, items=FORGERIES[forgery](last.event.items))
        return real([*entries[:-1], last._replace(event=forged)], *more)  # type: ignore[no-any-return]

    ledger.append = forging
    try:
        receipt = house.submit_batch(advance)
    finally:
        ledger.append = real
    assert accused(house, receipt) == [(receipt.last, ("batch",))]
