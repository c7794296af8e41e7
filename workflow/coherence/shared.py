"""What several commands must get right."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from domain.subjects import kind_of
from workflow.case import Case
from workflow.refusals import InvalidCommand, UnknownSubject

PERSON: Final = re.compile(r"person:[0-9a-z-]{1,40}")
SYMBOL: Final = 60  # characters
NAME: Final = 200


def unit_open(case: Case, id: str, on: date) -> None:
    """Refuse a unit that is not there, or that was merged into another by a day."""
    unit = case.units.get(id)
    if unit is None:
        raise UnknownSubject(id)
    if unit.merged_on is not None and unit.merged_on <= on:
        raise InvalidCommand("unit", "was merged into another")


def candidate_known(case: Case, id: str) -> None:
    """Refuse a candidate that is not there."""
    if kind_of(id) != "candidate" or not case.world.told(id):
        raise UnknownSubject(id)


def person(field: str, *people: str) -> None:
    """Refuse who is no person: the log is no place for names."""
    if not all(map(PERSON.fullmatch, people)):
        raise InvalidCommand(field, "is no person of the register")


def cited(field: str, symbol: str) -> None:
    """Refuse what is no symbol of a document: the log is no place for free text."""
    if not symbol.strip():
        raise InvalidCommand(field, "must be cited")
    if len(symbol) > SYMBOL or not symbol.isprintable():
        raise InvalidCommand(field, "is too long for the symbol of a document")


def named(field: str, name: str) -> None:
    """Refuse what is no name: empty, too long, or on several lines."""
    if not name.strip():
        raise InvalidCommand(field, "must be named")
    if len(name) > NAME or not name.isprintable():
        raise InvalidCommand(field, "is too long for a name")


def in_order(begins: date | None, ends: date | None) -> None:
    """Refuse a stretch of time that ends before it begins."""
    if begins and ends and ends < begins:
        raise InvalidCommand("ends", "cannot be before the beginning")
