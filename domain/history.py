"""The order of effect: two clocks, voids and corrected dates.

State(D, K) is the fold, by (effective day, position), of the entries with an effective day up
to D and a position below K, without those voided by an entry below K, with dates as corrected
below K. A correction applies to any other entry of its subject, never to a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry

ORDER_OF_EFFECT = attrgetter("effective_on", "position")
CORRECTIONS = EntryVoided, EffectiveDateCorrected


def as_of(
    entries: Iterable[Entry], on: date | None = None, known: int | None = None
) -> list[Entry]:
    """Return one subject's entries in force on a day, as known below a position."""
    told = list(entries) if known is None else [e for e in entries if e.position < known]
    believed = corrected(told)
    if len(believed) > 1:
        believed.sort(key=ORDER_OF_EFFECT)
    return believed if on is None else [e for e in believed if e.effective_on <= on]


def corrected(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that still count, each with its corrected day."""
    voided: set[int] = set()
    moved: dict[int, date] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, EntryVoided):
            voided.add(event.target)
        elif isinstance(event, EffectiveDateCorrected):
            moved[event.target] = event.to
    if not voided and not moved:
        return list(entries)
    return [_dated(e, moved) for e in entries if e.version not in voided or is_correction(e)]


def is_correction(entry: Entry) -> bool:
    """Return whether an entry corrects another."""
    return isinstance(entry.event, CORRECTIONS)


def _dated(entry: Entry, moved: dict[int, date]) -> Entry:
    if entry.version in moved and not is_correction(entry):
        return entry._replace(effective_on=moved[entry.version])
    return entry
