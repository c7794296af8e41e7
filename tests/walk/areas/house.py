"""Units, offices, people, corrections, the calendar, legal texts, drafts of rule sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from department import PAPER

from walk.annals import Fact
from walk.asking import NEEDS, Ask, Needed, Wrong, checks, names, need, symbols, unit_there, wrong

checks("grant-office", unit_there("unit"))
checks("register-text", symbols("symbol"), names("name", "issuer"))
checks("lapse-text", symbols("symbol"))


@wrong("register-text", "record-achievement", "set-milestone", "launch-movement", "open-cycle")
def turned_round(ask: Ask) -> Iterator[Wrong]:
    """A stretch of time does not end before it begins."""
    begins, ends = ask.get("begins"), ask.get("due") or ask.get("ends")
    if begins and ends and ends < begins:
        yield Wrong("InvalidCommand", "ends")


@wrong("declare-day")
def one_calendar(ask: Ask) -> Iterator[Wrong]:
    if ask.subject != "calendar:vn":
        yield Wrong("InvalidCommand", "subject")


def _target(ask: Ask) -> Fact | None:
    counting = ask.annals.counting(ask.subject)
    final = "CandidatesTransferred"  # those who moved are put right one by one
    found = (fact for fact in counting if fact.name != final)
    return next((fact for fact in found if fact.version == ask.args["target"]), None)


NEEDS["correctable"] = lambda ask: _target(ask) is not None


@need("correcting-person")
def correcting_person(ask: Ask) -> Needed:
    target = _target(ask)
    return target is None or target.by != ask.actor


@need("in-order")
def in_order(ask: Ask) -> Needed:
    return all(ask.on >= fact.on for fact in ask.told)


@need("text-in-force")
def text_in_force(ask: Ask) -> Needed:
    lapsed = ask.told.last("TextLapsed")
    return ask.told.last("TextRegistered") is not None and lapsed is None


@need("texts-in-force")
def texts_in_force(ask: Ask) -> Needed:
    """Warn of the one paper that is ever cited, where it is a text and none of it in force."""
    found = []
    for text in ask.annals.all("text") if ask.paper else ():
        facts = ask.annals.facts(text)
        told, lapsed = facts.last("TextRegistered"), facts.last("TextLapsed")
        if told and told.data["symbol"] == PAPER[0].symbol:
            begun = told.data["begins"] <= ask.on <= (told.data.get("ends") or ask.on)
            found.append(begun and not (lapsed and lapsed.on <= ask.on))
    return True if any(found) or not found else "warned"


@need("draft-rule-set")
def draft_rule_set(ask: Ask) -> Needed:
    facts = (ask.annals.facts(s).last("RuleSetConfirmed") for s in ask.annals.all("rule-set"))
    confirmed = {fact.data["name"] for fact in facts if fact}
    return ask.args["name"] in ask.drafts - confirmed


DAY = timedelta(days=1)
_OFF: dict[tuple[int, int], set[date]] = {}


def off_by_law(terms: dict[str, Any], year: int) -> set[date]:
    """Return the holidays of a year, and the days that make up for those on a weekend."""
    key = (id(terms), year)
    if key not in _OFF:
        holidays = {date.fromisoformat(f"{year}-{day}") for day in terms["every_year"]}
        holidays |= {_day(day) for day in terms["single"] if _day(day).year == year}
        tet = [_day(first) for first in terms["tet"] if _day(first).year == year]
        holidays |= {first + DAY * n for first in tet for n in range(terms["tet_days"])}
        _OFF[key] = off = set(holidays)
        for day in sorted(d for d in holidays if d.isoweekday() in terms["weekend"]):
            made_up = day
            while made_up.isoweekday() in terms["weekend"] or made_up in off:
                made_up += DAY
            off.add(made_up)
    return _OFF[key]


def working(ask: Ask, day: date) -> bool:
    """Return whether a day is worked: by a notice, else by a swap, else by law."""
    terms = ask.rules.terms["calendar"]
    declared = [f for f in ask.annals.facts("calendar:vn") if f.data.get("day") == day]
    if declared:
        return bool(declared[-1].data["kind"] == "working-day")
    for swap in terms["swaps"]:
        if day in (_day(swap["off"]), _day(swap["working"])):
            return day == _day(swap["working"])
    return day.isoweekday() not in terms["weekend"] and day not in off_by_law(terms, day.year)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def on_or_after(ask: Ask, day: date) -> date:
    """Return the day, or the next that is worked."""
    while not working(ask, day):
        day += DAY
    return day


def after(ask: Ask, start: date, days: int) -> date:
    """Return the last of so many working days, begun the day after."""
    for _ in range(days):
        start = on_or_after(ask, start + DAY)
    return start
