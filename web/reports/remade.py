"""Made again: whether a report that was drafted is what the log says, part by part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from domain.report import Report, ReportDrafted
from events_store.ledger import Reader
from web.reports import template
from web.reports.changes import between
from web.reports.document import Spec, aims, build, digest, kept, read, root, spec_of
from workflow.case import Remade
from workflow.needs.report import TEMPLATE
from workflow.register import Register

KEPT: Final = 16  # reports; nothing that is recorded later changes one


def remaking(ledger: Reader) -> Callable[[Register], Remade]:
    """Return who makes the reports of a register again, each once."""
    made: dict[Spec, bytes] = {}

    def again(register: Register, spec: Spec) -> bytes:
        if spec not in made:
            while len(made) >= KEPT:
                made.pop(next(iter(made)), None)
            made[spec] = build(ledger, register, spec)
        return made[spec]

    def differing(register: Register, draft: ReportDrafted) -> tuple[str, ...]:
        if draft.template != template.digest(aims(register, spec_of(draft))):
            return (TEMPLATE,)
        if draft.size > ledger.size() or draft.root != root(ledger, draft.size):
            return ("log",)
        ours = again(register, spec_of(draft))
        if digest(ours) == draft.digest:
            return ()
        changes = between(read(kept(ledger, Report(draft)))[1], read(ours)[1])
        return tuple(dict.fromkeys(change.figure for change in changes)) or ("document",)

    return lambda register: lambda draft: differing(register, draft)
