"""What was refused, by whom and why: kept on the one subject `refusals`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REFUSALS: Final = "refusals"


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A signed-in person asked for something the rules do not allow.

    `command` and `refusal` are stored names, `unmet` the codes of the needs; nothing personal.
    """

    command: str
    about: str
    refusal: str
    unmet: tuple[str, ...] = ()
