"""Units that merge and split: who moves, what stays, what they are called, where they count."""

from __future__ import annotations

from datetime import date

import pytest
from department import PAPER, SINCE, UNIT, Department, unit_named, who
from stories import WORDS

from domain.candidate_events import CandidateTransferred, TitleRecorded
from domain.unit import Unit, predecessors, successors
from domain.values import CandidateKind, Rating, RevocationGround, Role, Title, UnitKind
from events_store.ledger import Ledger
from web.moment import Moment
from web.state import state
from web.units import former_titles, unit_choices, unit_names
from web.words.units import name_on
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.refusals import InvalidCommand, NeedsUnmet

FOUND, MERGED, LATER = date(2024, 3, 1), date(2025, 3, 1), date(2025, 9, 1)
OLD, NEW, THIRD = "unit:khtc", "unit:khtc-2", "unit:khac"


@pytest.fixture
def merged(register: Department) -> Department:
    """Return a register in which a unit with candidates went into another."""
    for id, name in ((OLD, "Phòng Kế hoạch"), (NEW, "Phòng Kế hoạch - Tài chính")):
        register.ask(unit_named(name), id, on=SINCE)
    register.ask(unit_named("Văn phòng"), THIRD, on=SINCE)
    return register


def discover(register: Department, kind: CandidateKind, unit: str = OLD) -> str:
    found = asked.DiscoverCandidate(kind, unit, who("Bế Thị Ngọc Ánh"), WORDS)
    return register.ask(found, by=Role.OFFICER, on=FOUND).subject


def transfer(
    register: Department, *candidates: str, to: str = NEW, on: date = MERGED
) -> list[tuple[str, type[object]]]:
    command = asked.TransferCandidates(to, candidates)
    told = register.ask(command, OLD, Role.STANDING_BODY, on, basis=PAPER)
    return [(entry.subject, type(entry.event)) for entry in told.entries]


def accused(register: Department) -> list[tuple[str, tuple[str, ...]]]:
    assert isinstance(register.ledger, Ledger)
    told = findings(register.ledger.all(), register.rules)
    return [(type(v.entry.event).__name__, v.why) for v in told if v.why]


def counted(register: Department, on: date, known: int | None = None) -> dict[str, int]:
    assert isinstance(register.ledger, Ledger)
    when = Moment(on, known, None)
    told = state(register.ledger, register, when, "unit", mapped=True)
    return {part["unit"]: sum(part["states"].values()) for part in told["units"]}


def test_a_9_one_command_moves_many_and_each_has_its_entry(merged: Department) -> None:
    first, second = (discover(merged, CandidateKind.INDIVIDUAL) for _ in range(2))
    merged.ask(asked.MergeUnit((NEW,)), OLD, Role.STANDING_BODY, MERGED)
    told = transfer(merged, first, second)
    assert [subject for subject, _ in told] == [OLD, first, second]
    units = [
        merged.candidate(first, on=day).standing.unit for day in (FOUND, date(2025, 2, 28), MERGED)
    ]
    assert units == [OLD, OLD, NEW]
    assert accused(merged) == []


def test_a_9_a_transfer_that_no_decision_made_is_found(merged: Department) -> None:
    subject = discover(merged, CandidateKind.INDIVIDUAL)
    forged = merged.ledger.entries(subject)[-1]._replace(
        event=CandidateTransferred(NEW), version=3, command_id="forged"
    )
    assert isinstance(merged.ledger, Ledger)
    merged.ledger.append([forged])
    assert accused(merged) == [("CandidateTransferred", ("command",))]


def test_a_9_titles_and_ratings_of_a_collective_stay_with_the_old_unit(
    merged: Department,
) -> None:
    subject = discover(merged, CandidateKind.COLLECTIVE)
    title = asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, 2024)
    merged.ask(title, subject, Role.OFFICER, date(2025, 2, 1))
    merged.ask(asked.RecordRating(Rating.EXCELLENT, 2024), subject, Role.OFFICER, LATER)
    transfer(merged, subject)
    late = asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, 2023)
    merged.ask(late, subject, Role.OFFICER, LATER)  # decided late, for a year before
    own = asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, 2025)
    merged.ask(own, subject, Role.OFFICER, LATER)
    candidate = merged.candidate(subject)
    assert [fact.event for fact in candidate.titles] == [TitleRecorded(own.title, 2025)]
    assert (len(candidate.ratings), len(candidate.left_behind)) == (0, 3)


