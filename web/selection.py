"""Selections: whom a batch is about, and what its items are called."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from functools import cache

from domain.round import Round
from domain.session import Session
from domain.values import Role
from events_store import roll
from events_store.ledger import Reader
from web.languages import _
from web.parts import Parts
from web.words.sentences import ERASED
from workflow import commands as asked
from workflow.batch import field_of
from workflow.refusals import UnknownSubject
from workflow.rules import RuleSet


def listed(
    ledger: Reader,
    on: date,
    known: int | None,
    narrow: roll.Filter,
    after: roll.Cursor = roll.START,
    limit: int = 50,
    about: int | None = None,
) -> list[roll.Line]:
    """Return candidates that follow a cursor; `about` is how many the list has, if known.

    To find few among all by a text, or nobody, may mean going through all: that is done once.
    """
    asking = on, known, narrow, after, limit, about, ledger.settled(roll.everybody)
    return ledger.settled(roll.page, *asking) if narrow.text else roll.page(ledger.db, *asking)


def narrowed(parts: Parts, narrow: roll.Filter, about: int | None = None) -> dict[str, str]:
    """Return the candidates of a list by name, one more at most than a batch may have.

    `about` is how many the list has, as far as that is known.
    """
    today = parts.register.today()
    most = parts.register.in_force(today).text.terms.bulk.most
    lines = listed(parts.ledger, today, None, narrow, limit=most + 1, about=about)
    return {line.subject: line.name or _(ERASED) for line in lines}


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


def offered(rules: RuleSet, roles: Set[Role]) -> list[str]:
    """Return the commands that these offices may give for many candidates at once."""
    many = rules.text.terms.bulk.commands
    return [n for n in many if _item(n) == "candidate" and roles & set(rules.by(n))]


@cache
def _item(command: str) -> str:
    kind = asked.BY_NAME[command]
    return field_of(kind) or asked.KINDS[kind][0]
