"""The sample of the demo: every rule at work on the 24 candidates, on both clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import cast

import pytest

from domain.batch import BatchRecorded
from domain.candidate import Candidate
from domain.candidate_events import ReReviewRequired, TitleRecorded
from domain.council import Matter
from domain.entry import Entry
from domain.obligation import ObligationStatus
from domain.place import AreaGroup
from domain.refusals import REFUSALS, CommandRefused
from domain.subjects import KINDS
from domain.values import (
    BlockGround,
    CandidateKind,
    Outcome,
    PriorityGroup,
    Private,
    ReReviewCause,
    Role,
    Stage,
    Title,
)
from domain.vietnamese import spelling
from events_store.audit import audit
from events_store.database import Address
from events_store.figures import FIGURES, Asked, ask
from web.cli.setting_up import found
from web.demo import play
from web.demo.cast import CAST, SAMPLE
from web.demo.council import COUNCIL
from web.demo.movements import CAMPAIGN, ONE_MODEL
from web.demo.people import FOUNDED, FOUNDER
from web.demo.places import BINH_GIA
from web.demo.programme import FIRST, SECOND
from web.demo.stage import Clock, Differs, Step, Story, enter, tell
from web.demo.stage import Stage as Scene
from web.parts import join
from web.settings import Settings
from workflow.calendar import months_before
from workflow.commands import AdvanceStage, DescribePerson
from workflow.lawfulness import Ruling, findings
from workflow.needs import Finding
from workflow.obligations import overdue, owed
from workflow.register import HERE, Register

NOW = date(2026, 6, 30)
DISCOVER, NURTURE, SUMMARIZE, REPLICATE = Stage


def played(database: Address, folder: Path) -> Scene:
    """Return the stage after the whole sample was played on an empty register."""
    settings = Settings(database, demo=True, keys=folder / "keys")
    clock = Clock(FOUNDED)
    founder = found(settings, FOUNDER.name, clock)
    scene = Scene(join(settings, clock), clock)
    play(scene, founder)
    return scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("sample")
    return played(folder / "exemplar.db", folder)


class Book:
    """The sample, to be asked about a candidate by its number."""

    def __init__(self, scene: Scene) -> None:
        self.register: Register = scene.parts.register
        self.ledger = scene.parts.ledger

    def known(self, day: str) -> int:
        """Return the position that ends what was recorded by the end of a day."""
        end = datetime.combine(date.fromisoformat(day), time.max, HERE)
        return self.ledger.position_at(end)

    def of(self, number: int, on: str = str(NOW), known: str | None = None) -> Candidate:
        """Return a candidate on a day, as known by the end of another."""
        position = self.known(known) if known else None
        return self.register.candidate(CAST[number].id, date.fromisoformat(on), position)

    def states(self, number: int, *days: str) -> list[str | None]:
        """Return where a candidate stood on each of some days."""
        return [self.of(number, day).standing.state for day in days]

    def refused(self, number: int) -> list[tuple[str, tuple[str, ...]]]:
        """Return which commands about a candidate were refused, with the needs unmet."""
        told = [cast(CommandRefused, entry.event) for entry in self.ledger.entries(REFUSALS)]
        return [(e.command, e.unmet) for e in told if e.about == CAST[number].id]

    def entered(self, number: int, kind: str) -> list[Entry]:
        """Return the entries of a candidate of one kind of event, in the order recorded."""
        entries = self.ledger.entries(CAST[number].id)
        return [entry for entry in entries if type(entry.event).__name__ == kind]

    def unmet(self, number: int, on: str, known: str) -> dict[str, tuple[str, ...]]:
        """Return what the next stage lacked on a day, as known by the end of another."""
        day, position = date.fromisoformat(on), self.known(known)
        ready = self.register.readiness([CAST[number].id], day, position)[CAST[number].id]
        lacking: list[Finding] = [finding for finding in ready.findings if not finding.met]
        return {finding.need: finding.missing for finding in lacking}


@pytest.fixture(scope="module")
def book(scene: Scene) -> Book:
    return Book(scene)


# --- the whole -----------------------------------------------------------------------------------


def test_every_entry_of_the_sample_is_lawful(scene: Scene) -> None:
    verdicts = findings(scene.parts.ledger.all(), scene.parts.register.rules)
    assert {verdict.ruling for verdict in verdicts} == {Ruling.LAWFUL}


def test_the_log_of_the_sample_is_whole(scene: Scene) -> None:
    report = audit(scene.parts.ledger.recorder.address)
    assert (report.faults, report.size) == ([], scene.parts.ledger.size())


@pytest.mark.only("postgresql")
def test_the_sample_is_lawful_and_whole_on_postgresql(kept_at: Address, tmp_path: Path) -> None:
    scene = played(kept_at, tmp_path)
    verdicts = findings(scene.parts.ledger.all(), scene.parts.register.rules)
    assert {verdict.ruling for verdict in verdicts} == {Ruling.LAWFUL}
    assert audit(kept_at).faults == []


def test_the_recorded_time_moves_through_five_years(scene: Scene) -> None:
    days = [entry.recorded_at.astimezone(HERE).date() for entry in scene.parts.ledger.all()]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2021, 11, 8), date(2026, 6, 15))
    assert {day.year for day in days} == set(range(2021, 2027))


def test_every_candidate_of_the_cast_is_there_and_marked_as_sample(book: Book) -> None:
    there = {e.subject for e in book.ledger.of_kind("candidate")}
    assert there == {hero.id for hero in CAST.values()}
    sealed = {n: book.of(n).description for n in CAST if n != 17}
    told = book.ledger.secrets(seal for seal in sealed.values() if seal)
    assert {SAMPLE in str(content["achievement"]) for content in told.values()} == {True}


# --- candidate by candidate ----------------------------------------------------------------------


def test_01_r5_6_the_whole_path_year_by_year(book: Book) -> None:
    days = ("2022-01-09", "2022-01-10", "2022-02-15", "2023-02-20", "2023-04-10", str(NOW))
    assert book.states(1, *days) == [None, DISCOVER, NURTURE, SUMMARIZE, REPLICATE, REPLICATE]
    years = [(e.title, e.year) for f in book.of(1).titles if (e := cast(TitleRecorded, f.event))]
    assert years == [(Title.EXCELLENT_COLLECTIVE, year) for year in (2021, 2022, 2023, 2024)]
    assert book.refused(1) == []
    assert book.of(1).spread.by_year() == {2024: 1}


def test_02_r4_1_the_head_is_recognized_after_the_collective(book: Book) -> None:
    assert book.refused(2) == [("recognize-exemplar", ("leader-rule",))]
    head, unit = book.entered(2, "ExemplarRecognized"), book.entered(1, "ExemplarRecognized")
    assert head[0].effective_on == unit[0].effective_on == date(2023, 3, 30)
    assert head[0].position > unit[0].position


def test_03_c12_no_title_in_2022_and_no_way_on_before_that_of_2023(book: Book) -> None:
    assert book.refused(3) == [("advance-stage", ("yearly-record",))]
    assert book.unmet(3, "2023-02-20", "2023-02-20") == {"yearly-record": ("2022",)}
    assert book.states(3, "2023-12-31", "2024-02-20", "2024-04-15") == [
        NURTURE,
        SUMMARIZE,
        REPLICATE,
    ]
    assert book.of(3).standing.priority == (
        PriorityGroup.SMALL_COLLECTIVE,
        PriorityGroup.BORDER_AREA,
    )


def test_04_r4_1_the_leader_rule_fails_in_2023_and_passes_in_2024(book: Book) -> None:
    assert book.refused(4) == [("recognize-exemplar", ("leader-rule",))]
    assert book.unmet(4, "2023-04-03", "2023-04-03") == {
        "recognition": (),
        "leader-rule": ("collective-recognition",),
    }
    assert book.unmet(4, "2024-04-05", "2024-04-05") == {}
    assert book.states(4, "2023-12-31", "2024-04-15") == [SUMMARIZE, REPLICATE]
    units = [book.of(4, day).standing.unit for day in ("2025-06-30", "2025-07-01")]
    assert units == ["unit:hatkl", "unit:hatkv1"]


def test_05_a_29_three_titles_in_a_row_by_the_year_of_achievement(book: Book) -> None:
    titles = [cast(TitleRecorded, fact.event) for fact in book.of(5).titles]
    assert [(t.title, t.year) for t in titles] == [
        (Title.GRASSROOTS_FIGHTER, 2021),
        (Title.GRASSROOTS_FIGHTER, 2022),
        (Title.GRASSROOTS_FIGHTER, 2023),
        (Title.PROVINCIAL_FIGHTER, 2023),
    ]
    assert book.refused(5) == []
    # The first title was entered with a wrong day: as corrected now, and as believed before.
    assert book.of(5).titles[0].on == date(2022, 2, 11)
    assert book.of(5, known="2022-02-20").titles[0].on == date(2022, 2, 14)


def test_06_a_3_a_year_without_a_title_is_for_a_person_to_look_at(book: Book) -> None:
    assert book.refused(6) == [("advance-stage", ("yearly-record",))] * 2
    assert book.unmet(6, "2024-02-20", "2024-02-20") == {"yearly-record": ("2022",)}
    assert book.states(6, "2021-12-20", str(NOW)) == [NURTURE, NURTURE]


def test_07_a_worker_is_measured_by_ratings_and_eight_of_eleven_are_too_few(book: Book) -> None:
    assert book.refused(7) == [("recognize-exemplar", ("council-opinion",))]
    assert [f.event for f in book.of(7).titles] == []
    assert len(book.of(7).ratings) == 3
    assert book.states(7, "2023-12-31", "2024-01-15") == [SUMMARIZE, REPLICATE]


def test_08_a_1_a_model_has_an_owner_and_came_of_a_review(book: Book) -> None:
    it = book.of(8)
    assert (it.standing.kind, it.person) == (CandidateKind.MODEL, None)
    assert it.source == ONE_MODEL
    assert it.spread.by_year() == {2025: 2}
    assert it.recognition
    assert it.name
    told = book.ledger.secrets([it.name])[it.name.id]
    assert told["owner"] == "Hợp tác xã Thạch đen Thất Khê (hư cấu)"


def test_09_a_2_an_external_nominee_is_sponsored_by_a_unit(book: Book) -> None:
    assert book.of(9).standing.measure == "farmer"
    assert book.of(9).standing.unit == "unit:ptnt"
    # The cousin in the council had no vote: nine of ten members, four fifths all the same.
    session = book.register.all("session")["session:2025-03-28"]
    tally = session.about(CAST[9].id, Matter.RECOGNITION).tally
    assert (tally.votes_for, tally.base, tally.excluded) == (
        9,
        10,
        ("person:mau-doan-thanh-nien",),
    )


def test_10_r5_11_every_stage_in_one_day_with_the_gates_waived(book: Book) -> None:
    moves = book.entered(10, "StageAdvanced")
    assert {move.effective_on for move in moves} == {date(2024, 9, 16)}
    assert [(m.event.to, m.event.waived) for m in moves] == [  # type: ignore[union-attr]
        (NURTURE, ("acclaim",)),
        (SUMMARIZE, ("nurture-plan", "full-review", "yearly-record")),
        (REPLICATE, ()),
    ]
    signed = book.entered(10, "ExemplarRecognized")[0].event
    assert signed.waived == ("publicity", "council-opinion")  # type: ignore[union-attr]
    assert book.refused(10) == [("record-commendation", ("uncommended",))]


def test_11_a_9_what_was_recognized_stays_with_the_merged_unit(book: Book) -> None:
    units = book.register.units()
    assert units["unit:khtc"].merged_into == ("unit:khtc2",)
    assert units["unit:khtc-tnmt"].merged_into == ("unit:khtc2",)
    assert units["unit:khtc"].merged_on == date(2025, 3, 1)
    assert book.of(11).standing.unit == "unit:khtc"
    refused = [cast(CommandRefused, e.event) for e in book.ledger.entries(REFUSALS)]
    assert [e.unmet for e in refused if e.command == "transfer-candidates"] == [("transferable",)]
    assert book.of(11).recognition


def test_12_a_9_a_person_goes_on_in_the_new_unit_with_her_titles(book: Book) -> None:
    units = [book.of(12, day).standing.unit for day in ("2025-02-28", "2025-03-01")]
    assert units == ["unit:khtc", "unit:khtc2"]
    years = [cast(TitleRecorded, fact.event).year for fact in book.of(12).titles]
    assert years == [2023, 2024, 2025]
    assert book.states(12, "2026-03-09", "2026-03-10") == [NURTURE, SUMMARIZE]


def test_13_a_revoked_title_takes_the_recognition_with_it_step_by_step(book: Book) -> None:
    assert book.states(13, "2024-07-14", "2024-07-15") == [REPLICATE, Outcome.REVOKED]
    required = book.entered(13, "ReReviewRequired")
    assert [e.event for e in required] == [ReReviewRequired(ReReviewCause.TITLE_LOST, CAST[13].id)]
    assert required[0].effective_on == date(2024, 6, 20)
    # A revocation takes effect on its own day: the title was held until then.
    assert [len(book.of(13, day).titles) for day in ("2024-06-19", "2024-06-20")] == [1, 0]


def test_14_r4_1_the_broken_condition_asks_for_a_second_look_at_the_head(book: Book) -> None:
    assert book.refused(14) == [("complete-candidacy", ("no-re-review", "adoption"))]
    assert [f.event for f in book.of(14).re_reviews] == [
        ReReviewRequired(ReReviewCause.TITLE_LOST, CAST[13].id),
        ReReviewRequired(ReReviewCause.RECOGNITION_LOST, CAST[13].id),
    ]
    assert book.states(14, str(NOW)) == [REPLICATE]  # never removed in silence
    assert book.of(14).recognition


def test_15_a_22_a_comment_is_answered_and_four_fifths_are_exactly_enough(book: Book) -> None:
    assert book.refused(15) == [("close-comment-period", ("comments-handled",))]
    assert (book.of(15).publicity.received, book.of(15).publicity.waiting) == ((1,), ())
    session = book.register.all("session")["session:2025-03-28"]
    tally = session.about(CAST[15].id, Matter.RECOGNITION).tally
    assert (tally.votes_for, tally.base, tally.threshold, tally.enough) == (8, 10, "4/5", True)


def test_16_a_complaint_stops_moves_and_not_data_entry(book: Book) -> None:
    assert book.refused(16) == [
        ("advance-stage", ("recognition", "no-block", "not-suspended")),
    ]
    during = book.of(16, "2024-03-28")
    assert during.standing.suspended
    assert [getattr(f.event, "ground", None) for f in during.blocks] == [BlockGround.COMPLAINT]
    assert len(during.evidence) == 1
    assert not book.of(16, "2024-04-22").standing.suspended
    assert book.states(16, str(NOW)) == [REPLICATE]


def test_17_a_24_who_withdrew_is_erased_and_still_counted(book: Book) -> None:
    assert book.states(17, "2023-05-14", "2023-05-15") == [NURTURE, Outcome.WITHDRAWN]
    person = book.of(17).person
    assert person
    told = book.ledger.entries(person)
    assert [type(entry.event).__name__ for entry in told] == [
        "PersonDescribed",
        "ErasureRequested",
        "ErasureAcknowledged",
        "PersonalDataErased",
    ]
    seal = told[0].event.description  # type: ignore[union-attr]
    assert book.ledger.secrets([seal]) == {}


def test_18_r6_9_the_only_collective_within_the_quota(book: Book) -> None:
    quota = book.register.all("quota")["quota:dai-hoi-6"]
    assert set(quota.delegates) == {CAST[n].id for n in (18, 5, 7, 20)}
    assert set(quota.reserve) == {CAST[1].id}
    refused = [cast(CommandRefused, e.event) for e in book.ledger.entries(REFUSALS)]
    full = [e.unmet for e in refused if e.about == "quota:dai-hoi-6"]
    assert full == [("quota-kept",), ("quota-kept",)]


def test_19_in_force_at_the_end_of_the_year_and_not_known_then(book: Book) -> None:
    assert book.of(19, "2023-12-31").recognition
    assert book.of(19, "2023-12-31", known="2023-12-31").recognition is None
    assert book.of(19, "2023-12-31", known="2024-01-05").recognition
    assert book.of(19, "2023-12-27").recognition is None


def test_20_r1_10_four_communes_do_likewise(book: Book) -> None:
    assert book.of(20).spread.by_year() == {2023: 2, 2024: 2}
    assert book.states(20, "2025-12-14", "2025-12-15") == [REPLICATE, Outcome.COMPLETED]


def test_21_r2_4_without_minutes_nobody_leaves_discover(book: Book) -> None:
    assert book.refused(21) == [("advance-stage", ("acclaim",))]
    assert book.states(21, "2023-06-19", "2023-06-20") == [DISCOVER, Outcome.DECLINED]


def test_22_and_23_are_two_people_of_one_folded_name(book: Book) -> None:
    assert CAST[22].name != CAST[23].name
    assert spelling(CAST[22].name) == spelling(CAST[23].name)
    assert book.of(22).person != book.of(23).person
    assert book.states(22, str(NOW)) + book.states(23, str(NOW)) == [NURTURE, DISCOVER]


def test_24_nothing_was_heard_of_it_for_fourteen_months(book: Book) -> None:
    last = book.of(24).last_change
    assert last
    assert last.on <= months_before(NOW, 14)
    assert all(report.on.year != 2025 for report in book.of(24).reports)


def test_a_12_a_commendation_moves_nobody(book: Book) -> None:
    praised = book.entered(10, "CommendationGranted")[0].effective_on
    assert book.states(10, "2024-09-17", str(praised)) == [REPLICATE, REPLICATE]


# --- what went on around them --------------------------------------------------------------------


def test_r5_12_one_register_holds_every_kind_of_subject(book: Book) -> None:
    kinds = {entry.subject.partition(":")[0] for entry in book.ledger.all()}
    assert kinds >= KINDS.keys() - {"calendar", "rule-set", "report"}  # nothing of these yet


def test_r5_10_who_belongs_where_is_told_by_the_list_of_the_day(book: Book) -> None:
    assert book.of(24).standing.priority == (
        PriorityGroup.SMALL_COLLECTIVE,
        PriorityGroup.REMOTE_AREA,
    )
    assert set(book.of(22).standing.priority) == {
        PriorityGroup.DIRECT_LABOUR,
        PriorityGroup.REMOTE_AREA,
        PriorityGroup.ETHNIC_MINORITY_AREA,
    }
    place = book.register.all("place")[BINH_GIA]
    assert place.groups_on(NOW) == (AreaGroup.ETHNIC_MINORITY,)  # taken off the other since


def test_a_selection_is_one_act_in_which_each_item_has_its_own_outcome(book: Book) -> None:
    (act,) = (e.event for e in book.ledger.all() if isinstance(e.event, BatchRecorded))
    chosen = {item.about: (item.refusal, item.why) for item in act.items}
    assert list(chosen) == [CAST[number].id for number in (1, 2, 7, 19, 20, 21)]
    assert chosen.pop(CAST[21].id) == ("NeedsUnmet", ("selectable",))
    assert set(chosen.values()) == {("", ())}


def test_eleven_members_sit_and_ten_after_one_retired(book: Book) -> None:
    day = date.fromisoformat
    members = {
        on: len(book.register.all("council", day(on))[COUNCIL].in_office(day(on)))
        for on in ("2021-12-31", "2022-01-12", "2024-08-31", "2024-09-01")
    }
    assert list(members.values()) == [10, 11, 11, 10]


def test_sessions_of_eleven_eight_seven_and_ten(book: Book) -> None:
    sessions = book.register.all("session")
    here = {id.partition(":")[2]: len(s.present) for id, s in sessions.items()}
    assert here == {
        "2023-03-24": 11,
        "2023-12-12": 8,
        "2023-12-22": 11,
        "2024-03-15": 7,
        "2024-03-29": 11,
        "2025-03-28": 10,
    }
    refused = [cast(CommandRefused, e.event) for e in book.ledger.entries(REFUSALS)]
    assert [(e.about, e.unmet) for e in refused if e.about.startswith("session:")] == [
        ("session:2024-03-15", ("quorum",))
    ]


def test_ballots_pass_and_fail_by_exact_fractions(book: Book) -> None:
    sessions = book.register.all("session")
    told = {
        (id.partition(":")[2], int((item.candidate or "0")[-2:]), item.matter): (
            f"{item.tally.votes_for}/{item.tally.base}",
            item.passed,
        )
        for id, session in sessions.items()
        for item in session.items
        if item.tally
    }
    recognition, fighter = Matter.RECOGNITION, Matter.PROVINCIAL_FIGHTER
    assert told["2023-03-24", 2, recognition] == ("9/11", True)
    assert told["2023-03-24", 1, recognition] == ("10/11", True)
    assert told["2024-03-29", 5, fighter] == ("10/11", True)
    assert told["2024-03-29", 2, fighter] == ("9/11", False)
    assert told["2023-12-12", 7, recognition] == ("8/11", False)
    assert told["2025-03-28", 15, recognition] == ("8/10", True)


def test_r7_1_who_was_late_with_the_plan_of_2021(book: Book) -> None:
    late = overdue(owed(book.register, date(2022, 1, 6)))
    assert {row.unit for row in late} == {"unit:tts", "unit:bqlda"}
    still = overdue(owed(book.register, date(2022, 2, 1)))
    assert {(row.unit, row.reminders) for row in still} == {("unit:bqlda", 1)}


def test_r6_6_the_half_year_of_2026_is_in_but_for_three(book: Book) -> None:
    rows = [row for row in owed(book.register, NOW) if row.programme == SECOND]
    by_unit = {row.unit: row.status for row in rows}
    assert by_unit["unit:qlcl"] is ObligationStatus.SUBMITTED
    assert {u for u, s in by_unit.items() if s is ObligationStatus.OVERDUE} == {
        "unit:hl",
        "unit:bqlda",
    }


def test_a_25_who_was_not_finished_goes_on_in_the_next_cycle(book: Book) -> None:
    assert not book.register.all("programme")[FIRST].running
    carried = {n for n in CAST if book.of(n).carried}
    assert carried == {6, 12, 22, 23, 24}


def test_r1_3_movements_were_launched_reviewed_and_brought_candidates(book: Book) -> None:
    movements = book.register.all("movement")
    assert len(movements) == 13
    assert [id for id, movement in movements.items() if not movement.running] == [CAMPAIGN]
    told = ask(book.register.ledger.db, FIGURES["movements"], Asked(NOW)).rows
    assert [row for row in told if row[0] == ONE_MODEL] == [(ONE_MODEL, 1, 1)]


def test_a_30_a_unit_has_the_name_of_its_day(book: Book) -> None:
    names = [
        book.register.units(date.fromisoformat(day))["unit:vp"].name
        for day in ("2025-02-28", "2025-03-01")
    ]
    assert names == ["Văn phòng Sở", "Văn phòng Sở Nông nghiệp và Môi trường"]


def test_a_story_that_the_rules_do_not_bear_out_is_not_played(scene: Scene) -> None:
    step = enter("2026-06-29", AdvanceStage(), CAST[24].id, Role.REVIEWER)  # the last: it writes
    with pytest.raises(Differs, match="'full-review': "):
        scene.play(step)
    with pytest.raises(Differs, match="'full-review': "):
        scene.play(step._replace(unmet=("acclaim",)))
    described = enter("2026-06-29", DescribePerson(Private({"name": "Ai đó"})), unmet=("acclaim",))
    with pytest.raises(Differs, match=r"\{\}"):
        scene.play(described)


def test_a_story_does_not_go_back_in_time(scene: Scene) -> None:
    def story() -> Iterator[Step]:
        for day in ("2026-06-30", "2026-06-29"):
            yield enter(day, DescribePerson(Private({"name": "Ai đó"})))

    with pytest.raises(AssertionError, match="goes back"):
        tell(scene, [cast(Story, story())])
