"""Batches: one command for many items, each decided by itself on what those before it led to.

What a batch would do is imagined entry by entry, so that a preview and the act itself are one
and the same computation; only the act is recorded, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, NamedTuple

from domain.batch import BatchItem, BatchRecorded, item_id
from domain.entry import Entry
from domain.subjects import Reading, kind_of
from domain.values import Basis, CandidateKind, Private, Secret
from workflow import commands as asked
from workflow.refusals import InvalidCommand, Refusal
from workflow.requests import Request
from workflow.rules import RuleSet
from workflow.world import LARGE, Kept, Seen, Store


@dataclass(frozen=True)
class Batch:
    """The requests of one act, all for the same kind of command, by the same person."""

    requests: tuple[Request, ...]
    command_id: str

    @property
    def command(self) -> str:
        """Return the kebab-case name of the command."""
        return asked.name_of(type(self.requests[0].command))


class Judged(NamedTuple):
    """What would become of one item: what it records, or why it is refused."""

    request: Request
    entries: Sequence[Entry] = ()
    secrets: Sequence[Secret] = ()
    refusal: Refusal | None = None

    @property
    def item(self) -> BatchItem:
        """Return it as the record of the batch tells it."""
        subject, about = self.request.subject or "", about_of(self.request.command) or ""
        if self.refusal is None:
            own = [entry.version for entry in self.entries if entry.subject == subject]
            return BatchItem(subject, about, own[-1])
        return BatchItem(subject, about, 0, type(self.refusal).__name__, why(self.refusal))


class Ahead:
    """The register as it will be once what was judged so far is recorded."""

    def __init__(self, kept: Kept, store: Store) -> None:
        """Begin with the register as it is."""
        self._kept, self._store, self._size = kept, store, kept.size
        self._made: dict[str, list[Entry]] = {}
        self._looked_at: set[str] = set()

    def world(self) -> Seen:
        """Return the world of the next item; what is read of it is noted."""
        return Seen(self._kept, self, looked_at=self._looked_at)

    def entries(self, subject: str) -> list[Entry]:
        """Return a subject's entries, as recorded and as imagined."""
        if kind_of(subject) not in LARGE:
            return list(self._kept.entries(subject))
        return [*self._store.entries(subject), *self._made.get(subject, ())]

    def candidates(self, unit: str, kind: CandidateKind) -> Iterable[str]:
        """Return the candidates of a kind that a unit has; no batch adds or moves any."""
        return self._store.candidates(unit, kind)

    def entries_of(self, subjects: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of several candidates or people, as recorded and as imagined."""
        found = self._store.entries_of(subjects)
        return {id: [*told, *self._made.get(id, ())] for id, told in found.items()}

    def acclaimed(
        self, unit: str, kind: CandidateKind, year: int, on: date, known: int | None = None
    ) -> Mapping[str, bool]:
        """Return who of a kind may be recognized on a day, and be rated for a year."""
        mine = {id: True for id in self._store.candidates(unit, kind) if id in self._made}
        return {**self._store.acclaimed(unit, kind, year, on, known), **mine}

    def candidacies(self, person: str) -> Iterable[str]:
        """Return the candidates that a person is or was; no batch adds any."""
        return self._store.candidacies(person)

    def tell(self, entries: Iterable[Entry]) -> None:
        """Imagine that entries are recorded, in the places they will have if nobody is first."""
        for entry in entries:
            told = entry._replace(position=self._kept.size)
            self._made.setdefault(entry.subject, []).append(told)
            news = [told] if kind_of(entry.subject) not in LARGE else []
            self._kept = self._kept.after(told.position + 1, news)

    def reading(self) -> Reading:
        """Return what was looked at, as of where the log ended then."""
        return Reading(self._size, frozenset(self._looked_at))


Decide = Callable[[Request, Ahead, str], tuple[Sequence[Entry], Sequence[Secret]]]


def judge(batch: Batch, ahead: Ahead, decide: Decide) -> Iterator[Judged]:
    """Yield what becomes of every item, one after the other."""
    for at, request in enumerate(batch.requests):
        try:
            entries, secrets = decide(request, ahead, item_id(batch.command_id, at))
        except Refusal as refusal:
            yield Judged(request, refusal=refusal)
        else:
            ahead.tell(entries)
            yield Judged(request, entries, secrets)


def check(batch: Batch, rules: RuleSet) -> None:
    """Refuse what is no batch, or is not given to many at once. Raises InvalidCommand."""
    terms, requests = rules.text.terms.bulk, batch.requests
    if not 1 <= len(requests) <= terms.most:
        raise InvalidCommand("items", f"must be from 1 to {terms.most}")
    kinds = {(type(r.command), r.actor, r.effective_on, r.basis) for r in requests}
    if len(kinds) > 1:
        raise InvalidCommand("items", "must be one act")
    if batch.command not in terms.commands:
        raise InvalidCommand("command", "is not given to many at once")
    targets = [(r.subject, about_of(r.command)) for r in requests]
    if len(set(targets)) < len(targets):
        raise InvalidCommand("items", "must differ")


def recorded(judged: Sequence[Judged]) -> BatchRecorded:
    """Return the one record of a batch."""
    command = asked.name_of(type(judged[0].request.command))
    return BatchRecorded(command, tuple(one.item for one in judged))


def why(refusal: Refusal) -> tuple[str, ...]:
    """Return codes of what stood in the way: needs, or the field that was wrong."""
    if isinstance(refusal, InvalidCommand):
        return (f"invalid-{refusal.facts[0]}",)
    return tuple(finding.need for finding in refusal.unmet)


def about_of(command: asked.Command) -> str | None:
    """Return the candidate or the unit that a command about another subject names."""
    return next((str(v) for name in ABOUT if (v := getattr(command, name, None))), None)


ABOUT: Final = ("candidate", "unit")


def field_of(kind: type[asked.Command]) -> str | None:
    """Return the field by which a command names an item, or None if the item is the subject."""
    return next((f.name for f in fields(kind) if f.name in ABOUT), None)


def batch(
    command: asked.Command,
    items: Sequence[tuple[str, int | None]],
    actor: str,
    command_id: str,
    *,
    to: str | None = None,
    effective_on: date | None = None,
    basis: tuple[Basis, ...] = (),
) -> Batch:
    """Return the batch that gives a command for items, each with the version seen, if any.

    Without `to` the items are the subjects; else it is, and each item is what the command names.
    """
    made = []
    for item, seen in items:
        own = anew(command)
        if to:
            field = field_of(type(command))
            assert field, "a command about one subject names its items"
            own = replace(own, **{field: item})  # type: ignore[arg-type]
        made.append(
            Request(own, actor, to or item, effective_on, basis, None, None if to else seen)
        )
    return Batch(tuple(made), command_id)


def anew(command: asked.Command) -> asked.Command:
    """Return the same command with salts of its own: nothing enters the vault twice."""
    values = {f.name: getattr(command, f.name) for f in fields(command)}
    private = {name: Private(v.content) for name, v in values.items() if isinstance(v, Private)}
    return replace(command, **private)  # type: ignore[arg-type]
