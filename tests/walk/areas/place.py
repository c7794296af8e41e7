"""Places, their dated lists, and the priority groups of candidates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from walk.asking import Ask, Wrong, also, checks, names, symbols, wrong
from walk.views import Place

checks("enter-place", names("name"), symbols("code"))
GROUPS = ("small-collective", "labourer", "farmer", "direct-labour", "remote-area", "border-area",
          "ethnic-minority-area", "extraordinary", "good-deed")  # fmt: skip


def _place(ask: Ask, subject: str) -> Place:
    return ask.annals.view(Place, subject)


def _missing(ask: Ask, field: str, subject: str, day: date) -> Iterator[Wrong]:
    if not ask.known(subject, "place"):
        yield Wrong("UnknownSubject", subject)
    elif not _place(ask, subject).there(day):
        yield Wrong("InvalidCommand", field)


@wrong("enter-place", "list-place")
def turned(ask: Ask) -> Iterator[Wrong]:
    """What ends before it begins."""
    if (until := ask.get("until")) and until < ask.on:
        yield Wrong("InvalidCommand", "until")


@wrong("merge-place", "list-place")
def gone(ask: Ask) -> Iterator[Wrong]:
    if not _place(ask, ask.subject).there(ask.on):
        yield Wrong("InvalidCommand", "subject")


@wrong("merge-place")
def merged(ask: Ask) -> Iterator[Wrong]:
    into = ask.get("successors", ())
    if not into or ask.subject in into or len(set(into)) < len(into):
        yield Wrong("InvalidCommand", "successors")
    for one in into:
        yield from _missing(ask, "successors", one, ask.on)


@wrong("list-place", "delist-place")
def listed(ask: Ask) -> Iterator[Wrong]:
    """What is on a list is not put there again, and only that is taken off."""
    there = ask.args["group"] in _place(ask, ask.subject).lists(ask.on)
    if there is (ask.name == "list-place"):
        yield Wrong("InvalidCommand", "group")


@wrong("classify-candidate")
def classified(ask: Ask) -> Iterator[Wrong]:
    kind, members, given = ask.me.kind, ask.args.get("members"), ask.get("given", ())
    if ask.args["achieved_on"] > ask.today:
        yield Wrong("InvalidCommand", "achieved_on")
    if kind != "collective" and (members is not None or ask.get("legal_personality")):
        yield Wrong("InvalidCommand", "members")
    if members is not None and members < 1:
        yield Wrong("InvalidCommand", "members")
    if kind != "individual" and ask.get("position"):
        yield Wrong("InvalidCommand", "position")
    if len(set(given)) < len(given) or bool(given) != bool(ask.get("ground")):
        yield Wrong("InvalidCommand", "ground")
    if place := ask.get("place"):
        yield from _missing(ask, "place", place, ask.args["achieved_on"])


@also("classify-candidate")
def grouped(ask: Ask) -> dict[str, Any]:
    """By size, by kind and position, by the lists of the day, and as given."""
    terms, day, found = ask.rules.terms["priority"], ask.args["achieved_on"], set()
    members = ask.args.get("members")
    if ask.me.kind == "collective" and members and not ask.get("legal_personality"):
        found |= {"small-collective"} if members <= terms["small_collective"] else set()
    if ask.me.kind == "individual":
        found |= {*terms["person_kinds"].get(ask.me.measure_on(day) or "", ())}
        found |= {*terms["positions"].get(ask.get("position", ""), ())}
    if place := ask.get("place"):
        found |= _place(ask, place).lists(day)
    found |= {*ask.get("given", ())}
    groups = tuple(group for group in GROUPS if group in found)
    return {"groups": groups} if groups else {}
