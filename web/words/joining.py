"""Lists in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from web.languages import _


def joined(words: Sequence[str]) -> str:
    """Return words as a list: a, b và c."""
    *first, last = words
    return _("%(first)s và %(last)s", first=", ".join(first), last=last) if first else last
