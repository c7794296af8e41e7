"""What an older register may tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.values import CandidateKind, Outcome, PersonKind, PriorityGroup, Private, Rating, Title


@dataclass(frozen=True)
class AttestCandidate:
    """Copy one candidate out of an older register, as that register tells it.

    `file` is the SHA-256 of the register in hex, `row` counts from 1 as the sheet shows it.
    Days are those of the paper; a stage that was not reached has none.
    """

    kind: CandidateKind
    unit: str
    who: Private
    what: Private
    discovered_on: date
    file: str
    sheet: str
    row: int
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()
    minutes: str | None = None
    nurtured_on: date | None = None
    summarized_on: date | None = None
    decision: str | None = None
    replicated_on: date | None = None
    outcome: Outcome | None = None
    ended_on: date | None = None
    titles: tuple[tuple[Title, int], ...] = ()
    ratings: tuple[tuple[Rating, int], ...] = ()
