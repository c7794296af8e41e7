"""Candidates: papers, yearly records, criteria, moves, and the circumstances of a request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from walk.annals import Fact
from walk.asking import (
    NEEDS,
    Ask,
    Made,
    Needed,
    Wrong,
    also,
    checks,
    instead,
    need,
    symbols,
    telling,
    there,
    unit_there,
    words,
    wrong,
)
from walk.regime import STATES

PAPERS = {
    "acclaim": "PeerAcclaimRecorded",
    "endorsement": "CandidateEndorsed",
    "nurture-plan": "NurturePlanAdopted",
    "summary-report": "SummaryReported",
}


def _shown(name: str) -> Any:
    return lambda ask: [found] if (found := ask.told.last(name)) else False


for _code, _name in PAPERS.items():
    need(_code)(_shown(_name))


def _told(name: str) -> Any:
    def told(ask: Ask) -> Needed:
        last = ask.told.last("CandidateDescribed")
        return [last] if last and name in last.get("told", ()) else False

    return told


for _code in ("field", "newness"):
    need(_code)(_told(_code))


@need("owner")
def owner(ask: Ask) -> Needed:
    return ask.args["kind"] != "model" or bool(telling(ask.get("who")))


@need("recognition")
def recognition(ask: Ask) -> Needed:
    return [ask.me.recognition] if ask.me.recognition else False


NEEDS["not-recognized"] = lambda ask: "warned" if ask.me.recognition else True


@need("full-review")
def full_review(ask: Ask) -> Needed:
    began = ask.me.entered("nurture")
    full = [f for f in ask.told.every("ProgressReported") if f.get("full")]
    full = [f for f in full if not began or f.on >= began.on]
    return full[-1:] or False


@need("yearly-record")
def yearly_record(ask: Ask) -> Needed:
    """Every completed year in Nurture, at least one (A-3), or the latest of them (A-5)."""
    measure = ask.me.measure_on(ask.me.assessed_on(ask.on))
    if measure is None:
        return None
    rule = ask.rules.yearly.get(measure)
    if rule is None:
        return True
    looked_at = ask.me.assessed(rule["criterion"])
    if looked_at and looked_at.get("result") == "met":
        return [looked_at]
    began = ask.me.entered("nurture")
    first = began.on.year if began else ask.on.year
    years = [*range(first, ask.on.year)] or [first]
    proof: list[Fact] = []
    for year in years if rule["years"] == "every" else years[-1:]:
        wanted = [rule["accept"], *([also] for also in rule.get("also", ()))]
        found = [_of_year(ask, year, kinds) for kinds in wanted]
        if None in found:
            return False
        proof += [fact for fact in found if fact]
    return proof


def _of_year(ask: Ask, year: int, kinds: list[str]) -> Fact | None:
    """Return the record of a year that counts: of titles, then ratings, the latest."""
    titles = [f for f in ask.me.titles if f.get("title") in kinds]
    ratings = [f for f in ask.me.ratings if f.get("rating") in kinds]
    found = [f for f in (*titles, *ratings) if f.get("year") == year]
    return found[-1] if found else None


@need("assessment")
def assessment(ask: Ask) -> Needed:
    """Every criterion was looked at, every hard one is met, of I5 and I6 at least one (A-4)."""
    day = ask.me.assessed_on(ask.on)
    if ask.me.measure_on(day) is None:
        return None
    wanted = criteria(ask, day)
    found = {code: ask.me.assessed(code) for code in wanted}
    results = {code: fact and fact.get("result") for code, fact in found.items()}
    hard = [{results[code]} for code, is_hard in wanted.items() if is_hard]
    for group in ask.rules.text.get("any_of", ()):
        hard.append({results[code] for code in group["codes"] if code in results} or {"met"})
    best = ["met" if "met" in r else "not-proven" if "not-proven" in r else "no" for r in hard]
    if None in results.values() or "no" in best:
        return False
    return None if "not-proven" in best else found.values()


@need("known-criteria")
def known_criteria(ask: Ask) -> Needed:
    codes = [code for code, _ in ask.get("results", ())]
    return bool(codes) and set(codes) <= criteria(ask, ask.on).keys()


def criteria(ask: Ask, day: date) -> dict[str, bool]:
    """Return the criteria on a day, with whether each is hard; a unit's own as at discovery."""
    measure, found = ask.me.measure_on(day), ask.rules.criteria(ask.me.measure_on(day))
    if ask.me.found and ask.known(ask.me.unit, "unit"):
        for code, fact in ask.unit(ask.me.unit, ask.me.found.on).criteria.items():
            people, kinds = fact.get("person_kinds", ()), fact.get("kinds", ())
            if measure in people or ask.me.kind in kinds or not (people or kinds):
                found[code] = bool(fact.get("hard"))
    return found


