"""The door: what it records, what it answers twice, and who wins a race."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date, timedelta
from threading import Barrier

import pytest
from department import PAPER, SINCE, TODAY, UNIT, Clock, Department, unit_named, who
from scenario import given
from stories import DISCOVERING, NURTURED, NURTURING, WORDS

from domain import candidate_events as happened
from domain.candidate_events import CandidateKind, PersonKind, Rating, Title
from domain.person import PersonDescribed
from domain.refusals import REFUSALS, CommandRefused
from domain.subjects import Reading
from domain.values import ErasureGround, Outcome, Role, Stage, UnitKind
from events_store.database import Address, Database
from events_store.ledger import Ledger
from events_store.moment import Moment
from workflow import commands as asked
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
    Outdated,
    Refusal,
    UnknownSubject,
)
from workflow.register import Receipt, Register, Request
from workflow.rules import load_all
from workflow.world import Seen

FOUND = asked.DiscoverCandidate(
    CandidateKind.INDIVIDUAL,
    UNIT,
    who("Hoàng Thị Lan", 1980),
    asked.Private({"position": "Kỹ sư", "achievement": "Trồng rừng ngập mặn"}),
    PersonKind.WORKER,
)


def test_only_an_empty_register_can_be_founded(register: Department) -> None:
    with pytest.raises(InvalidCommand) as caught:
        register.ask(asked.FoundRegister(who("Kẻ đến sau")), "person:late", by="person:late")
    assert caught.value.facts == ("register", "is already founded")


def test_the_founder_holds_the_one_office_there_is(ledger: Ledger, clock: Clock) -> None:
    register = Register(ledger, load_all(), clock)
    register.submit(Request(asked.FoundRegister(who("Quản trị viên")), "person:1", "person:1"))
    (office,) = register.offices().values()
    assert (office.person, office.role, office.since) == ("person:1", Role.ADMINISTRATOR, TODAY)


def test_discovery_records_the_person_the_candidate_and_what_it_did(register: Department) -> None:
    receipt = register.ask(FOUND, by=Role.OFFICER, on=date(2026, 2, 1))
    person, candidate = receipt.entries[0].subject, receipt.subject
    assert [(e.subject, e.version, type(e.event)) for e in receipt.entries] == [
        (person, 1, PersonDescribed),
        (candidate, 1, happened.CandidateDiscovered),
        (candidate, 2, happened.CandidateDescribed),
    ]
    found = receipt.entries[1]
    assert found.event == happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, UNIT, person)
    assert (found.effective_on, found.actor) == (date(2026, 2, 1), "person:officer")


def test_the_rule_set_of_the_day_of_reception_stays_with_the_candidate(
    register: Department,
) -> None:
    first, second, *_ = (rules.name for rules in register.rules.sets)
    found = register.ask(FOUND, by=Role.OFFICER, on=date(2023, 12, 31))
    title = asked.RecordTitle(Title.ADVANCED_WORKER, 2025)
    later = register.ask(title, found.subject, by=Role.OFFICER)
    other = register.ask(FOUND, by=Role.OFFICER, on=date(2024, 1, 1))
    cited = [{entry.rule_set for entry in told.entries} for told in (found, later, other)]
    assert cited == [{first}, {first}, {second}]


def test_the_same_command_twice_is_recorded_once_and_answers_the_same(
    register: Department,
) -> None:
    once = register.ask(FOUND, by=Role.OFFICER, command_id="c-1")
    size = register.ledger.size()
    again = register.ask(FOUND, by=Role.OFFICER, command_id="c-1")
    assert again == Receipt(once.subject, once.entries, repeated=True)
    assert register.ledger.size() == size


def test_founding_twice_answers_the_same(ledger: Ledger, clock: Clock) -> None:
    register = Register(ledger, load_all(), clock)
    found = asked.FoundRegister(who("Quản trị viên"))
    once, again = (
        register.submit(Request(found, "person:1", command_id="c-1")) for _ in range(2)
    )  # fmt: skip
    assert (again.subject, again.entries) == (once.subject, once.entries)


def test_a_refused_command_may_be_sent_again_under_the_same_id(register: Department) -> None:
    story = given(register, *DISCOVERING[:3]).when(asked.AdvanceStage(), command_id="c-1")
    story.refused(NeedsUnmet, needs=("endorsement",))
    story.when(asked.EndorseCandidate(), Role.UNIT_HEAD).then(DISCOVERING[3])
    story.when(asked.AdvanceStage(), command_id="c-1").then(NURTURED)


def test_an_outdated_page_is_refused(register: Department) -> None:
    story = given(register, *DISCOVERING).when(asked.AdvanceStage(), seen=3)
    story.refused(Outdated, 3, 4)
    story.when(asked.AdvanceStage(), seen=4).then(NURTURED)


def test_there_is_nothing_to_do_to_what_is_not_there(register: Department) -> None:
    with pytest.raises(UnknownSubject) as caught:
        register.ask(asked.AdvanceStage(), "candidate:none", by=Role.REVIEWER)
    assert caught.value.facts == ("candidate:none",)


@pytest.mark.parametrize(
    "command",
    [FOUND, unit_named("Ban Quản lý rừng"), asked.GrantOffice("person:x", Role.DIRECTOR)],
    ids=lambda command: asked.name_of(type(command)),
)
def test_what_is_there_cannot_begin_again(register: Department, command: asked.Command) -> None:
    began = register.ask(command, by=Role.OFFICER if command is FOUND else Role.ADMINISTRATOR)
    with pytest.raises(InvalidCommand) as caught:
        register.ask(command, began.subject, by=Role.OFFICER)
    assert caught.value.facts == ("subject", "is already in the register")


def test_a_candidate_whose_discovery_is_void_is_gone(register: Department) -> None:
    story = given(register, *DISCOVERING)
    register.ask(asked.VoidEntry(1, WORDS), story.subject, by=Role.DIRECTOR, basis=PAPER)
    assert register.candidate(story.subject).standing.state is None
    story.when(asked.AdvanceStage()).refused(UnknownSubject, story.subject)


def test_refusals_are_kept_without_a_word_about_anyone(register: Department) -> None:
    story = given(register, *DISCOVERING[:2])
    story.when(asked.ReturnStage(who("Hoàng Thị Lan"))).refused(MoveNotAllowed)
    story.when(asked.AdvanceStage(), Role.AUDITOR)
    story.refused(NotPermitted, needs=("permission", "acclaim", "endorsement"))
    with pytest.raises(UnknownSubject):
        register.ask(asked.AdvanceStage(), "candidate:Hoàng Thị Lan", by=Role.REVIEWER)
    with pytest.raises(NotPermitted):
        register.ask(FOUND, by=Role.AUDITOR)
    kept = [(e.actor, e.acting_as, e.event) for e in register.ledger.entries(REFUSALS)]
    assert kept == [
        (
            "person:reviewer",
            None,
            CommandRefused("return-stage", story.subject, "MoveNotAllowed"),
        ),
        (
            "person:auditor",
            None,
            CommandRefused(
                "advance-stage",
                story.subject,
                "NotPermitted",
                ("permission", "acclaim", "endorsement"),
            ),
        ),
        ("person:reviewer", None, CommandRefused("advance-stage", "candidate", "UnknownSubject")),
        (
            "person:auditor",
            None,
            CommandRefused("discover-candidate", "candidate", "NotPermitted", ("permission",)),
        ),
    ]


def both(*asks: Callable[[], Receipt]) -> list[Receipt | Refusal]:
    """Return what each of several threads is answered that ask at the same moment."""
    barrier = Barrier(len(asks))

    def one(ask: Callable[[], Receipt]) -> Receipt | Refusal:
        barrier.wait()
        try:
            return ask()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(asks)) as threads:
        return list(threads.map(one, asks))


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_who_advance_at_once_one_wins_and_one_is_refused(
    register: Department, attempt: int
) -> None:
    story = given(register, *DISCOVERING)
    answers = both(
        lambda: register.ask(asked.AdvanceStage(), story.subject, by=Role.REVIEWER),
        lambda: register.ask(asked.AdvanceStage(), story.subject, by=Role.STANDING_BODY),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NeedsUnmet", "Receipt"]
    assert [e.event for e in register.ledger.entries(story.subject)] == [*DISCOVERING, NURTURED]


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_who_saw_the_same_page_one_is_outdated(register: Department, attempt: int) -> None:
    story = given(register, *DISCOVERING)
    move, other = asked.AdvanceStage(), asked.SuspendCandidate(WORDS)
    answers = both(
        lambda: register.ask(move, story.subject, by=Role.REVIEWER, seen=4),
        lambda: register.ask(other, story.subject, by=Role.STANDING_BODY, seen=4),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Outdated", "Receipt"]


@pytest.mark.parametrize("attempt", range(5))
def test_the_same_command_at_the_same_moment_is_recorded_once(
    register: Department, attempt: int
) -> None:
    size = register.ledger.size()
    ask = [lambda: register.ask(FOUND, by=Role.OFFICER, command_id="c-1")] * 4
    receipts = both(*ask)
    assert {(r.subject, r.entries) for r in receipts if isinstance(r, Receipt)} == {
        (register.ledger.answered("c-1")[-1].subject, tuple(register.ledger.answered("c-1")))
    }
    assert register.ledger.size() == size + 3


@pytest.mark.parametrize("attempt", range(10))
def test_a_form_that_is_sent_twice_at_once_is_answered_twice_the_same(
    register: Department, attempt: int
) -> None:
    story = given(register, *DISCOVERING)
    more = {"by": Role.REVIEWER, "seen": 4, "command_id": "c-1"}
    ask = [lambda: register.ask(asked.AdvanceStage(), story.subject, **more)] * 3
    receipts = both(*ask)
    told = tuple(register.ledger.answered("c-1"))
    assert [r.entries for r in receipts if isinstance(r, Receipt)] == [told] * 3
    assert [e.event for e in told] == [NURTURED]


def test_many_threads_that_add_facts_lose_none(register: Department) -> None:
    story = given(register, *DISCOVERING)
    title = asked.RecordTitle(Title.ADVANCED_COLLECTIVE, 2025)

    def record() -> Receipt:
        receipt = register.ask(title, story.subject, by=Role.OFFICER)
        for _ in range(4):
            receipt = register.ask(title, story.subject, by=Role.OFFICER)
        return receipt

    both(*[record] * 4)
    entries = register.ledger.entries(story.subject)
    assert [entry.version for entry in entries] == list(range(1, 25))


def test_threads_that_read_offices_while_they_are_granted_agree_with_the_ledger(
    register: Department,
) -> None:
    def grant() -> Receipt:
        for _ in range(9):
            register.ask(asked.GrantOffice("person:x", Role.COUNCIL))
        return register.ask(asked.GrantOffice("person:x", Role.REVIEWER))

    both(*[grant] * 4)
    afresh = Register(register.ledger, register.rules, register.clock)
    assert dict(register.offices()) == dict(afresh.offices())
    given(register, *DISCOVERING).when(asked.AdvanceStage(), "person:x").then(NURTURED)


def row(**more: object) -> asked.AttestCandidate:
    """Return one row of an older register."""
    told: dict[str, object] = {
        "kind": CandidateKind.INDIVIDUAL,
        "unit": UNIT,
        "who": who("Hoàng Thị Lan", 1980),
        "what": WORDS,
        "discovered_on": date(2021, 3, 1),
        "file": "ab" * 32,
        "sheet": "Sổ 2021",
        "row": 7,
        "person_kind": PersonKind.WORKER,
        "minutes": "BB-07",
        "nurtured_on": date(2021, 6, 1),
        "summarized_on": date(2022, 5, 1),
        "decision": "33/QĐ-UBND",
        "replicated_on": date(2022, 9, 1),
        "outcome": Outcome.COMPLETED,
        "ended_on": date(2023, 1, 15),
        "titles": ((Title.GRASSROOTS_FIGHTER, 2022),),
        "ratings": ((Rating.EXCELLENT, 2021),),
    }
    return asked.AttestCandidate(**{**told, **more})  # type: ignore[arg-type]


def test_a_row_of_an_older_register_becomes_entries_with_their_own_days(
    register: Department,
) -> None:
    receipt = register.ask(row(), by=Role.OFFICER, basis=PAPER)
    person = receipt.entries[0].subject
    assert [(e.effective_on, e.event) for e in receipt.entries if e.subject != person] == [
        (date(2021, 3, 1), happened.CandidateAttested("ab" * 32, "Sổ 2021", 7)),
        (date(2021, 3, 1), happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, UNIT, person)),
        (date(2021, 3, 1), receipt.entries[3].event),
        (date(2021, 6, 1), happened.PeerAcclaimRecorded("BB-07")),
        (date(2021, 6, 1), NURTURED),
        (date(2021, 12, 31), happened.RatingRecorded(Rating.EXCELLENT, 2021)),
        (date(2022, 5, 1), happened.StageAdvanced(Stage.SUMMARIZE)),
        (date(2022, 9, 1), happened.ExemplarRecognized("33/QĐ-UBND")),
        (date(2022, 9, 1), happened.StageAdvanced(Stage.REPLICATE)),
        (date(2022, 12, 31), happened.TitleRecorded(Title.GRASSROOTS_FIGHTER, 2022)),
        (date(2023, 1, 15), happened.CandidacyCompleted()),
    ]
    assert {(e.rule_set, e.basis) for e in receipt.entries} == {
        (register.rules.sets[0].name, PAPER)
    }


def test_what_was_attested_stands_as_of_each_day_and_can_be_told_apart(
    register: Department,
) -> None:
    subject = register.ask(row(), by=Role.OFFICER).subject
    days = [date(2021, 2, 28), date(2021, 6, 1), date(2022, 9, 1), date(2023, 1, 15)]
    states = [register.candidate(subject, on=day).standing.state for day in days]
    assert states == [None, "nurture", "replicate", "completed"]
    assert register.candidate(subject).attested


IMPOSSIBLE: list[tuple[dict[str, object], str]] = [
    ({"nurtured_on": None}, "stages"),
    ({"summarized_on": None}, "stages"),
    ({"nurtured_on": date(2021, 2, 28)}, "stages"),
    ({"replicated_on": date(2022, 4, 30)}, "stages"),
    ({"ended_on": date(2022, 8, 31)}, "stages"),
    ({"ended_on": TODAY + timedelta(days=1)}, "stages"),
    ({"ended_on": None}, "outcome"),
    ({"outcome": None}, "outcome"),
    ({"replicated_on": None}, "outcome"),
    ({"outcome": Outcome.REVOKED, "replicated_on": None, "decision": None}, "outcome"),
]


@pytest.mark.parametrize(("wrong", "field"), IMPOSSIBLE)
def test_a_past_that_cannot_have_been_is_not_attested(
    register: Department, wrong: dict[str, object], field: str
) -> None:
    size = register.ledger.size()
    with pytest.raises(InvalidCommand) as caught:
        register.ask(row(**wrong), by=Role.OFFICER)
    assert (caught.value.facts[0], register.ledger.size()) == (field, size)


def test_rows_are_attested_all_together_or_not_at_all(register: Department) -> None:
    size = register.ledger.size()
    good = register.request(row(), by=Role.OFFICER, command_id="r-1")
    bad = register.request(row(unit="unit:none"), by=Role.OFFICER, command_id="r-2")
    with pytest.raises(UnknownSubject):
        register.attest([good, bad])
    assert (register.ledger.size(), register.ledger.answered("r-1")) == (size, [])
    assert register.attest([good]) == 12


def test_the_same_row_is_attested_once(register: Department) -> None:
    requests = [register.request(row(), by=Role.OFFICER, command_id="r-1") for _ in range(2)]
    assert [register.attest(requests[:1]), register.attest(requests[1:])] == [12, 0]


def test_a_24_erasing_takes_the_words_and_the_card_and_leaves_everything_else(
    register: Department, ledger: Ledger
) -> None:
    found = register.ask(FOUND, by=Role.OFFICER)
    person, candidate = found.entries[0].subject, found.subject
    register.ask(asked.ReportSummary(WORDS), candidate, by=Role.OFFICER)
    seals = [e.event.description for e in found.entries if hasattr(e.event, "description")]
    before, told = register.candidate(candidate), list(ledger.all())
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    kept = ledger.db.execute("SELECT count(*) FROM vault WHERE owner = ?", (person,)).fetchone()
    card = ledger.db.execute("SELECT name, sort_key, search_key, identity FROM card").fetchall()
    assert (kept, [set("".join(row)) - {"\x01", "\x02", " "} for row in card]) == ((0,), [set()])
    assert ledger.secrets(seals) == {}
    assert list(ledger.all())[: len(told)] == told
    assert register.candidate(candidate) == before


def test_erasing_and_rebuilding_bring_nothing_back(register: Department, ledger: Ledger) -> None:
    found = register.ask(FOUND, by=Role.OFFICER)
    register.ask(
        asked.ErasePersonalData(ErasureGround.DECIDED), found.entries[0].subject, basis=PAPER
    )
    cards = ledger.db.execute("SELECT * FROM card").fetchall()
    ledger.rebuild()
    assert ledger.db.execute("SELECT * FROM card").fetchall() == cards
    assert ledger.secrets([found.entries[0].event.description]) == {}  # type: ignore[union-attr]


def test_a_merged_unit_takes_no_new_candidate(register: Department) -> None:
    other = register.ask(unit_named("Ban Quản lý rừng"), on=SINCE).subject
    register.ask(asked.MergeUnit((other,)), UNIT, on=date(2025, 7, 1))
    with pytest.raises(InvalidCommand) as caught:
        register.ask(FOUND, by=Role.OFFICER)
    assert caught.value.facts == ("unit", "was merged into another")


def test_a_merged_unit_takes_what_it_had_before_the_merger(register: Department) -> None:
    other = register.ask(unit_named("Ban Quản lý rừng"), on=SINCE).subject
    register.ask(asked.MergeUnit((other,)), UNIT, on=date(2025, 7, 1))
    attested = register.ask(row(), by=Role.OFFICER).subject
    found = register.ask(FOUND, by=Role.OFFICER, on=date(2025, 6, 30)).subject
    units = [register.candidate(id).standing.unit for id in (attested, found)]
    assert units == [UNIT, UNIT]


@pytest.mark.parametrize("into", [(), (UNIT,), (UNIT, "unit:none")])
def test_a_unit_is_not_merged_into_nothing_or_itself(
    register: Department, into: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidCommand) as caught:
        register.ask(asked.MergeUnit(into), UNIT)
    assert caught.value.facts == ("into", "must name other units")


def test_a_unit_has_the_name_of_the_day(register: Department) -> None:
    register.ask(asked.RenameUnit("Chi cục Kiểm lâm vùng"), UNIT, on=date(2025, 7, 1))
    names = [
        register.units(on=day)[UNIT].name for day in (date(2025, 6, 30), date(2025, 7, 1))
    ]  # fmt: skip
    assert names == ["Chi cục Kiểm lâm", "Chi cục Kiểm lâm vùng"]
    assert register.units()[UNIT].kind is UnitKind.SUB_DEPARTMENT


class Interrupted(Ledger):
    """A ledger in which something happens, once, while it is being asked something."""

    def __init__(self, address: Address, clock: Clock) -> None:
        super().__init__(address, clock)
        self.meanwhile: dict[str, Callable[[], object]] = {}

    def pause(self, question: str) -> None:
        self.meanwhile.pop(question, lambda: None)()

    def look(self, subject: str, command_id: str, kinds: Sequence[str], since: int) -> Moment:
        answer = super().look(subject, command_id, kinds, since)
        self.pause("look")
        return answer

    def transaction(self, seen: Moment | None = None) -> AbstractContextManager[Database]:
        self.pause("transaction")
        return super().transaction(seen)


@pytest.fixture
def interrupted(kept_at: Address, clock: Clock) -> Iterator[tuple[Department, Interrupted]]:
    ledger = Interrupted(kept_at, clock)
    yield Department(ledger, clock), ledger
    ledger.recorder.close()


def test_a_decision_falls_when_the_office_it_relied_on_ends_meanwhile(
    interrupted: tuple[Department, Interrupted],
) -> None:
    register, ledger = interrupted
    story = given(register, *NURTURING).when(asked.AdvanceStage())
    (office,) = register.case(story.request, story.subject).offices
    ledger.meanwhile["transaction"] = lambda: register.ask(asked.EndOffice(), office)
    with pytest.raises(NotPermitted):
        register.submit(story.request)
    assert register.candidate(story.subject).standing.stage is Stage.NURTURE


def test_a_discovery_falls_when_its_unit_is_merged_meanwhile(
    interrupted: tuple[Department, Interrupted],
) -> None:
    register, ledger = interrupted
    other = register.ask(unit_named("Ban Quản lý rừng"), on=SINCE).subject
    ledger.meanwhile["transaction"] = lambda: register.ask(asked.MergeUnit((other,)), UNIT)
    with pytest.raises(InvalidCommand) as caught:
        register.ask(FOUND, by=Role.OFFICER)
    assert caught.value.facts == ("unit", "was merged into another")


def test_a_decision_is_made_again_when_the_candidate_moved_meanwhile(
    interrupted: tuple[Department, Interrupted],
) -> None:
    register, ledger = interrupted
    story = given(register, *DISCOVERING).when(asked.AdvanceStage())
    block = asked.RecordBlock(happened.BlockGround.COMPLAINT, WORDS)
    ledger.meanwhile["transaction"] = lambda: register.ask(block, story.subject, by=Role.DIRECTOR)
    with pytest.raises(NeedsUnmet) as caught:
        register.submit(story.request)
    assert [finding.need for finding in caught.value.unmet] == ["no-block"]


@pytest.mark.parametrize("seen", [None, 4])
def test_a_command_that_was_answered_meanwhile_is_answered_the_same(
    interrupted: tuple[Department, Interrupted], seen: int | None
) -> None:
    register, ledger = interrupted
    story = given(register, *DISCOVERING)
    story.when(asked.AdvanceStage(), seen=seen, command_id="c-1")
    ledger.meanwhile["look"] = lambda: register.submit(story.request)
    receipt = register.submit(story.request)
    assert receipt == Receipt(story.subject, tuple(ledger.answered("c-1")), repeated=True)
    assert [e.event for e in receipt.entries] == [NURTURED]


def test_news_that_two_read_at_once_is_told_once(
    interrupted: tuple[Department, Interrupted],
) -> None:
    register, ledger = interrupted
    office = register.ask(asked.GrantOffice("person:x", Role.REVIEWER)).subject
    register.ask(asked.RenameUnit("Chi cục Kiểm lâm vùng"), UNIT)
    ledger.meanwhile["look"] = register.units
    case = register.case(register.request(FOUND, by="person:x"), "candidate:y")
    assert [*case.offices] == [office]
    assert len(case.world.told(UNIT)) == 2
    assert isinstance(case.world, Seen)
    assert case.world.reading() == Reading(ledger.size(), frozenset({office, UNIT, "rule-set:"}))


def test_units_of_a_transaction_that_is_undone_never_were(
    register: Department, ledger: Ledger
) -> None:
    before = dict(register.units())

    def half() -> None:
        with ledger.transaction():
            own = register.ask(unit_named("Ban Quản lý rừng"), on=SINCE).subject
            assert sorted(register.units()) == sorted([*before, own])
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(register.units).result() == before
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half()
    assert register.units() == before
    other = Register(ledger, register.rules, register.clock)
    named = unit_named("Chi cục Thủy lợi")
    made = other.submit(register.request(named, on=SINCE)).subject
    assert sorted(register.units()) == sorted([*before, made])


def test_a_fact_about_nobody_is_refused(register: Department) -> None:
    with pytest.raises(UnknownSubject):
        register.submit(Request(asked.EndorseCandidate(), register.people[Role.REVIEWER]))
