"""What becomes of an attack: who finds it, where, and in which words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from attempts import ALONE, BOTH, ELSEWHERE, LAWFUL, MEMORY, Attempt
from story import intact
from victim import Victim

from domain.faults import NotPrepared
from events_store.ledger import Reader
from events_store.stretch import Fault
from web.cli.checking import says
from web.cli.faults import sentence
from web.cli.lawful import reason
from workflow.lawfulness import Ruling, findings
from workflow.rules import load_all


class Finding(NamedTuple):
    """Who found something, where it begins and at the latest goes on, and what is said."""

    who: str
    first: int | None
    last: int | None
    told: str


class Outcome(NamedTuple):
    """Where an attack began to falsify entries, if it did, and what was found of it."""

    began: int | None
    finding: Finding | None


Outcomes = Callable[[Attempt, str], Outcome]


@contextmanager
def outcomes(folder: Path) -> Iterator[Outcomes]:
    """Yield a way to try an attack on a database; none is tried twice."""
    with ExitStack() as stack:
        victims = {name: stack.enter_context(intact(name, folder / name)) for name in BOTH}
        yield cache(lambda attempt, database: tried(attempt, victims[database]))


def tried(attempt: Attempt, victim: Victim) -> Outcome:
    """Return what becomes of an attack on a copy of a register."""
    with victim.copied(victim.folder.with_name(f"{victim.database}-attacked")) as attacked:
        return Outcome(attempt.attack(attacked), found(attacked))


def found(victim: Victim) -> Finding | None:
    """Return what the first auditor finds who finds anything, or cannot read at all."""
    try:
        return _found(victim)
    except NotPrepared as error:
        return Finding(ALONE, None, None, sentence(error))


def _found(victim: Victim) -> Finding | None:
    if faults := victim.audited().faults:
        return _finding(ALONE, faults[0])
    if faults := victim.audited(memory=True).faults:
        return _finding(MEMORY, faults[0])
    if faults := victim.audited(against=True).faults:
        return _finding(ELSEWHERE, faults[0])
    return _judged(victim)


def _finding(who: str, fault: Fault) -> Finding:
    told = re.sub(r"(candidate|office|person|unit):[0-9a-f]{16}", r"\1:…", says(fault))
    told = re.sub(r"(row \d+ missing from|non-unique entry in) index", "… index", told)
    return Finding(who, fault.position, _reach(fault), told)


def _reach(fault: Fault) -> int | None:
    """Return up to where a finding may begin: a command is named by the first of its entries."""
    if fault.kind == "command" and fault.position is not None:
        return fault.position + 1
    last: int | None = fault.facts.get("last", fault.position)
    return last


def _judged(victim: Victim) -> Finding | None:
    """Return the first entry that the rules of its day did not allow."""
    rules = load_all()
    reader = Reader(victim.address)
    with closing(reader.recorder):
        for verdict in findings(reader.all(), rules):
            if verdict.ruling is Ruling.UNLAWFUL:
                at = verdict.entry.position
                why = "; ".join(reason(code, rules) for code in verdict.why)
                return Finding(LAWFUL, at, at, f"mục {at}: {why}")
    return None
