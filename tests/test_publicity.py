"""Publicity: ten working days for comments, every one of them handled, before the council."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from councils import called, established, heard, publicized
from department import PAPER, TODAY, Clock, Department
from scenario import Scenario, given
from stories import DISCOVERING, PUBLICIZED, SUMMARIZING, WORDS

from domain import candidate_events as happened
from domain.council import Matter
from domain.publicity import (
    CommentHandled,
    CommentPeriodClosed,
    CommentPeriodOpened,
    CommentReceived,
)
from domain.values import CandidateKind, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.case import PUBLIC
from workflow.lawfulness import findings as ruled
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted
from workflow.rules import load_all

BEFORE = tuple(event for event in SUMMARIZING if event not in PUBLICIZED)
OPEN, CLOSE = asked.OpenCommentPeriod(), asked.CloseCommentPeriod()
RECOGNIZE = asked.RecognizeExemplar("13/QĐ-UBND")
MONDAY, FRIDAY_AFTER = date(2026, 2, 2), date(2026, 2, 13)
EVENING = date(2026, 2, 23)  # the last of ten working days after MONDAY


@pytest.fixture
def story(house: Department) -> Scenario:
    """Return a candidate who lacks publicity and the council's opinion only."""
    established(house)
    return given(house, *BEFORE)


def test_a_15_before_a_council_is_entered_the_signed_decision_is_enough(
    register: Department,
) -> None:
    story = given(register, *BEFORE).when(RECOGNIZE, Role.DIRECTOR)
    story.then(happened.ExemplarRecognized("13/QĐ-UBND"))


def opened(story: Scenario, on: date = MONDAY) -> Scenario:
    """Open a comment period."""
    story.register.submit(story.when(OPEN, Role.OFFICER, on).request)
    return story


def missing(story: Scenario, *needs: str) -> tuple[str, ...]:
    """Return what the first need lacks, of those that stand in the way."""
    return story.refused(NeedsUnmet, needs=needs).unmet[0].missing


def test_a_22_a_comment_period_runs_for_ten_working_days_after_the_day(story: Scenario) -> None:
    period = CommentPeriodOpened(10, EVENING, 0)
    story.when(OPEN, Role.OFFICER, MONDAY).then(period)


@pytest.mark.parametrize(("days", "until"), [(10, EVENING), (12, date(2026, 2, 25))])
def test_a_22_a_longer_period_may_be_chosen(story: Scenario, days: int, until: date) -> None:
    longer = asked.OpenCommentPeriod(days)
    story.when(longer, Role.OFFICER, MONDAY).then(CommentPeriodOpened(days, until, 0))


def test_a_22_a_shorter_period_is_refused(story: Scenario) -> None:
    story.when(asked.OpenCommentPeriod(9), Role.OFFICER, MONDAY)
    assert missing(story, "publicity-days") == ("10",)


@pytest.mark.parametrize("days", [0, 61])
def test_a_22_a_period_of_no_day_or_of_years_is_no_period(story: Scenario, days: int) -> None:
    refusal = story.when(asked.OpenCommentPeriod(days), Role.OFFICER).refused(InvalidCommand)
    assert refusal.facts == ("days", "must be from 1 to 60")


def test_a_22_there_is_one_period_at_a_time(story: Scenario) -> None:
    opened(story).when(OPEN, Role.OFFICER, TODAY).refused(NeedsUnmet, needs=("no-comment-period",))


def test_a_22_a_period_is_not_closed_on_its_last_day(story: Scenario) -> None:
    opened(story).when(CLOSE, Role.REVIEWER, EVENING)
    assert missing(story, "comment-time-over") == (str(EVENING),)
    story.when(CLOSE, Role.REVIEWER, EVENING + timedelta(days=1)).then(CommentPeriodClosed())


def test_a_22_a_period_is_closed_with_every_comment_handled(story: Scenario) -> None:
    opened(story)
    comment = asked.ReceiveComment(WORDS)
    for number in (1, 2):
        received = CommentReceived(number, WORDS.sealed())
        story.when(comment, Role.OFFICER, FRIDAY_AFTER).then(received)
    handle = asked.HandleComment(2, WORDS)
    story.when(handle, Role.STANDING_BODY).then(CommentHandled(2, WORDS.sealed()))
    story.when(handle, Role.STANDING_BODY).refused(NeedsUnmet, needs=("comment-waiting",))
    story.when(CLOSE, Role.REVIEWER)
    assert missing(story, "comments-handled") == ("1",)
    first = asked.HandleComment(1, WORDS)
    story.when(first, Role.REVIEWER).then(CommentHandled(1, WORDS.sealed()))
    story.when(CLOSE, Role.REVIEWER).then(CommentPeriodClosed())


def test_a_22_a_comment_after_a_voided_one_waits_for_its_own_answer(story: Scenario) -> None:
    opened(story)
    comment, handle = asked.ReceiveComment(WORDS), asked.HandleComment(1, WORDS)
    story.when(comment, Role.OFFICER, FRIDAY_AFTER).then(CommentReceived(1, WORDS.sealed()))
    story.when(handle, Role.REVIEWER).then(CommentHandled(1, WORDS.sealed()))
    received = len(story.register.ledger.entries(story.subject)) - 1
    void = asked.VoidEntry(received, WORDS)
    story.register.submit(story.when(void, Role.STANDING_BODY, basis=PAPER).request)
    story.when(comment, Role.OFFICER).then(CommentReceived(2, WORDS.sealed()))
    story.when(CLOSE, Role.REVIEWER)
    assert missing(story, "comments-handled") == ("2",)


def test_a_22_there_are_no_comments_without_a_period(story: Scenario) -> None:
    story.when(asked.ReceiveComment(WORDS), Role.OFFICER)
    story.refused(NeedsUnmet, needs=("comment-period-open",))


