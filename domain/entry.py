"""The envelope of every fact."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.values import Basis

if TYPE_CHECKING:
    from domain.events import Event

UNRECORDED: Final = -1
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Entry(NamedTuple):
    """One fact on both clocks: in force from `effective_on`, known from `position`.

    `position` counts from 0 without gaps, `version` from 1 within the subject. `effective_on`
    is a day in Asia/Ho_Chi_Minh; `recorded` counts microseconds since 1970, UTC, and never
    decreases along positions. `rule_set` is `<id>@<digest>`. An entry that is not recorded
    yet has position -1.
    """

    subject: str
    version: int
    effective_on: date
    actor: str
    acting_as: str | None
    command_id: str
    rule_set: str | None
    event: Event
    basis: tuple[Basis, ...] = ()
    position: int = UNRECORDED
    recorded: int = 0

    @property
    def recorded_at(self) -> datetime:
        """Return the instant of recording."""
        return EPOCH + timedelta(microseconds=self.recorded)


def micros(instant: datetime) -> int:
    """Return microseconds since 1970, UTC, of an aware instant."""
    return (instant - EPOCH) // timedelta(microseconds=1)


class Said(NamedTuple):
    """When an entry takes effect, who made it, and which it is: what a decision may rest on.

    Equal whatever the position: what happened does not depend on when we heard.
    """

    on: date
    by: str
    position: int = UNRECORDED

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and self[:2] == other[:2]

    def __hash__(self) -> int:
        return hash(self[:2])


def said(entry: Entry) -> Said:
    """Return who made an entry, and when it takes effect."""
    return Said(entry.effective_on, entry.actor, entry.position)
