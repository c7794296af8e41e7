"""Units: what they go into, whom they stand below, and who moves with them (A-9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from walk.asking import Ask, Needed, Wrong, checks, names, need, unit_there, wrong
from walk.views import share

checks("register-unit rearrange-unit", unit_there("parent"))
checks("merge-unit", unit_there("into"))
checks("transfer-candidates", unit_there("receiver"))


checks("add-criterion", names("name"))


@wrong("merge-unit", "rearrange-unit", "add-criterion")
def gone(ask: Ask) -> Iterator[Wrong]:
    """What went into another unit is changed no more."""
    merged = ask.unit(ask.subject).merged_on
    if merged and merged <= ask.on:
        yield Wrong("InvalidCommand", "unit")


@wrong("merge-unit")
def merged(ask: Ask) -> Iterator[Wrong]:
    into = ask.get("into", ())
    circle = any(ask.subject in becomes(ask, unit) for unit in into)
    if not into or ask.subject in into or len(set(into)) < len(into) or circle:
        yield Wrong("InvalidCommand", "into")
    if shares := ask.get("shares"):
        parts = [share(one) for one in shares]
        known = [Fraction(part[1], part[2]) for part in parts if part and not part[0]]
        if len(known) < len(parts) or len(parts) != len(into) or sum(known) != 1:
            yield Wrong("InvalidCommand", "shares")


def becomes(ask: Ask, unit: str) -> set[str]:
    """Return what a unit has become in the end."""
    found, waiting, met = set(), [unit], set()
    while waiting:
        one = waiting.pop()
        if one not in met:
            met.add(one)
            into = ask.unit(one).into
            waiting += into
            found |= set() if into else {one}
    return found


@wrong("rearrange-unit")
def rearranged(ask: Ask) -> Iterator[Wrong]:
    """Something is changed, and nobody stands below themselves."""
    above, met = ask.get("parent"), set()
    if above is None and ask.get("kind") is None:
        yield Wrong("InvalidCommand", "parent")
    while above and above not in met:
        if above == ask.subject:
            yield Wrong("InvalidCommand", "parent")
        met.add(above)
        above = ask.unit(above).parent


@wrong("add-criterion", "retire-criterion")
def coded(ask: Ask) -> Iterator[Wrong]:
    """A code is capitals and a number; a common criterion is neither moved nor removed (R1-9)."""
    code, own = ask.args["code"], ask.unit(ask.subject).criteria
    if ask.name == "retire-criterion":
        wrongly = code not in own
    else:
        taken = {one["code"] for one in ask.rules.text["criteria"]} | own.keys()
        wrongly = code in taken or not re.fullmatch("[A-Z]{1,4}[0-9]{1,2}", code)
    if wrongly:
        yield Wrong("InvalidCommand", "code")


@need("own-unit")
def own_unit(ask: Ask) -> Needed:
    """A head speaks for the own unit only."""
    held = ask.offices.values()
    heads = any(o.role == "unit-head" and o.unit in (None, ask.subject) for o in held)
    return heads or any(o.role in ("standing-body", "administrator") for o in held)


@wrong("transfer-candidates")
def transferred(ask: Ask) -> Iterator[Wrong]:
    named = ask.get("candidates", ())
    if not named or len(set(named)) < len(named):
        yield Wrong("InvalidCommand", "candidates")
    if ask.args["receiver"] == ask.subject:
        yield Wrong("InvalidCommand", "receiver")
    for one in named:
        if not ask.known(one, "candidate"):
            yield Wrong("UnknownSubject", one)


@need("transferable")
def transferable(ask: Ask) -> Needed:
    """Of this unit, open, not changed later, no recognized collective, and not the actor."""
    found = [ask.candidate(one) for one in ask.args["candidates"]]
    return all(
        one.unit == ask.subject
        and one.outcome is None
        and not (one.last_change and one.last_change.on > ask.on)
        and not (one.recognition and one.kind == "collective")
        and one.person != ask.actor
        for one in found
    )
