"""What the register needs of a store, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from domain.entry import Entry
from domain.subjects import Reading
from domain.values import CandidateKind, Guarded, Sealed, Secret


class Moment(Protocol):
    """What was found in a store at one moment."""

    @property
    def size(self) -> int:
        """Return how many entries there were."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Return the entries of the subject that was asked for."""

    @property
    def news(self) -> Sequence[Entry]:
        """Return the entries of the kinds asked for since the position that was named."""

    @property
    def answered(self) -> Sequence[Entry]:
        """Return what the command has recorded before, if anything."""


class Ledger(Protocol):
    """What the register needs of a store."""

    @property
    def turn(self) -> AbstractContextManager[None]:
        """Hold the other threads of this process."""

    @property
    def within(self) -> object | None:
        """Return the transaction that this thread is inside of, if any."""

    def still(self) -> AbstractContextManager[None]:
        """Find as many entries as at the latest look, until this thread records something."""

    def look(self, subject: str, command_id: str, kinds: Sequence[str], since: int) -> Moment:
        """Return what the log tells a command, in one question."""

    def append(
        self,
        entries: Sequence[Entry],
        secrets: Sequence[Secret] = (),
        reading: Reading | None = None,
    ) -> list[Entry]:
        """Record entries in one transaction and return them as recorded. Raises Conflict."""

    def entries(self, subject: str) -> list[Entry]:
        """Return a subject's entries in the order recorded."""

    def entries_of(self, subjects: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of several subjects, in one question."""

    def of_kind(self, kind: str, start: int = 0) -> list[Entry]:
        """Return the entries of all subjects of a kind from a position on."""

    def candidates(self, unit: str, kind: CandidateKind) -> Iterable[str]:
        """Return the candidates of a kind that a unit has."""

    def acclaimed(
        self, unit: str, kind: CandidateKind, year: int, on: date, known: int | None = None
    ) -> Mapping[str, bool]:
        """Return who of a kind may be recognized on a day, and be rated for a year."""

    def candidacies(self, person: str) -> Iterable[str]:
        """Return the candidates that a person is or was."""

    def answered(self, command_id: str) -> list[Entry]:
        """Return what a command has recorded before, if anything."""

    def version(self, subject: str) -> int:
        """Return how many entries a subject has."""

    def size(self) -> int:
        """Return how many entries there are."""

    def transaction(self, seen: Any = None) -> AbstractContextManager[object]:
        """Make all appends inside one transaction, begun at a moment. Raises Conflict."""

    def stands(self, seen: Any) -> bool:
        """Return, inside a transaction, whether nobody has written since a moment."""

    def identity(self, seal: Guarded) -> Mapping[str, Any] | None:
        """Return the identity behind a seal, or None if it was destroyed."""

    def enclosure(self, seal: Sealed) -> tuple[Mapping[str, Any], bytes] | None:
        """Return a file with its description, or None if there is none (any more)."""

    def erase(self, owner: str) -> None:
        """Delete what the vault holds of an owner."""
