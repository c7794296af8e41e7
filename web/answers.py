"""What command line and API answer about subjects: one, its history, what a move needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from domain.candidate import Candidate, fold
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import Basis, CandidateKind
from events_store.names import NAME_OF
from web import people
from web.moment import Moment
from web.parts import Parts
from web.units import former_titles, own_as_found, unit_names
from web.words import log as words
from web.words.sentences import ERASED, seals
from workflow.criteria import assessments
from workflow.needs import Finding
from workflow.register import Receipt
from workflow.rules import RuleSet


def candidate(parts: Parts, subject: str, when: Moment) -> dict[str, Any] | None:
    """Return a candidate as it stood, or None if the register did not have it then."""
    entries = parts.ledger.entries(subject)
    believed = as_of(entries, when.on, when.known)
    found = fold(believed)
    standing, latest = found.standing, found.last_change
    if standing.state is None or latest is None:
        return None
    rules = parts.register.pinned(believed)
    assert standing.unit, "a discovered candidate has a unit"
    return {
        "id": subject,
        "on": when.on.isoformat(),
        "known": when.told,
        "who": people.candidate_content(parts.ledger, found),
        "person": found.person,
        "kind": standing.kind,
        "person_kind": standing.person_kind,
        "unit": unit_names(parts.register, when.on, when.known)[standing.unit],
        "unit_id": standing.unit,
        "priority": list(standing.priority),
        "state": standing.state,
        "stage": standing.stage,
        "outcome": standing.outcome,
        "suspended": standing.suspended,
        "since": latest.on.isoformat(),
        "what": people.content_of(parts.ledger, found.description),
        "attested": found.attested,
        "rule_set": rules.text.id,
        "rule_set_digest": rules.name.partition("@")[2],
        "moves": rules.moves_from(standing.state),
        "version": len(entries),
        "former_titles": _former(parts, found, when),
        "criteria": list(_criteria(parts, found, rules, when)),
    }


def _criteria(
    parts: Parts, found: Candidate, rules: RuleSet, when: Moment
) -> Iterator[dict[str, Any]]:
    """Yield the criteria that apply, with what was found: who, when, by which text (R3-1)."""
    unit = own_as_found(parts.register, found, when.known)
    for criterion, fact, told in assessments(found, rules, unit, when.on):
        yield {
            "code": criterion.code,
            "title": criterion.vi,
            "hard": criterion.hard,
            "source": criterion.source,
            "asks_for": criterion.evidence,
            "result": told.result if told else None,
            "on": fact.on.isoformat() if fact else None,
            "by": fact.by if fact else None,
            "evidence": list(told.evidence) if told else [],
        }


def _former(parts: Parts, found: Candidate, when: Moment) -> list[dict[str, Any]]:
    """Return the titles of the units that became a collective's own, which it has not (A-9)."""
    if found.standing.kind is not CandidateKind.COLLECTIVE or found.standing.unit is None:
        return []
    told = former_titles(parts.ledger, parts.register, found.standing.unit, when.on, when.known)
    return [{"unit": t.called, "unit_id": t.unit, "title": t.title, "year": t.year} for t in told]


def history(parts: Parts, subject: str, when: Moment) -> list[dict[str, Any]]:
    """Return every entry about a subject that was known, with its words, in the order recorded."""
    entries = parts.ledger.entries(subject)
    heard = [e for e in entries if when.known is None or e.position < when.known]
    counted = {e.version: e for e in as_of(heard)}
    names = people.names(parts.ledger, (entry.actor for entry in heard))
    content = parts.ledger.secrets(seal for entry in heard for seal in seals(entry.event))
    offices = parts.register.offices()
    return [
        {
            **_told(entry, counted.get(entry.version)),
            "actor_name": names[entry.actor],
            "acting_as": offices[entry.acting_as].role if entry.acting_as else None,
            "words": _words(entry, content),
        }
        for entry in heard
    ]


def _told(entry: Entry, counted: Entry | None) -> dict[str, Any]:
    effective = (counted or entry).effective_on
    return {
        "position": entry.position,
        "version": entry.version,
        "effective_on": effective.isoformat(),
        "first_dated": entry.effective_on.isoformat() if effective != entry.effective_on else None,
        "recorded_at": entry.recorded_at.isoformat(),
        "actor": entry.actor,
        "event": NAME_OF[type(entry.event)],
        "says": words.said(entry.event),
        "basis": [_basis(basis) for basis in entry.basis],
        "voided": counted is None,
        "correction": is_correction(entry),
    }


def _words(entry: Entry, content: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for seal in seals(entry.event):
        told |= content.get(seal.id, {"name": ERASED, "text": ERASED})
    return told


def _basis(basis: Basis) -> dict[str, Any]:
    dated = basis.dated.isoformat() if basis.dated else None
    return {key: value for key, value in (asdict(basis) | {"dated": dated}).items() if value}


def needs(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return what every need says, what is missing, and who can supply it by which command."""
    return [
        {
            "need": finding.need,
            "answer": finding.answer,
            "missing": list(finding.missing),
            "supply": list(finding.supply),
            "via": finding.via,
        }
        for finding in findings
    ]


def receipt(made: Receipt, proof: dict[str, Any]) -> dict[str, Any]:
    """Return what a command has recorded and where, with its proof."""
    return {
        "subject": made.subject,
        "positions": [entry.position for entry in made.entries],
        "versions": [entry.version for entry in made.entries],
        "repeated": made.repeated,
        "receipt": proof,
    }
