"""Places, the dated lists they stand on, and the priority groups that follow."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from cli_use import Use
from department import UNIT, Department, who
from stories import WORDS
from test_leader import accused

from domain.place import AreaGroup, Place, PlaceKind
from domain.values import (
    Basis,
    CandidateKind,
    GivenGroup,
    PersonKind,
    PositionGroup,
    PriorityGroup,
    Private,
    Result,
    Role,
    Stage,
)
from events_store import figures
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.needs import PREDICATES
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted, UnknownSubject
from workflow.register import Request
from workflow.rules import load_all

PAPER = (Basis("861/QĐ-TTg", date(2021, 6, 4), "Thủ tướng Chính phủ"),)
LISTED, DELISTED, ACHIEVED = date(2021, 6, 4), date(2024, 7, 1), date(2023, 8, 15)
FOUND, CLASSIFIED = date(2024, 9, 2), date(2024, 9, 10)
BORDER, PG = AreaGroup.BORDER, PriorityGroup
BODY = Role.STANDING_BODY


def place(register: Department, name: str = "Thanh Long", on: date = date(2020, 1, 1)) -> str:
    command = asked.EnterPlace(name, PlaceKind.COMMUNE)
    return register.ask(command, by=BODY, on=on, basis=PAPER).subject


def listed(register: Department) -> str:
    """Return a place that was on the list of border communes for three years."""
    commune = place(register)
    register.ask(asked.ListPlace(BORDER), commune, BODY, LISTED, basis=PAPER)
    register.ask(asked.DelistPlace(BORDER), commune, BODY, DELISTED, basis=PAPER)
    return commune


def found(
    register: Department, kind: CandidateKind, measure: PersonKind | None = None, *tags: PG
) -> str:
    command = asked.DiscoverCandidate(kind, UNIT, who("Hứa Văn Sơn"), WORDS, measure, tags)
    return register.ask(command, by=Role.OFFICER, on=FOUND).subject


def classified(
    register: Department, candidate: str, command: asked.ClassifyCandidate
) -> tuple[PG, ...]:
    register.ask(command, candidate, Role.OFFICER, CLASSIFIED)
    return register.candidate(candidate).standing.priority


def test_a_21_the_list_of_the_day_of_the_achievement_decides(register: Department) -> None:
    commune = listed(register)
    worker = found(register, CandidateKind.INDIVIDUAL, PersonKind.FARMER)
    then = asked.ClassifyCandidate(ACHIEVED, commune)
    assert classified(register, worker, then) == (PG.FARMER, PG.BORDER_AREA)
    later = asked.ClassifyCandidate(DELISTED, commune)
    assert classified(register, worker, later) == (PG.FARMER,)
    state: Place = register.all("place")[commune]
    days = (date(2021, 6, 3), LISTED, date(2024, 6, 30), DELISTED)
    assert [state.groups_on(day) for day in days] == [(), (BORDER,), (BORDER,), ()]
    assert accused(register) == []


@pytest.mark.only("sqlite")
def test_a_21_a_list_needs_its_document_and_somebody_who_keeps_lists(
    register: Department,
) -> None:
    commune = place(register)
    with pytest.raises(NeedsUnmet) as refused:
        register.ask(asked.ListPlace(BORDER), commune, BODY, LISTED)
    assert [f.need for f in refused.value.unmet] == ["official-notice"]
    with pytest.raises(NotPermitted):
        register.ask(asked.ListPlace(BORDER), commune, Role.OFFICER, LISTED, basis=PAPER)


def test_a_20_fifteen_people_without_legal_personality_are_few(register: Department) -> None:
    team = found(register, CandidateKind.COLLECTIVE)
    told = [(15, False), (16, False), (15, True), (None, False)]
    small = [
        classified(register, team, asked.ClassifyCandidate(ACHIEVED, None, size, legal))
        for size, legal in told
    ]
    assert small == [(PG.SMALL_COLLECTIVE,), (), (), ()]
    numbers = {s.text.terms.priority.small_collective for s in load_all().sets}
    assert numbers == {15}
    assert accused(register) == []


def test_r5_9_kind_and_position_tell_who_does_the_work(register: Department) -> None:
    worker = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    direct = asked.ClassifyCandidate(FOUND, position=PositionGroup.DIRECT_WORKER)
    assert classified(register, worker, direct) == (PG.LABOURER, PG.DIRECT_LABOUR)
    head = found(register, CandidateKind.INDIVIDUAL, PersonKind.LEADER)
    leading = asked.ClassifyCandidate(FOUND, position=PositionGroup.OTHER_LEADER)
    assert classified(register, head, leading) == ()


def test_r5_11_what_is_given_needs_its_ground(register: Department) -> None:
    team = found(register, CandidateKind.COLLECTIVE)
    given = asked.ClassifyCandidate(ACHIEVED, given=(GivenGroup.EXTRAORDINARY,))
    with pytest.raises(InvalidCommand) as refused:
        classified(register, team, given)
    assert refused.value.facts[0] == "ground"
    ground = Private({"text": "Cứu người trong lũ"})
    assert classified(register, team, replace(given, ground=ground)) == (PG.EXTRAORDINARY,)
    assert accused(register) == []


def test_r5_10_what_was_found_out_wins_over_what_was_typed(register: Department) -> None:
    worker = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER, PG.REMOTE_AREA)
    classified(register, worker, asked.ClassifyCandidate(FOUND))
    again = asked.DescribeCandidate(Private(WORDS.content), PersonKind.WORKER, (PG.BORDER_AREA,))
    register.ask(again, worker, Role.OFFICER, CLASSIFIED)
    before = register.candidate(worker, FOUND).standing.priority
    assert (before, register.candidate(worker).standing.priority) == (
        (PG.REMOTE_AREA,),
        (PG.LABOURER,),
    )


@pytest.mark.only("sqlite")
def test_r5_10_no_classification_lowers_a_hard_criterion(register: Department) -> None:
    commune = listed(register)
    plain = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    tagged = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    every = asked.ClassifyCandidate(
        ACHIEVED,
        commune,
        position=PositionGroup.DIRECT_WORKER,
        given=tuple(GivenGroup),
        ground=Private({"text": "Dũng cảm"}),
    )
    assert len(classified(register, tagged, every)) == 5
    failed = {}
    for candidate in (plain, tagged):
        request = Request(asked.AssessCriteria(()), register.people[Role.REVIEWER], candidate)
        rules = register.case(request, candidate).rules
        codes = [c.code for c in rules.criteria_for("worker", CLASSIFIED)]
        results = tuple((c, asked_result(c)) for c in codes)
        register.ask(asked.AssessCriteria(results), candidate, Role.REVIEWER, CLASSIFIED)
        case = register.case(request, candidate)
        failed[candidate] = PREDICATES["assessment"](case, asked.AdvanceStage()).missing
    assert failed[plain] == failed[tagged] == ("W6",)
    assert register.candidate(tagged).standing.stage is Stage.DISCOVER


def asked_result(code: str) -> Result:
    """Return that the hard criterion of workers is not met, and all others are."""
    return Result.NOT_MET if code == "W6" else Result.MET


def test_a_21_old_communes_become_new_ones_whole_or_in_parts(register: Department) -> None:
    day = date(2025, 7, 1)
    old, split = place(register), place(register, "Hồng Thái")
    new, other = place(register, "Na Sầm", day), place(register, "Văn Lãng", day)
    register.ask(asked.MergePlace((new,)), old, BODY, day, basis=PAPER)
    register.ask(asked.MergePlace((new, other)), split, BODY, day, basis=PAPER)
    state: Place = register.all("place")[split]
    assert (state.merged_into, state.there(date(2025, 6, 30)), state.there(day)) == (
        (new, other),
        True,
        False,
    )
    for gone, command in (
        (old, asked.MergePlace((other,))),
        (new, asked.MergePlace((old,))),
        (new, asked.MergePlace((new,))),
        (new, asked.MergePlace(())),
    ):
        with pytest.raises(InvalidCommand):
            register.ask(command, gone, BODY, day, basis=PAPER)
    with pytest.raises(UnknownSubject):
        register.ask(asked.MergePlace(("place:none",)), new, BODY, day, basis=PAPER)
    worker = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    with pytest.raises(InvalidCommand) as refused:
        classified(register, worker, asked.ClassifyCandidate(ACHIEVED, new))
    assert refused.value.facts == ("place", "was not there on that day")
    assert accused(register) == []


def test_r5_9_shares_are_told_by_group_on_a_day(register: Department) -> None:
    assert isinstance(register.ledger, Ledger)
    worker = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    found(register, CandidateKind.COLLECTIVE)
    found(register, CandidateKind.COLLECTIVE, None, PG.SMALL_COLLECTIVE)
    direct = asked.ClassifyCandidate(FOUND, position=PositionGroup.DIRECT_WORKER)
    classified(register, worker, direct)
    asked_of = (figures.Asked(day) for day in (FOUND, CLASSIFIED))
    told = [figures.ask(register.ledger.db, figures.FIGURES["shares"], day) for day in asked_of]
    assert [{group: rest for group, *rest in answer.rows} for answer in told] == [
        {"none": [2, 3], "small-collective": [1, 3]},
        {"none": [1, 3], "small-collective": [1, 3], "labourer": [1, 3], "direct-labour": [1, 3]},
    ]


def test_a_21_the_communes_of_2025_are_entered_once_with_their_resolution(
    tmp_path: Path,
) -> None:
    listing = tomllib.loads((files("web") / "cli" / "communes.toml").read_text("utf-8"))
    names = [*listing["communes"], *listing["wards"]]
    assert (len(listing["communes"]), len(listing["wards"]), len(set(names))) == (61, 4, 65)
    use = Use(tmp_path)
    use.run("init")
    assert "Đã ghi 65 xã, phường; 0 nơi" in use.run("communes").output
    assert "Đã ghi 0 xã, phường; 65 nơi" in use.run("communes").output
    answer = use.json("state", "--by", "priority")
    assert (answer["total"], answer["priorities"]) == (0, [])
    use.run("lawful")
