"""Quotas: allocated, split, filled and changed, and never exceeded."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from department import TODAY, UNIT, Clock, Department, anew, unit_named, who
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import WORDS
from test_codec import golden, read

from domain.quota import Excess, Line, Quota, QuotaEvent
from domain.values import CandidateKind, RevocationGround, Role, Stage
from events_store.ledger import Ledger
from web.words import quota as words
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.refusals import InvalidCommand, NeedsUnmet, Refusal, UnknownSubject

FOUND, DECIDED = date(2022, 1, 10), date(2025, 4, 1)
PAPER = "3/HĐTĐKT"
COLLECTIVE = Line(CandidateKind.COLLECTIVE)
CONGRESS = asked.AllocateQuota("Đại hội thi đua yêu nước tỉnh lần thứ VI", 3, "15/UBND-NV")


def allocated(register: Department, *lines: tuple[CandidateKind, int], total: int = 3) -> str:
    """Return a quota with its lines."""
    command = asked.AllocateQuota(CONGRESS.name, total, CONGRESS.document)
    quota = register.ask(command, by=Role.STANDING_BODY, on=DECIDED).subject
    for kind, count in lines or ((CandidateKind.COLLECTIVE, total),):
        ask(register, asked.SetQuotaLine(kind, count, PAPER), quota)
    return quota


def found(register: Department, unit: str = UNIT) -> str:
    command = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, unit, who("Tổ rừng"), WORDS)
    return register.ask(command, by=Role.OFFICER, on=FOUND).subject


def exemplar(register: Department, unit: str = UNIT) -> str:
    """Return a recognized collective, as an older register tells it."""
    row = asked.AttestCandidate(
        *(CandidateKind.COLLECTIVE, unit, who("Tổ rừng"), WORDS, FOUND, "0" * 64, "Sổ", 7),
        nurtured_on=FOUND,
        summarized_on=DECIDED,
        decision="7/QĐ",
        replicated_on=DECIDED,
    )
    return register.ask(row, by=Role.OFFICER).subject


def ask(register: Department, command: asked.Command, quota: str) -> None:
    register.ask(command, quota, Role.STANDING_BODY)


def now(register: Department, quota: str) -> Quota:
    told = register.all("quota")[quota]
    assert isinstance(told, Quota)
    return told


def led(register: Department, command: asked.Command, quota: str) -> list[str | None]:
    """Return which commands a refusal leads to."""
    with pytest.raises(NeedsUnmet) as caught:
        ask(register, command, quota)
    return [finding.via for finding in caught.value.unmet]


def unmet(register: Department, command: asked.Command, quota: str) -> dict[str, tuple[str, ...]]:
    with pytest.raises(NeedsUnmet) as caught:
        ask(register, command, quota)
    return {finding.need: finding.missing for finding in caught.value.unmet}


def test_r6_9_a_quota_is_allocated_split_and_used(register: Department) -> None:
    quota, goes = allocated(register), exemplar(register)
    ask(register, asked.SetQuotaShare(UNIT, 2, PAPER), quota)
    ask(register, asked.SelectDelegate(goes), quota)
    told = now(register, quota)
    assert (told.total, told.lines, told.shares) == (3, {COLLECTIVE: 3}, {UNIT: 2})
    assert {id: (p.line, p.unit) for id, p in told.delegates.items()} == {goes: (COLLECTIVE, UNIT)}
    assert (told.free, told.free_in(COLLECTIVE), told.free_for(UNIT)) == (2, 2, 1)
    assert told.free_for("unit:other") == 1


def test_r6_9_a_full_line_takes_nobody_else(register: Department) -> None:
    quota = allocated(register, (CandidateKind.COLLECTIVE, 1), (CandidateKind.INDIVIDUAL, 2))
    ask(register, asked.SelectDelegate(exemplar(register)), quota)
    second = asked.SelectDelegate(exemplar(register))
    assert unmet(register, second, quota) == {"quota-kept": (Excess.LINE,)}
    assert led(register, second, quota) == ["set-quota-line"]
    assert len(now(register, quota).delegates) == 1


def test_r6_9_a_unit_sends_no_more_than_its_share(register: Department) -> None:
    quota, other = allocated(register), register.ask(unit_named("Trung tâm"), on=FOUND).subject
    ask(register, asked.SetQuotaShare(UNIT, 2, PAPER), quota)
    ask(register, asked.SelectDelegate(exemplar(register, other)), quota)
    beyond = asked.SelectDelegate(exemplar(register, other))
    assert unmet(register, beyond, quota) == {"quota-kept": (Excess.SHARE,)}
    assert led(register, beyond, quota) == ["set-quota-share"]
    assert now(register, quota).free_for(UNIT) == 2


def test_r6_9_a_26_lines_and_shares_add_up_to_no_more_than_the_total(register: Department) -> None:
    quota = allocated(register)
    line = asked.SetQuotaLine(CandidateKind.INDIVIDUAL, 1, PAPER)
    share = asked.SetQuotaShare(UNIT, 4, PAPER)
    assert unmet(register, line, quota) == {"quota-kept": (Excess.TOTAL,)}
    assert led(register, line, quota) == ["change-quota"]
    assert unmet(register, share, quota) == {"quota-kept": (Excess.TOTAL,)}


def test_r6_9_a_quota_is_not_lowered_below_what_is_used(register: Department) -> None:
    quota = allocated(register)
    ask(register, asked.SelectDelegate(exemplar(register)), quota)
    ask(register, asked.SetQuotaLine(CandidateKind.COLLECTIVE, 1, "4/HĐTĐKT"), quota)
    lower = asked.ChangeQuota(0, "21/UBND-NV")
    assert unmet(register, lower, quota) == {"quota-kept": (Excess.TOTAL,)}
    ask(register, asked.ChangeQuota(1, "21/UBND-NV"), quota)
    assert (now(register, quota).free, now(register, quota).document) == (0, "21/UBND-NV")


def test_r6_9_only_recognized_exemplars_go(register: Department) -> None:
    quota = allocated(register)
    command = asked.SelectDelegate(found(register))
    assert register.candidate(command.candidate).standing.stage is Stage.DISCOVER
    assert unmet(register, command, quota) == {"recognized-exemplar": ()}


def test_r6_9_nobody_has_two_places(register: Department) -> None:
    quota, goes = allocated(register), exemplar(register)
    ask(register, asked.SelectDelegate(goes), quota)
    assert unmet(register, asked.SelectDelegate(goes), quota) == {"not-listed": ()}
    assert unmet(register, asked.PlaceInReserve(goes), quota) == {"not-listed": ()}


def test_r6_9_who_waits_longest_stands_first_and_replaces(register: Department) -> None:
    quota = allocated(register, total=1)
    goes, first, second = (exemplar(register) for _ in range(3))
    ask(register, asked.SelectDelegate(goes), quota)
    for waits in (first, second):
        ask(register, asked.PlaceInReserve(waits), quota)
    assert list(now(register, quota).reserve) == [first, second]
    ask(register, asked.ReplaceDelegate(goes, first, WORDS), quota)
    told = now(register, quota)
    assert (list(told.delegates), list(told.reserve)) == ([first], [second])
    again = asked.ReplaceDelegate(goes, second, WORDS)
    assert "waiting" in unmet(register, anew(again), quota)


def test_r6_9_a_dropped_delegate_leaves_a_place_free(register: Department) -> None:
    quota, goes = allocated(register, total=1), exemplar(register)
    ask(register, asked.SelectDelegate(goes), quota)
    ask(register, asked.DropDelegate(goes, WORDS), quota)
    assert (now(register, quota).free, dict(now(register, quota).delegates)) == (1, {})
    assert unmet(register, asked.DropDelegate(goes, anew_words()), quota) == {"listed": ()}


def anew_words() -> asked.Private:
    return asked.Private({"text": "Lời kể"})


def test_r6_9_a_final_delegation_changes_no_more(register: Department) -> None:
    quota = allocated(register)
    ask(register, asked.CloseQuota("40/TTr-SNN"), quota)
    told = now(register, quota)
    assert (told.running, told.closed) == (False, TODAY)
    assert unmet(register, asked.ChangeQuota(9, "22/UBND-NV"), quota) == {"quota-open": ()}


def test_r6_9_no_entry_of_a_quota_is_voided(register: Department) -> None:
    """Voiding a drop would give back a place that somebody else may have by now."""
    quota = allocated(register)
    void = asked.VoidEntry(2, WORDS)
    with pytest.raises(UnknownSubject):
        ask(register, void, quota)


def test_r6_9_every_change_has_its_document_and_numbers_that_can_be(house: Department) -> None:
    quota = allocated(house)
    wrong: Sequence[tuple[asked.Command, tuple[str, str]]] = (
        (asked.ChangeQuota(2, " "), ("document", "must be cited")),
        (asked.ChangeQuota(-1, PAPER), ("total", "cannot be negative")),
        (asked.SetQuotaShare(UNIT, -1, PAPER), ("count", "cannot be negative")),
        (asked.SetQuotaLine(*COLLECTIVE[:1], -1, PAPER), ("count", "cannot be negative")),
    )
    for command, facts in wrong:
        with pytest.raises(InvalidCommand) as caught:
            ask(house, command, quota)
        assert caught.value.facts == facts


def test_r6_9_the_last_place_goes_to_one_of_those_who_ask_at_once(register: Department) -> None:
    quota = allocated(register, total=1)
    candidates = [exemplar(register) for _ in range(4)]

    def select(candidate: str) -> bool:
        try:
            ask(register, asked.SelectDelegate(candidate), quota)
        except NeedsUnmet:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(select, candidates)) == [False, False, False, True]
    assert len(now(register, quota).delegates) == 1


MANY = 5
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("select", "reserve", "replace", "drop", "total", "line", "share")),
        st.integers(0, MANY - 1),
        st.integers(0, 4),
    ),
    max_size=25,
)


def step(what: str, who: str, other: str, count: int) -> asked.Command:
    commands: dict[str, asked.Command] = {
        "select": asked.SelectDelegate(who),
        "reserve": asked.PlaceInReserve(who),
        "replace": asked.ReplaceDelegate(who, other, anew_words()),
        "drop": asked.DropDelegate(who, anew_words()),
        "total": asked.ChangeQuota(count, PAPER),
        "line": asked.SetQuotaLine(CandidateKind.COLLECTIVE, count, PAPER),
        "share": asked.SetQuotaShare(UNIT, count, PAPER),
    }
    return commands[what]


def counted(quota: Quota) -> bool:
    """Return whether nothing is exceeded, counted on fingers."""
    goes = list(quota.delegates.values())
    units = {unit: sum(p.unit == unit for p in goes) for unit in quota.shares}
    return (
        len(goes) <= quota.total
        and sum(quota.lines.values()) <= quota.total
        and sum(quota.shares.values()) <= quota.total
        and all(sum(p.line == line for p in goes) <= n for line, n in quota.lines.items())
        and all(units[unit] <= share for unit, share in quota.shares.items())
        and {p.line for p in goes} <= quota.lines.keys()
    )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_r6_9_a_quota_is_never_exceeded(steps: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock()
        ledger = Ledger(Path(folder) / "exemplar.db", clock)
        register = Department(ledger, clock)
        quota, people = allocated(register), [exemplar(register) for _ in range(MANY)]
        for what, at, count in steps:
            with suppress(Refusal):
                ask(register, step(what, people[at], people[count], count), quota)
            assert counted(now(register, quota))
        assert [v for v in findings(ledger.all(), register.rules) if v.why] == []
        ledger.recorder.close()


def test_every_entry_of_a_quota_says_something() -> None:
    events = [read(line.name, bytes(line.body)).event for line in golden()]
    told = {type(e): words.told(e) for e in events if type(e) in QuotaEvent.__args__}
    assert told.keys() == set(QuotaEvent.__args__)
    assert [kind for kind, said in told.items() if not said or "None" in said] == []


def test_r6_9_a_delegation_is_final_only_without_those_who_lost_their_recognition(
    register: Department,
) -> None:
    quota, goes, waits = allocated(register), exemplar(register), exemplar(register)
    ask(register, asked.SelectDelegate(goes), quota)
    ask(register, asked.PlaceInReserve(waits), quota)
    revoke = asked.RevokeRecognition(RevocationGround.FALSE_DECLARATION, WORDS, "7/QĐ-SNN")
    register.ask(revoke, goes, Role.DIRECTOR)
    close = asked.CloseQuota("40/TTr-SNN")
    assert unmet(register, close, quota) == {"delegates-recognized": (goes.split(":")[1],)}
    ask(register, asked.DropDelegate(goes, WORDS), quota)
    ask(register, close, quota)
    assert now(register, quota).closed == TODAY
