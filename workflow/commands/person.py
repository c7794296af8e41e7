"""What may be asked about people, and the opening of the register."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import ErasureGround, Private


@dataclass(frozen=True)
class FoundRegister:
    """Open an empty register with its first administrator."""

    who: Private


@dataclass(frozen=True)
class DescribePerson:
    """Record who a person is: name, birth_year, sex."""

    who: Private


@dataclass(frozen=True)
class ErasePersonalData:
    """Delete all that the vault holds about a person."""

    ground: ErasureGround


PersonCommand = DescribePerson | ErasePersonalData
