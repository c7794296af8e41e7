"""What may be asked about complaints and denunciations."""

from __future__ import annotations

from dataclasses import dataclass

from domain.complaint import ComplaintFinding, ComplaintKind
from domain.values import Private, Protected


@dataclass(frozen=True)
class ReceiveComplaint:
    """Enter a letter about a candidate; `summary` must not tell whom it comes from.

    `sender` holds name, address, phone and letter; it goes into a store of its own.
    """

    kind: ComplaintKind
    candidate: str
    summary: Private
    sender: Protected | None = None
    anonymous: bool = False


@dataclass(frozen=True)
class AcceptComplaint:
    """Let a person settle it; `remote` is for places where the law grants more time."""

    handler: str
    remote: bool = False


@dataclass(frozen=True)
class RejectComplaint:
    """Do not settle it."""

    reason: Private


@dataclass(frozen=True)
class ReplaceHandler:
    """Let somebody else settle it."""

    handler: str


@dataclass(frozen=True)
class ExtendComplaint:
    """Take longer over a complex one."""

    reason: Private


@dataclass(frozen=True)
class WithdrawComplaint:
    """Record that the sender takes it back, or only `part` of it."""

    document: str
    part: Private | None = None


@dataclass(frozen=True)
class ResolveComplaint:
    """Record what was found and answered."""

    finding: ComplaintFinding
    document: str
    reply: Private


@dataclass(frozen=True)
class OpenIdentity:
    """Look up whom it comes from."""

    reason: Private


@dataclass(frozen=True)
class DestroyComplaint:
    """Destroy its words and its sender's identity once they need not be kept any more."""


ComplaintCommand = (
    ReceiveComplaint
    | AcceptComplaint
    | RejectComplaint
    | ReplaceHandler
    | ExtendComplaint
    | WithdrawComplaint
    | ResolveComplaint
    | OpenIdentity
    | DestroyComplaint
)
