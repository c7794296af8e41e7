"""Lawfulness: nothing made through the door is accused, and every forgery below it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cli_use import Use
from councils import CHAIR, FILE, MEMBERS, established, heard
from department import PAPER, SINCE, TODAY, UNIT, Clock, Department, anew, unit_named, who
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import COMMANDS, CRITERIA, SEALED, WORDS

from domain import candidate_events as happened
from domain.batch import BatchRecorded
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.council import Matter, Seat
from domain.entry import Entry
from domain.events import Event
from domain.office import OfficeGranted
from domain.person import PersonDescribed
from domain.refusals import REFUSALS, CommandRefused
from domain.unit import UnitMerged
from domain.upkeep import UPKEEP, LogExported, RegisterRestored, SigningKeyReplaced
from domain.values import (
    BlockGround,
    CandidateKind,
    ErasureGround,
    Outcome,
    PersonKind,
    Rating,
    Result,
    Role,
    Stage,
    Title,
    UnitKind,
    new_id,
    private,
)
from events_store.ledger import Ledger
from web.cli.lawful import reason
from workflow import commands as asked
from workflow import recorded
from workflow.lawfulness import Ruling, Verdict, findings
from workflow.refusals import NotPermitted, Refusal
from workflow.rules import RuleBook, load_all

COLLECTIVE = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ bảo vệ rừng"), WORDS)
WORKER = asked.DiscoverCandidate(
    CandidateKind.INDIVIDUAL, UNIT, who("Hoàng Thị Lan"), WORDS, PersonKind.WORKER
)
ROW = asked.AttestCandidate(
    CandidateKind.INDIVIDUAL,
    UNIT,
    who("Lương Thị Hòa"),
    WORDS,
    date(2022, 6, 23),
    "0" * 64,
    "Sổ",
    7,
    minutes="BB-02",
    nurtured_on=date(2022, 7, 7),
    summarized_on=date(2024, 1, 5),
    decision="7/QĐ",
    replicated_on=date(2024, 1, 5),
    titles=((Title.ADVANCED_WORKER, 2023), (Title.ADVANCED_WORKER, 2026)),
    ratings=((Rating.EXCELLENT, 2023),),
)
HEARD = 11  # steps of the course that are behind a candidate whom the council hears
ASSESS = asked.AssessCriteria(tuple((code, Result.MET) for code in CRITERIA))
COURSE: tuple[tuple[asked.Command, Role], ...] = (
    (asked.RecordPeerAcclaim("BB-01", 20, 0, 1), Role.OFFICER),
    (asked.EndorseCandidate(), Role.UNIT_HEAD),
    (asked.AdvanceStage(), Role.REVIEWER),
    (asked.AdoptNurturePlan(WORDS), Role.OFFICER),
    (asked.ReportProgress(WORDS, full=True), Role.OFFICER),
    (asked.RecordTitle(Title.EXCELLENT_COLLECTIVE, 2025), Role.OFFICER),
    (asked.AdvanceStage(), Role.REVIEWER),
    (asked.ReportSummary(WORDS), Role.OFFICER),
    (ASSESS, Role.STANDING_BODY),
    (asked.OpenCommentPeriod(), Role.OFFICER),
    (asked.CloseCommentPeriod(), Role.REVIEWER),
    (asked.RecognizeExemplar("12/QĐ-UBND"), Role.DIRECTOR),
    (asked.AdvanceStage(), Role.REVIEWER),
    (asked.ExplainNoAdoption(WORDS), Role.OFFICER),
    (asked.CompleteCandidacy(WORDS), Role.STANDING_BODY),
)


def verdicts(register: Department) -> list[Verdict]:
    assert isinstance(register.ledger, Ledger)
    return list(findings(register.ledger.all(), register.rules))


def unlawful(register: Department) -> list[tuple[int, tuple[str, ...]]]:
    return [(v.entry.position, v.why) for v in verdicts(register) if v.why]


# Through the door


@dataclass
class Walk:
    """A walk through the door: mostly along the course, often astray, any time and anybody."""

    register: Department
    clock: Clock
    chance: Random
    reached: dict[str, int] = field(default_factory=dict)

    def step(self) -> None:
        self.clock.forward(days=self.chance.choice((0, 0, 1, 20)), minutes=self.chance.random())
        if not self.reached or self.chance.random() < 0.04:
            found = self.submit(self.chance.choice((COLLECTIVE, WORKER)), by=Role.OFFICER)
            if found:
                self.reached[found] = 0
        elif self.chance.random() < 0.7:
            self.onward(self.chance.choice(list(self.reached)))
        else:
            self.astray()

    def onward(self, candidate: str) -> None:
        at = self.reached[candidate]
        command, by = COURSE[at % len(COURSE)]
        if isinstance(command, asked.RecordTitle):
            command = replace(command, year=self.register.today().year - 1)
        if isinstance(command, asked.RecognizeExemplar):
            with suppress(Refusal):
                heard(self.register, candidate, self.register.today(), self.chance.randint(8, 11))
        if self.submit(command, candidate, by):
            self.reached[candidate] += 1
        elif self.chance.random() < 0.3:
            self.reached[candidate] = self.chance.randint(0, at)

    def astray(self) -> None:
        command, chance = self.command(), self.chance
        subjects = [s for s in self.subjects() if s.partition(":")[0] in asked.kinds(command)]
        new = None if type(command) in asked.BEGINS else "candidate:none"
        to = chance.choice([*subjects, *self.reached, new]) if chance.random() < 0.8 else new
        ago = timedelta(days=chance.choice((-2, 0, 0, 0, 3, 40, 800)))
        by = self.permitted(command) if chance.random() < 0.8 else self.person()
        self.submit(command, to, by, self.register.today() - ago, chance.choice(((), PAPER)))

    def permitted(self, command: asked.Command) -> Role:
        name, text = asked.name_of(type(command)), self.register.rules.sets[-1].text
        moves = [m.by for m in text.moves if m.move == asked.MOVES.get(type(command))]  # type: ignore[call-overload]
        by = text.commands[name].by if name in text.commands else (*moves, tuple(Role))[0]
        return self.chance.choice(by)

    def submit(
        self,
        command: asked.Command,
        to: str | None = None,
        by: Role | str = Role.OFFICER,
        on: date | None = None,
        basis: Any = (),
    ) -> str | None:
        try:
            return self.register.ask(command, to, by, on, basis=basis).subject
        except Refusal:
            return None

    def subjects(self) -> list[str]:
        return list(dict.fromkeys(e.subject for e in self.register.ledger.all()))  # type: ignore[attr-defined]

    def person(self) -> str:
        people = [s for s in self.subjects() if s.startswith("person:")]
        return self.chance.choice(people)

    def unit(self) -> str:
        return self.chance.choice(["unit:none", *self.register.units(), UNIT, UNIT])

    def command(self) -> asked.Command:
        chance, today = self.chance, self.register.today()
        target = chance.randint(1, 12)
        unit, day = self.unit(), today - timedelta(days=chance.randint(0, 500))
        office = asked.GrantOffice(self.person(), chance.choice(list(Role)), None, None)
        choices: list[asked.Command] = [
            *COMMANDS.values(),
            *[asked.VoidEntry(target, WORDS)] * 4,
            *[asked.CorrectEffectiveDate(target, day, WORDS)] * 4,
            asked.RecordBlock(BlockGround.COMPLAINT, WORDS),
            asked.LiftBlock(BlockGround.COMPLAINT, WORDS),
            asked.AttachEvidence(WORDS),
            asked.DescribeCandidate(WORDS, chance.choice([None, *PersonKind])),
            asked.RecordRating(Rating.GOOD, chance.randint(2019, 2027)),
            asked.AssessCriteria((("G1", Result.NOT_MET), ("X9", Result.MET))),
            replace(COLLECTIVE, unit=unit),
            replace(ROW, unit=unit, kind=chance.choice(list(CandidateKind))),
            replace(ROW, replicated_on=None, outcome=Outcome.WITHDRAWN, ended_on=day),
            unit_named("Ban mới"),
            asked.RegisterUnit("Phòng mới", UnitKind.DIVISION, parent=unit),
            asked.RenameUnit("Chi cục mới"),
            asked.MergeUnit((unit,)),
            asked.AppointHead(self.person()),
            asked.DismissHead(),
            asked.DescribePerson(who("Người mới")),
            asked.ErasePersonalData(ErasureGround.REQUESTED),
            replace(office, until=chance.choice([None, day, today])),
            replace(office, unit=unit),
            asked.EndOffice(),
            asked.FoundRegister(who("Kẻ đến sau")),
            *self.council(),
        ]
        return chance.choice(choices)

    def council(self) -> list[asked.Command]:
        """Return what may be asked of councils, sessions and comment periods, right or wrong."""
        chance, item, day = self.chance, self.chance.randint(1, 2), self.register.today()
        many, few = MEMBERS[: chance.randint(6, 11)], MEMBERS[: chance.randint(0, 5)]
        about = chance.choice([None, *self.reached])
        ayes = chance.randint(0, 11)
        tally = (item, ayes, ayes, ayes, 0, 0, FILE)
        return [
            asked.ConfirmCouncilTerms(written=tuple(Matter)),
            asked.AppointCouncilMember(chance.choice(MEMBERS), chance.choice(list(Seat))),
            asked.DismissCouncilMember(CHAIR),
            asked.DeclareKinship(chance.choice(MEMBERS), self.person()),
            asked.NoticeSession("council:so", day, WORDS),
            asked.AddAgendaItem(chance.choice(list(Matter)), about, WORDS),
            asked.DropAgendaItem(item, WORDS),
            asked.SendPapers(),
            asked.RecordAttendance(many, 2),
            asked.DeclareRecusal(item, chance.choice(MEMBERS)),
            asked.ReceiveWrittenVotes(item, MEMBERS[-1:]),
            asked.NameTallyCommittee(MEMBERS[2:4]),
            asked.RecordOpenVotes(item, few, MEMBERS[5 : 5 + len(few)]),
            asked.TallyBallot(*tally),
            asked.CorrectTally(*tally, WORDS),
            asked.RecordChairOpinion(item, True),
            asked.DrawUpMinutes(),
            asked.SignMinutes(Seat.CHAIR),
            asked.CloseSession(),
            asked.OpenCommentPeriod(),
            asked.ReceiveComment(WORDS),
            asked.HandleComment(item, WORDS),
            asked.CloseCommentPeriod(),
            asked.RecognizeExemplar("9/QĐ", None, WORDS),
        ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(0, 120))
def test_nothing_made_through_the_door_is_accused(seed: int, steps: int) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock()
        register = Department(Ledger(Path(folder) / "exemplar.db", clock), clock)
        established(register)
        walk = Walk(register, clock, Random(seed))
        for _ in range(steps):
            walk.step()
        assert unlawful(register) == []


def test_a_whole_course_and_its_corrections_are_lawful(register: Department) -> None:
    subject = along(register, len(COURSE))
    void = asked.VoidEntry(3, WORDS)
    register.ask(void, subject, Role.STANDING_BODY, basis=PAPER)
    register.ask(asked.CorrectEffectiveDate(1, DAY, WORDS), subject, Role.DIRECTOR, basis=PAPER)
    assert {v.ruling for v in verdicts(register)} == {Ruling.LAWFUL}


def test_what_was_copied_is_attested_and_neither_lawful_nor_unlawful(
    register: Department,
) -> None:
    register.attest([register.request(anew(ROW), by=Role.OFFICER, command_id="row-7")])
    told = Counter(v.ruling for v in verdicts(register) if v.entry.command_id == "row-7")
    assert told == {Ruling.ATTESTED: 12}


def test_what_is_decided_after_copying_is_lawful(register: Department) -> None:
    told = replace(ROW, replicated_on=None, decision=None)
    subject = register.ask(told, by=Role.OFFICER).subject
    register.ask(asked.ReportSummary(WORDS), subject, Role.OFFICER)
    last = verdicts(register)[-1]
    assert (last.ruling, last.why) == (Ruling.LAWFUL, ())


def test_what_was_decided_before_midnight_may_be_recorded_after(
    register: Department, clock: Clock
) -> None:
    id = register.ask(
        asked.GrantOffice("person:late", Role.REVIEWER, until=TODAY), on=SINCE
    ).subject
    subject = along(register, 2)
    clock.set(TODAY + timedelta(days=1), hour=0)
    clock.forward(seconds=59)
    assert forged(register, subject, NURTURED, by="person:late", acting_as=id) == ()
    clock.forward(seconds=2)
    again = along(register, 2)
    assert forged(register, again, NURTURED, by="person:late", acting_as=id) == ("office",)


def test_a_refusal_is_a_lawful_entry(register: Department) -> None:
    with pytest.raises(Refusal):
        register.ask(asked.AdvanceStage(), along(register, 0), Role.REVIEWER)
    assert [v.ruling for v in verdicts(register) if v.entry.subject == REFUSALS] == ["lawful"]


def test_what_was_done_to_the_whole_register_is_lawful(register: Department) -> None:
    administrator = register.people[Role.ADMINISTRATOR]
    register.upkeep(RegisterRestored(3, "root"), administrator)
    reason = private("Mất khóa")
    register.upkeep(SigningKeyReplaced("old", "new", reason.sealed()), administrator, reason)
    told = [v for v in verdicts(register) if v.entry.subject == UPKEEP]
    assert [(v.ruling, v.why) for v in told] == [("lawful", ())] * 2


def test_only_an_administrator_looks_after_the_register(register: Department) -> None:
    with pytest.raises(NotPermitted):
        register.upkeep(RegisterRestored(3, "root"), register.people[Role.DIRECTOR])
    assert register.ledger.version(UPKEEP) == 0


@pytest.mark.parametrize(
    ("subject", "event", "by", "why"),
    [
        (UPKEEP, RegisterRestored(99, "root"), Role.ADMINISTRATOR, ("upkeep",)),
        (UPKEEP, OfficeGranted("person:x", Role.ADMINISTRATOR), Role.ADMINISTRATOR, ("upkeep",)),
        ("unit:x", RegisterRestored(3, "root"), Role.ADMINISTRATOR, ("upkeep",)),
        (UPKEEP, RegisterRestored(3, "root"), Role.DIRECTOR, ("permission",)),
        (UPKEEP, RegisterRestored(3, "root"), "person:stranger", ("office",)),
        (UPKEEP, LogExported("csv"), Role.REVIEWER, ("permission",)),
    ],
)
def test_upkeep_that_nobody_did_is_found(
    register: Department, subject: str, event: Event, by: Role | str, why: tuple[str, ...]
) -> None:
    assert forged(register, subject, event, by=by, rule_set=None) == why


def test_every_event_is_made_by_a_command() -> None:
    made_together = {
        happened.CandidateDiscovered,
        happened.CandidateAttested,
        happened.CriterionAssessed,
        happened.EvidenceAttached,
        happened.CandidateTransferred,
        happened.ReReviewRequired,
        BatchRecorded,
        CommandRefused,
        RegisterRestored,
        SigningKeyReplaced,
        LogExported,
    }
    kinds = {kind for part in Event.__args__ for kind in getattr(part, "__args__", (part,))}
    assert kinds - recorded.COMMANDS.keys() == made_together
    assert {*recorded.COMMANDS.values()} == {*asked.BY_NAME.values()} - {
        asked.DiscoverCandidate,
        asked.AttestCandidate,
        asked.AssessCriteria,
        asked.AttachEvidence,
        asked.FoundRegister,
    }


# Past the door

DAY = date(2025, 6, 2)
LATER = date(2025, 6, 23)  # when ten working days for comments are over
NURTURED = happened.StageAdvanced(Stage.NURTURE)
FOUND = happened.CandidateDiscovered(CandidateKind.COLLECTIVE, UNIT)
DESCRIBED = happened.CandidateDescribed(SEALED, SEALED)
PAPERED = happened.CandidateAttested("0" * 64, "Sổ", 7)


def along(register: Department, steps: int, by: Role = Role.OFFICER) -> str:
    """Return a candidate that has come so far along the course."""
    subject = register.ask(COLLECTIVE, by=by, on=DAY).subject
    for at, (command, role) in enumerate(COURSE[:steps], 1):
        if at == HEARD + 1:
            heard(register, subject, LATER)
        register.ask(command, subject, role, LATER if at >= HEARD else DAY)
    if steps == HEARD:
        heard(register, subject, LATER)
    return subject


def forged(register: Department, subject: str, *events: Event, **more: Any) -> tuple[str, ...]:
    """Write entries past the door; return what they, and they alone, are accused of."""
    forge(register, subject, *events, **more)
    told = verdicts(register)
    assert [v.why for v in told[: -len(events)] if v.why] == []
    (why,) = {v.why for v in told[-len(events) :]}
    return why


def forge(
    register: Department,
    subject: str,
    *events: Event,
    by: Role | str = Role.REVIEWER,
    on: date = DAY,
    **other: Any,
) -> None:
    """Write entries of one command straight into the ledger, as the door would but for `other`."""
    actor = register.people[by] if isinstance(by, Role) else by
    ordinary = {
        "acting_as": next((id for id, o in register.offices().items() if o.person == actor), None),
        "rule_set": register.rules.on(DAY).name,
        "command_id": new_id("command"),
    }
    begun = register.ledger.version(subject) + 1
    register.ledger.append(
        [
            Entry(subject, at, on, actor, event=event, **{**ordinary, **other})
            for at, event in enumerate(events, begun)
        ]
    )


# Steps come along the course, what is written then, how, and what it is accused of.
FORGERIES: dict[str, tuple[int, Event, dict[str, Any], tuple[str, ...]]] = {
    "breaks no rule": (2, NURTURED, {}, ()),
    "skips a stage": (2, happened.StageAdvanced(Stage.SUMMARIZE), {}, ("event",)),
    "skips all stages": (2, happened.StageAdvanced(Stage.REPLICATE), {}, ("event",)),
    "stays where it is": (2, happened.StageAdvanced(Stage.DISCOVER), {}, ("event",)),
    "goes on after the end": (14, NURTURED, {}, ("move",)),
    "completes too early": (3, happened.CandidacyCompleted(SEALED), {}, ("move",)),
    "lacks an endorsement": (1, NURTURED, {}, ("endorsement",)),
    "lacks everything": (0, NURTURED, {}, ("acclaim", "endorsement")),
    "comes before the last change": (
        2,
        NURTURED,
        {"on": DAY - timedelta(days=1)},
        ("after-last-change",),
    ),
    "comes from the future": (2, NURTURED, {"on": date(2026, 3, 3)}, ("not-in-future",)),
    "is by one of the authors": (
        2,
        NURTURED,
        {"by": Role.OFFICER},
        ("permission", "second-person"),
    ),
    "is by nobody we know": (2, NURTURED, {"by": "person:nobody"}, ("office",)),
    "is in nobody's name": (2, NURTURED, {"acting_as": None}, ("office",)),
    "names an office that is not": (2, NURTURED, {"acting_as": "office:none"}, ("office",)),
    "cites rules of another time": (2, NURTURED, {"rule_set": "OLDER"}, ("rule-set",)),
    "cites rules we never had": (2, NURTURED, {"rule_set": "2024@0"}, ("rule-set-unknown",)),
    "cites no rules": (2, NURTURED, {"rule_set": None}, ("rule-set-unknown",)),
    "is a title by the wrong role": (
        5,
        happened.TitleRecorded(Title.EXCELLENT_COLLECTIVE, 2025),
        {"by": Role.DIRECTOR},
        ("permission",),
    ),
    "is a title of a year to come": (
        5,
        happened.TitleRecorded(Title.EXCELLENT_COLLECTIVE, 2027),
        {"by": Role.OFFICER},
        ("invalid-year",),
    ),
    "endorses for another unit": (
        1,
        happened.CandidateEndorsed("unit:other"),
        {},
        ("endorsing-paper", "event"),
    ),
    "assesses what does not apply": (
        8,
        happened.CriterionAssessed("I1", Result.MET),
        {},
        ("known-criteria",),
    ),
    "recognizes without a decision": (
        HEARD,
        happened.ExemplarRecognized(None),
        {"by": Role.DIRECTOR, "on": LATER},
        ("command",),
    ),
    "recognizes on a blank decision": (
        HEARD,
        happened.ExemplarRecognized(" "),
        {"by": Role.DIRECTOR, "on": LATER},
        ("invalid-decision", "event"),
    ),
    "voids without a paper": (
        3,
        EntryVoided(3, SEALED),
        {"by": Role.STANDING_BODY},
        ("correction-paper",),
    ),
    "voids what is not there": (
        3,
        EntryVoided(9, SEALED),
        {"by": Role.STANDING_BODY, "basis": PAPER},
        ("correctable",),
    ),
    "moves an entry into the future": (
        3,
        EffectiveDateCorrected(3, date(2027, 1, 1), SEALED),
        {"by": Role.STANDING_BODY, "basis": PAPER},
        ("not-in-future",),
    ),
    "does not name the session": (
        HEARD,
        happened.ExemplarRecognized("12/QĐ"),
        {"by": Role.DIRECTOR, "on": LATER},
        ("event",),
    ),
    "discovers it again": (2, FOUND, {"by": Role.OFFICER}, ("command",)),
    "copies nothing": (2, PAPERED, {"by": Role.OFFICER}, ("command",)),
    "belongs to a unit": (2, UnitMerged((UNIT,)), {}, ("unknown-subject",)),
    "belongs among the refusals": (
        2,
        CommandRefused("advance-stage", "candidate", "NeedsUnmet"),
        {},
        ("refusal",),
    ),
}


@pytest.mark.parametrize(("steps", "event", "more", "why"), FORGERIES.values(), ids=FORGERIES)
def test_what_is_forged_is_found(
    register: Department, steps: int, event: Event, more: dict[str, Any], why: tuple[str, ...]
) -> None:
    older = {"rule_set": register.rules.sets[0].name} if more.get("rule_set") == "OLDER" else {}
    assert forged(register, along(register, steps), event, **more | older) == why


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ((FOUND, DESCRIBED), ()),
        ((FOUND,), ("command",)),
        ((FOUND, replace(DESCRIBED, name=None)), ("invalid-who",)),
        ((PAPERED, FOUND), ("command",)),
        ((PAPERED, FOUND, NURTURED), ("command",)),
        ((PAPERED, FOUND, replace(DESCRIBED, name=None)), ("command",)),
        ((NURTURED,), ("unknown-subject",)),
        ((DESCRIBED, FOUND), ("unknown-subject",)),
        ((replace(FOUND, person="person:x"), DESCRIBED), ("invalid-person", "event")),
        ((replace(FOUND, kind=CandidateKind.INDIVIDUAL), DESCRIBED), ("event",)),
    ],
)
def test_a_candidate_that_was_never_discovered_is_found(
    register: Department, events: Sequence[Event], why: tuple[str, ...]
) -> None:
    subject = new_id("candidate")
    forge(register, subject, *events, by=Role.OFFICER)
    assert verdicts(register)[-len(events)].why == why


def test_what_happens_to_a_candidate_whose_discovery_was_voided_is_found(
    register: Department,
) -> None:
    subject = along(register, 2)
    register.ask(asked.VoidEntry(1, WORDS), subject, Role.STANDING_BODY, basis=PAPER)
    assert forged(register, subject, NURTURED) == ("unknown-subject",)


def test_rules_that_are_no_longer_kept_are_missed(register: Department) -> None:
    subject = along(register, 3)
    told = findings((v.entry for v in verdicts(register)), RuleBook(register.rules.sets[:1]))
    why = {v.why for v in told if v.entry.subject == subject}
    assert why == {("rule-set-unknown",)}


def test_a_decision_on_ones_own_candidate_is_found(register: Department) -> None:
    subject = along(register, 2, by=Role.REVIEWER)
    assert forged(register, subject, NURTURED) == ("second-person",)


@pytest.mark.parametrize("ended_on", [TODAY, DAY])
def test_an_office_that_had_ended_is_found(register: Department, ended_on: date) -> None:
    subject = along(register, 2)
    ids = {office.role: id for id, office in register.offices().items()}
    register.ask(asked.EndOffice(), ids[Role.REVIEWER], on=ended_on)
    assert forged(register, subject, NURTURED) == ("office",)


def test_an_office_that_had_not_begun_is_found(register: Department) -> None:
    subject = along(register, 2)
    begun = TODAY + timedelta(days=1)
    id = register.ask(asked.GrantOffice("person:new", Role.REVIEWER), on=begun).subject
    assert forged(register, subject, NURTURED, by="person:new", acting_as=id) == ("office",)


def test_an_office_that_somebody_gives_to_himself_is_found(register: Department) -> None:
    granted = OfficeGranted("person:reviewer", Role.ADMINISTRATOR)
    assert forged(register, new_id("office"), granted) == ("permission",)


def test_an_office_in_a_unit_that_is_not_there_is_found(register: Department) -> None:
    granted = OfficeGranted("person:x", Role.UNIT_HEAD, "unit:none")
    told = forged(register, new_id("office"), granted, by=Role.ADMINISTRATOR)
    assert told == ("unknown-subject",)


def test_a_subject_of_no_kind_is_found(register: Department) -> None:
    assert forged(register, "treasure:1", OfficeGranted("x", Role.OFFICER)) == ("unknown-subject",)


def test_a_second_founding_is_found(register: Department) -> None:
    id, office = new_id("command"), new_id("office")
    rules = register.rules.on(DAY).name
    person = Entry("person:x", 1, DAY, "person:x", office, id, rules, PersonDescribed(SEALED))
    granted = person._replace(subject=office, event=OfficeGranted("person:x", Role.ADMINISTRATOR))
    register.ledger.append([person, granted])
    assert {v.why for v in verdicts(register)[-2:]} == {("invalid-register",)}


def test_voiding_a_correction_is_found(register: Department) -> None:
    subject = along(register, 3)
    void = asked.VoidEntry(5, WORDS)
    register.ask(void, subject, Role.STANDING_BODY, basis=PAPER)
    again = {"by": Role.DIRECTOR, "basis": PAPER}
    assert forged(register, subject, EntryVoided(6, SEALED), **again) == ("correctable",)


def test_voiding_ones_own_entry_is_found(register: Department) -> None:
    subject = along(register, 0, by=Role.STANDING_BODY)
    own = {"by": Role.STANDING_BODY, "basis": PAPER}
    assert forged(register, subject, EntryVoided(1, SEALED), **own) == ("correcting-person",)


def test_a_candidate_of_a_merged_unit_is_found(register: Department) -> None:
    other = register.ask(unit_named("Ban Quản lý rừng"), on=SINCE).subject
    register.ask(asked.MergeUnit((UNIT,)), other, on=SINCE)
    found = replace(FOUND, unit=other)
    told = forged(register, new_id("candidate"), found, DESCRIBED, by=Role.OFFICER)
    assert told == ("invalid-unit",)


def test_a_command_that_was_answered_before_is_found(register: Department) -> None:
    first = register.ask(COLLECTIVE, by=Role.OFFICER, on=DAY, command_id="c-1")
    along(register, 0)
    title = happened.TitleRecorded(Title.EXCELLENT_COLLECTIVE, 2024)
    more = {"by": Role.OFFICER, "command_id": "c-1"}
    assert forged(register, first.subject, title, **more) == ("command-id",)


def test_a_command_of_two_minds_is_found(register: Department) -> None:
    subject, id = new_id("candidate"), new_id("command")
    forge(register, subject, FOUND, by=Role.OFFICER, command_id=id)
    forge(register, subject, DESCRIBED, by=Role.UNIT_HEAD, command_id=id)
    assert {v.why for v in verdicts(register)[-2:]} == {("differing",)}


def test_copying_is_only_for_those_who_may(register: Department) -> None:
    copied = (PAPERED, FOUND, DESCRIBED, NURTURED)
    assert forged(register, new_id("candidate"), *copied) == ("permission",)


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ((NURTURED, happened.StageAdvanced(Stage.SUMMARIZE)), ()),
        ((happened.StageAdvanced(Stage.SUMMARIZE),), ("invalid-stages",)),
        ((happened.StageAdvanced(Stage.SUMMARIZE), NURTURED), ("event",)),
        ((NURTURED, NURTURED), ("event",)),
        ((happened.ExemplarRecognized("7/QĐ"),), ("event",)),
        ((happened.CandidacyCompleted(),), ("invalid-outcome",)),
        ((happened.CandidateWithdrawn(SEALED),), ("event",)),
        ((happened.CriterionAssessed("G1", Result.MET),), ("event",)),
        ((happened.BlockRecorded(BlockGround.COMPLAINT),), ("event",)),
    ],
)
def test_what_no_row_says_is_not_copied(
    register: Department, later: Sequence[Event], why: tuple[str, ...]
) -> None:
    copied = (PAPERED, FOUND, DESCRIBED, *later)
    assert forged(register, new_id("candidate"), *copied, by=Role.OFFICER) == why


def test_copying_onto_a_candidate_of_ours_is_found(register: Department) -> None:
    copied = (PAPERED, FOUND, DESCRIBED, NURTURED)
    assert forged(register, along(register, 0), *copied, by=Role.OFFICER) == ("already-there",)


def test_copying_from_the_future_is_found(register: Department) -> None:
    copied = (PAPERED, FOUND, DESCRIBED, happened.TitleRecorded(Title.EXCELLENT_COLLECTIVE, 2027))
    later = TODAY + timedelta(days=1)
    more = {"by": Role.OFFICER, "on": later, "rule_set": register.rules.on(later).name}
    told = forged(register, new_id("candidate"), *copied, **more)
    assert told == ("invalid-stages", "event")


@pytest.mark.parametrize(
    "refused",
    [
        CommandRefused("no-such-command", "candidate", "NeedsUnmet"),
        CommandRefused("advance-stage", "candidate", "NoSuchRefusal"),
        CommandRefused("advance-stage", "candidate", "NeedsUnmet", ("no-such-need",)),
        NURTURED,
    ],
)
def test_a_misshapen_refusal_is_found(register: Department, refused: Event) -> None:
    assert forged(register, REFUSALS, refused, acting_as=None, rule_set=None) == ("refusal",)


def test_what_follows_a_forgery_through_the_door_is_not_accused(register: Department) -> None:
    subject = along(register, 1)
    forge(register, subject, happened.CandidateEndorsed(UNIT), by="person:nobody")
    register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    assert [why for _, why in unlawful(register)] == [("office", "endorsing-paper")]


@pytest.mark.parametrize(
    "other",
    [{"actor": "person:nobody"}, {"acting_as": None}, {"rule_set": None}, {"version": 99}],
    ids=str,
)
def test_no_entry_can_be_told_otherwise(register: Department, other: dict[str, Any]) -> None:
    along(register, len(COURSE))
    told = [v.entry for v in verdicts(register)]
    for entry in told:
        changed = [e._replace(**other) if e is entry else e for e in told]
        assert list(findings(changed, register.rules))[entry.position].why, entry


def test_gaps_are_found(register: Department) -> None:
    along(register, 3)
    told = [v.entry for v in verdicts(register)]
    without = told[:-2] + told[-1:]
    assert [v.why for v in findings(without, register.rules)][-1] == (
        "position",
        "version",
        "endorsement",
    )


# At the command line


def test_the_command_counts_what_is_lawful_and_what_was_copied(tmp_path: Path) -> None:
    use = Use(tmp_path).founded()
    sheet = use.sheet({"Tên": "Nguyễn Thị An"}, {"Tên": "Trần Văn Bình"})
    use.run("import", sheet, "--create-units")
    size = use.size()
    assert use.json("lawful") == {
        "entries": size,
        "lawful": 3,
        "attested": size - 3,
        "unlawful": 0,
        "findings": [],
    }
    assert "Trái luật: 0" in use.run("lawful").stdout


def test_the_command_names_what_is_unlawful_and_why(tmp_path: Path, clock: Clock) -> None:
    use = Use(tmp_path)
    register = Department(Ledger(use.database, clock), clock)
    subject = along(register, 1)
    forge(register, subject, NURTURED)
    assert use.json("lawful", code=1)["findings"] == [
        {
            "position": register.ledger.size() - 1,
            "subject": subject,
            "version": 4,
            "event": "stage-advanced",
            "why": ["endorsement"],
        }
    ]
    forge(register, new_id("office"), OfficeGranted("person:x", Role.DIRECTOR))
    said = use.run("lawful", code=1).stdout
    assert "Chưa đạt: Xác nhận của người đứng đầu đơn vị" in said
    assert "office-granted" in said


CODES = sorted({code for _, _, _, why in FORGERIES.values() for code in why})


@pytest.mark.parametrize("why", CODES)
def test_every_accusation_has_words(why: str) -> None:
    said = reason(why, load_all())
    assert (said != why, "invalid" in said) == (True, False)
