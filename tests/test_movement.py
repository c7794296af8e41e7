"""Movements: launched, reviewed and closed, and what comes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import stories
from department import SINCE, TODAY, UNIT, Department, who
from stories import WORDS

from domain.entry import Entry
from domain.movement import Movement, MovementKind, MovementLevel, ReviewKind
from domain.values import CandidateKind, Role
from events_store.figures import FIGURES, Asked, ask
from events_store.ledger import Ledger
from web.schemas import load
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.refusals import InvalidCommand, NeedsUnmet, UnknownSubject

BEGUN = date(2022, 3, 1)
REVIEWED = date(2022, 6, 2)
CAMPAIGN = asked.LaunchMovement(
    "90 ngày cao điểm tiêm phòng",
    MovementKind.CAMPAIGN,
    MovementLevel.DEPARTMENT,
    "Giám đốc Sở",
    BEGUN,
    date(2022, 5, 30),
    problem=WORDS,
    criteria=WORDS,
)
FINAL = asked.ReviewMovement(ReviewKind.FINAL, "45/BC-SNN")
FOUND = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ tiêm phòng"), WORDS)


def launched(register: Department, command: asked.LaunchMovement = CAMPAIGN) -> str:
    return register.ask(command, by=Role.OFFICER, on=BEGUN).subject


def reviewed(register: Department, movement: str, kind: ReviewKind = ReviewKind.FINAL) -> int:
    review = replace(FINAL, kind=kind)
    return register.ask(review, movement, Role.OFFICER, REVIEWED).entries[0].version


def unmet(register: Department, command: asked.Command, movement: str) -> list[str]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, movement, Role.STANDING_BODY, REVIEWED)
    return [finding.need for finding in caught.value.unmet]


def test_r5_3_a_movement_keeps_what_the_plan_asks_of_it(register: Department) -> None:
    movement = launched(register)
    told = register.all("movement")[movement].launched
    kept = (told.name, told.kind, told.level, told.launcher, told.begins, told.ends)
    assert kept == (
        CAMPAIGN.name,
        CAMPAIGN.kind,
        CAMPAIGN.level,
        CAMPAIGN.launcher,
        BEGUN,
        CAMPAIGN.ends,
    )


def test_r5_3_free_text_of_a_movement_is_in_the_vault_only(register: Department) -> None:
    movement = launched(register)
    told = register.all("movement")[movement].launched
    assert [part is None for part in (told.problem, told.scope, told.slogan, told.criteria)] == [
        False,
        True,
        True,
        False,
    ]
    assert isinstance(register.ledger, Ledger)
    assert register.ledger.secrets([told.problem]) == {told.problem.id: WORDS.content}


def test_r5_3_a_movement_can_be_part_of_a_larger_one(register: Department) -> None:
    larger = launched(register, replace(CAMPAIGN, kind=MovementKind.REGULAR, ends=None))
    part = launched(register, replace(CAMPAIGN, movement=larger))
    assert register.all("movement")[part].launched.movement == larger
    with pytest.raises(UnknownSubject) as caught:
        launched(register, replace(CAMPAIGN, movement="movement:none"))
    assert caught.value.facts == ("movement:none",)


@pytest.mark.parametrize(
    ("change", "facts"),
    [
        ({"name": " "}, ("name", "must be named")),
        ({"name": "n" * 201}, ("name", "is too long for a name")),
        ({"launcher": "hai\ndòng"}, ("launcher", "is too long for a name")),
        ({"ends": SINCE}, ("ends", "cannot be before the beginning")),
    ],
    ids=["nameless", "long", "lines", "turned round"],
)
def test_r5_3_a_movement_that_cannot_be_is_refused(
    house: Department, change: dict[str, object], facts: tuple[str, str]
) -> None:
    with pytest.raises(InvalidCommand) as caught:
        launched(house, replace(CAMPAIGN, **change))  # type: ignore[arg-type]
    assert caught.value.facts == facts


def test_r5_4_a_review_can_bring_a_candidate(register: Department) -> None:
    movement = launched(register)
    review = reviewed(register, movement)
    found = replace(FOUND, source=movement, review=review)
    subject = register.ask(found, by=Role.OFFICER, on=REVIEWED).subject
    (discovered,) = register.candidate(subject).path
    event = discovered.event
    assert (getattr(event, "source", None), getattr(event, "review", None)) == (movement, review)


@pytest.mark.parametrize("review", [1, 2])  # the launch is no review, and nothing else is there
def test_r5_4_a_candidate_comes_of_a_movement_and_a_review_that_are_there(
    house: Department, review: int
) -> None:
    movement = launched(house)
    for change in ({"source": "movement:none"}, {"source": movement, "review": review}):
        with pytest.raises(NeedsUnmet) as caught:
            house.ask(replace(FOUND, **change), by=Role.OFFICER)  # type: ignore[arg-type]
        assert [finding.need for finding in caught.value.unmet] == ["known-source"]


def test_r5_4_the_source_comes_in_by_the_form_too() -> None:
    data = {
        "kind": "collective",
        "unit": UNIT,
        "who": {"name": "Tổ tiêm phòng"},
        "what": {},
        "source": "movement:1",
        "review": "2",
    }
    command = load(asked.DiscoverCandidate, data)
    assert isinstance(command, asked.DiscoverCandidate)
    assert (command.source, command.review) == ("movement:1", 2)


def test_r1_3_the_yield_of_a_movement_is_of_its_day(register: Department) -> None:
    first, second = launched(register), launched(register, replace(CAMPAIGN, name="Vụ mùa"))
    days = {"a": date(2022, 6, 3), "b": date(2022, 7, 1), "c": date(2022, 7, 2)}
    sources = {"a": first, "b": first, "c": second}
    for name, day in days.items():
        register.ask(replace(FOUND, source=sources[name]), by=Role.OFFICER, on=day)

    def seen(on: date) -> list[tuple[object, ...]]:
        return ask(register.ledger.db, FIGURES["movements"], Asked(on)).rows

    assert seen(date(2022, 6, 2)) == sorted([(first, 0, 0), (second, 0, 0)])
    assert seen(date(2022, 7, 1)) == sorted([(first, 2, 0), (second, 0, 0)])
    assert seen(TODAY) == sorted([(first, 2, 0), (second, 1, 0)])


def test_r1_3_a_recognized_candidate_counts_for_its_movement(register: Department) -> None:
    story = (replace(stories.FOUND, source="movement:1"), stories.RECOGNIZED)
    register.ledger.append(
        [
            Entry("candidate:1", at, TODAY, "person:a", None, "c", None, event)
            for at, event in enumerate(story, 1)
        ]
    )
    told = ask(register.ledger.db, FIGURES["movements"], Asked(TODAY)).rows
    assert told == [("movement:1", 1, 1)]


def test_r5_3_a_movement_is_closed_after_its_final_review(register: Department) -> None:
    movement = launched(register)
    assert unmet(register, asked.CloseMovement(), movement) == ["final-review"]
    reviewed(register, movement, ReviewKind.INTERIM)
    assert unmet(register, asked.CloseMovement(), movement) == ["final-review"]
    reviewed(register, movement)
    register.ask(asked.CloseMovement(), movement, Role.STANDING_BODY, date(2022, 6, 30))
    ran = [register.all("movement", on)[movement].running for on in (REVIEWED, TODAY)]
    assert ran == [True, False]
    assert unmet(register, FINAL, movement) == ["movement-running"]


def test_r5_3_a_movement_not_yet_launched_is_blank(register: Department) -> None:
    movement = launched(register)
    assert register.all("movement", date(2022, 2, 28))[movement] == Movement()


def test_all_that_a_movement_records_is_lawful(register: Department) -> None:
    movement = launched(register)
    review = reviewed(register, movement)
    register.ask(replace(FOUND, source=movement, review=review), by=Role.OFFICER, on=REVIEWED)
    register.ask(asked.CloseMovement(), movement, Role.STANDING_BODY)
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []
