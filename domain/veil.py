"""The veil: candidates who are not named to somebody, by how they ended (A-23)."""

from __future__ import annotations

from typing import NamedTuple

from domain.values import Outcome


class Veil(NamedTuple):
    """Who ended in one of these ways is not named, but for the candidates of some units."""

    outcomes: tuple[Outcome, ...]
    units: frozenset[str] = frozenset()
