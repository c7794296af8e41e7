"""What commands about places, and about whom they belong to, must get right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from domain.place import Place
from domain.values import CandidateKind
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, named
from workflow.refusals import InvalidCommand, UnknownSubject


def entered(case: Case, command: asked.EnterPlace) -> None:
    """Refuse a place without a name, with a code that is none, or that ends before it begins."""
    named("name", command.name)
    if command.code is not None:
        cited("code", command.code)
    _until(case, command.until)


def merged(case: Case, command: asked.MergePlace) -> None:
    """Refuse a merger into nothing, into itself, or of and into what is not there that day."""
    _there("subject", case, case.subject, case.effective_on)
    several = len(set(command.successors)) == len(command.successors) > 0
    if not several or case.subject in command.successors:
        raise InvalidCommand("successors", "must name other places, each once")
    for place in command.successors:
        _there("successors", case, place, case.effective_on)


def listed(case: Case, command: asked.ListPlace) -> None:
    """Refuse what is not there, what is listed already, and a list that ends before it begins."""
    place = _there("subject", case, case.subject, case.effective_on)
    _until(case, command.until)
    if command.group in place.groups_on(case.effective_on):
        raise InvalidCommand("group", "is on this list already")


def delisted(case: Case, command: asked.DelistPlace) -> None:
    """Refuse to take off a list what is not on it."""
    place: Place = case.world.all("place")[case.subject]
    if command.group not in place.groups_on(case.effective_on):
        raise InvalidCommand("group", "is not on this list")


def classified(case: Case, command: asked.ClassifyCandidate) -> None:
    """Refuse a day to come, what is another kind's, and a group that is given without ground."""
    if command.achieved_on > case.today:
        raise InvalidCommand("achieved_on", "cannot be in the future")
    kind = case.candidate.standing.kind
    collective = command.members is not None or command.legal_personality
    if collective and kind is not CandidateKind.COLLECTIVE:
        raise InvalidCommand("members", "is told of collectives only")
    if command.members is not None and command.members < 1:
        raise InvalidCommand("members", "must be one or more")
    if command.position and kind is not CandidateKind.INDIVIDUAL:
        raise InvalidCommand("position", "is told of individuals only")
    if len(set(command.given)) < len(command.given) or bool(command.given) is not bool(
        command.ground
    ):
        raise InvalidCommand("ground", "goes with groups that are given, each once")
    if command.place:
        _there("place", case, command.place, command.achieved_on)


def _there(field: str, case: Case, id: str, day: date) -> Place:
    """Refuse a place that is not in the register, or was not there on a day."""
    places = case.world.all("place")
    if id not in places:
        raise UnknownSubject(id)
    place: Place = places[id]
    if not place.there(day):
        raise InvalidCommand(field, "was not there on that day")
    return place


def _until(case: Case, until: date | None) -> None:
    if until and until < case.effective_on:
        raise InvalidCommand("until", "cannot be before the beginning")


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.EnterPlace: entered,
    asked.MergePlace: merged,
    asked.ListPlace: listed,
    asked.DelistPlace: delisted,
    asked.ClassifyCandidate: classified,
}
