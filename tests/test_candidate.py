"""A candidate is the sum of its entries; the order in which they were told does not matter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from histories import EVENTS, entry, events, numbered
from hypothesis import given
from hypothesis import strategies as st
from stories import (
    ACCLAIMED,
    BLOCKED,
    DESCRIBED,
    ENDORSED,
    FOUND,
    NURTURED,
    PLANNED,
    RECOGNIZED,
    REPLICATED,
    REVIEWED,
    SEALED,
    STORIES,
    SUMMARIZED,
    SUMMED_UP,
    SUSPENDED,
    TITLED,
)

from domain import candidate_events as happened
from domain.candidate import Candidate, Fact, Standing, fold, stand
from domain.candidate_events import CandidateEvent, StandingEvent
from domain.corrections import EntryVoided
from domain.history import as_of
from domain.values import (
    CandidateKind,
    Outcome,
    PersonKind,
    PriorityGroup,
    Rating,
    Result,
    Sealed,
    Stage,
)

DAY = date(2025, 6, 2)


def fact(event: CandidateEvent) -> Fact:
    return Fact(event, DAY, "person:a")


def told(*happenings: CandidateEvent) -> Candidate:
    return fold(numbered(*((event, DAY) for event in happenings)))


@pytest.mark.parametrize("state", STORIES)
def test_what_has_happened_adds_up_to_the_state(state: str) -> None:
    assert told(*STORIES[state]).standing.state == state


def test_before_discovery_there_is_no_state() -> None:
    assert Candidate().standing.state is None


RETURNED = happened.StageReturned(Stage.DISCOVER, SEALED)
REVOKED = happened.RecognitionRevoked(None)
RATED = happened.RatingRecorded(Rating.GOOD, 2025)
ATTACHED = happened.EvidenceAttached(SEALED, "ab" * 32)
ATTESTED = happened.CandidateAttested("ab" * 32, "Sổ", 7)
COLLECTIVE = Standing(CandidateKind.COLLECTIVE, FOUND.unit, Stage.DISCOVER)
BEGUN = Candidate(COLLECTIVE, path=(fact(FOUND),))
STEPS: list[tuple[CandidateEvent, dict[str, object]]] = [
    (ACCLAIMED, {"acclaim": fact(ACCLAIMED)}),
    (ENDORSED, {"endorsement": fact(ENDORSED)}),
    (PLANNED, {"plan": fact(PLANNED)}),
    (REVIEWED, {"reports": (fact(REVIEWED),)}),
    (SUMMED_UP, {"summary": fact(SUMMED_UP)}),
    (TITLED, {"titles": (fact(TITLED),)}),
    (RATED, {"ratings": (fact(RATED),)}),
    (ATTACHED, {"evidence": (fact(ATTACHED),)}),
    (BLOCKED, {"blocks": (fact(BLOCKED),)}),
    (RECOGNIZED, {"recognition": fact(RECOGNIZED)}),
    (ATTESTED, {"attested": True}),
    (
        DESCRIBED,
        {
            "name": SEALED,
            "description": SEALED,
            "described": fact(DESCRIBED),
            "person_kinds": ((DAY, None),),
        },
    ),
]


@pytest.mark.parametrize(("event", "change"), STEPS)
def test_a_fact_is_remembered_in_its_own_place_and_moves_nobody(
    event: CandidateEvent, change: dict[str, object]
) -> None:
    assert told(FOUND, event) == Candidate(**{**vars(BEGUN), **change})


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        (NURTURED, "stage", Stage.NURTURE),
        (RETURNED, "stage", Stage.DISCOVER),
        (SUSPENDED, "suspended", True),
        (happened.CandidateResumed(SEALED), "suspended", False),
        (REVOKED, "outcome", Outcome.REVOKED),
        (happened.CandidateWithdrawn(), "outcome", Outcome.WITHDRAWN),
        (happened.CandidateDeclined(), "outcome", Outcome.DECLINED),
        (happened.CandidacyCompleted(), "outcome", Outcome.COMPLETED),
    ],
)
def test_a_change_of_standing_changes_one_thing(
    event: StandingEvent, field: str, value: object
) -> None:
    assert stand(COLLECTIVE, event) == Standing(**{**vars(COLLECTIVE), field: value})


def test_r5_9_a_description_tells_priority_and_kind_of_person() -> None:
    event = happened.CandidateDescribed(
        SEALED, None, PersonKind.WORKER, (PriorityGroup.LABOURER, PriorityGroup.GOOD_DEED)
    )
    standing = told(FOUND, DESCRIBED, event).standing
    assert (standing.person_kind, standing.priority) == (event.person_kind, event.priority)


def test_a_new_description_keeps_the_name_unless_it_brings_one() -> None:
    other, name = Sealed("b", "mac"), Sealed("c", "mac")
    kept = told(FOUND, DESCRIBED, happened.CandidateDescribed(other))
    renamed = told(FOUND, DESCRIBED, happened.CandidateDescribed(other, name))
    assert [(c.name, c.description) for c in (kept, renamed)] == [(SEALED, other), (name, other)]


def test_a_revoked_exemplar_is_recognized_no_more() -> None:
    assert told(FOUND, RECOGNIZED, REVOKED).recognition is None


def test_the_latest_finding_for_a_criterion_replaces_the_one_before() -> None:
    first, other = (happened.CriterionAssessed(code, Result.NOT_MET) for code in ("C1", "C2"))
    again = happened.CriterionAssessed("C1", Result.MET)
    assert told(FOUND, first, other, again).assessments == (fact(other), fact(again))


def test_a_lifted_block_is_gone_and_the_others_stay() -> None:
    other = happened.BlockRecorded(happened.BlockGround.INSPECTION)
    lifted = happened.BlockLifted(happened.BlockGround.COMPLAINT)
    assert told(FOUND, BLOCKED, other, lifted).blocks == (fact(other),)


def test_a_stage_is_entered_by_the_latest_step_into_it() -> None:
    days = [DAY + timedelta(days=n) for n in range(6)]
    steps = (FOUND, NURTURED, RETURNED, NURTURED, SUMMARIZED, REPLICATED)
    candidate = fold(numbered(*zip(steps, days, strict=True)))
    entered = {stage: fact.on for stage in Stage if (fact := candidate.entered(stage))}
    assert entered == {
        Stage.DISCOVER: days[2],
        Stage.NURTURE: days[3],
        Stage.SUMMARIZE: days[4],
        Stage.REPLICATE: days[5],
    }


def test_who_never_went_back_entered_discover_when_found() -> None:
    assert told(FOUND, NURTURED).entered(Stage.DISCOVER) == fact(FOUND)
    assert told(FOUND, NURTURED).entered(Stage.SUMMARIZE) is None


def test_facts_are_equal_whenever_they_were_heard() -> None:
    early, late = Fact(FOUND, DAY, "person:a", 3), Fact(FOUND, DAY, "person:a", 9)
    assert (early == late, hash(early) == hash(late)) == (True, True)
    assert early != Fact(FOUND, DAY, "person:b", 3)


@given(st.lists(EVENTS, max_size=20))
def test_whatever_has_happened_is_never_refused(happenings: list[CandidateEvent]) -> None:
    assert fold(numbered(*((event, DAY) for event in happenings))).standing.kind in (
        None,
        *CandidateKind,
    )


@given(st.data(), events(distinct_days=True))
def test_facts_with_days_of_their_own_add_up_the_same_in_whatever_order_they_were_recorded(
    data: st.DataObject, facts: list[tuple[CandidateEvent, date]]
) -> None:
    shuffled = data.draw(st.permutations(facts))
    assert fold(as_of(numbered(*facts))) == fold(as_of(numbered(*shuffled)))


@given(st.data(), events(distinct_days=True, min_size=1))
def test_a_fact_that_is_voided_and_recorded_again_counts_as_before(
    data: st.DataObject, facts: list[tuple[CandidateEvent, date]]
) -> None:
    target = data.draw(st.integers(1, len(facts)))
    entries = numbered(*facts)
    size, again = len(entries), facts[target - 1]
    entries += [
        entry(size, EntryVoided(target, SEALED), DAY, size + 1),
        entry(size + 1, *again, size + 2),
    ]
    assert fold(as_of(entries)) == fold(as_of(numbered(*facts)))
