"""Rule sets as the register knows them: which draft was confirmed, byte for byte (A-28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import changed


@dataclass(frozen=True, slots=True)
class RuleSetConfirmed:
    """A draft says what the official text says; `name` is `<id>@<digest>`."""

    name: str


RuleSetEvent = RuleSetConfirmed | EntryVoided | EffectiveDateCorrected


@dataclass(frozen=True)
class Confirmation:
    """The sum of a rule set's entries."""

    name: str | None = None


def evolve(was: Confirmation, entry: Entry) -> Confirmation:
    """Return the confirmation after an entry."""
    event = cast(RuleSetEvent, entry.event)
    match event:
        case RuleSetConfirmed(name):
            return changed(was, name=name)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Confirmation:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Confirmation())
