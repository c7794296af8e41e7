"""Shares of votes as text: "4/5" is at least four fifths, ">1/2" is more than half."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_SHARE: Final = re.compile(r"(>?)(\d{1,3})/(\d{1,3})")
HALF: Final = Fraction(1, 2)


def parse(share: str) -> tuple[bool, Fraction]:
    """Return whether more than the fraction is asked for, and the fraction. Raises ValueError."""
    found = _SHARE.fullmatch(share)
    if not found or not 0 < int(found[2]) <= int(found[3]):
        raise ValueError(f"{share!r} is no share")
    return bool(found[1]), Fraction(int(found[2]), int(found[3]))


def reached(share: str, votes: int, base: int) -> bool:
    """Return whether votes are the share of a base, by exact fractions; no share is never."""
    try:
        above, fraction = parse(share)
    except ValueError:
        return False  # written past the door: what has happened is never refused
    have, want = votes * fraction.denominator, base * fraction.numerator
    return base > 0 and (have > want if above else have >= want)


def majority(share: str) -> bool:
    """Return whether a share is a half, or more than a half."""
    try:
        return parse(share)[1] == HALF
    except ValueError:
        return False
