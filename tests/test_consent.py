"""Consent of the person, and telling the unit why its candidate was not accepted."""

from __future__ import annotations

from datetime import date

import pytest
from department import UNIT, Department, who
from scenario import given
from stories import DESCRIBED, DISCOVERING, SUMMARIZING, WORDS
from test_fast_track import grant, rescuer
from test_replication import unmet

from domain.candidate_events import CandidateDiscovered
from domain.consent import Consent, DeclineReason
from domain.replication import Channel
from domain.values import CandidateKind, FastTrackGround, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.refusals import InvalidCommand
from workflow.work import Task, Work, work

AGREED = asked.RecordConsent(Consent.GIVEN, "5/ĐY-CCKL")
REFUSED = asked.RecordConsent(Consent.REFUSED, "6/ĐY-CCKL")
PUBLISH = asked.PublishExemplar(Channel.PRESS, "1/BC")
RECOGNIZE = asked.RecognizeExemplar("9/QĐ-SNN")
NOTICE = asked.NotifyUnit(DeclineReason.BELOW_STANDARD, "40/TB-SNN")
ALONE = CandidateDiscovered(CandidateKind.INDIVIDUAL, UNIT, "person:lan")


def test_dd5_1_a_person_is_recognized_with_their_consent_only(register: Department) -> None:
    story = given(register, *SUMMARIZING[:-1], by=Role.OFFICER)
    collective = story.subject
    found = asked.DiscoverCandidate(CandidateKind.INDIVIDUAL, UNIT, who("Vi Thị Én"), WORDS)
    alone = register.ask(found, by=Role.OFFICER, on=date(2025, 6, 2)).subject
    request = register.request(PUBLISH, alone, Role.REVIEWER)
    lacking = {f.need: f.missing for f in register.why(request) if not f.met}
    assert lacking["consent"] == ("no-consent",)
    register.ask(REFUSED, alone, Role.OFFICER)
    lacking = {f.need: f.missing for f in register.why(request) if not f.met}
    assert lacking["consent"] == (Consent.REFUSED,)
    register.ask(AGREED, alone, Role.OFFICER)
    assert "consent" not in {f.need for f in register.why(request) if not f.met}
    asking = register.request(RECOGNIZE, collective, Role.DIRECTOR)
    assert "consent" not in {f.need for f in register.why(asking) if not f.met}  # its unit speaks


def test_dd5_1_only_a_person_consents_and_a_paper_shows_it(house: Department) -> None:
    story = given(house, *DISCOVERING)
    assert unmet(house, AGREED, story.subject, Role.OFFICER) == ["individual"]
    alone = given(house, ALONE, DESCRIBED)
    with pytest.raises(InvalidCommand) as caught:
        house.ask(asked.RecordConsent(Consent.GIVEN, " "), alone.subject, Role.OFFICER)
    assert caught.value.facts == ("document", "must be cited")


def notices(register: Department) -> list[Task]:
    assert isinstance(register.ledger, Ledger)
    return [task for task in work(register, register.ledger) if task.work is Work.NOTIFY]


def test_2_6_a_unit_is_told_why_within_three_working_days(register: Department) -> None:
    story = given(register, *DISCOVERING)
    assert unmet(register, NOTICE, story.subject, Role.STANDING_BODY) == ["declined"]
    day = date(2026, 2, 23)  # a Monday
    register.ask(asked.DeclineCandidate(WORDS), story.subject, Role.STANDING_BODY, day)
    (task,) = notices(register)
    assert (task.subject, task.command, task.due) == (
        story.subject,
        "notify-unit",
        date(2026, 2, 26),
    )
    assert (task.late, task.ready) == (2, True)  # today is Monday, 2 March
    register.ask(NOTICE, story.subject, Role.REVIEWER)
    assert notices(register) == []
    assert unmet(register, NOTICE, story.subject, Role.STANDING_BODY) == ["not-notified"]
    assert register.candidate(story.subject).notice


def test_dd85_a_state_secret_is_never_public(register: Department) -> None:
    subject = rescuer(register)
    grant(register, subject, FastTrackGround.STATE_SECRET)
    for command in (asked.OpenCommentPeriod(), PUBLISH):
        request = register.request(command, subject, Role.REVIEWER)
        found = {f.need: f.missing for f in register.why(request) if not f.met}
        assert found["not-secret"] == ("state-secret",)
