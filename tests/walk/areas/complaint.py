"""Complaints: by when, by whom, and that the candidate waits while one is settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from walk.annals import Told
from walk.areas.council import people
from walk.areas.house import after, on_or_after
from walk.asking import (
    NEEDS,
    SECRET,
    Ask,
    Made,
    Needed,
    Wrong,
    also,
    checks,
    need,
    symbols,
    wrong,
)
from walk.regime import day
from walk.views import Council

GROUNDS = {"complaint-letter": "complaint", "denunciation-letter": "denunciation"}
ENDS = ("ComplaintRejected", "ComplaintResolved")
checks("withdraw-complaint resolve-complaint", symbols("document"))


class Letter:
    """A complaint: about whom, who handles it, and whether it is over."""

    def __init__(self, told: Told) -> None:
        self.came, self.accepted = told.last("ComplaintReceived"), told.last("ComplaintAccepted")
        self.kind = self.came.get("kind") if self.came else None
        self.about = self.came.get("candidate") if self.came else None
        self.anonymous = bool(self.came and self.came.get("anonymous"))
        given = told.last("ComplaintAccepted", "HandlerReplaced")
        self.handler = given.get("handler") if given else None
        whole = [f for f in told.every("ComplaintWithdrawn") if not f.get("_part")]
        self.closed = bool(whole or told.every(*ENDS))
        self.destroyed = told.last("ComplaintDestroyed") is not None
        self.longer = len(told.every("ComplaintExtended"))
        due = told.last("ComplaintAccepted", "ComplaintExtended")
        self.until: date | None = due.get("until") if due else None

    @property
    def running(self) -> bool:
        """Return whether it is being settled."""
        return self.accepted is not None and not self.closed


def _letter(ask: Ask) -> Letter:
    return ask.annals.view(Letter, ask.subject)


def _law(ask: Ask) -> dict[str, Any] | None:
    """Return what the law of the day says of such a letter: the last that had begun."""
    kind = ask.args["kind"] if ask.name == "receive-complaint" else _letter(ask).kind
    begun = [
        one
        for one in ask.rules.terms["complaints"]
        if one["kind"] == kind and day(one["from"]) <= ask.on
    ]
    return max(begun, key=lambda one: day(one["from"]), default=None)


def _lets_longer(ask: Ask) -> bool:
    law = _law(ask)
    return law is not None and _letter(ask).longer < len(law["extensions"])


def _lets_a_part(ask: Ask) -> bool:
    law = _law(ask)
    return ask.get("part") is None or bool(law and law.get("partial"))


def _looks(ask: Ask) -> bool:
    audits = any(office.role == "auditor" for office in ask.offices.values())
    return audits or _letter(ask).handler == ask.actor


NEEDS["complaint-law"] = lambda ask: _law(ask) is not None
NEEDS["complaint-waiting"] = lambda ask: not (_letter(ask).accepted or _letter(ask).closed)
NEEDS["named-sender"] = lambda ask: not _letter(ask).anonymous
NEEDS["complaint-running"] = lambda ask: _letter(ask).running
NEEDS["complaint-open"] = lambda ask: not _letter(ask).closed
NEEDS["its-handler"] = lambda ask: _letter(ask).handler == ask.actor
NEEDS["extension-left"] = _lets_longer
NEEDS["partial-withdrawal"] = _lets_a_part
NEEDS["handler-or-auditor"] = _looks


@need("complaint-closed")
def complaint_closed(ask: Ask) -> Needed:
    letter = _letter(ask)
    return (letter.closed or letter.anonymous) and not letter.destroyed


@need("identity-kept")
def identity_kept(ask: Ask) -> Needed:
    letter = _letter(ask)
    return bool(letter.came and letter.came.get("_sender")) and not letter.destroyed


@need("impartial-handler")
def impartial_handler(ask: Ask) -> Needed:
    """Who decides and who handles it is not the candidate, a relative, or head of the unit."""
    candidate = ask.candidate(_letter(ask).about, ask.on)
    kin = {pair for _, council in ask.annals.every("council", Council) for pair in council.kin}
    return not any(
        one == candidate.person
        or one == ask.unit(candidate.unit, ask.on).head
        or (one, candidate.person) in kin
        for one in (ask.actor, ask.args["handler"])
    )


@need("plain-block")
def plain_block(ask: Ask) -> Needed:
    """Only what no complaint brought is lifted by hand; what is not there may be."""
    of = {complaint for ground, complaint in ask.me.blocks if ground == ask.args["ground"]}
    return None in of or not of


@need("no-complaint-block")
def no_complaint_block(ask: Ask) -> Needed:
    told = (f for f in ask.annals.told[ask.subject] if f.version == ask.args["target"])
    return not any(f.name.startswith("Block") and f.get("complaint") for f in told)


@wrong("receive-complaint")
def received_wrongly(ask: Ask) -> Iterator[Wrong]:
    """It is about a candidate, and names a sender or is anonymous."""
    if not ask.known(ask.args["candidate"], "candidate"):
        yield Wrong("UnknownSubject", ask.args["candidate"])
    named = ask.get("sender", SECRET) != SECRET
    if named is bool(ask.get("anonymous")):
        yield Wrong("InvalidCommand", "sender")


@wrong("accept-complaint", "replace-handler")
def handled_wrongly(ask: Ask) -> Iterator[Wrong]:
    yield from people("handler", [ask.args["handler"]])


@also("receive-complaint")
def received(ask: Ask) -> dict[str, Any]:
    """Return by when it is accepted or not: by working days, or by days of any kind."""
    law, calendar = _law(ask), ask.annals.versions("calendar:vn")
    if ask.get("anonymous") or law is None:
        return {"calendar": calendar}
    days = law["accept_days"]
    working = law.get("accept_working")
    until = after(ask, ask.on, days) if working else _any_days(ask, ask.on, days)
    return {"until": until, "calendar": calendar}


@also("accept-complaint")
def accepted(ask: Ask) -> dict[str, Any]:
    """Return by when it is settled, in remote places a little later."""
    law = _law(ask)
    assert law, "a need saw to it"
    return _due(ask, ask.on, law["remote_days" if ask.get("remote") else "settle_days"])


@also("extend-complaint")
def extended(ask: Ask) -> dict[str, Any]:
    """Return by when it is settled now."""
    law, letter = _law(ask), _letter(ask)
    assert law, "a need saw to it"
    assert letter.until, "it was accepted"
    return _due(ask, letter.until, law["extensions"][letter.longer])


def _due(ask: Ask, since: date, days: int) -> dict[str, Any]:
    return {
        "until": _any_days(ask, since, days),
        "calendar": ask.annals.versions("calendar:vn"),
    }


def _any_days(ask: Ask, since: date, days: int) -> date:
    return on_or_after(ask, since + timedelta(days=days))


def waiting(ask: Ask) -> Iterator[Made]:
    """Yield that the candidate waits from the acceptance on until the end, and what comes then."""
    letter = _letter(ask)
    told = {"ground": GROUNDS.get(letter.kind or ""), "complaint": ask.subject}
    whole = ask.name == "withdraw-complaint" and ask.get("part") is None
    if ask.name == "accept-complaint":
        yield Made(letter.about, "BlockRecorded", told)
    elif letter.running and (whole or ask.name == "resolve-complaint"):
        yield Made(letter.about, "BlockLifted", told)
        if ask.get("finding", "unfounded") != "unfounded":
            again = {"cause": "complaint-founded", "candidate": letter.about}
            yield Made(letter.about, "ReReviewRequired", again)
