"""What the model remembers: facts by subject, and which of them count on two clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

VOIDED, REDATED = "EntryVoided", "EffectiveDateCorrected"
FAR = 2**60
View = TypeVar("View")


class Fact(NamedTuple):
    """One entry as the model tells it: what happened, from when, by whom, with which words."""

    pos: int
    version: int
    on: date
    by: str
    name: str
    data: dict[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        """Return one of its words."""
        return self.data.get(key, default)

    @property
    def corrects(self) -> bool:
        """Return whether it says that another one was wrong."""
        return self.name in (VOIDED, REDATED)


class Told(tuple[Fact, ...]):
    """Facts in the order of effect, to be asked."""

    def every(self, *names: str) -> list[Fact]:
        """Return all facts of these names."""
        return [fact for fact in self if fact.name in names]

    def last(self, *names: str) -> Fact | None:
        """Return the latest fact of one of these names."""
        return next((fact for fact in reversed(self) if fact.name in names), None)

    def first(self, *names: str) -> Fact | None:
        """Return the earliest fact of one of these names."""
        return next((fact for fact in self if fact.name in names), None)


class Annals:
    """Every fact there is, in the order told."""

    def __init__(self) -> None:
        self.size = 0
        self.told: dict[str, list[Fact]] = {}
        self.kinds: dict[str, list[str]] = {}
        self._now: dict[str, Told] = {}
        self._views: dict[str, dict[Any, Any]] = {}
        self._every: dict[str, dict[Any, Any]] = {}

    def tell(self, subject: str, fact: Fact) -> None:
        """Add a fact."""
        if subject not in self.told:
            self.told[subject] = []
            self.kinds.setdefault(kind_of(subject), []).append(subject)
        self.told[subject].append(fact)
        self.size += 1
        for cache in (self._now, self._views):
            cache.pop(subject, None)
        for _, outdated in self._every.get(kind_of(subject), {}).values():
            outdated[subject] = None

    def all(self, kind: str) -> list[str]:
        """Return the subjects of a kind, in the order in which they came."""
        return self.kinds.get(kind, [])

    def versions(self, subject: str) -> int:
        """Return how many facts a subject has."""
        return len(self.told.get(subject, ()))

    def counting(self, subject: str, known: int = FAR) -> list[Fact]:
        """Return the facts that are not voided, with corrected days, in the order told."""
        told = [fact for fact in self.told.get(subject, ()) if fact.pos < known]
        voided = {f.data["target"] for f in told if f.name == VOIDED}
        days = {f.data["target"]: f.data["to"] for f in told if f.name == REDATED}
        return [
            f._replace(on=days[f.version]) if f.version in days else f
            for f in told
            if not f.corrects and f.version not in voided
        ]

    def facts(self, subject: str, on: date | None = None, known: int = FAR) -> Told:
        """Return what is in force on a day, as known below a position, in the order of effect."""
        if known != FAR:
            return _until(sorted(self.counting(subject, known), key=_effect), on)
        if subject not in self._now:
            self._now[subject] = Told(sorted(self.counting(subject), key=_effect))
        return self._now[subject] if on is None else _until(self._now[subject], on)

    def view(
        self,
        read: Callable[[Told], View],
        subject: str | None,
        on: date | None = None,
        known: int = FAR,
    ) -> View:
        """Return what facts add up to; the same question is answered once."""
        views = self._views.setdefault(subject or "", {})
        key = (read, on, known)
        if key not in views:
            views[key] = read(self.facts(subject or "", on, known))
        found: View = views[key]
        return found

    def every(self, kind: str, read: Callable[[Told], View]) -> list[tuple[str, View]]:
        """Return all subjects of a kind with what they add up to."""
        views, outdated = self._every.setdefault(kind, {}).setdefault(
            read, ({}, dict.fromkeys(self.all(kind)))
        )
        for subject in outdated:
            views[subject] = self.view(read, subject)
        outdated.clear()
        return list(views.items())


def kind_of(subject: str) -> str:
    """Return the kind of a subject."""
    return subject.partition(":")[0]


def _effect(fact: Fact) -> tuple[date, int]:
    return fact.on, fact.pos


def _until(facts: Iterable[Fact], on: date | None) -> Told:
    return Told(fact for fact in facts if on is None or fact.on <= on)
