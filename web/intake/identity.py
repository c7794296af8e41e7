"""When two rows say the same: then they are recorded once, whatever file they come in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from domain.vietnamese import spelling
from workflow.commands import AttestCandidate

# Chosen once and never changed, or every file could be recorded a second time.
NAMESPACE: Final = UUID("5a0ee8c7-53d0-4f0c-9b9b-3ad1f2f0d5b1")


def content(candidate: AttestCandidate, unit: str) -> bytes:
    """Return a digest of what a row says; its number, file and spelling do not matter."""
    said = (
        *(candidate.kind, candidate.person_kind, spelling(unit)),
        _spelled(candidate.who.content),
        _spelled(candidate.what.content),
        sorted(candidate.priority),
        [_said(day) for day in _days(candidate)],
        [spelling(symbol or "") for symbol in (candidate.minutes, candidate.decision)],
        candidate.outcome,
        sorted(candidate.titles),
        sorted(candidate.ratings),
    )
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()


def command_id(digest: bytes, occurrence: int) -> str:
    """Return the id under which the n-th row with this content is recorded."""
    return str(uuid5(NAMESPACE, f"{digest.hex()}:{occurrence}"))


def _spelled(said: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    return {
        key: spelling(value) if isinstance(value, str) else value
        for key, value in said.items()
        if value is not None
    }


def _days(candidate: AttestCandidate) -> tuple[date | None, ...]:
    return (
        candidate.discovered_on,
        candidate.nurtured_on,
        candidate.summarized_on,
        candidate.replicated_on,
        candidate.ended_on,
    )


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None
