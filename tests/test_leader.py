"""The leader rule: a head is an exemplar only beside the collective it heads."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from councils import heard, publicized
from department import PAPER, UNIT, Department, unit_named, who
from stories import WORDS

from benchmarks import people
from domain.candidate import fold
from domain.candidate_events import ExemplarRecognized, RatingRecorded, ReReviewRequired
from domain.consent import Consent
from domain.corrections import EffectiveDateCorrected
from domain.entry import Entry
from domain.history import as_of
from domain.values import (
    CandidateKind,
    PersonKind,
    Rating,
    ReReviewCause,
    ReReviewResult,
    Result,
    RevocationGround,
    Role,
    Sealed,
    Title,
)
from events_store import exemplars
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.needs import Answer, Finding
from workflow.refusals import NeedsUnmet
from workflow.register import Request

FOUND, NURTURED, READY = date(2023, 2, 1), date(2023, 3, 1), date(2024, 2, 1)
DECIDED, LATER = date(2024, 3, 1), date(2024, 9, 2)
HEAD_SINCE = date(2022, 1, 1)
YEARS = (2021, 2022, 2023)


def course(register: Department, subject: str, title: Title, unproven: str = "") -> None:
    """Bring a candidate to the door of recognition."""
    measure = register.candidate(subject).standing.measure
    criteria = register.rules.on(FOUND).criteria_for(measure, FOUND)
    results = tuple(
        (c.code, Result.NOT_PROVEN if c.code == unproven else Result.MET) for c in criteria
    )
    for command, by, on in (
        (asked.RecordPeerAcclaim("BB-01", 20, 0, 1), Role.OFFICER, FOUND),
        (asked.EndorseCandidate(), Role.UNIT_HEAD, FOUND),
        (asked.AdvanceStage(), Role.REVIEWER, NURTURED),
        (asked.AdoptNurturePlan(WORDS), Role.OFFICER, NURTURED),
        (asked.ReportProgress(WORDS, full=True), Role.OFFICER, READY),
        (asked.RecordTitle(title, 2023), Role.OFFICER, READY),
        (asked.AdvanceStage(), Role.REVIEWER, READY),
        (asked.ReportSummary(WORDS), Role.OFFICER, READY),
        (asked.AssessCriteria(results), Role.STANDING_BODY, READY),
    ):
        register.ask(command, subject, by, on)
    publicized(register, subject, READY)
    heard(register, subject, DECIDED)


AGREED = asked.RecordConsent(Consent.GIVEN, "1/ĐY")


def leader(register: Department, heads: str = UNIT, since: date = HEAD_SINCE) -> str:
    """Return the candidacy of the head of a unit, ready to be recognized."""
    found = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, UNIT, who("Nông Văn Thắng"), WORDS, PersonKind.LEADER
    )
    subject = register.ask(found, by=Role.OFFICER, on=FOUND).subject
    person = register.candidate(subject).person
    assert person
    register.ask(asked.AppointHead(person), heads, on=since)
    register.ask(AGREED, subject, Role.OFFICER, on=FOUND)
    course(register, subject, Title.GRASSROOTS_FIGHTER)
    return subject


def collective(register: Department, unit: str = UNIT) -> str:
    """Return the collective of a unit, ready to be recognized."""
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, unit, who("Chi cục"), WORDS)
    subject = register.ask(found, by=Role.OFFICER, on=FOUND).subject
    course(register, subject, Title.EXCELLENT_COLLECTIVE)
    return subject


def rate(register: Department, subject: str, rating: Rating, on: date = READY) -> int:
    made = register.ask(asked.RecordRating(rating, 2023), subject, Role.OFFICER, on)
    return made.entries[0].version


def recognize(register: Department, subject: str, on: date = DECIDED) -> None:
    register.ask(asked.RecognizeExemplar("12/QĐ-SNN"), subject, Role.DIRECTOR, on)


def rule(register: Department, subject: str, on: date = DECIDED) -> Finding:
    """Return what the leader rule answers when a recognition is asked about."""
    director = register.people[Role.DIRECTOR]
    request = Request(asked.RecognizeExemplar("?"), director, subject, on)
    return next(f for f in register.why(request) if f.need == "leader-rule")


def both(register: Department) -> tuple[str, str]:
    """Return a recognized collective and its recognized head."""
    unit, head = collective(register), leader(register)
    rate(register, unit, Rating.EXCELLENT)
    recognize(register, unit)
    recognize(register, head)
    return unit, head


def causes(register: Department, subject: str) -> list[object]:
    return [fact.event for fact in register.candidate(subject).re_reviews]


def accused(register: Department) -> list[tuple[str, tuple[str, ...]]]:
    assert isinstance(register.ledger, Ledger)
    told = findings(register.ledger.all(), register.rules)
    return [(type(v.entry.event).__name__, v.why) for v in told if v.why]


def test_r4_1_a_leader_waits_for_the_collective(register: Department) -> None:
    unit, head = collective(register), leader(register)
    rate(register, unit, Rating.EXCELLENT)
    with pytest.raises(NeedsUnmet) as caught:
        recognize(register, head)
    assert [f.need for f in caught.value.unmet] == ["leader-rule"]
    assert rule(register, head).missing == ("collective-recognition",)
    recognize(register, unit)
    recognize(register, head)
    register.ask(asked.AdvanceStage(), head, Role.REVIEWER, DECIDED)
    assert register.candidate(head).standing.state == "replicate"
    assert accused(register) == []


@pytest.mark.parametrize("prepared", [True, False])
def test_who_is_acclaimed_is_asked_again_when_an_entry_may_have_changed_it(
    register: Department, prepared: bool
) -> None:
    asking = UNIT, CandidateKind.COLLECTIVE, 2023, LATER
    unit = collective(register)
    if prepared:
        register.ledger.reader().prepare()  # type: ignore[attr-defined]
    assert register.ledger.acclaimed(*asking) == {}
    recognize(register, unit)
    assert register.ledger.acclaimed(*asking) == {unit: False}
    register.ask(asked.AdvanceStage(), unit, Role.REVIEWER, DECIDED)
    assert register.ledger.acclaimed(*asking) == {unit: False}
    rate(register, unit, Rating.EXCELLENT)
    assert register.ledger.acclaimed(*asking) == {unit: True}


Lives = dict[str, list[Entry]]


def lives(ledger: Ledger) -> Lives:
    """Return the entries of each candidate, by reading everything."""
    told: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in ledger.all():
        if entry.subject.startswith("candidate:"):
            told[entry.subject].append(entry)
    return told


def replayed(told: Lives, kind: CandidateKind) -> dict[tuple[str, int], dict[str, bool]]:
    """Return who of a kind was ever recognized, by unit and year."""
    found: defaultdict[tuple[str, int], dict[str, bool]] = defaultdict(dict)
    for subject, entries in told.items():
        now, events = fold(as_of(entries)).standing, [entry.event for entry in entries]
        if now.kind is kind and any(isinstance(e, ExemplarRecognized) for e in events):
            rated = {e.year for e in events if isinstance(e, RatingRecorded)}
            for year in YEARS:
                found[now.unit or "", year][subject] = year in rated
    return found


def test_who_is_acclaimed_is_kept_up_as_reading_everything_finds_it(ledger: Ledger) -> None:
    batches = list(people.batches(60))
    entries = [entry for made, _secrets in batches for entry in made]
    ledger.append(entries[:90], [secret for _made, secrets in batches for secret in secrets])
    ledger.prepare()
    units = [entry.subject for entry in ledger.of_kind("unit")]
    for at in range(90, len(entries), 150):
        ledger.append(entries[at : at + 150])
        for kind in CandidateKind:
            expected = replayed(lives(ledger), kind)
            for unit, year in product(units, YEARS):
                kept_up = ledger.acclaimed(unit, kind, year, date.max)
                assert [*kept_up.items()] == [*expected[unit, year].items()]
                anew = exemplars.acclaimed(ledger.db, unit, kind)
                assert kept_up == exemplars.rated(anew, year, date.max, None)
    assert expected


def recognized_on(told: Lives, day: date, known: int) -> set[str]:
    """Return whose recognition was in force on a day, as known at a position."""
    return {id for id, entries in told.items() if fold(as_of(entries, day, known)).recognition}


def test_who_was_recognized_on_a_day_is_among_those_acclaimed_by_then(ledger: Ledger) -> None:
    for entries, secrets in people.batches(60):
        ledger.append(entries, secrets)
    recognized = [e for e in ledger.all() if isinstance(e.event, ExemplarRecognized)]
    last = max(recognized, key=lambda entry: entry.effective_on)
    days = sorted({entry.effective_on for entry in recognized})[::4]
    moved = EffectiveDateCorrected(last.version, days[0], Sealed("0" * 16, "0" * 43))
    version = ledger.version(last.subject) + 1
    ledger.append([last._replace(version=version, event=moved)])
    ledger.prepare()
    told, size, few = lives(ledger), ledger.size(), 0
    units = [entry.subject for entry in ledger.of_kind("unit")]
    for day, known in product(days, (size // 2, size)):
        among = {
            id
            for unit, kind in product(units, CandidateKind)
            for id in ledger.acclaimed(unit, kind, 2023, day, known)
        }
        assert recognized_on({id: told[id] for id in among}, day, known) == (
            expected := recognized_on(told, day, known)
        )
        assert known < size or last.subject in expected
        few += len(among) < len(recognized)
    assert few > len(days)


def test_r4_1_the_collective_counts_only_from_its_own_day(register: Department) -> None:
    unit, head = collective(register), leader(register)
    rate(register, unit, Rating.EXCELLENT)
    recognize(register, unit, LATER)
    assert rule(register, head, DECIDED).answer is Answer.UNMET
    assert rule(register, head, LATER).answer is Answer.MET


def test_r4_1_what_one_list_found_of_a_unit_says_nothing_of_another_moment(
    register: Department,
) -> None:
    unit, head = collective(register), leader(register)
    rate(register, unit, Rating.EXCELLENT)
    before = register.ledger.size()
    recognize(register, unit, LATER)

    def answer(on: date, known: int | None) -> Answer:
        ready = register.readiness([unit, head], on, known)[head]
        (found,) = [f for f in ready.findings if f.need == "leader-rule"]
        return found.answer

    moments = ((LATER, None), (LATER, before), (DECIDED, None), (LATER, None), (LATER, before))
    met, unmet = Answer.MET, Answer.UNMET
    assert [answer(*moment) for moment in moments] == [met, unmet, unmet, met, unmet]


def test_r4_1_the_collective_was_rated_excellent_for_the_year(register: Department) -> None:
    unit, head = collective(register), leader(register)
    recognize(register, unit)
    assert rule(register, head).answer is Answer.MET  # an assessor found LD3 met
    rate(register, unit, Rating.GOOD)
    assert (rule(register, head).answer, rule(register, head).missing) == ("unmet", ("2023",))
    rate(register, unit, Rating.EXCELLENT, DECIDED)
    assert rule(register, head).answer is Answer.MET


def test_r4_1_a_7_who_leads_and_heads_nothing_is_warned_of_and_not_refused(
    register: Department,
) -> None:
    unit, deputy = collective(register), leader(register)
    assert rule(register, deputy).answer is Answer.UNMET
    register.ask(asked.DismissHead(), UNIT, on=READY)
    found = rule(register, deputy)
    assert (found.answer, found.missing) == (Answer.WARNED, ("collective-recognition",))
    assert found.met
    rate(register, unit, Rating.EXCELLENT)
    recognize(register, unit)
    assert rule(register, deputy).answer is Answer.MET
    worker = asked.DescribeCandidate(WORDS, PersonKind.WORKER)
    register.ask(
        asked.RevokeRecognition(RevocationGround.FALSE_DECLARATION, WORDS, "7/QĐ"),
        unit,
        Role.DIRECTOR,
        DECIDED,
    )
    register.ask(worker, deputy, Role.OFFICER, READY)
    assert rule(register, deputy).answer is Answer.MET  # no leader at all


def test_a_8_a_leader_who_moved_answers_for_the_unit_headed_six_months(
    register: Department,
) -> None:
    unit, head = collective(register), leader(register)
    rate(register, unit, Rating.EXCELLENT)
    recognize(register, unit)
    person = register.candidate(head).person
    assert person
    other = register.ask(unit_named("Chi cục Thủy lợi"), on=HEAD_SINCE).subject
    register.ask(asked.DismissHead(), UNIT, on=date(2023, 10, 1))
    register.ask(asked.AppointHead(person), other, on=date(2023, 10, 1))
    assert rule(register, head).answer is Answer.MET
    register.ask(asked.AppointHead(person), other, on=date(2023, 2, 1))
    assert rule(register, head).missing == ("collective-recognition",)


def test_a_8_a_new_head_is_looked_at_by_a_person(register: Department) -> None:
    head = leader(register, since=date(2023, 12, 1))
    assert rule(register, head).answer is Answer.MET  # found met by an assessor
    doubtful = asked.AssessCriteria((("LD3", Result.NOT_PROVEN),))
    register.ask(doubtful, head, Role.STANDING_BODY, READY)
    found = rule(register, head)
    assert (found.answer, found.missing) == (Answer.NOT_PROVEN, ("headship",))


def test_r4_1_a_revoked_collective_calls_for_a_second_look_at_its_head(
    register: Department,
) -> None:
    unit, head = both(register)
    revoke = asked.RevokeRecognition(RevocationGround.FALSE_DECLARATION, WORDS, "7/QĐ-SNN")
    told = register.ask(revoke, unit, Role.DIRECTOR, LATER)
    assert (told.subject, [e.subject for e in told.entries]) == (unit, [unit, head])
    assert causes(register, head) == [ReReviewRequired(ReReviewCause.RECOGNITION_LOST, unit)]
    assert register.candidate(head).recognition  # never removed in silence
    assert accused(register) == []


def test_r4_1_a_corrected_rating_calls_for_a_second_look(register: Department) -> None:
    unit, head = both(register)
    rate(register, unit, Rating.GOOD, LATER)
    assert causes(register, head) == [ReReviewRequired(ReReviewCause.RATING_LOST, unit)]
    rate(register, unit, Rating.GOOD, LATER)
    assert len(causes(register, head)) == 1
    assert accused(register) == []


def test_r4_1_a_lost_title_calls_for_a_second_look_at_both(register: Department) -> None:
    unit, head = both(register)
    title = next(
        e for e in register.ledger.entries(unit) if type(e.event).__name__ == "TitleRecorded"
    )
    void = asked.VoidEntry(title.version, WORDS)
    told = register.ask(void, unit, Role.DIRECTOR, LATER, basis=PAPER)
    assert [e.subject for e in told.entries] == [unit, unit, head]
    lost = ReReviewRequired(ReReviewCause.TITLE_LOST, unit)
    assert (causes(register, unit), causes(register, head)) == ([lost], [lost])
    assert accused(register) == []


def test_r4_1_a_second_look_is_concluded_by_another_person(register: Department) -> None:
    unit, head = both(register)
    rate(register, unit, Rating.GOOD, LATER)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(asked.AdvanceStage(), head, Role.REVIEWER, LATER)
    assert {"leader-rule", "no-re-review"} <= {f.need for f in caught.value.unmet}
    kept = asked.ConcludeReReview(ReReviewResult.KEPT, WORDS)
    register.ask(kept, head, Role.DIRECTOR, LATER)
    assert causes(register, head) == []
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(kept, head, Role.DIRECTOR, LATER)
    assert [f.need for f in caught.value.unmet] == ["re-review"]
    assert accused(register) == []


def test_r4_1_nobody_forges_a_second_look(register: Department) -> None:
    unit, head = both(register)
    entry = register.ledger.entries(head)[-1]
    forged = ReReviewRequired(ReReviewCause.TITLE_LOST, unit)
    assert isinstance(register.ledger, Ledger)
    with register.ledger.transaction():
        register.ledger.append(
            [entry._replace(version=entry.version + 1, event=forged, command_id="forged")]
        )
    assert accused(register) == [("ReReviewRequired", ("command",))]


def appointed(register: Department) -> int:
    """Return the version of the entry by which the unit got its head."""
    told = register.ledger.entries(UNIT)
    return next(e.version for e in told if type(e.event).__name__ == "UnitHeadAppointed")


@pytest.mark.parametrize("moved", [None, date(2023, 11, 1)])
def test_r4_1_a_corrected_headship_calls_for_a_second_look(
    register: Department, moved: date | None
) -> None:
    _, head = both(register)
    version = appointed(register)
    void = asked.VoidEntry(version, WORDS)
    correct = asked.CorrectEffectiveDate(version, moved, WORDS) if moved else void
    told = register.ask(correct, UNIT, Role.DIRECTOR, LATER, basis=PAPER)
    assert [e.subject for e in told.entries] == [UNIT, head]
    changed = ReReviewRequired(ReReviewCause.HEADSHIP_CHANGED, head)
    assert causes(register, head) == [changed]
    assert register.candidate(head).recognition  # never removed in silence
    assert accused(register) == []


def test_r4_1_a_head_named_for_a_day_long_past_calls_for_a_second_look(
    register: Department,
) -> None:
    _, head = both(register)
    other = register.ask(unit_named("Chi cục Thủy lợi"), on=HEAD_SINCE).subject
    person = register.candidate(head).person
    assert person
    register.ask(asked.AppointHead(person), other, on=HEAD_SINCE)
    assert len(causes(register, head)) == 1
    register.ask(
        asked.DismissHead(), other, on=HEAD_SINCE
    )  # so had it not been, and once is enough
    assert len(causes(register, head)) == 1


@pytest.mark.only("sqlite")
def test_r4_1_what_does_not_touch_the_assessed_time_asks_for_nothing(
    register: Department,
) -> None:
    _, head = both(register)
    register.ask(asked.AppointHead("person:x"), UNIT, on=LATER)
    version = appointed(register)
    day_before = date(2021, 12, 31)
    correct = asked.CorrectEffectiveDate(version, day_before, WORDS)
    register.ask(correct, UNIT, Role.DIRECTOR, LATER, basis=PAPER)
    assert causes(register, head) == []


@pytest.mark.parametrize(("votes", "again"), [(8, 1), (10, 0)])
def test_a_14_a_corrected_tally_calls_for_a_second_look_if_the_council_said_otherwise(
    register: Department, votes: int, again: int
) -> None:
    unit = collective(register)
    recognize(register, unit)
    (session,) = register.all("session")
    item = register.all("session")[session].items[0].number
    tally = asked.CorrectTally(item, 11, 11, votes, 11 - votes, 0, "a" * 64, WORDS)
    register.ask(tally, session, Role.STANDING_BODY, LATER, basis=PAPER)
    changed = ReReviewRequired(ReReviewCause.OPINION_CHANGED, unit)
    assert causes(register, unit) == [changed] * again
    assert accused(register) == []
