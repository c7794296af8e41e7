"""Made again: whether a report that was drafted is what the log says, part by part.

To make the figures of a large register takes seconds, and so it does to compare them with those
of today: a page tells what was found before, and does either when it is asked to.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final, NamedTuple, TypeVar

from domain.report import Report, ReportDrafted
from events_store.ledger import Reader
from web.reports import changes, template
from web.reports.changes import Change
from web.reports.document import Spec, aims, build, digest, kept, read, root, spec_of
from workflow.needs.report import TEMPLATE
from workflow.register import Register

K = TypeVar("K")
V = TypeVar("V")
KEPT: Final = 16  # reports; nothing that is recorded later changes one


class Found(NamedTuple):
    """What a report was when it was made again: which parts differ, and how long the log was."""

    differing: tuple[str, ...]
    size: int

    @property
    def comparable(self) -> bool:
        """Return whether it could be made: another program's template is not ours to fill."""
        return self.differing != (TEMPLATE,)


class Remaker:
    """Makes the reports of a register again, each once."""

    def __init__(self, ledger: Reader, register: Register) -> None:
        """Nothing is made yet."""
        self._ledger, self._register, self._lock = ledger, register, Lock()
        self._made: dict[Spec, bytes] = {}
        self._found: dict[ReportDrafted, Found] = {}
        self._changed: dict[Spec, tuple[int, list[Change] | None]] = {}  # None: not compared

    def __call__(self, draft: ReportDrafted) -> tuple[str, ...]:
        """Return the names of the parts of a report that the log tells otherwise."""
        found = Found(self._differing(draft), self._ledger.size())
        self._keep(self._found, draft, found)
        return found.differing

    def seen(self, draft: ReportDrafted) -> Found | None:
        """Return what a report was when it was made again; None if it was not, since the start."""
        return self._found.get(draft)

    def changes(self, spec: Spec) -> list[Change]:
        """Return what is told otherwise now, compared now or before."""
        found = self.changes_seen(spec)
        if found is None:
            size = self._ledger.size()
            found = changes.since(self._ledger, spec)
            self._keep(self._changed, spec, (size, found))
        return found

    def changes_seen(self, spec: Spec) -> list[Change] | None:
        """Return what is told otherwise now; None if that takes comparing all figures.

        Where nothing came that may tell them otherwise, it is what it was.
        """
        size, (known, found) = self._ledger.size(), self._changed.get(spec, (spec.known, []))
        if found is None:
            return None
        if self._ledger.figures.changed(template.figures(), spec.on, known):
            size, found = known, None  # and it stays so
        self._keep(self._changed, spec, (size, found))
        return found

    def _differing(self, draft: ReportDrafted) -> tuple[str, ...]:
        ledger, spec = self._ledger, spec_of(draft)
        if draft.template != template.digest(aims(self._register, spec)):
            return (TEMPLATE,)
        if draft.size > ledger.size() or draft.root != root(ledger, draft.size):
            return ("log",)
        if spec not in self._made:
            self._keep(self._made, spec, build(ledger, self._register, spec))
        ours = self._made[spec]
        if digest(ours) == draft.digest:
            return ()
        told = changes.between(read(kept(ledger, Report(draft)))[1], read(ours)[1])
        return tuple(dict.fromkeys(change.figure for change in told)) or ("document",)

    def _keep(self, among: dict[K, V], key: K, value: V) -> None:
        """Keep one thing more, and no more than some."""
        with self._lock:
            among.pop(key, None)
            while len(among) >= KEPT:
                among.pop(next(iter(among)))
            among[key] = value


def remaking(ledger: Reader) -> Callable[[Register], Remaker]:
    """Return who makes the reports of a register again."""
    return lambda register: Remaker(ledger, register)