@need("endorsing-paper")
def endorsing_paper(ask: Ask) -> Needed:
    heads = [o for o in ask.offices.values() if o.role == "unit-head"]
    return ask.paper or any(o.unit in (None, ask.me.unit) for o in heads)


NEEDS["individual"] = lambda ask: ask.me.kind == "individual"
NEEDS["open"] = lambda ask: ask.me.outcome is None
NEEDS["not-oneself"] = lambda ask: ask.me.person != ask.actor
NEEDS["no-block"] = lambda ask: not ask.me.blocks
NEEDS["suspended"] = lambda ask: ask.me.suspended
NEEDS["not-suspended"] = lambda ask: not ask.me.suspended
NEEDS["no-fast-track"] = lambda ask: ask.me.fast_track is None
NEEDS["re-review"] = lambda ask: bool(ask.me.re_reviews)
NEEDS["no-re-review"] = lambda ask: not ask.me.re_reviews
NEEDS["official-notice"] = NEEDS["correction-paper"] = lambda ask: ask.paper


@need("after-last-change")
def after_last_change(ask: Ask) -> Needed:
    last = ask.me.last_change
    return last is None or ask.on >= last.on


@need("not-in-future")
def not_in_future(ask: Ask) -> Needed:
    corrected = ask.args["to"] if ask.name == "correct-effective-date" else ask.on
    return max(ask.on, corrected) <= ask.today


@need("known-source")
def known_source(ask: Ask) -> Needed:
    source, review = ask.get("source"), ask.get("review")
    if source is None and review is None:
        return True
    if not ask.known(source, "movement"):
        return False
    reviews = ask.annals.facts(source or "").every("MovementReviewed")
    return review is None or review in [f.version for f in reviews]


@need("next-cycle")
def next_cycle(ask: Ask) -> Needed:
    """The cycle runs, began after the discovery, and does not have the candidate yet (A-25)."""
    cycle = ask.annals.facts(ask.args["programme"])
    opened = cycle.last("CycleOpened")
    if opened is None or cycle.last("CycleClosed") or ask.me.found is None:
        return False
    carried = ask.told.every("CandidateCarriedOver")
    again = any(f.get("programme") == ask.args["programme"] for f in carried)
    return not again and ask.me.found.on < opened.data["begins"] <= ask.on


checks("discover-candidate", unit_there("unit"))
checks("attest-candidate", unit_there("unit", "discovered_on"))
checks("record-peer-acclaim", symbols("minutes"))
checks("recognize-exemplar", symbols("decision"), there("session", "session"))


@wrong("record-peer-acclaim")
def votes(ask: Ask) -> Iterator[Wrong]:
    if min(ask.get("votes_for", 0), ask.get("votes_against", 0), ask.get("abstained", 0)) < 0:
        yield Wrong("InvalidCommand", "votes")


@wrong("discover-candidate")
def who(ask: Ask) -> Iterator[Wrong]:
    """Somebody is named, or is an individual whom the register knows, and not both."""
    person, named = ask.get("person"), ask.get("who")
    if person is None:
        if named is None:
            yield Wrong("InvalidCommand", "who")
        return
    if named is not None or ask.args["kind"] != "individual":
        yield Wrong("InvalidCommand", "person")
    known = person.startswith("person:") and ask.annals.facts(person)
    last = known.last("PersonDescribed", "PersonalDataErased") if known else None
    if last is None or last.name != "PersonDescribed":
        yield Wrong("UnknownSubject", person)


@wrong("assess-criteria")
def shown_wrongly(ask: Ask) -> Iterator[Wrong]:
    """Only evidence of this candidate shows anything, and of what is assessed."""
    codes = {code for code, _ in ask.args["results"]}
    attached = {fact.version for fact in ask.told.every("EvidenceAttached")}
    for code, version in ask.get("evidence", ()):
        if code not in codes or version not in attached:
            yield Wrong("InvalidCommand", "evidence")


@wrong("record-title", "record-rating")
def year(ask: Ask) -> Iterator[Wrong]:
    if not 1990 <= ask.args["year"] <= ask.today.year:
        yield Wrong("InvalidCommand", "year")


