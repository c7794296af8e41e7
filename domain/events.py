"""Every event there is."""

from __future__ import annotations

from domain.batch import BatchRecorded
from domain.calendar import CalendarEvent
from domain.candidate_events import CandidateEvent
from domain.complaint import ComplaintEvent
from domain.council import CouncilEvent
from domain.legal_text import TextEvent
from domain.movement import MovementEvent
from domain.obligation import ObligationEvent
from domain.office import OfficeEvent
from domain.person import PersonEvent
from domain.place import PlaceEvent
from domain.programme import ProgrammeEvent
from domain.quota import QuotaEvent
from domain.refusals import CommandRefused
from domain.report import ReportEvent
from domain.round import RoundEvent
from domain.rule_set import RuleSetEvent
from domain.session_events import SessionEvent
from domain.unit import UnitEvent
from domain.upkeep import UpkeepEvent

Event = (
    CandidateEvent
    | UnitEvent
    | PersonEvent
    | OfficeEvent
    | ProgrammeEvent
    | ObligationEvent
    | MovementEvent
    | RoundEvent
    | RuleSetEvent
    | QuotaEvent
    | TextEvent
    | CalendarEvent
    | ComplaintEvent
    | CouncilEvent
    | SessionEvent
    | PlaceEvent
    | ReportEvent
    | BatchRecorded
    | CommandRefused
    | UpkeepEvent
)
