"""Coherence: a command must not contradict itself or name what is not there."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.values import Outcome
from workflow import commands as asked
from workflow.case import Case
from workflow.refusals import InvalidCommand, UnknownSubject

SYMBOL: Final = 60  # characters


def check(case: Case, command: asked.Command) -> None:
    """Raise InvalidCommand or UnknownSubject at the first thing that cannot be right."""
    match command:
        case asked.DiscoverCandidate(unit=unit):
            _unit_open(case, unit, case.effective_on)
        case asked.AttestCandidate():
            _unit_open(case, command.unit, command.discovered_on)
            _attested(case, command)
        case asked.RegisterUnit(parent=str() as unit) | asked.GrantOffice(unit=str() as unit):
            _unit_open(case, unit, case.effective_on)
        case asked.MergeUnit(into=into):
            if not into or case.subject in into:
                raise InvalidCommand("into", "must name other units")
            for unit in into:
                _unit_open(case, unit, case.effective_on)
        case asked.RecordTitle(year=year) | asked.RecordRating(year=year):
            if not 1990 <= year <= case.today.year:
                raise InvalidCommand("year", f"must be from 1990 to {case.today.year}")
        case asked.RecordPeerAcclaim():
            _acclaimed(command)
        case asked.RecognizeExemplar(decision):
            _cited("decision", decision)
        case _:
            pass


def _unit_open(case: Case, id: str, on: date) -> None:
    """Refuse a unit that is not there, or that was merged into another by a day."""
    unit = case.units.get(id)
    if unit is None:
        raise UnknownSubject(id)
    if unit.merged_on is not None and unit.merged_on <= on:
        raise InvalidCommand("unit", "was merged into another")


def _acclaimed(command: asked.RecordPeerAcclaim) -> None:
    _cited("minutes", command.minutes)
    votes = (command.votes_for, command.votes_against, command.abstained)
    if any(vote is not None and vote < 0 for vote in votes):
        raise InvalidCommand("votes", "cannot be negative")


def _cited(field: str, symbol: str) -> None:
    """Refuse what is no symbol of a document: the log is no place for free text."""
    if not symbol.strip():
        raise InvalidCommand(field, "must be cited")
    if len(symbol) > SYMBOL or not symbol.isprintable():
        raise InvalidCommand(field, "is too long for the symbol of a document")


def _attested(case: Case, row: asked.AttestCandidate) -> None:
    """Refuse a past that the stages do not allow: nothing is skipped, turned round or ahead."""
    stages = (row.discovered_on, row.nurtured_on, row.summarized_on, row.replicated_on)
    reached = [day for day in stages if day]
    if any(stages[len(reached) :]):
        raise InvalidCommand("stages", "cannot be skipped")
    days = [*reached, row.ended_on] if row.ended_on else reached
    if days != sorted(days):
        raise InvalidCommand("stages", "must be in order")
    if days[-1] > case.today:
        raise InvalidCommand("stages", "cannot be in the future")
    _ended(row)


def _ended(row: asked.AttestCandidate) -> None:
    if (row.outcome is None) != (row.ended_on is None):
        raise InvalidCommand("outcome", "must have its day, and the day its outcome")
    if row.outcome is Outcome.COMPLETED and not row.replicated_on:
        raise InvalidCommand("outcome", "only what was replicated is completed")
    if row.outcome is Outcome.REVOKED and not (row.decision or row.replicated_on):
        raise InvalidCommand("outcome", "only a recognition can be revoked")
