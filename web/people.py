"""Who is who: names out of the vault, and what stands in their place once erased."""

from __future__ import annotations

from collections.abc import Iterable

from domain import person
from domain.candidate import Candidate
from domain.history import as_of
from domain.values import Sealed
from events_store.ledger import Reader
from web.languages import _
from web.words.sentences import ERASED
from workflow.case import PUBLIC

Content = dict[str, object]


def content_of(ledger: Reader, sealed: Sealed | None) -> Content:
    """Return what the vault holds behind a seal; erased content has only its name, as such."""
    if sealed is None:
        return {}
    return ledger.secrets([sealed]).get(sealed.id, {"name": _(ERASED), "text": _(ERASED)})


def candidate_content(ledger: Reader, candidate: Candidate) -> Content:
    """Return who or what a candidate is: its person, or its own name."""
    if not candidate.person:
        return content_of(ledger, candidate.name)
    who = person.fold(as_of(ledger.entries(candidate.person)))
    if who.erased:
        return {"name": _(ERASED)}
    return content_of(ledger, who.description) or {"name": candidate.person}


def names(ledger: Reader, people: Iterable[str]) -> dict[str, str]:
    """Return the names of people, by id, whatever their number, in two questions."""
    told = ledger.entries_of(sorted(set(people)))
    described = {id: person.fold(as_of(entries)).description for id, entries in told.items()}
    words = ledger.secrets(seal for seal in described.values() if seal)
    found = {
        id: str(words.get(seal.id, {}).get("name", _(ERASED))) if seal else _(ERASED)
        for id, seal in described.items()
    }
    return found | ({PUBLIC: _("Công chúng")} if PUBLIC in found else {})
