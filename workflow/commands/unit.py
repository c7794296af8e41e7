"""What may be asked about units."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import UnitKind


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
class MergeUnit:
    """Merge a unit into one or more others."""

    into: tuple[str, ...]


@dataclass(frozen=True)
class AppointHead:
    """Make a person head of a unit."""

    person: str


@dataclass(frozen=True)
class DismissHead:
    """Leave a unit without a head."""


UnitCommand = RegisterUnit | RenameUnit | MergeUnit | AppointHead | DismissHead
