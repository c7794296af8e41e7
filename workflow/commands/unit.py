"""What may be asked about units."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import CandidateKind, PersonKind, UnitKind


@dataclass(frozen=True)
class RegisterUnit:
    """Enter a unit of the department."""

    name: str
    kind: UnitKind
    symbol: str | None = None
    parent: str | None = None


@dataclass(frozen=True)
class RenameUnit:
    """Give a unit another name from the effective day on."""

    name: str
    symbol: str | None = None


@dataclass(frozen=True)
class RearrangeUnit:
    """Put a unit under another parent, or let it be of another kind, from the day on."""

    kind: UnitKind | None = None
    parent: str | None = None


@dataclass(frozen=True)
class MergeUnit:
    """Merge a unit into another, or split it among several.

    `shares` says in the order of `into` how much goes where, as "2/3"; nothing if none is known.
    """

    into: tuple[str, ...]
    shares: tuple[str, ...] = ()


@dataclass(frozen=True)
class TransferCandidates:
    """Give candidates of this unit to another, all in one decision."""

    receiver: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class AppointHead:
    """Make a person head of a unit."""

    person: str


@dataclass(frozen=True)
class DismissHead:
    """Leave a unit without a head."""


@dataclass(frozen=True)
class AddCriterion:
    """Measure the unit's candidates by one criterion more, from those found on the day on."""

    code: str
    name: str
    hard: bool = False
    person_kinds: tuple[PersonKind, ...] = ()
    kinds: tuple[CandidateKind, ...] = ()
    evidence: str | None = None


@dataclass(frozen=True)
class RetireCriterion:
    """Measure nobody by a criterion of the unit who is found from the day on."""

    code: str


@dataclass(frozen=True)
class CountTitles:
    """Record how many of the unit got two titles for a year, by a document."""

    year: int
    advanced_workers: int
    grassroots_fighters: int
    document: str


UnitCommand = (
    RegisterUnit
    | RenameUnit
    | RearrangeUnit
    | MergeUnit
    | TransferCandidates
    | AppointHead
    | DismissHead
    | AddCriterion
    | RetireCriterion
    | CountTitles
)
