"""Days, instants, numbers and shares as the visitor's language writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from web.languages import SOURCE, _, chosen

KILO = 1024


def day(value: date) -> str:
    """Return a day: 30/06/2024, and in English 30 Jun 2024, which nobody can misread."""
    return _written(value, "%d/%m/%Y" if chosen() == SOURCE else "%-d %b %Y")


@lru_cache(maxsize=10_000)  # a page with months to choose from tells a hundred days twice
def _written(value: date, how: str) -> str:
    return value.strftime(how)


def instant(value: datetime) -> str:
    """Return a day and the time of day on the clock it is given in."""
    return f"{day(value)} {value:%H:%M}"


def number(value: int) -> str:
    """Return a number with its thousands apart: 1.234, and in English 1,234."""
    return f"{value:,}".replace(",", "." if chosen() == SOURCE else ",")


def share(threshold: str) -> str:
    """Return a share of votes to be read: 4/5, and quá 1/2 for what must be more than a half."""
    return _("quá %(share)s", share=threshold[1:]) if threshold[:1] == ">" else threshold


def size(count: int) -> str:
    """Return how large a file is: 820 kB, 1,5 MB, and in English 1.5 MB."""
    if count < KILO * KILO:
        return f"{number(-(-count // KILO))} kB"
    whole, tenths = divmod(-(-count * 10 // (KILO * KILO)), 10)
    return f"{number(whole)}{',' if chosen() == SOURCE else '.'}{tenths} MB"