def test_a_9_a_successor_shows_the_titles_that_its_predecessors_hold(merged: Department) -> None:
    gone, stayed = (discover(merged, CandidateKind.COLLECTIVE) for _ in range(2))
    merged.ask(asked.MergeUnit((NEW,)), OLD, Role.STANDING_BODY, MERGED)
    for subject, year, on in (
        (gone, 2023, date(2024, 4, 1)),
        (stayed, 2024, date(2025, 2, 1)),
    ):
        title = asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, year, "9/QĐ-UBND")
        merged.ask(title, subject, Role.OFFICER, on)
    transfer(merged, gone)
    own = asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, 2025, "10/QĐ-UBND")
    merged.ask(own, gone, Role.OFFICER, LATER)
    assert isinstance(merged.ledger, Ledger)

    def shown(unit: str, on: date = LATER) -> list[tuple[str, int]]:
        return [(t.called, t.year) for t in former_titles(merged.ledger, merged, unit, on)]

    then = "Phòng Kế hoạch (nay là Phòng Kế hoạch - Tài chính)"
    assert shown(NEW) == [(then, 2023), (then, 2024)]
    assert (shown(OLD), shown(THIRD), shown(NEW, date(2025, 2, 28))) == ([], [], [])


def test_a_9_a_title_given_back_after_the_move_stays_with_the_old_unit(
    merged: Department,
) -> None:
    subject = discover(merged, CandidateKind.COLLECTIVE)
    title = (Title.EXCELLENT_COLLECTIVE, 2024)
    merged.ask(asked.RecordTitle(*title), subject, Role.OFFICER, date(2025, 2, 1))
    revoke = asked.RevokeTitle(*title, RevocationGround.UNLAWFUL_PROPOSAL, "9/QĐ-UBND", WORDS)
    merged.ask(revoke, subject, Role.DIRECTOR, date(2025, 2, 2))
    transfer(merged, subject)
    merged.ask(asked.RestoreTitle(*title, "10/QĐ-UBND", WORDS), subject, Role.DIRECTOR, LATER)
    candidate = merged.candidate(subject)
    assert (candidate.titles, candidate.untitled) == ((), ())
    assert [fact.event for fact in candidate.left_behind] == [TitleRecorded(*title)]


def test_titles_of_a_person_go_along(merged: Department) -> None:
    subject = discover(merged, CandidateKind.INDIVIDUAL)
    title = asked.RecordTitle(Title.GRASSROOTS_FIGHTER, 2023)
    merged.ask(title, subject, Role.OFFICER, FOUND)
    transfer(merged, subject)
    assert len(merged.candidate(subject).titles) == 1


def test_a_9_who_cannot_move_is_named_with_every_reason(merged: Department) -> None:
    elsewhere = discover(merged, CandidateKind.INDIVIDUAL, THIRD)
    withdrawn = discover(merged, CandidateKind.INDIVIDUAL)
    merged.ask(asked.WithdrawCandidate(WORDS), withdrawn, Role.REVIEWER, LATER)
    with pytest.raises(NeedsUnmet) as caught:
        merged.ask(asked.TransferCandidates(NEW, (elsewhere, withdrawn)), OLD,
                   Role.STANDING_BODY, MERGED)  # fmt: skip
    found = {finding.need: finding.missing for finding in caught.value.unmet}
    ids = tuple(subject.partition(":")[2] for subject in (elsewhere, withdrawn))
    reasons = ("of-another-unit", "file-closed", "changed-later", *ids)
    assert found == {"transferable": reasons, "official-notice": ("no-paper",)}


@pytest.mark.parametrize(
    ("command", "facts"),
    [
        (asked.TransferCandidates(NEW, ()), ("candidates", "must name candidates, each once")),
        (asked.TransferCandidates(OLD, ("candidate:x",)), ("receiver", "must name other units")),
        (asked.RearrangeUnit(), ("parent", "must name another parent or kind")),
        (asked.RearrangeUnit(parent=OLD), ("parent", "cannot stand below itself")),
        (asked.MergeUnit((NEW, NEW)), ("into", "must name other units")),
        *(
            (asked.MergeUnit((NEW, THIRD), shares),
             ("shares", "must be fractions that add up to one"))
            for shares in (("1/2",), ("1/2", "1/3"), ("half", "1/2"), (">1/2", "1/2"))
        ),
    ],
)  # fmt: skip
@pytest.mark.only("sqlite")
def test_what_contradicts_itself_is_refused(
    merged: Department, command: asked.Command, facts: tuple[str, str]
) -> None:
    with pytest.raises(InvalidCommand) as caught:
        merged.ask(command, OLD, Role.STANDING_BODY, MERGED, basis=PAPER)
    assert caught.value.facts == facts


@pytest.mark.only("sqlite")
def test_nothing_merges_into_what_came_of_itself(merged: Department) -> None:
    merged.ask(asked.MergeUnit((NEW,)), OLD, on=LATER)
    with pytest.raises(InvalidCommand) as caught:
        merged.ask(asked.MergeUnit((OLD,)), NEW, on=MERGED)
    assert caught.value.facts == ("into", "has become this unit")
    with pytest.raises(InvalidCommand) as caught:
        merged.ask(asked.MergeUnit((THIRD,)), OLD, on=LATER)
    assert caught.value.facts == ("unit", "was merged into another")


