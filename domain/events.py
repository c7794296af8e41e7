"""Every event there is."""

from __future__ import annotations

from domain.calendar import CalendarEvent
from domain.candidate_events import CandidateEvent
from domain.office import OfficeEvent
from domain.person import PersonEvent
from domain.refusals import CommandRefused
from domain.unit import UnitEvent

Event = CandidateEvent | UnitEvent | PersonEvent | OfficeEvent | CalendarEvent | CommandRefused
