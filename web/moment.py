"""The two clocks of a question: in force on which day, as known at which position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from events_store.ledger import Reader
from web.numbers import number
from workflow.register import HERE


class BadMoment(ValueError):
    """Not a day, an instant or a position. Facts: the field, the text."""

    def __init__(self, field: str, text: str) -> None:
        """Keep what was asked."""
        super().__init__(f"{field}: {text!r}")
        self.field, self.text = field, text


@dataclass(frozen=True)
class Moment:
    """`on` is a day; `known` a position, or None for all that is recorded by now."""

    on: date
    known: int | None = None
    told: str | None = None


def moment(ledger: Reader, today: date, on: str | None, known: str | None) -> Moment:
    """Return the moment two texts name. Raises BadMoment.

    `known` is a position, a day (its end, in Vietnam) or an ISO instant.
    """
    day = day_of("on", on) if on else today
    return Moment(day, _position(ledger, known) if known else None, known or None)


def _position(ledger: Reader, text: str) -> int:
    if (position := number(text)) is not None:
        return min(position, ledger.size())
    if text.isdecimal():  # 007, and 20240630 with an empty year before it
        raise BadMoment("known", text)
    if len(text) == len("2024-06-30"):
        return ledger.position_at(datetime.combine(day_of("known", text), time.max, HERE))
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=HERE)
        return ledger.position_at(instant)
    except ValueError:
        raise BadMoment("known", text) from None


def day_of(field: str, text: str) -> date:
    """Return the day that a question names in ISO text. Raises BadMoment."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadMoment(field, text) from None