def test_r8_1_nobody_handles_comments_on_themselves(house: Department) -> None:
    person = house.people[Role.REVIEWER]
    found = happened.CandidateDiscovered(CandidateKind.COLLECTIVE, house.unit, person)
    story = opened(given(house, found, *DISCOVERING[1:]))
    story.when(asked.ReceiveComment(WORDS), Role.OFFICER).then(CommentReceived(1, WORDS.sealed()))
    story.when(asked.HandleComment(1, WORDS), Role.REVIEWER)
    story.refused(NeedsUnmet, needs=("not-oneself",))


def test_what_was_said_is_in_the_vault_only(register: Department) -> None:
    story = opened(given(register, *BEFORE))
    words = asked.Private({"text": "Cần xem lại số liệu"})
    receipt = register.ask(asked.ReceiveComment(words), story.subject, Role.OFFICER)
    assert isinstance(register.ledger, Ledger)
    (event,) = (entry.event for entry in receipt.entries)
    assert isinstance(event, CommentReceived)
    assert register.ledger.secrets([event.text]) == {
        event.text.id: {"text": "Cần xem lại số liệu"}
    }


# Before the council, before the decision


def test_a_22_nobody_is_recognized_before_the_comments_are_in(story: Scenario) -> None:
    story.when(RECOGNIZE, Role.DIRECTOR)
    assert missing(story, "publicity", "council-opinion") == ("no-period",)
    opened(story).when(RECOGNIZE, Role.DIRECTOR)
    assert missing(story, "publicity", "council-opinion") == ("period-open",)


def test_a_22_who_lacks_publicity_is_led_to_what_comes_first(story: Scenario) -> None:
    leads = []

    def led() -> None:
        publicity = story.when(RECOGNIZE, Role.DIRECTOR).refused(
            NeedsUnmet, needs=("publicity", "council-opinion")
        )
        leads.append((publicity.unmet[0].via, publicity.unmet[0].supply))

    led()
    opened(story)
    led()
    told = asked.ReceiveComment(asked.Private({"text": "Cần xem lại"}))
    story.register.submit(story.when(told, Role.OFFICER, MONDAY).request)
    led()
    writing = (Role.OFFICER, Role.REVIEWER, Role.STANDING_BODY)
    assert leads == [
        ("open-comment-period", writing),
        ("close-comment-period", writing[1:]),
        ("handle-comment", writing[1:]),
    ]


def test_a_22_with_publicity_and_the_councils_opinion_the_director_recognizes(
    house: Department, story: Scenario
) -> None:
    after = publicized(house, story.subject, MONDAY)
    session = heard(house, story.subject, after).subject
    story.when(RECOGNIZE, Role.DIRECTOR, after).then(
        happened.ExemplarRecognized("13/QĐ-UBND", session)
    )


def test_a_22_a_session_is_not_asked_before_the_comment_period_ends(
    house: Department, story: Scenario
) -> None:
    sitting = called(house, EVENING)
    add = asked.AddAgendaItem(Matter.RECOGNITION, story.subject)
    for until in ((), (str(EVENING),)):
        with pytest.raises(NeedsUnmet) as caught:
            sitting.ask(add)
        found = [(f.need, f.missing) for f in caught.value.unmet]
        assert found == [("agenda-publicity", until or ("",))]
        if not until:
            opened(story)
    assert called(house, EVENING + timedelta(days=1)).item(story.subject) == 1


def test_a_22_a_session_before_a_second_comment_period_does_not_count(
    house: Department, story: Scenario
) -> None:
    first = publicized(house, story.subject, date(2026, 1, 5))
    heard(house, story.subject, first)
    publicized(house, story.subject, MONDAY)
    story.when(RECOGNIZE, Role.DIRECTOR)
    assert missing(story, "publicity") == ("session-too-early",)


def test_a_22_publicity_can_be_switched_off_in_the_rules(tmp_path: Path) -> None:
    folder = tmp_path / "rule_sets"
    shutil.copytree(str(files("workflow") / "rule_sets"), folder)
    for file, old, new in (
        ("publicity.toml", "required = true", "required = false"),
        ("council.toml", "without_session = false", "without_session = true"),
    ):
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    clock = Clock()
    register = Department(Ledger(tmp_path / "exemplar.db", clock), clock, load_all(folder))
    established(register)
    story = given(register, *BEFORE)
    story.when(RECOGNIZE, Role.DIRECTOR).refused(NeedsUnmet, needs=("council-opinion",))
    reasoned = asked.RecognizeExemplar("13/QĐ-UBND", None, WORDS)
    story.when(reasoned, Role.DIRECTOR).then(
        happened.ExemplarRecognized("13/QĐ-UBND", None, WORDS.sealed())
    )


def test_a_22_anybody_may_comment_while_a_period_is_open_and_do_nothing_else(
    register: Department,
) -> None:
    story = opened(given(register, *BEFORE))
    said = asked.ReceiveComment(WORDS)
    (entry,) = register.ask(said, story.subject, PUBLIC).entries
    assert (entry.actor, entry.acting_as) == (PUBLIC, None)
    told = ruled(register.ledger.all(), register.rules)
    assert [v.why for v in told if v.entry.position >= entry.position] == [()]
    handle = asked.HandleComment(1, WORDS)
    story.when(handle, PUBLIC).refused(NotPermitted, needs=("permission",))
    story.when(said, Role.AUDITOR).refused(NotPermitted, needs=("permission",))
    story.when(handle).then(CommentHandled(1, WORDS.sealed()))
    story.when(CLOSE, on=TODAY).then(CommentPeriodClosed())
    story.when(said, PUBLIC).refused(NeedsUnmet, needs=("comment-period-open",))
