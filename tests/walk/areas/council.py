"""Councils: who sits in them, by which terms they decide, who is whose relative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from walk.asking import NEEDS, Ask, Needed, Wrong, also, checks, need, symbols, wrong
from walk.views import share

SHARES = (
    *("quorum", "recognition", "upward_proposal", "provincial_fighter"),
    *("stage_opinion", "other"),
)
checks("establish-council", symbols("decision"))


def people(field: str, ids: list[str]) -> Iterator[Wrong]:
    """Yield that somebody is no person, or is named twice."""
    persons = all(one.startswith("person:") and _short(one[7:]) for one in ids)
    if not persons or len(set(ids)) < len(ids):
        yield Wrong("InvalidCommand", field)


def _short(id: str) -> bool:
    given = id.startswith("@")  # by the register itself
    return given or (0 < len(id) <= 40 and id.replace("-", "").isalnum() and id == id.lower())


@wrong("establish-council")
def signer(ask: Ask) -> Iterator[Wrong]:
    yield from people("signer", [ask.args["signer"]])


@wrong("appoint-council-member", "dismiss-council-member")
def member(ask: Ask) -> Iterator[Wrong]:
    yield from people("person", [ask.args["person"]])


@wrong("declare-kinship")
def kinship(ask: Ask) -> Iterator[Wrong]:
    yield from people("person", [ask.args["person"]])
    yield from people("relative", [ask.args["relative"]])
    if ask.args["person"] == ask.args["relative"]:
        yield Wrong("InvalidCommand", "relative")


@wrong("confirm-council-terms")
def unreadable(ask: Ask) -> Iterator[Wrong]:
    for field in SHARES:
        if ask.get(field) and share(ask.args[field]) is None:
            yield Wrong("InvalidCommand", field)


@also("confirm-council-terms")
def terms(ask: Ask) -> dict[str, Any]:
    """Return the terms as asked, else as the rule set proposes."""
    proposed = ask.rules.terms["council"]
    fields = (*SHARES, "secret", "written", "base", "tie")
    told = {field: ask.get(field) or proposed[field] for field in fields}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}


@need("council-in-being")
def in_being(ask: Ask) -> Needed:
    noticing = ask.name == "notice-session"
    council = ask.council(ask.args["council"] if noticing else ask.subject)
    day = ask.args["held_on"] if noticing else ask.on
    return council.since is not None and council.since <= day <= (council.until or day)


@need("seat-free")
def seat_free(ask: Ask) -> Needed:
    seats = ask.council(ask.subject).seats(ask.on)
    others = [seat for person, seat in seats.items() if person != ask.args["person"]]
    return not (ask.args["seat"] in ("chair", "secretary") and ask.args["seat"] in others)


NEEDS["council-member"] = lambda ask: ask.args["person"] in ask.council(ask.subject).members
NEEDS["council-terms"] = lambda ask: ask.council(ask.args["council"]).terms is not None
