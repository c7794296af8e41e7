"""Candidates whose every word can be told apart: what is in the vault shows wherever it leaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import stories

from domain import candidate_events as happened
from domain import replication
from domain.candidate_events import CandidateEvent
from domain.entry import Entry
from domain.events import Event
from domain.person import PersonDescribed
from domain.values import CandidateKind, Private, Secret, new_id
from web.schemas import PRIVATE_KEYS
from workflow.register import Register

ON: Final = date(2025, 6, 2)
# What may be told of whom anybody may know, by the keys that words are kept under.
TOLD: Final = ("name", "position", "field", "achievement", *PRIVATE_KEYS["method"])


def words(mark: str, keys: Sequence[str]) -> Private:
    """Return words on their way into the vault, each with the mark and its key in it."""
    return Private({key: f"{mark}-{key.replace('_', '')}" for key in keys})


def untold(mark: str) -> list[str]:
    """Return the words of a candidate that nobody may be told, whoever it is."""
    keys = [*PRIVATE_KEYS["who"], *PRIVATE_KEYS["what"], "reason"]
    return [f"{mark}-{key.replace('_', '')}" for key in keys if key not in TOLD]


def recorded(
    register: Register, mark: str, story: Sequence[CandidateEvent], on: date = ON, by: str = "x"
) -> str:
    """Return a candidate to whom all this has happened on a day, every word of it marked."""
    subject, who = new_id("candidate"), new_id("person")
    unit = next(iter(register.units()))
    name, what = words(mark, PRIVATE_KEYS["who"]), words(mark, PRIVATE_KEYS["what"])
    reason, method = Private({"text": f"{mark}-reason"}), words(mark, PRIVATE_KEYS["method"])
    secrets = [Secret(who, one) for one in (name, what, reason, method)]
    found = happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, unit, who)
    described = happened.CandidateDescribed(what.sealed(), told=stories.TOLD)
    events: list[CandidateEvent] = [found, described, replication.MethodDescribed(method.sealed())]
    for event in story:
        if not isinstance(event, happened.CandidateDiscovered | happened.CandidateDescribed):
            events.append(resealed(event, reason))
    rules = register.rules.on(on).name
    told: dict[str, Any] = {"effective_on": on, "actor": by, "acting_as": None, "rule_set": rules}
    told["command_id"] = new_id("command")
    entries = [Entry(subject=who, version=1, event=PersonDescribed(name.sealed()), **told)]
    for at, event in enumerate(events, 1):
        entries.append(Entry(subject=subject, version=at, event=event, **told))
    register.ledger.append(entries, secrets)
    return subject


def add(register: Register, subject: str, event: Event, on: date = ON) -> None:
    """Record one thing more about a subject."""
    version = len(register.ledger.entries(subject)) + 1
    register.ledger.append([Entry(subject, version, on, "x", None, new_id("c"), None, event)])


def resealed(event: CandidateEvent, words: Private) -> CandidateEvent:
    """Return an event whose seals are those of words that are really kept."""
    fields = {name: getattr(event, name) for name in event.__dataclass_fields__}
    sealed = {n: words.sealed() for n, v in fields.items() if isinstance(v, stories.Sealed)}
    return type(event)(**{**fields, **sealed})
