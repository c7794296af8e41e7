"""Publicity: the period in which anybody may comment on a candidate (A-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never, cast

from domain.values import Sealed, changed

if TYPE_CHECKING:
    from domain.candidate import Fact


@dataclass(frozen=True, slots=True)
class CommentPeriodOpened:
    """The candidate was made public for comment, for so many working days after this day.

    `calendar` is the version of the calendar by which the last day was found.
    """

    days: int
    until: date
    calendar: int


@dataclass(frozen=True, slots=True)
class CommentReceived:
    """Somebody commented; what was said is in the vault. Comments are numbered from 1."""

    comment: int
    text: Sealed


@dataclass(frozen=True, slots=True)
class CommentHandled:
    """A comment was looked into and answered."""

    comment: int
    reply: Sealed


@dataclass(frozen=True, slots=True)
class CommentPeriodClosed:
    """The period is over and every comment is handled."""


PublicityEvent = CommentPeriodOpened | CommentReceived | CommentHandled | CommentPeriodClosed


@dataclass(frozen=True)
class Publicity:
    """What publicity has brought a candidate; `opened` and `closed` are of the latest period."""

    opened: Fact | None = None
    closed: Fact | None = None
    received: tuple[int, ...] = ()
    handled: tuple[int, ...] = ()

    @property
    def until(self) -> date | None:
        """Return the last day of the latest period."""
        return cast(CommentPeriodOpened, self.opened.event).until if self.opened else None

    @property
    def open(self) -> bool:
        """Return whether a period is running, or waits to be closed."""
        return self.opened is not None and self.closed is None

    @property
    def waiting(self) -> tuple[int, ...]:
        """Return the numbers of the comments that nobody has handled yet."""
        return tuple(number for number in self.received if number not in self.handled)


def publicized(was: Publicity, event: PublicityEvent, fact: Fact) -> Publicity:
    """Return what publicity has brought after an event."""
    match event:
        case CommentPeriodOpened():
            return changed(was, opened=fact, closed=None)
        case CommentReceived(comment):
            return changed(was, received=(*was.received, comment))
        case CommentHandled(comment):
            return changed(was, handled=(*was.handled, comment))
        case CommentPeriodClosed():
            return changed(was, closed=fact)
        case _:
            assert_never(event)
