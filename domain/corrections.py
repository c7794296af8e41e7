"""Corrections: what was recorded stays, and a later entry says what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.values import Sealed


@dataclass(frozen=True, slots=True)
class EntryVoided:
    """The entry with this version of the same subject should never have been made."""

    target: int
    reason: Sealed


@dataclass(frozen=True, slots=True)
class EffectiveDateCorrected:
    """The entry with this version of the same subject took effect on another day."""

    target: int
    to: date
    reason: Sealed


Correction = EntryVoided | EffectiveDateCorrected
