"""Legal texts that decisions and reports cite, and from when to when each was in force (R0-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import changed


class TextKind(StrEnum):
    """What kind of document a text is."""

    LAW = "law"
    DECREE = "decree"
    CIRCULAR = "circular"
    RESOLUTION = "resolution"
    DIRECTIVE = "directive"
    DECISION = "decision-text"
    PLAN = "plan-text"
    OTHER = "other-text"


@dataclass(frozen=True, slots=True)
class TextRegistered:
    """A text is in force from `begins`, and until `ends` where it says so itself."""

    symbol: str
    kind: TextKind
    name: str
    issuer: str
    dated: date
    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class TextLapsed:
    """The text is no longer in force from the effective day on; `symbol` names what follows."""

    symbol: str | None = None


TextEvent = TextRegistered | TextLapsed | EntryVoided | EffectiveDateCorrected


@dataclass(frozen=True)
class LegalText:
    """The sum of a text's entries."""

    text: TextRegistered | None = None
    lapsed: date | None = None
    successor: str | None = None

    def in_force(self, day: date) -> bool:
        """Return whether the text was in force on a day."""
        if self.text is None or day < self.text.begins:
            return False
        expired = self.text.ends is not None and day > self.text.ends
        return not expired and (self.lapsed is None or day < self.lapsed)


def evolve(was: LegalText, entry: Entry) -> LegalText:
    """Return the text after an entry."""
    event = cast(TextEvent, entry.event)
    match event:
        case TextRegistered():
            return changed(was, text=event)
        case TextLapsed(symbol):
            return changed(was, lapsed=entry.effective_on, successor=symbol)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> LegalText:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, LegalText())
