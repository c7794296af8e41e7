"""Selections: whom a batch is about, and what its items are called."""

from __future__ import annotations

from collections.abc import Iterable, Set

from domain.round import Round
from domain.session import Session
from domain.values import Role
from events_store import roll
from web import discreet
from web.languages import _
from web.parts import Parts
from web.words.days import day
from web.words.labels import label
from web.words.sentences import ERASED
from workflow import commands as asked
from workflow.batch import field_of
from workflow.refusals import UnknownSubject
from workflow.rules import RuleSet


def narrowed(parts: Parts, narrow: roll.Filter) -> list[str]:
    """Return the candidates of a list in its order, one more at most than a batch may have."""
    today = parts.register.today()
    most = parts.register.in_force(today).text.terms.bulk.most
    lines = roll.page(parts.ledger.db, today, None, narrow, limit=most + 1)
    return [line.subject for line in lines]


def on_agenda(parts: Parts, session: str) -> list[str]:
    """Return the candidates on a session's agenda, in its order. Raises UnknownSubject."""
    found = parts.register.all("session").get(session)
    if not isinstance(found, Session):
        raise UnknownSubject(session)
    about = (item.candidate for item in found.items if not item.dropped)
    return list(dict.fromkeys(candidate for candidate in about if candidate))


def selected(parts: Parts, round: str) -> list[str]:
    """Return the candidates on the lists of a selection round. Raises UnknownSubject."""
    found = parts.register.all("round").get(round)
    if not isinstance(found, Round):
        raise UnknownSubject(round)
    return list(found.selected)


def called(parts: Parts, subjects: Iterable[str]) -> dict[str, str]:
    """Return what candidates, units and papers are called; another subject goes by its id."""
    wanted = sorted(set(subjects))
    cards = discreet.candidates(parts, wanted)
    units, papers = parts.register.units(), parts.register.all("obligation")
    found = {id: name or _(ERASED) for id, name in cards.items()}
    found |= {id: units[id].name or id for id in wanted if id in units}
    programmes = parts.register.all("programme")
    for id in (id for id in wanted if id in papers):
        paper = papers[id]
        duty = programmes[paper.programme].duties[paper.duty]
        found[id] = f"{label(duty.kind)}, {units[paper.unit].name}: {paper.document}"
    return {id: found.get(id, id) for id in wanted}


def offered(rules: RuleSet, roles: Set[Role]) -> list[str]:
    """Return the commands that these offices may give for many candidates at once."""
    kinds = {name: asked.BY_NAME[name] for name in rules.text.terms.bulk.commands}
    about = {name: field_of(kind) or asked.KINDS[kind][0] for name, kind in kinds.items()}
    return [n for n, item in about.items() if item == "candidate" and roles & set(rules.by(n))]


def titled(parts: Parts, subject: str) -> str:
    """Return what a programme, a round, a movement, a session or a quota is called."""
    kind = subject.partition(":")[0]
    state = parts.register.all(kind).get(subject)
    if isinstance(state, Session) and state.held_on:
        return _("Phiên họp %(day)s", day=day(state.held_on))
    return getattr(state, "name", None) or getattr(state, "heading", None) or subject
