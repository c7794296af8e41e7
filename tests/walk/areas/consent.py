"""Consent, telling units why not, state secrets, and when personal data may go (A-24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from walk.annals import Fact, Told
from walk.areas.complaint import Letter
from walk.areas.leader import Heads, heads_on
from walk.asking import NEEDS, Ask, Needed, Wrong, checks, need, symbols, wrong
from walk.views import Candidate, Council, Office

checks("record-consent notify-unit request-erasure restrict-personal-data refuse-erasure"
       " acknowledge-erasure extend-erasure count-titles", symbols("document"))  # fmt: skip
NEEDS["declined"] = lambda ask: ask.me.outcome == "declined"
NEEDS["not-notified"] = lambda ask: ask.told.last("UnitNotified") is None
NEEDS["data-kept"] = lambda ask: _described(ask.told)
NEEDS["no-erasure-request"] = lambda ask: not requested(ask.told)
NEEDS["erasure-request"] = lambda ask: bool(requested(ask.told))


@need("consent")
def consent(ask: Ask) -> Needed:
    """A person said yes, and nothing else since."""
    said = ask.told.last("ConsentRecorded")
    if ask.me.kind != "individual":
        return True
    return [said] if said and said.data["consent"] == "consent-given" else False


@need("not-secret")
def not_secret(ask: Ask) -> Needed:
    track = ask.me.fast_track
    return not (track and track.data["ground"] == "state-secret")


@need("not-restricted")
def not_restricted(ask: Ask) -> Needed:
    person = ask.get("person") if ask.name == "discover-candidate" else ask.me.person
    person = ask.subject if ask.subject.startswith("person:") else person
    return not (person and ask.annals.facts(person).last("PersonalDataRestricted"))


def _described(told: Told) -> bool:
    last = told.last("PersonDescribed", "PersonalDataErased")
    return last is not None and last.name == "PersonDescribed"


def requested(told: Told) -> Needed:
    """Return the request that nothing has answered."""
    last = told.last("ErasureRequested", "PersonalDataErased", "PersonalDataRestricted",
                     "ErasureRefused")  # fmt: skip
    return [last] if last and last.name == "ErasureRequested" else False


def _after_asking(told: Told, name: str) -> Fact | None:
    """Return what was done about the request that waits."""
    last = told.last("ErasureRequested", name) if requested(told) else None
    return last if last and last.name == name else None


@need("not-told")
def not_told(ask: Ask) -> Needed:
    return _after_asking(ask.told, "ErasureAcknowledged") is None


@need("not-extended")
def not_extended(ask: Ask) -> Needed:
    return _after_asking(ask.told, "ErasureExtended") is None


@need("term-running")
def term_running(ask: Ask) -> Needed:
    waiting, longer = requested(ask.told), _after_asking(ask.told, "ErasureExtended")
    if not isinstance(waiting, list) or waiting[0] is None:
        return False
    days = ask.rules.terms["erasure"]["answer_days"] + (longer.data["longer"] if longer else 0)
    return bool(ask.on <= waiting[0].on + timedelta(days))


@wrong("extend-erasure")
def extended(ask: Ask) -> Iterator[Wrong]:
    if not 1 <= ask.args["longer"] <= ask.rules.terms["erasure"]["extension_days"]:
        yield Wrong("InvalidCommand", "longer")


@need("erasure-ground")
def ground(ask: Ask) -> Needed:
    return bool(requested(ask.told)) if ask.args["ground"] == "requested" else ask.paper


@need("erasing-person")
def erasing(ask: Ask) -> Needed:
    waiting = requested(ask.told) or []
    return ask.actor not in {ask.subject, *(fact.by for fact in waiting if fact)}  # type: ignore


def _goes_before(ask: Ask) -> bool:
    return ask.args["ground"] in ask.rules.terms["erasure"]["despite"]


def _mine(ask: Ask) -> dict[str, Candidate]:
    """Return the candidates that the person is."""
    every = ask.annals.every("candidate", Candidate)
    return {id: one for id, one in every if one.found and one.person == ask.subject}


@need("no-standing-decision")
def no_decision(ask: Ask) -> Needed:
    return _goes_before(ask) or not any(map(_decided, _mine(ask).values()))


def _decided(one: Candidate) -> bool:
    achieved: set[int] = set()
    for fact in one.told.every("AchievementRecorded", "CommendationGranted"):
        if fact.name == "AchievementRecorded":
            achieved.add(fact.data["number"])
        elif fact.data["achievement"] in achieved:
            return True
    return one.honoured is not None or one.outcome == "completed"


@need("complaint-window")
def window(ask: Ask) -> Needed:
    days = timedelta(ask.rules.terms["erasure"]["window_days"])
    mine = _mine(ask).values()
    return _goes_before(ask) or all(
        one.outcome is not None and one.last_change and ask.on > one.last_change.on + days
        for one in mine
    )


@need("nothing-pending")
def nothing_pending(ask: Ask) -> Needed:
    mine, letters = _mine(ask), ask.annals.every("complaint", Letter)
    open_letters = [one for _, one in letters if one.about in mine and not one.closed]
    return not open_letters and not any(one.blocks or one.re_reviews for one in mine.values())


@need("no-function")
def no_function(ask: Ask) -> Needed:
    held = (o for _, o in ask.annals.every("office", Office) if o.person == ask.subject)
    sits = (ask.subject in c.seats(ask.on) for _, c in ask.annals.every("council", Council))
    heads = Heads(ask).headed(ask.subject).values()
    busy = any(o.held_on(ask.on) for o in held) or any(sits)
    return _goes_before(ask) or not (busy or any(heads_on(terms, ask.on) for terms in heads))


@need("no-overlap")
def no_overlap(ask: Ask) -> Needed:
    """Warn of what else was commended for the same time."""
    about = ask.me.numbered("AchievementRecorded", "number", ask.args["achievement"])
    if about is None:
        return True
    files = [ask.me]
    if ask.me.person:
        every = ask.annals.every("candidate", Candidate)
        files += [c for id, c in every if c.person == ask.me.person and id != ask.subject]
    for one in files:
        for fact in one.told.every("AchievementRecorded"):
            apart = fact.data["ends"] < about.data["begins"] or (
                about.data["ends"] < fact.data["begins"]
            )
            if fact != about and not apart and _commended(one, fact.data["number"]):
                return "warned"
    return True


def _commended(one: Candidate, number: int) -> bool:
    achieved = False
    for fact in one.told.every("AchievementRecorded", "CommendationGranted"):
        if fact.name == "AchievementRecorded":
            achieved = achieved or fact.data["number"] == number
        elif achieved and fact.data["achievement"] == number:
            return True
    return False


@need("title-cap")
def title_cap(ask: Ask) -> Needed:
    counts = {"advanced-worker": ask.get("advanced_workers", 0),
              "grassroots-fighter": ask.get("grassroots_fighters", 0)}  # fmt: skip
    for cap in ask.rules.text.get("caps", ()):
        if counts[cap["title"]] > Fraction(cap["most"]) * counts[cap["among"]]:
            return "warned"
    return True


@wrong("count-titles")
def counted(ask: Ask) -> Iterator[Wrong]:
    workers, fighters = ask.get("advanced_workers", 0), ask.get("grassroots_fighters", 0)
    if not 1990 <= ask.args["year"] <= ask.today.year:
        yield Wrong("InvalidCommand", "year")
    if workers < 0:
        yield Wrong("InvalidCommand", "advanced_workers")
    elif not 0 <= fighters <= workers:
        yield Wrong("InvalidCommand", "grassroots_fighters")