@pytest.mark.only("sqlite")
def test_kind_and_parent_have_their_dates_too(merged: Department) -> None:
    merged.ask(asked.RearrangeUnit(UnitKind.CENTRE, THIRD), OLD, on=MERGED)
    merged.ask(asked.RearrangeUnit(UnitKind.BOARD), OLD, on=LATER)
    days = (FOUND, MERGED, LATER)
    units = [merged.units(on=day)[OLD] for day in days]
    assert [(u.kind, u.parent) for u in units] == [
        (UnitKind.SUB_DEPARTMENT, None),
        (UnitKind.CENTRE, THIRD),
        (UnitKind.BOARD, THIRD),
    ]
    with pytest.raises(InvalidCommand):
        merged.ask(asked.RearrangeUnit(parent=OLD), THIRD, on=LATER)


@pytest.mark.only("sqlite")
def test_a_30_a_unit_is_called_as_it_was_and_what_it_is_now_beside_it(
    merged: Department,
) -> None:
    merged.ask(asked.RenameUnit("Phòng Tài chính"), NEW, on=LATER)
    merged.ask(asked.MergeUnit((NEW,)), OLD, on=MERGED)
    merged.ask(asked.MergeUnit((UNIT, NEW), ("1/3", "2/3")), THIRD, on=LATER)
    assert unit_names(merged, FOUND) == {
        UNIT: "Chi cục Kiểm lâm",
        OLD: "Phòng Kế hoạch (nay là Phòng Tài chính)",
        NEW: "Phòng Kế hoạch - Tài chính (nay là Phòng Tài chính)",
        THIRD: "Văn phòng (nay là Chi cục Kiểm lâm và Phòng Tài chính)",
    }
    on_paper = unit_names(merged, FOUND, now=MERGED)  # a paper keeps saying what it said
    assert on_paper[NEW] == "Phòng Kế hoạch - Tài chính"
    assert unit_names(merged, LATER)[NEW] == "Phòng Tài chính"


@pytest.mark.only("sqlite")
def test_of_two_units_of_one_name_the_former_is_told_apart_where_one_is_chosen(
    merged: Department,
) -> None:
    merged.ask(asked.RenameUnit("Phòng Kế hoạch"), NEW, on=LATER)
    merged.ask(asked.MergeUnit((NEW,)), OLD, on=MERGED)
    names = unit_names(merged, LATER)
    assert names[OLD] == names[NEW] == "Phòng Kế hoạch"
    assert unit_choices(merged, names) == [
        (UNIT, "Chi cục Kiểm lâm"),
        (NEW, "Phòng Kế hoạch"),
        (OLD, f"Phòng Kế hoạch (trước {MERGED:%d/%m/%Y})"),
        (THIRD, "Văn phòng"),
    ]


def test_a_merger_into_a_unit_of_the_same_name_needs_no_other_name() -> None:
    units = {"unit:1": Unit("Văn phòng", merged_into=("unit:2",)), "unit:2": Unit("Văn phòng")}
    assert name_on("unit:1", units, units) == "Văn phòng"


def test_units_know_what_they_became_even_in_a_circle() -> None:
    units = {
        "unit:1": Unit(merged_into=("unit:2", "unit:3")),
        "unit:2": Unit(merged_into=("unit:4",)),
        "unit:3": Unit(),
        "unit:4": Unit(merged_into=("unit:2",)),  # written past the door
    }
    assert successors(units, "unit:1") == ("unit:3",)
    assert successors(units, "unit:none") == ("unit:none",)
    assert predecessors(units, "unit:3") == ("unit:1",)


def test_counts_are_as_then_or_of_the_units_of_today(merged: Department) -> None:
    stays, goes = (discover(merged, CandidateKind.INDIVIDUAL) for _ in range(2))
    merged.ask(asked.MergeUnit((NEW,)), OLD, on=MERGED)
    transfer(merged, goes)
    known = merged.ledger.size()
    then = [merged.candidate(id, on=FOUND).standing.unit for id in (stays, goes)]
    assert (then, counted(merged, FOUND)) == ([OLD, OLD], {"Phòng Kế hoạch - Tài chính": 2})
    merged.ask(asked.MergeUnit((THIRD,)), NEW, on=LATER)
    assert counted(merged, FOUND) == {"Văn phòng": 2}
    assert counted(merged, FOUND, known) == {"Phòng Kế hoạch - Tài chính": 2}


def test_of_a_split_unit_a_candidate_counts_where_it_was_sent(merged: Department) -> None:
    stays, goes = (discover(merged, CandidateKind.INDIVIDUAL) for _ in range(2))
    merged.ask(asked.MergeUnit((NEW, THIRD)), OLD, on=MERGED)
    transfer(merged, goes, to=THIRD)
    known = merged.ledger.size()
    assert counted(merged, FOUND) == {"Phòng Kế hoạch": 1, "Văn phòng": 1}
    transfer(merged, stays)
    assert counted(merged, FOUND) == {"Phòng Kế hoạch - Tài chính": 1, "Văn phòng": 1}
    assert counted(merged, FOUND, known) == {"Phòng Kế hoạch": 1, "Văn phòng": 1}
