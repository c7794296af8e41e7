"""Histories for property tests: any events, on any days, with any corrections."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from stories import SEALED

from domain import candidate_events as happened
from domain.candidate_events import CandidateEvent
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.events import Event
from domain.values import Sealed

FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days))
SEALS = st.sampled_from([SEALED, Sealed("b", "mac")])
FACTS = [
    kind
    for kind in CandidateEvent.__args__
    if kind not in (EntryVoided, EffectiveDateCorrected)
]  # fmt: skip
st.register_type_strategy(Sealed, SEALS)
UNITS = st.sampled_from(["unit:a", "unit:b"])
PLACED = (happened.CandidateDiscovered, happened.CandidateTransferred)
EVENTS = st.one_of(
    st.builds(happened.CandidateDiscovered, unit=UNITS, person=st.none()),
    st.builds(happened.CandidateTransferred, UNITS),
    *(st.from_type(kind) for kind in FACTS if kind not in PLACED),
)
VOIDS = st.builds(EntryVoided, st.integers(1, 12), SEALS)
REDATES = st.builds(EffectiveDateCorrected, st.integers(1, 12), DAYS, SEALS)


def entry(position: int, event: Event, on: date, version: int) -> Entry:
    """Return an entry of the one candidate that histories are about."""
    return Entry(
        "candidate:x", version, on, "person:a", None, f"c-{position}", None, event, (), position
    )


def numbered(*facts: tuple[Event, date]) -> list[Entry]:
    """Return events as entries, in the order told."""
    return [entry(at, event, on, at + 1) for at, (event, on) in enumerate(facts)]


def events(
    distinct_days: bool = False, min_size: int = 0
) -> st.SearchStrategy[list[tuple[CandidateEvent, date]]]:
    """Return lists of (event, day)."""
    by = (lambda pair: pair[1]) if distinct_days else None
    return st.lists(st.tuples(EVENTS, DAYS), max_size=12, min_size=min_size, unique_by=by)


def tellings() -> st.SearchStrategy[list[Entry]]:
    """Return entries with facts, voids and corrected days in any order."""
    told = st.lists(st.tuples(st.one_of(EVENTS, EVENTS, VOIDS, REDATES), DAYS), max_size=14)
    return told.map(lambda pairs: numbered(*pairs))
