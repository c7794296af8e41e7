"""Every event there is."""

from __future__ import annotations

from domain.candidate_events import CandidateEvent
from domain.office import OfficeEvent
from domain.person import PersonEvent
from domain.refusals import CommandRefused
from domain.unit import UnitEvent
from domain.upkeep import UpkeepEvent

Event = CandidateEvent | UnitEvent | PersonEvent | OfficeEvent | CommandRefused | UpkeepEvent
