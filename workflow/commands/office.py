"""What may be asked about offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.values import Role


@dataclass(frozen=True)
class GrantOffice:
    """Let a person act in a role from the effective day on."""

    person: str
    role: Role
    unit: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class EndOffice:
    """Take an office back from the effective day on."""


OfficeCommand = GrantOffice | EndOffice
