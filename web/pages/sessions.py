"""Sessions: what their page shows besides facts and timeline, and what their minutes say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.candidate_events import ExemplarRecognized
from domain.council import Matter
from domain.history import as_of
from domain.session import content
from domain.session_events import BallotTallied, TallyCorrected
from web.pages.frame import actor, clocks, parts, when
from web.pages.naming import called, opened, states
from web.pages.timeline import known
from web.words import minutes
from web.words.labels import label
from workflow import commands as asked
from workflow.register import Request
from workflow.sitting import conflicts


def detail(subject: str, state: Any) -> dict[str, Any]:
    """Return what the template of a session needs."""
    barred, left = _barred(subject, state), _left_before(state)
    told = [item.candidate for item in (*state.items, *(one for _id, one in left))]
    told += [id for id, _item in left]
    told += [*state.present, *state.absent, *state.committee]
    told += [person for found in barred.values() for person in found]
    told += [person for item in state.items for person in item.written]
    council = parts().register.all("council", state.held_on).get(state.council)
    return {
        "named": called([*filter(None, told), state.council]),
        "seats": council.in_office(state.held_on) if council else {},
        "terms": council.terms if council else None,
        "questions": {
            item.number: text for item in state.items if (text := opened(item.question))
        },
        "place": opened(state.place),
        "council": council,
        "decided": _decided(subject, state),
        "barred": barred,
        "left": left,
        "recounts": _recounts(subject),
        "minuted": state.minutes == content(state),
    }


def _barred(subject: str, state: Any) -> dict[int, dict[str, str]]:
    """Return who does not vote on which item, and why; whom the vote excluded once it is held."""
    asking = Request(asked.CloseSession(), actor(), subject)
    case = parts().register.case(asking, subject) if not (state.closed or clocks().set) else None
    found = {}
    for item in state.items:
        why = {person: label(ground) for person, ground in item.recused}
        if item.tally:
            why = dict.fromkeys(item.tally.excluded, "") | why
        elif case and not item.dropped:
            why |= {person: label(ground) for person, ground in conflicts(case, item).items()}
        found[item.number] = why
    return found


def _left_before(state: Any) -> list[tuple[str, Any]]:
    """Return what earlier sessions of the council left and no later one took up, if this may."""
    if state.closed:
        return []
    every = sorted(
        (
            (id, s)
            for id, s in states("session").items()
            if s.council == state.council and s.held_on
        ),
        key=lambda pair: pair[1].held_on,
    )
    left: dict[tuple[str, Any], tuple[str, Any]] = {}
    for id, held in (pair for pair in every if pair[1].held_on <= state.held_on):
        for item in (i for i in held.items if i.candidate):
            if item.dropped and held is not state:
                left[item.candidate, item.matter] = (id, item)
            else:
                left.pop((item.candidate, item.matter), None)
    return [*left.values()]


def _recounts(subject: str) -> dict[int, minutes.Recount]:
    """Return which ballots were counted again: the last time, and what stood before."""
    found: dict[int, minutes.Recount] = {}
    counted: dict[int, str] = {}
    for entry in as_of(known(subject), when().on):
        event = entry.event
        if not isinstance(event, BallotTallied | TallyCorrected):
            continue
        if isinstance(event, TallyCorrected):
            paper = ", ".join(one.symbol for one in entry.basis)
            found[event.item] = minutes.Recount(entry.effective_on, paper, counted[event.item])
        counted[event.item] = f"{event.votes_for}/{event.base}"
    return found


def _decided(subject: str, state: Any) -> dict[int, Any]:
    """Return the decision of the signer on each candidate whose recognition was asked about."""
    told = [(i.number, i.candidate) for i in state.items if i.matter is Matter.RECOGNITION]
    folded = {id: parts().register.candidate(id, when().on, when().known) for _, id in told}
    facts = {number: fact for number, id in told if (fact := folded[id].recognition)}
    return {n: fact for n, fact in facts.items() if _followed(fact.event, subject)}


def _followed(event: Any, subject: str) -> bool:
    return isinstance(event, ExemplarRecognized) and event.session == subject


def minutes_of(subject: str, state: Any) -> minutes.Minutes:
    """Return the minutes of a session."""
    known_of = detail(subject, state)
    named = dict(known_of["named"])
    naming: Callable[[str], str] = lambda id: named.get(id) or called([id])[id]  # noqa: E731
    beside = minutes.Beside(known_of["place"], known_of["questions"], known_of["recounts"])
    return minutes.minutes(state, known_of["council"], naming, beside)
