"""What may be asked about people, and the opening of the register."""

from __future__ import annotations

from dataclasses import dataclass

from domain.person import ErasureRefusal
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


@dataclass(frozen=True)
class RequestErasure:
    """Record that somebody asks for the data of a person to be deleted, by a letter."""

    document: str
    note: Private | None = None


@dataclass(frozen=True)
class RestrictPersonalData:
    """Keep the data, and let nothing more be done with them; the document tells the requester."""

    document: str
    reason: Private


@dataclass(frozen=True)
class RefuseErasure:
    """Keep the data as they are; the document tells the requester why."""

    refusal: ErasureRefusal
    document: str


@dataclass(frozen=True)
class AcknowledgeErasure:
    """Record by which document the requester was told that the request came in."""

    document: str


@dataclass(frozen=True)
class ExtendErasure:
    """Take so many days longer for the answer, once; the document tells the requester why."""

    longer: int
    document: str
    reason: Private


PersonCommand = (
    DescribePerson
    | ErasePersonalData
    | RequestErasure
    | RestrictPersonalData
    | RefuseErasure
    | AcknowledgeErasure
    | ExtendErasure
)
