"""Lists in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def joined(words: Sequence[str]) -> str:
    """Return words as a list: a, b và c."""
    *first, last = words
    return f"{', '.join(first)} và {last}" if first else last
