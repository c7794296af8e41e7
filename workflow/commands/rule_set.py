"""What may be asked about rule sets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ConfirmRuleSet:
    """Confirm a draft with the official text at hand; `name` is `<id>@<digest>`."""

    name: str
