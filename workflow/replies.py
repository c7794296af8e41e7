"""Replies: who waits to be told something, and which delegates somebody must decide on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from domain import person
from domain.candidate import replay
from domain.entry import Entry
from domain.events import Event
from domain.history import as_of
from domain.person import Asked, ErasureRequested, PersonalDataErased
from workflow.calendar import WorkingDays
from workflow.needs.erasure import answer_due
from workflow.quotas import may_go
from workflow.register import Register
from workflow.terms import Terms


class Reply(NamedTuple):
    """What waits: about what, since when, until when, and by whom it may not be decided (R8-1).

    What is somebody's own to do has that person as `whose`.
    """

    subject: str
    since: date | None = None
    due: date | None = None
    unit: str | None = None
    barred: frozenset[str] = frozenset()
    whose: str | None = None


class Replies(NamedTuple):
    """Units to be told why not (2.6), people about their data (A-24), quotas to be looked at.

    `letters` came from people who were not told yet that they came in; `received` and `accepted`
    are complaints (2.8).
    """

    notices: Sequence[Reply] = ()
    letters: Sequence[Reply] = ()
    erasures: Sequence[Reply] = ()
    delegates: Sequence[Reply] = ()
    received: Sequence[Reply] = ()
    accepted: Sequence[Reply] = ()


class Store(Protocol):
    """What replies need of a store."""

    def unnotified(self, since: date) -> Sequence[tuple[str, str, date]]:
        """Return candidates declined from a day on of which no unit was told, unit and day."""

    def pending(self, begun: type[Event], ended: type[Event], since: int = 0) -> list[str]:
        """Return subjects about which one thing was recorded, and not the other after it."""

    def entries_of(self, subjects: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of several subjects, in one question."""


def waiting(
    register: Register, store: Store, calendar: WorkingDays, terms: Terms, recent: date
) -> Replies:
    """Return who waits for a reply today; of units to be told, those declined lately."""
    told = terms.notice.working_days
    notices = [
        Reply(subject, day, calendar.after(day, told), unit)
        for subject, unit, day in store.unnotified(recent)
    ]
    asking = [*_asking(store)]
    letters = [
        Reply(subject, one.on, calendar.after(one.on, terms.erasure.told_days))
        for subject, one in asking
        if one.told is None
    ]
    erasures = [
        Reply(
            subject,
            one.on,
            answer_due(one, terms.erasure),
            barred=frozenset({subject, one.by}),
        )
        for subject, one in asking
    ]
    complaints = register.all("complaint").items()
    received = [
        Reply(id, one.received.on, one.until)
        for id, one in complaints
        if one.waiting and one.received
    ]
    accepted = [
        Reply(id, one.accepted.on, one.until, whose=one.handler)
        for id, one in complaints
        if one.running and one.accepted
    ]
    delegates = [*_delegates(register, store)]
    return Replies(notices, letters, erasures, delegates, received, accepted)


def _asking(store: Store) -> Iterator[tuple[str, Asked]]:
    """Yield the people whose request waits for its answer, and the request."""
    asking = store.pending(ErasureRequested, PersonalDataErased)
    for subject, entries in store.entries_of(asking).items():
        if one := person.fold(as_of(entries)).requested:
            yield subject, one


def _delegates(register: Register, store: Store) -> Iterator[Reply]:
    """Yield the open quotas on whose lists somebody stands who may not go as it is (R6-9)."""
    running = {id: quota for id, quota in register.all("quota").items() if quota.running}
    listed = {one for quota in running.values() for one in (*quota.delegates, *quota.reserve)}
    told = store.entries_of(sorted(listed))
    found = replay(entry for entries in told.values() for entry in as_of(entries))
    for id, quota in running.items():
        if any(not may_go(found.get(one)) for one in (*quota.delegates, *quota.reserve)):
            yield Reply(id)
