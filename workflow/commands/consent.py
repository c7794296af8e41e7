"""What may be asked about a candidate's consent, and about telling its unit why not."""

from __future__ import annotations

from dataclasses import dataclass

from domain.consent import Consent, DeclineReason


@dataclass(frozen=True)
class RecordConsent:
    """Record what the person said about being a candidate; the document shows it."""

    consent: Consent
    document: str


@dataclass(frozen=True)
class NotifyUnit:
    """Record that the unit was told why its candidate was not accepted."""

    reason: DeclineReason
    document: str


ConsentCommand = RecordConsent | NotifyUnit
