"""Every event there is."""

from __future__ import annotations

from domain.candidate_events import CandidateEvent
from domain.council import CouncilEvent
from domain.office import OfficeEvent
from domain.person import PersonEvent
from domain.refusals import CommandRefused
from domain.session_events import SessionEvent
from domain.unit import UnitEvent

Event = (
    CandidateEvent
    | UnitEvent
    | PersonEvent
    | OfficeEvent
    | CouncilEvent
    | SessionEvent
    | CommandRefused
)
