"""What the two halves of the walks in the test suite share."""

from __future__ import annotations

from walk.coverage import Coverage, missing
from walk.walking import Plan, rules_of, walked

STEPS = 2500
HALF = 40  # walks: together 200,000 steps
LEAST = 1  # how often anything is to be seen in one half


def agreed(seen: Coverage, seeds: range) -> None:
    """Walk by these seeds, and remember what was seen."""
    for seed in seeds:
        seen.update(walked(Plan(seed, STEPS)))


def unseen(seen: Coverage) -> list[tuple[str, ...]]:
    """Return what a half has seen too seldom."""
    return missing(seen, rules_of(Plan(0).folder)[1], LEAST)
