"""The answers a need can give, and what they carry."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple, Protocol

from domain.values import Role
from workflow.case import Case
from workflow.commands import Command


class Answer(StrEnum):
    """The answers a need can give; one that a fast track sets aside is waived (A-13).

    A warning stands in nobody's way: the law does not forbid it, but somebody should look.
    """

    MET = "met"
    UNMET = "unmet"
    NOT_PROVEN = "not-proven"
    WAIVED = "waived"
    WARNED = "warned"


class Finding(NamedTuple):
    """What a need answered. `proof` are positions, `missing` codes, years or days."""

    need: str
    answer: Answer
    proof: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    supply: tuple[Role, ...] = ()
    via: str | None = None
    authors: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Return whether nothing stands in the way here."""
        return self.answer in (Answer.MET, Answer.WAIVED, Answer.WARNED)


class Proof(Protocol):
    """An entry that proves something, and who wrote it."""

    @property
    def by(self) -> str:
        """Return the author."""

    @property
    def position(self) -> int:
        """Return the position of the entry."""


class Reply(NamedTuple):
    """A predicate's own answer, before names are put to it.

    `via` is the command to give first, where that is another than the rule set names.
    """

    answer: Answer
    facts: tuple[Proof, ...] = ()
    missing: tuple[str, ...] = ()
    via: str | None = None


def proven(*facts: Proof) -> Reply:
    """Answer that the need is met, by these facts."""
    return Reply(Answer.MET, facts)


def unmet(*missing: object, via: str | None = None) -> Reply:
    """Answer that the need is not met; `via` is what must be done first."""
    return Reply(Answer.UNMET, (), tuple(map(str, missing)), via)


def warned(*missing: object) -> Reply:
    """Answer that somebody should look at this, though it may be done."""
    return Reply(Answer.WARNED, (), tuple(map(str, missing)))


def when(condition: bool, *missing: object) -> Reply:
    """Answer met if a condition holds."""
    return proven() if condition else unmet(*missing)


def shown(fact: Proof | None) -> Reply:
    """Answer met if there is such a fact."""
    return proven(fact) if fact else unmet()


Predicate = Callable[[Case, Command], Reply]
