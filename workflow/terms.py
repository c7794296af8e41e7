"""Terms: the numbers of a rule set that no law fixes, by area, each with its default in data."""

from __future__ import annotations

import msgspec


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule set fixes beside moves, needs and criteria."""