@wrong("attest-candidate")
def attested_wrongly(ask: Ask) -> Iterator[Wrong]:
    """Stages of an older register are neither skipped nor turned round nor ahead of today."""
    days = [ask.get(key) for key in ("discovered_on", *ROW_DAYS)]
    reached, ended = [day for day in days if day], ask.get("ended_on")
    passed = [*reached, *([ended] if ended else [])]
    if None in days[: len(reached)] or passed != sorted(passed) or passed[-1] > ask.today:
        yield Wrong("InvalidCommand", "stages")
    outcome, there = ask.get("outcome"), ask.get("replicated_on")
    if (outcome is None) != (ended is None) or (outcome == "completed" and not there):
        yield Wrong("InvalidCommand", "outcome")
    if outcome == "revoked" and not (ask.get("decision") or there):
        yield Wrong("InvalidCommand", "outcome")


@also("advance-stage")
def advanced(ask: Ask) -> dict[str, Any]:
    return {"to": STATES[STATES.index(ask.me.stage) + 1]}


@also("return-stage")
def returned(ask: Ask) -> dict[str, Any]:
    return {"to": STATES[STATES.index(ask.me.stage) - 1]}


@also("describe-candidate")
def describing(ask: Ask) -> dict[str, Any]:
    return telling(ask.args["what"])


@also("endorse-candidate")
def endorsed(ask: Ask) -> dict[str, Any]:
    return {"unit": ask.me.unit}


@instead("discover-candidate")
def discovered(ask: Ask) -> Iterator[Made]:
    """A person, if it is one; the discovery; the description."""
    told, person = words(ask.args), ask.get("person")
    if person is None and told["kind"] == "individual":
        person = f"person:@{ask.subject}"
        yield Made(person, "PersonDescribed", {})
    keys = ("kind", "unit", "source", "review")
    found = {key: told[key] for key in keys if key in told}
    yield Made(ask.subject, "CandidateDiscovered", found | ({"person": person} if person else {}))
    described = {key: told[key] for key in ("person_kind", "priority") if key in told}
    described |= telling(ask.get("who"), ask.args["what"])
    yield Made(ask.subject, "CandidateDescribed", described)


@instead("assess-criteria")
def assessed(ask: Ask) -> Iterator[Made]:
    for code, result in ask.args["results"]:
        shown = tuple(version for of, version in ask.get("evidence", ()) if of == code)
        data = {"criterion": code, "result": result} | ({"evidence": shown} if shown else {})
        yield Made(ask.subject, "CriterionAssessed", data)


ROW_DAYS = ("nurtured_on", "summarized_on", "replicated_on")
ROW_ENDS = {
    "completed": "CandidacyCompleted",
    "declined": "CandidateDeclined",
    "withdrawn": "CandidateWithdrawn",
    "revoked": "RecognitionRevoked",
}


@instead("attest-candidate")
def attested(ask: Ask) -> Iterator[Made]:
    """A row of an older register: each fact from its own day, equal days in this order."""
    told, day = words(ask.args), ask.args["discovered_on"]
    first = [made._replace(on=day) for made in discovered(ask)]
    yield from first[:-2]
    row = {key: told[key] for key in ("file", "sheet", "row")}
    yield Made(ask.subject, "CandidateAttested", row, day)
    yield from first[-2:]
    later = [
        Made(ask.subject, name, {k: v for k, v in data.items() if v}, on)
        for name, data, on in _row(ask)
    ]
    yield from sorted(later, key=lambda made: made.on or day)


def _row(ask: Ask) -> Iterator[tuple[str, dict[str, Any], date]]:
    nurtured, summarized, replicated = (ask.get(key) for key in ROW_DAYS)
    for title, year in ask.get("titles", ()):
        yield "TitleRecorded", {"title": title, "year": year}, _end(year, ask.today)
    for rating, year in ask.get("ratings", ()):
        yield "RatingRecorded", {"rating": rating, "year": year}, _end(year, ask.today)
    if minutes := ask.get("minutes"):
        yield "PeerAcclaimRecorded", {"minutes": minutes}, nurtured or ask.args["discovered_on"]
    for stage, day in (("nurture", nurtured), ("summarize", summarized)):
        if day:
            yield "StageAdvanced", {"to": stage}, day
    decision, ended = ask.get("decision"), ask.get("ended_on")
    if replicated:
        yield "ExemplarRecognized", {"decision": decision}, replicated
        yield "StageAdvanced", {"to": "replicate"}, replicated
    elif decision and summarized:
        yield "ExemplarRecognized", {"decision": decision}, ended or summarized
    if ended:
        yield ROW_ENDS[ask.args["outcome"]], {}, ended


def _end(year: int, today: date) -> date:
    return min(date(year, 12, 31), today)
