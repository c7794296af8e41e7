"""Consent of the person, and telling the unit why its candidate was not accepted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Consent(StrEnum):
    """What a person said about being a candidate; silence is no consent (article 5.1)."""

    GIVEN = "consent-given"
    REFUSED = "consent-refused"


class DeclineReason(StrEnum):
    """Why a candidate was not accepted, as the submitting unit is told (domain facts 2.6)."""

    WRONG_SUBJECT = "not-right-subject"
    BELOW_STANDARD = "below-standard"
    INCOMPLETE = "dossier-incomplete"
    VIOLATION = "violation-found"


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """The person agreed to be a candidate, or did not, as a document shows."""

    consent: Consent
    document: str


@dataclass(frozen=True, slots=True)
class UnitNotified:
    """The unit was told by a document why its candidate was not accepted."""

    reason: DeclineReason
    document: str


ConsentEvent = ConsentRecorded | UnitNotified
