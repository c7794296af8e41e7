"""The case: all that a decision may look at, read at one position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.candidate import Candidate
from domain.entry import Entry
from domain.office import Office
from domain.unit import Unit
from domain.values import Basis, Role, new_id
from workflow.rules import RuleSet


@dataclass(frozen=True)
class Case:
    """One request before it is decided.

    `offices` are those the actor holds today; `relied_on` are the versions of other subjects.
    """

    subject: str
    actor: str
    offices: Mapping[str, Office]
    rules: RuleSet
    today: date
    effective_on: date
    basis: tuple[Basis, ...] = ()
    candidate: Candidate = field(default_factory=Candidate)
    entries: Sequence[Entry] = ()
    units: Mapping[str, Unit] = field(default_factory=dict)
    known_offices: Mapping[str, Office] = field(default_factory=dict)
    relied_on: Mapping[str, int] = field(default_factory=dict)
    unfounded: bool = False
    new_person: str = field(default_factory=lambda: new_id("person"))
    new_office: str = field(default_factory=lambda: new_id("office"))

    def acting_as(self, roles: Sequence[Role]) -> str | None:
        """Return the first office of the actor that has one of these roles, or None."""
        held = (id for role in roles for id, o in self.offices.items() if o.role is role)
        return next(held, None)
