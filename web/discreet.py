"""Discreet: a register as one person may read it, without the names that are not for them (A-23).

Who may know whom is decided in `workflow.discretion`. What stands in place of a name or a text is
put there when it is read, so that no page, no answer and no list has to think of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from domain.entry import Entry
from domain.subjects import kind_of
from domain.values import Sealed
from domain.veil import Veil
from events_store import log_pages, veiled
from events_store.ledger import Reader
from web.languages import Later, _
from web.parts import Parts
from workflow import discretion

UNNAMED: Final = Later("[không nêu tên]")
NOTE: Final = Later(
    "Ứng viên của đơn vị khác không được công nhận hoặc đã rút thì không nêu tên;"
    " số đếm vẫn tính đủ."
)


class Discreet(Reader):
    """A reader that names nobody behind a veil, and opens no candidate there."""

    def __init__(self, reader: Reader, parts: Parts, veil: Veil) -> None:
        """Read what another reader reads, and remember with it what was asked before."""
        vars(self).update(vars(reader))
        self._parts, self._veil = parts, veil

    def entries(self, subject: str) -> list[Entry]:
        """Return a subject's entries in the order recorded. Raises NotPermitted."""
        if kind_of(subject) == "candidate" and self.hidden([subject]):
            raise discretion.not_named(self._parts.register)
        return super().entries(subject)

    def secrets(self, sealed: Iterable[Sealed]) -> dict[str, dict[str, Any]]:
        """Return the content behind each seal, by its id; of whom is not named, no word."""
        found = super().secrets(sealed)
        owners = veiled.owners(self.db, found)
        hidden = self.hidden(owners.values())
        gone = (id for id, owner in owners.items() if owner in hidden)
        return found | {id: {"name": _(UNNAMED), "text": _(UNNAMED)} for id in gone}

    def hidden(self, owners: Iterable[str]) -> set[str]:
        """Return who of these is not named; who is here in their own right always is."""
        found = veiled.among(self.db, self._veil, set(owners))
        return found - discretion.own_right(self._parts.register) if found else found


def seen_by(parts: Parts, actor: str, office: str | None = None) -> Parts:
    """Return a register as a person in one office, or in all of theirs, may read it."""
    veil = discretion.veil(parts.register, actor, office)
    if veil is None:
        return parts
    return replace(parts, ledger=Discreet(parts.ledger, parts, veil), veil=veil)


def candidates(parts: Parts, subjects: Iterable[str]) -> dict[str, str]:
    """Return the names of candidates; who is not named says so, who was erased has none."""
    return masked(parts, log_pages.candidates(parts.ledger.db, sorted(set(subjects))))


def masked(parts: Parts, names: dict[str, str]) -> dict[str, str]:
    """Return names of candidates, without those that are not for the reader."""
    hidden = parts.ledger.hidden(names) if isinstance(parts.ledger, Discreet) else ()
    return names | dict.fromkeys(hidden, _(UNNAMED))
