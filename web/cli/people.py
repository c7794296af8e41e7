"""Who is who: names out of the vault, and what stands in their place once erased."""

from __future__ import annotations

from domain import person
from domain.candidate import Candidate
from domain.history import as_of
from domain.values import Sealed
from events_store.ledger import Reader
from web.words.sentences import ERASED

Content = dict[str, object]


def content_of(ledger: Reader, sealed: Sealed | None) -> Content:
    """Return what the vault holds behind a seal; erased content has only its name, as such."""
    if sealed is None:
        return {}
    return ledger.secrets([sealed]).get(sealed.id, {"name": ERASED, "text": ERASED})


def person_content(ledger: Reader, id: str) -> Content:
    """Return who a person is."""
    entries = ledger.entries(id)
    who = person.fold(as_of(entries))
    if who.erased:
        return {"name": ERASED}
    return content_of(ledger, who.description) or {"name": id}


def candidate_content(ledger: Reader, candidate: Candidate) -> Content:
    """Return who or what a candidate is: its person, or its own name."""
    if candidate.person:
        return person_content(ledger, candidate.person)
    return content_of(ledger, candidate.name)


class Names:
    """Names of people, each looked up once."""

    def __init__(self, ledger: Reader) -> None:
        """Take the ledger whose vault is asked."""
        self.ledger = ledger
        self.found: dict[str, str] = {}

    def __getitem__(self, id: str) -> str:
        """Return the name of a person."""
        if id not in self.found:
            self.found[id] = str(person_content(self.ledger, id).get("name", id))
        return self.found[id]
