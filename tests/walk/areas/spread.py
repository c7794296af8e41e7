"""Replication and honours: methods, adoptions, achievements, commendations, the province."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from walk.asking import (
    NEEDS,
    Ask,
    Needed,
    Wrong,
    also,
    checks,
    need,
    no_less,
    symbols,
    unit_there,
    wrong,
)

NEEDS["replicating"] = lambda ask: ask.me.entered("replicate") is not None
NEEDS["not-introduced"] = lambda ask: not _introduced(ask)
checks("publish-exemplar verify-adoption introduce-to-province", symbols("document"))
checks("record-commendation", symbols("decision"))
checks("record-answer", symbols("answer"))
checks("hold-learning", unit_there("unit"), no_less("attendees"))
checks("record-adoption", unit_there("unit"))


@need("method")
def method(ask: Ask) -> Needed:
    described = ask.told.last("MethodDescribed")
    return [described] if described else False


@need("unverified-adoption")
def unverified(ask: Ask) -> Needed:
    recorded = ask.me.numbered("AdoptionRecorded", "number", ask.args["adoption"])
    return [recorded] if recorded and not _verified(ask, ask.args["adoption"]) else False


def _verified(ask: Ask, number: int) -> list[Any]:
    """Return the confirmations of an adoption that count: those in force after it."""
    at = next(i for i, f in enumerate(ask.told) if _is_adoption(f, number))
    confirmed = [f for f in ask.told[at:] if f.name == "AdoptionVerified"]
    return [f for f in confirmed if f.data["adoption"] == number]


def _is_adoption(fact: Any, number: int) -> bool:
    return bool(fact.name == "AdoptionRecorded" and fact.data["number"] == number)


@need("adoption")
def adoption(ask: Ask) -> Needed:
    for recorded in ask.told.every("AdoptionRecorded"):
        if confirmed := _verified(ask, recorded.data["number"]):
            return confirmed[-1:]
    explained = ask.told.last("NoAdoptionExplained")
    return [explained] if explained else False


@wrong("record-adoption")
def adopter(ask: Ask) -> Iterator[Wrong]:
    if (ask.args["adopter"] == "adopting-unit") != (ask.get("unit") is not None):
        yield Wrong("InvalidCommand", "unit")


@also("record-adoption")
def adopted(ask: Ask) -> dict[str, Any]:
    """Return a number that no adoption ever had."""
    return {"number": 1 + _ever(ask, "AdoptionRecorded")}


@also("record-achievement")
def achieved(ask: Ask) -> dict[str, Any]:
    """Return a number that no achievement ever had."""
    return {"number": 1 + _ever(ask, "AchievementRecorded")}


def _ever(ask: Ask, name: str) -> int:
    return sum(fact.name == name for fact in ask.annals.told[ask.subject])


@need("new-period")
def new_period(ask: Ask) -> Needed:
    """The time is over, and no day of it was commended before (5.2.c)."""
    begins, ends = ask.args["begins"], ask.args["ends"]
    again = any(
        one.data["begins"] <= ends and begins <= one.data["ends"]
        for at, one in enumerate(ask.told)
        if one.name == "AchievementRecorded" and _commended(ask, at, one.data["number"])
    )
    return not again and bool(ends <= ask.on)


def _commended(ask: Ask, at: int, number: int) -> bool:
    later = (f for f in ask.told[at:] if f.name == "CommendationGranted")
    return any(f.data["achievement"] == number for f in later)


@need("uncommended")
def uncommended(ask: Ask) -> Needed:
    number = ask.args["achievement"]
    granted = [f.data["achievement"] for f in ask.told.every("CommendationGranted")]
    return ask.me.numbered("AchievementRecorded", "number", number) is not None and (
        number not in granted
    )


def _introduced(ask: Ask) -> Any:
    return ask.me.numbered("IntroducedToProvince", "document", ask.args["document"])


@need("unanswered")
def unanswered(ask: Ask) -> Needed:
    """The list was sent, and no answer took effect after it."""
    sent = _introduced(ask)
    if sent is None:
        return False
    later = ask.told[ask.told.index(sent) :]
    answers = [f.data["document"] for f in later if f.name == "ProvinceAnswered"]
    return ask.args["document"] not in answers
