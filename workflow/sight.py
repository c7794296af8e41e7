"""Sight: what the register sees of the log, anew for each command, and once for a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, Final

from workflow.store import Ledger, Moment
from workflow.world import KEPT, Kept, Seen

Looked = tuple[Moment, Seen]
TOLD: Final = 5_000  # answers that are remembered


class Sight:
    """One per register. Threads share what is kept and settled.

    What a transaction adds is its own thread's, for it may yet be undone.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Look at a ledger."""
        self.ledger = ledger
        self._kept, self._own = Kept(), local()
        self._told: tuple[int, dict[Any, Any]] = 0, {}

    @contextmanager
    def still(self) -> Iterator[None]:
        """Look at each subject once and see that again, as long as this thread records nothing."""
        self._own.looked = {}
        try:
            with self.ledger.still():
                yield
        finally:
            self._own.looked = None

    @contextmanager
    def recording(self, seen: Any = None) -> Iterator[None]:
        """Hold a transaction of the ledger; what it records is seen after."""
        with self.ledger.transaction(seen):
            yield
        if getattr(self._own, "looked", None):
            self._own.looked = {}

    def told(self, size: int) -> dict[Any, Any]:
        """Return what was worked out at this size of the log, and add to it.

        Inside a transaction nothing is kept: it may yet be undone.
        """
        if self.ledger.within is not None:
            return {}
        if self._told[0] != size or len(self._told[1]) > TOLD:
            self._told = size, {}
        return self._told[1]

    def look(self, subject: str = "", command_id: str = "") -> Looked:
        """Return what the log tells a command, and the world at that moment."""
        within = self.ledger.within
        again = within is None and not command_id
        before: dict[str, Looked] | None = getattr(self._own, "looked", None) if again else None
        if before and subject in before:
            return before[subject]
        ours = within is not None and within is getattr(self._own, "within", None)
        kept: Kept = self._own.kept if ours else self._kept
        seen = self.ledger.look(subject, command_id, KEPT, kept.size)
        kept = kept.after(seen.size, seen.news)
        if within is None:
            self._kept = kept
        else:
            self._own.within, self._own.kept = within, kept
        looked = seen, Seen(kept, self.ledger)
        if before is not None:
            before[subject] = looked
        return looked
