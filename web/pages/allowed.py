"""Allowed: which commands a page offers. The rules decide again when one is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, get_origin, get_type_hints

from flask import Flask

from domain.values import private
from web.forms import bare
from web.pages.frame import actor, clocks, parts, visitor
from workflow import auditing
from workflow import commands as asked
from workflow.needs import PREDICATES, Answer
from workflow.register import Request

# Rows of a workbook; `init`; a page of its own, which makes the figures.
ELSEWHERE: Final = (asked.AttestCandidate, asked.FoundRegister, asked.DraftReport)
UNMET: Final = Answer.UNMET
# Needs that how a subject stands answers alone, whatever a command says.
STATE: Final = frozenset(
    {
        *("plan-unissued", "plan-issued", "cycle-unopened", "cycle-running"),
        *("awaiting-answer", "sent-back", "movement-running", "round-running", "quota-open"),
        *("report-running", "report-unchecked", "report-checked", "report-unsigned"),
        *("report-signed", "text-in-force", "open", "re-review", "method"),
        *("session-open", "session-begun", "before-votes", "items-settled", "minutes"),
        *("minutes-signed", "complaint-waiting", "complaint-running", "complaint-open"),
        *("complaint-closed", "identity-kept", "extension-left"),
        *("no-fast-track", "comment-period-open", "no-comment-period", "replicating"),
        *("individual", "declined", "not-notified", "data-kept", "erasure-request"),
        *("no-erasure-request", "no-standing-decision", "not-restricted"),
    }
)
CORRECTING: Final = ("void-entry", "correct-effective-date")


def install(app: Flask) -> None:
    """Let templates ask what they may offer."""
    app.jinja_env.globals.update(may_supply=may_supply)


def only_looks() -> bool:
    """Return whether the visitor's offices permit nothing but to read."""
    return auditing.only_reads(visitor().roles)


def offered(kind: str) -> list[type[asked.Command]]:
    """Return the commands about a subject of a kind that is there, in the order they are told."""
    about = (command for command, kinds in asked.KINDS.items() if kind in kinds)
    return [c for c in about if c not in ELSEWHERE and (c not in asked.BEGINS or c in asked.AGAIN)]


def beginning(kind: str) -> list[type[asked.Command]]:
    """Return the commands that begin a subject of a kind."""
    begins = (command for command, of in asked.BEGINS.items() if of == kind)
    return [command for command in begins if command not in ELSEWHERE]


def permitted(every: Iterable[type[asked.Command]]) -> list[str]:
    """Return the names of those that the visitor may give now; moves and corrections apart."""
    if clocks().set or only_looks():
        return []
    rules = parts().register.in_force(parts().register.today()).text.commands
    roles = visitor().roles
    named = (asked.name_of(command) for command in every)
    return [n for n in named if n not in CORRECTING and n in rules and roles & set(rules[n].by)]


def possible(subject: str, names: Sequence[str]) -> list[str]:
    """Return those commands that how a subject stands does not rule out already."""
    if not names:
        return []
    register = parts().register
    commands = {name: blank(name) for name in names}
    case = register.case(Request(commands[names[0]], actor(), subject), subject)
    text = register.in_force(register.today()).text.commands
    return [
        name
        for name, command in commands.items()
        if all(
            PREDICATES[c](case, command).answer != UNMET for c in text[name].needs if c in STATE
        )
    ]


@cache
def blank(name: str) -> asked.Command:
    """Return a command with something in every place, to ask what does not depend on it."""
    kind = asked.BY_NAME[name]
    hints = get_type_hints(kind)
    required = [f.name for f in fields(kind) if f.default is MISSING]
    values: dict[str, Any] = {name: _filler(bare(hints[name])) for name in required}
    return kind(**values)


def _filler(kind: Any) -> Any:
    known = {str: "?", int: 0, bool: False, date: date.min}
    if kind in known:
        return known[kind]
    if get_origin(kind) is tuple:
        return ()
    return next(iter(kind)) if issubclass(kind, StrEnum) else private("")


def may_supply(command: str) -> bool:
    """Return whether the visitor may give a command now, a move from somewhere among them."""
    return not clocks().set and not only_looks() and holds_office_for(command)


def holds_office_for(*commands: str) -> bool:
    """Return whether an office of the visitor permits any of these, whatever day is shown."""
    register, roles = parts().register, visitor().roles
    rules = register.in_force(register.today())
    return any(not roles.isdisjoint(rules.by(command)) for command in commands)


def may_correct(kind: str) -> bool:
    """Return whether the visitor may correct entries of a kind."""
    return kind in asked.CORRECTABLE and may_supply("void-entry")
