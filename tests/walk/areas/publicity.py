"""Publicity before the council, and the council's opinion before the decision (A-14, A-22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from walk.areas.house import after
from walk.asking import NEEDS, Ask, Needed, Wrong, also, need, wrong
from walk.views import Council, Item, Session

NEEDS["no-comment-period"] = lambda ask: not ask.me.period_open
NEEDS["comment-period-open"] = lambda ask: ask.me.period_open
NEEDS["comments-handled"] = lambda ask: not ask.me.waiting_comments
NEEDS["comment-waiting"] = lambda ask: ask.args["comment"] in ask.me.waiting_comments
NEEDS["comment-time-over"] = lambda ask: ask.me.until is not None and ask.on > ask.me.until


class Advice(NamedTuple):
    """Where the council was asked about a candidate, and on which item."""

    session: str
    item: Item


def advised(ask: Ask) -> Advice | None:
    """Return what the named session advised, or else the latest that is closed."""
    named = ask.get("session")
    found = []
    for id, session in ask.annals.every("session", Session):
        item = session.about(ask.subject, "recognition")
        closed = session.closed is not None and session.closed <= ask.on
        if item and closed and named in (None, id):
            found.append((session.closed, id, item))
    return Advice(*max(found, key=lambda one: one[:2])[1:]) if found else None


def council_entered(ask: Ask) -> bool:
    """Return whether the department has a council by the day."""
    return any(c.since and c.since <= ask.on for _, c in ask.annals.every("council", Council))


@need("council-opinion")
def council_opinion(ask: Ask) -> Needed:
    if not council_entered(ask):
        return True
    advice, reasoned = advised(ask), ask.get("reason") is not None
    if advice is None:
        return bool(ask.rules.terms["council"]["without_session"]) and reasoned
    return [advice.item.tally] if advice.item.passed or reasoned else False


@need("publicity")
def publicity(ask: Ask) -> Needed:
    if not (ask.rules.terms["publicity"]["required"] and council_entered(ask)):
        return True
    period, until = ask.me.period, ask.me.until
    if ask.me.period_open or period is None or period.on > ask.on or until is None:
        return False
    advice = advised(ask)
    held_on = ask.session(advice.session).held_on if advice else None
    return not (held_on and held_on <= until) and not ask.me.waiting_comments


@need("impartial")
def impartial(ask: Ask) -> Needed:
    kin = {pair for _, council in ask.annals.every("council", Council) for pair in council.kin}
    heads = ask.unit(ask.me.unit, ask.on).head == ask.actor
    return not heads and (ask.actor, ask.me.person) not in kin


@need("publicity-days")
def publicity_days(ask: Ask) -> Needed:
    least = ask.rules.terms["publicity"]["working_days"]
    return bool(ask.get("days", least) >= least)


@wrong("open-comment-period")
def days(ask: Ask) -> Iterator[Wrong]:
    if not 1 <= ask.get("days", 1) <= 60:
        yield Wrong("InvalidCommand", "days")


@also("open-comment-period")
def opened(ask: Ask) -> dict[str, Any]:
    """Return until when: by working days, and by which calendar they were counted."""
    days = ask.get("days") or ask.rules.terms["publicity"]["working_days"]
    calendar = ask.annals.versions("calendar:vn")
    return {"days": days, "until": after(ask, ask.on, days), "calendar": calendar}


@also("receive-comment")
def received(ask: Ask) -> dict[str, Any]:
    """Return a number that no comment ever had."""
    told = ask.annals.told[ask.subject]
    return {"comment": 1 + sum(fact.name == "CommentReceived" for fact in told)}


@also("recognize-exemplar")
def asked_in(ask: Ask) -> dict[str, Any]:
    """Return the session in which the council was asked, if it was."""
    advice = advised(ask)
    return {"session": advice.session if advice else ask.get("session")}
