"""Given, when, then: on the real register, with a real file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from department import TODAY, Department
from stories import opened

from domain.candidate_events import CandidateEvent
from domain.entry import Entry
from domain.refusals import REFUSALS, CommandRefused
from domain.values import Role, new_id
from workflow.commands import Command
from workflow.refusals import Refusal
from workflow.register import KEPT_REFUSALS, Request


class Scenario:
    """One candidate's story, and what is asked next."""

    def __init__(self, register: Department, subject: str) -> None:
        self.register, self.subject = register, subject
        self.request: Request
        self.session: str | None = None  # where the council was asked, if it was

    def when(
        self, command: Command, by: Role | str = Role.REVIEWER, on: date = TODAY, **more: Any
    ) -> Scenario:
        """Ask for something."""
        self.request = self.register.request(command, self.subject, by, on, **more)
        return self

    def then(self, *events: CandidateEvent) -> Scenario:
        """Demand that exactly these events are recorded, from the day that was asked for."""
        told = self.register.submit(self.request).entries
        day = self.request.effective_on
        found = [(opened(entry.event), entry.effective_on) for entry in told]
        assert found == [(opened(event), day) for event in events]
        return self

    def refused(self, kind: type[Refusal], *facts: object, needs: tuple[str, ...] = ()) -> Refusal:
        """Demand a refusal with these facts and unmet needs, kept, and nothing else recorded."""
        ledger, size = self.register.ledger, self.register.ledger.size()
        with pytest.raises(Refusal) as caught:
            self.register.submit(self.request)
        refusal = caught.value
        assert (type(refusal), tuple(f.need for f in refusal.unmet)) == (kind, needs)
        assert not facts or refusal.facts == facts
        assert ledger.size() == size + isinstance(refusal, KEPT_REFUSALS)
        if isinstance(refusal, KEPT_REFUSALS):
            kept = ledger.entries(REFUSALS)[-1].event
            assert isinstance(kept, CommandRefused)
            assert (kept.about, kept.refusal, kept.unmet) == (self.subject, kind.__name__, needs)
        return refusal


def given(
    register: Department,
    *events: CandidateEvent,
    by: Role = Role.OFFICER,
    on: date = date(2025, 6, 2),
) -> Scenario:
    """Begin with a candidate to whom all this has happened on one day, by one author."""
    story = Scenario(register, new_id("candidate"))
    return also(story, *events, by=by, on=on, rule_set=register.rules.on(on).name)


def also(
    story: Scenario, *events: CandidateEvent, by: Role, on: date, rule_set: str | None = None
) -> Scenario:
    """Go on with more that has happened."""
    register, subject, id = story.register, story.subject, new_id("command")
    first, author = len(register.ledger.entries(subject)) + 1, register.people[by]
    numbered = enumerate(events, first)
    register.ledger.append(
        [Entry(subject, at, on, author, None, id, rule_set, event) for at, event in numbered]
    )
    return story
