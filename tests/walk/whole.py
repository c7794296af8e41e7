"""The whole of a walk: its log is lawful, its tables tell what its entries tell, at any time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

from domain.refusals import REFUSALS
from events_store import checker, figures
from events_store.audit import audit
from walk.annals import FAR
from walk.sides import Disagreement, Sides, made_again
from walk.views import Candidate, Office, Unit
from workflow.lawfulness import findings

TIMES = 12  # how often a day and a position are drawn


def compared(both: Sides, rng: Random, *, lawful: bool = True) -> None:
    """Raise Disagreement at the first thing in which the whole register and the model differ."""
    _equal("refusals", both.model.refused, _refused(both))
    if lawful:
        verdicts = findings(both.ledger.all(), both.book, made_again)
        _equal("unlawful", [], [(v.entry, v.why) for v in verdicts if v.why])
    _equal("spans", [], checker.check(both.ledger, 40, rng.randint(0, 9999)))
    _equal("faults", [], audit(both.ledger.recorder.address).faults)
    for _ in range(TIMES):
        _at_some_time(both, rng)


def _refused(both: Sides) -> list[tuple[object, ...]]:
    entries = ((entry.event, entry.actor) for entry in both.ledger.entries(REFUSALS))
    return [
        (e.command, _plain(both, e.about), e.refusal, e.unmet, _plain(both, actor))  # type: ignore
        for e, actor in entries
    ]


def _plain(both: Sides, id: str) -> str:
    return both.alias.get(id, id)


def _at_some_time(both: Sides, rng: Random) -> None:
    """Compare counts, candidates, units and offices on a day, as known at a position."""
    annals = both.model.annals
    day = both.clock.now.date() - timedelta(days=rng.randint(-30, 900))
    known = rng.choice((None, rng.randint(0, annals.size)))
    below = FAR if known is None else known
    stands = [annals.view(Candidate, s, day, below).state for s in annals.all("candidate")]
    counts = dict(Counter(state for state in stands if state))
    _equal(f"counts on {day} at {known}", counts, figures.counts(both.ledger.db, day, known))
    for subject in annals.all("candidate"):
        both.standing(subject, day, known)
    heads = {id: unit.head for id, unit in both.register.all("unit", day, known).items()}
    ours = {id: annals.view(Unit, id, day, below).head for id in annals.all("unit")}
    _equal(
        "heads",
        _filled(ours),
        {_plain(both, i): _plain(both, h) for i, h in _filled(heads).items()},
    )
    roles = {_plain(both, id): o.role for id, o in both.register.all("office", day, known).items()}
    held = {id: annals.view(Office, id, day, below).role for id in annals.all("office")}
    _equal("offices", _filled(held), _filled(roles))


def _filled(values: dict[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _equal(what: str, expected: object, found: object) -> None:
    if expected != found:
        raise Disagreement(f"{what}: the register says {found!r}, expected {expected!r}")
