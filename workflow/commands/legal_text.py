"""What may be asked about legal texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.legal_text import TextKind


@dataclass(frozen=True)
class RegisterText:
    """Enter a legal text that may be cited."""

    symbol: str
    kind: TextKind
    name: str
    issuer: str
    dated: date
    begins: date
    ends: date | None = None


@dataclass(frozen=True)
class LapseText:
    """Record that a text is no longer in force; `symbol` names the one that follows."""

    symbol: str | None = None


TextCommand = RegisterText | LapseText
