"""Titles: who grants them, and how they and recognitions are taken back and given again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from walk.annals import Fact, Told
from walk.asking import NEEDS, Ask, Needed, Wrong, also, checks, need, no_less, symbols, wrong
from walk.regime import day

NEEDS["revoking-paper"] = lambda ask: bool(ask.get("decision")) or ask.paper
NEEDS["recognition-taken"] = lambda ask: ask.me.unrecognized is not None
checks("record-title record-rating revoke-recognition restore-recognition revoke-title"
       " restore-title", symbols("decision"))  # fmt: skip
checks("revoke-recognition revoke-title", no_less("money"))
checks("record-return", symbols("document"))


class Debt(NamedTuple):
    """What is to be returned for what was taken back, and how much came back."""

    owed: dict[int, int | None]  # by the position of what took it back; None if nobody knows
    returned: int

    @property
    def left(self) -> int:
        """Return how much money is to be returned still, as far as it is known."""
        return sum(money or 0 for money in self.owed.values()) - self.returned


def debt(told: Told) -> Debt:
    """Return what is to be returned: nothing for what was given back since."""
    owed: dict[int, tuple[Any, int | None]] = {}
    for fact in told.every("TitleRevoked", "RecognitionRevoked", "TitleRestored",
                           "RecognitionRestored"):  # fmt: skip
        honour = (fact.get("title"), fact.get("year"))
        if fact.name.endswith("Revoked"):
            owed[fact.pos] = (honour, fact.get("money", 0 if fact.get("_nothing") else None))
        else:
            owed = {pos: one for pos, one in owed.items() if one[0] != honour}
    returned = sum(fact.get("money", 0) for fact in told.every("RewardReturned"))
    return Debt({pos: money for pos, (_, money) in owed.items()}, returned)


def _granted_by(ask: Ask) -> list[str]:
    found: list[str] = ask.rules.terms["titles"].get(ask.args["title"], {}).get("by", [])
    return found


def _held(ask: Ask) -> Fact | None:
    named = (ask.args["title"], ask.args["year"])
    held = [*ask.me.titles, *ask.me.left]
    return next((f for f in held if (f.data["title"], f.data["year"]) == named), None)


@need("title-authority")
def title_authority(ask: Ask) -> Needed:
    return ask.get("authority") is None or ask.get("authority") in _granted_by(ask)


@need("title-held")
def title_held(ask: Ask) -> Needed:
    held = _held(ask)
    return [held] if held else False


@need("title-taken")
def title_taken(ask: Ask) -> Needed:
    named = (ask.args["title"], ask.args["year"])
    return named in [(f.data["title"], f.data["year"]) for f in ask.me.taken]


@need("granting-power")
def granting_power(ask: Ask) -> Needed:
    """Who is said to take it back is who granted it, or else who may grant it."""
    held, by = _held(ask), ask.get("authority")
    granted = held.get("authority") if held else None
    return by is None or by == granted or (not granted and by in _granted_by(ask))


@need("to-return")
def to_return(ask: Ask) -> Needed:
    found = debt(ask.told)
    unknown = None in found.owed.values()
    return bool(found.owed) and (unknown or ask.get("money", 0) <= found.left)


@wrong("record-return")
def nothing(ask: Ask) -> Iterator[Wrong]:
    money = ask.get("money", 0)
    if money < 0 or not (money or ask.get("objects")):
        yield Wrong("InvalidCommand", "money")


@also("revoke-title")
def taken_back(ask: Ask) -> dict[str, Any]:
    """Return who granted it, and what was paid for it by the rules of the day it was granted."""
    held = _held(ask)
    assert held, "a need saw to it"
    return {"authority": ask.get("authority", held.get("authority")), "money": _money(ask, held)}


def _money(ask: Ask, held: Fact) -> int | None:
    paid, title = ask.rules.terms["rewards"], ask.args["title"]
    times = [
        (day(one["from"]), one["times"]) for one in paid["multiples"] if one["title"] == title
    ]
    bases = [(day(one["from"]), one["dong"]) for one in paid["base"]]
    known = [max((o for o in every if o[0] <= held.on), default=None) for every in (times, bases)]
    worked_out = int(Decimal(known[0][1]) * known[1][1]) if known[0] and known[1] else None
    money: int | None = ask.get("money", worked_out)
    return money


@need("consecutive-titles")
def consecutive(ask: Ask) -> Needed:
    """Three years of the grassroots title in a row, or a paper of who looked at the gap."""
    if ask.args["matter"] != "provincial-fighter-proposal" or ask.get("candidate") is None:
        return True
    candidate = ask.candidate(ask.args["candidate"])
    if candidate.kind != "individual":
        return True
    titles = (fact.data for fact in candidate.titles)
    years = {t["year"] for t in titles if t["title"] == "grassroots-fighter"}
    last = max(years, default=ask.on.year - 1)
    return True if {last, last - 1, last - 2} <= years or ask.paper else None
