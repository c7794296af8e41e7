"""What may be asked about places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.place import AreaGroup, PlaceKind


@dataclass(frozen=True)
class EnterPlace:
    """Enter a commune or ward that is there from the effective day on; `code` is the official."""

    name: str
    kind: PlaceKind
    code: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class MergePlace:
    """Merge a place into another, or split it among several."""

    successors: tuple[str, ...]


@dataclass(frozen=True)
class ListPlace:
    """Record that a document counts the place to an area from the effective day on."""

    group: AreaGroup
    until: date | None = None


@dataclass(frozen=True)
class DelistPlace:
    """Record that a document counts the place to an area no more from the effective day on."""

    group: AreaGroup


PlaceCommand = EnterPlace | MergePlace | ListPlace | DelistPlace
