"""The agency that issues papers, as it was called on a day."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from web.papers.paper import Letterhead


def letterhead(day: date) -> Letterhead:
    """Return the letterhead of a day; before the first, the first."""
    every = _every()
    return next((head for head in reversed(every) if head.begins <= day), every[0])


@cache
def _every() -> list[Letterhead]:
    told = tomllib.loads((files("web.papers") / "agency.toml").read_text("utf-8"))
    found = [
        Letterhead(**{**one, "recipients": tuple(one["recipients"])}) for one in told["letterhead"]
    ]
    return sorted(found, key=lambda head: head.begins)
