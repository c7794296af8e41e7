"""Rows of tables: read some at a time, as of the seal, and no more than the level may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from events_store import archive, figures
from events_store.spans import GROUP_BIT, GROUPS, KINDS, STATES, day_of
from web import discreet
from web.exports.source import Source
from web.people import content_of
from workflow.openness import METHOD, merged, method

Row = tuple[Any, ...]


def exemplars(source: Source) -> Iterator[Row]:
    """Yield the recognised exemplars."""
    for case in source.cases():
        if one := case.known:
            told = (one.name, one.position, one.unit, one.field, one.achievement, one.decision)
            yield case.id, str(one.kind), *told, one.recognized_on, one.entry


def methods(source: Source) -> Iterator[Row]:
    """Yield how others can do likewise."""
    for case in source.cases():
        if case.known and case.known.method:
            told = method(content_of(source.parts.ledger, case.known.method))
            yield case.id, *(told.get(key) for key in METHOD)


def steps(source: Source) -> Iterator[Row]:
    """Yield the states that candidates came into."""
    for case in source.cases():
        for step in source.steps(case):
            yield case.id, step.state, step.on, step.name, step.entry


def counts(source: Source) -> Iterator[Row]:
    """Yield how many candidates there are, nobody left out; to the public, no small cells."""
    db, today = source.parts.ledger.db, source.parts.register.today()
    told: dict[str, Mapping[str, int]] = {"state": figures.counts(db, today, source.size)}
    for by in ("kind", "unit"):
        cells = figures.counts_of(db, "kind" if by == "kind" else "unit", today, source.size)
        told[by] = {name: sum(states.values()) for name, states in cells.items()}
    for by, of in told.items():
        for name, count in (merged(of) if source.public else of).items():
            yield by, name, count


def units(source: Source) -> Iterator[Row]:
    """Yield the units."""
    for id, unit in source.parts.register.all("unit", None, source.size).items():
        if unit.name:
            into = " ".join(unit.merged_into) or None
            yield id, unit.name, str(unit.kind), unit.symbol, unit.parent, unit.merged_on, into


def movements(source: Source) -> Iterator[Row]:
    """Yield the emulation movements."""
    for id, movement in source.parts.register.all("movement", None, source.size).items():
        if told := movement.launched:
            launched = (told.name, str(told.kind), str(told.level), told.begins, told.ends)
            yield id, *launched, movement.closed


def milestones(source: Source) -> Iterator[Row]:
    """Yield the milestones of programmes."""
    for cycle in source.parts.register.all("programme", None, source.size).values():
        for what, step in cycle.steps.items():
            yield cycle.name, str(what), step.begins, step.due, step.reached


def texts(source: Source) -> Iterator[Row]:
    """Yield the texts that papers may cite."""
    for known in source.parts.register.all("text", None, source.size).values():
        if told := known.text:
            dated = (told.dated, told.begins, told.ends or known.lapsed)
            yield told.symbol, str(told.kind), told.name, told.issuer, *dated


def candidates(source: Source) -> Iterator[Row]:
    """Yield every candidate as in force at the seal."""
    cards = source.parts.ledger.db.execute("SELECT subject, name FROM card").fetchall()
    names = discreet.masked(source.parts, dict(cards))
    register = source.parts.register
    for case in source.cases():
        one = register.candidate(case.id, None, source.size)
        now, told = one.standing, one.recognition
        place = (now.unit, now.state, int(now.suspended), " ".join(now.priority) or None)
        who = (one.person, names.get(case.id) or None)
        decided = (getattr(told.event, "decision", None), told.on) if told else (None, None)
        yield case.id, case.line.discovered_at, str(now.kind), *place, *decided, *who


def entries(source: Source) -> Iterator[Row]:
    """Yield the rows of the log as they are stored, each with what blinds its public text."""
    for row in archive.entries(source.parts.ledger.db, source.size):
        position, subject, version, recorded_at, name, body, blind, leaf = row
        hashes = (bytes(blind).hex(), bytes(leaf).hex())  # base64 may begin as formulas do
        yield position, subject, version, recorded_at, name, bytes(body).decode(), *hashes


def spans(source: Source) -> Iterator[Row]:
    """Yield who was in which state, by both clocks."""
    for span in archive.spans(source.parts.ledger.db, source.size):
        until = day_of(span.valid_to) if span.valid_to is not None else None
        clocks = (day_of(span.valid_from), until, span.known_from, span.end_known, span.known_to)
        groups = " ".join(group for group in GROUPS if span.priority & GROUP_BIT[group]) or None
        place = (STATES[span.state], span.unit, KINDS[span.kind], groups, span.suspended)
        yield span.candidate, *clocks, *map(_plain, place), day_of(span.since)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
