"""One module per area: what its commands need, and what follows from them."""

from walk.areas import (
    candidate,
    complaint,
    consent,
    consequence,
    council,
    honours,
    house,
    leader,
    place,
    programme,
    publicity,
    quota,
    report,
    session,
    spread,
    unit,
)

__all__ = [
    "candidate", "complaint", "consent", "consequence", "council", "honours", "house", "leader",
    "place", "programme", "publicity", "quota", "report", "session", "spread", "unit",
]  # fmt: skip
