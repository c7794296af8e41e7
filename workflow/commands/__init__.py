"""What may be asked: one frozen dataclass per request, in the imperative.

Names and free text travel as `Private`; the door seals them, and only the commitment is logged.
"""

from __future__ import annotations

import re
from typing import Final

from workflow.commands.attest import *
from workflow.commands.attest import AttestCandidate
from workflow.commands.calendar import *
from workflow.commands.calendar import DeclareDay
from workflow.commands.candidate import *
from workflow.commands.candidate import CandidateFact, DiscoverCandidate
from workflow.commands.complaint import *
from workflow.commands.complaint import ComplaintCommand, ReceiveComplaint
from workflow.commands.consent import *
from workflow.commands.consent import ConsentCommand
from workflow.commands.corrections import *
from workflow.commands.corrections import Correct
from workflow.commands.council import *
from workflow.commands.council import CouncilCommand, EstablishCouncil
from workflow.commands.honours import *
from workflow.commands.honours import HonourCommand
from workflow.commands.legal_text import *
from workflow.commands.legal_text import RegisterText, TextCommand
from workflow.commands.movement import *
from workflow.commands.movement import LaunchMovement, MovementCommand
from workflow.commands.moves import *
from workflow.commands.moves import Move
from workflow.commands.obligation import *
from workflow.commands.obligation import ObligationCommand, SubmitObligation
from workflow.commands.office import *
from workflow.commands.office import GrantOffice, OfficeCommand
from workflow.commands.person import *
from workflow.commands.person import DescribePerson, FoundRegister, PersonCommand
from workflow.commands.place import *
from workflow.commands.place import EnterPlace, PlaceCommand
from workflow.commands.programme import *
from workflow.commands.programme import DraftPlan, ProgrammeCommand
from workflow.commands.publicity import *
from workflow.commands.publicity import PublicityCommand
from workflow.commands.quota import *
from workflow.commands.quota import AllocateQuota, QuotaCommand
from workflow.commands.replication import *
from workflow.commands.replication import ReplicationCommand
from workflow.commands.report import *
from workflow.commands.report import DraftReport, ReportCommand
from workflow.commands.review import *
from workflow.commands.review import ReviewCommand
from workflow.commands.revocation import *
from workflow.commands.revocation import RevocationCommand
from workflow.commands.round import *
from workflow.commands.round import OpenRound, RoundCommand
from workflow.commands.rule_set import *
from workflow.commands.rule_set import ConfirmRuleSet
from workflow.commands.session import *
from workflow.commands.session import NoticeSession, SessionCommand
from workflow.commands.unit import *
from workflow.commands.unit import RegisterUnit, UnitCommand

CandidateCommand = (
    DiscoverCandidate
    | AttestCandidate
    | CandidateFact
    | ReviewCommand
    | PublicityCommand
    | ConsentCommand
    | ReplicationCommand
    | HonourCommand
    | RevocationCommand
    | Move
)
OtherCommand = (
    UnitCommand
    | PersonCommand
    | OfficeCommand
    | ProgrammeCommand
    | ObligationCommand
    | MovementCommand
    | RoundCommand
    | QuotaCommand
    | TextCommand
    | ComplaintCommand
    | CouncilCommand
    | SessionCommand
    | PlaceCommand
    | ReportCommand
    | DeclareDay
    | ConfirmRuleSet
    | Correct
    | FoundRegister
)
Command = CandidateCommand | OtherCommand

# Which commands begin a subject, and of which kind; all others are about one that is there.
BEGINS: Final[dict[type[Command], str]] = {
    DiscoverCandidate: "candidate",
    AttestCandidate: "candidate",
    RegisterUnit: "unit",
    GrantOffice: "office",
    DescribePerson: "person",
    FoundRegister: "person",
    DraftPlan: "programme",
    SubmitObligation: "obligation",
    LaunchMovement: "movement",
    OpenRound: "round",
    AllocateQuota: "quota",
    RegisterText: "text",
    DeclareDay: "calendar",
    ConfirmRuleSet: "rule-set",
    ReceiveComplaint: "complaint",
    EstablishCouncil: "council",
    NoticeSession: "session",
    EnterPlace: "place",
    DraftReport: "report",
}
# What may be said of a subject more than once.
AGAIN: Final = (DescribePerson, FoundRegister, DraftPlan, DeclareDay)

# Not quotas: to undo an entry could undo a place that was given away since. Not complaints: what
# blocks a candidate is lifted by their end, and who opened an identity stays known. Not reports:
# what is out is out.
CORRECTABLE: Final = (
    *("candidate", "unit", "office", "person", "council", "session"),
    *("programme", "obligation", "movement", "round", "text", "calendar", "rule-set"),
    "place",
)

KINDS: Final[dict[type[Command], tuple[str, ...]]] = {
    **dict.fromkeys(CandidateCommand.__args__, ("candidate",)),
    **dict.fromkeys(UnitCommand.__args__, ("unit",)),
    **dict.fromkeys((*PersonCommand.__args__, FoundRegister), ("person",)),
    **dict.fromkeys(OfficeCommand.__args__, ("office",)),
    **dict.fromkeys(ProgrammeCommand.__args__, ("programme",)),
    **dict.fromkeys(ObligationCommand.__args__, ("obligation",)),
    **dict.fromkeys(MovementCommand.__args__, ("movement",)),
    **dict.fromkeys(RoundCommand.__args__, ("round",)),
    **dict.fromkeys(QuotaCommand.__args__, ("quota",)),
    **dict.fromkeys(TextCommand.__args__, ("text",)),
    **dict.fromkeys(PlaceCommand.__args__, ("place",)),
    **dict.fromkeys(ReportCommand.__args__, ("report",)),
    DeclareDay: ("calendar",),
    ConfirmRuleSet: ("rule-set",),
    **dict.fromkeys(ComplaintCommand.__args__, ("complaint",)),
    **dict.fromkeys(CouncilCommand.__args__, ("council",)),
    **dict.fromkeys(SessionCommand.__args__, ("session",)),
    **dict.fromkeys(Correct.__args__, CORRECTABLE),
}

_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")


def name_of(command: type[object]) -> str:
    """Return the kebab-case name of a command, such as `advance-stage`."""
    return _CAPITAL.sub("-", command.__name__).lower()


def kinds(command: Command) -> tuple[str, ...]:
    """Return the kinds of subject a command may be about; a new subject is of the first."""
    return KINDS[type(command)]


def named(name: str) -> type[Command] | None:
    """Return the command with a kebab-case name, or None."""
    return BY_NAME.get(name)


BY_NAME: Final[dict[str, type[Command]]] = {name_of(kind): kind for kind in KINDS}
