"""What a walk chooses from: people, units, days, and whatever there is in the register."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from walk.annals import Annals
from walk.regime import Regime, on
from walk.views import Candidate, Office, Session, Unit

One = TypeVar("One")
DAY = timedelta(days=1)
CAST = {
    "administrator": ("person:admin-1", "person:admin-2"),
    "officer": ("person:officer-1", "person:officer-2", "person:officer-3"),
    "unit-head": ("person:head-1", "person:head-2", "person:head-3"),
    "reviewer": ("person:reviewer-1", "person:reviewer-2", "person:reviewer-3"),
    "standing-body": ("person:standing-1", "person:standing-2", "person:standing-3"),
    "director": ("person:director-1", "person:director-2"),
    "council": ("person:member-1", "person:member-2", "person:member-3"),
    "auditor": ("person:auditor-1",),
}
STAFF = tuple(person for people in CAST.values() for person in people)
MEMBERS = (*(f"person:member-{n}" for n in range(1, 7)), "person:director-1")
FILE = "ab" * 32


class Pools:
    """A source of chance, and the register as it is known to the model."""

    def __init__(self, rng: Random, annals: Annals, sets: list[Regime], today: date) -> None:
        self.rng, self.annals, self.sets, self.today = rng, annals, sets, today
        self.made = 0

    def chance(self, share: float) -> bool:
        """Return true so many times of one."""
        return self.rng.random() < share

    def pick(self, *choices: One) -> One:
        """Return one of these."""
        return self.rng.choice(choices)

    def some(self, choices: Any, most: int = 3) -> list[Any]:
        """Return a few of these, each once."""
        all_ = list(choices)
        return self.rng.sample(all_, min(len(all_), self.rng.randint(0, most)))

    def maybe(self, value: One, share: float = 0.5) -> One | None:
        """Return a value, or nothing."""
        return value if self.chance(share) else None

    def fresh(self, kind: str) -> str:
        """Return an id that nothing has yet."""
        self.made += 1
        return f"{kind}:{kind[0]}{self.made}"

    def one_of(self, kind: str, recent: int = 8) -> str:
        """Return a subject of a kind, a young one more often; one that is not there if none is."""
        every = self.annals.all(kind)
        if not every:
            return f"{kind}:none"
        return self.rng.choice(every[-recent:] if self.chance(0.8) else every)

    def unit(self) -> str:
        """Return a unit, of which most were not merged."""
        units = self.annals.all("unit")
        standing = [u for u in units if self.annals.view(Unit, u).merged_on is None]
        return self.rng.choice(standing if standing and self.chance(0.95) else units)

    def candidate(self, subject: str) -> Candidate:
        """Return what a candidate adds up to."""
        return self.annals.view(Candidate, subject)

    def open_candidates(self) -> list[str]:
        """Return the candidates whose file is open, youngest last."""
        return [c for c, found in self.young() if not found.outcome]

    def young(self, most: int = 40) -> list[tuple[str, Candidate]]:
        """Return the youngest candidates of which anything counts, with what they add up to."""
        every = self.annals.every("candidate", Candidate)[-most:]
        return [one for one in every if one[1].found]

    def person(self) -> str:
        """Return somebody: staff, a member, or a candidate."""
        candidates = [s for s in self.annals.all("person")[-12:] if "@" in s]
        return self.rng.choice(candidates if candidates and self.chance(0.3) else STAFF + MEMBERS)

    def holding(self, *roles: str) -> list[str]:
        """Return who holds an office in one of these roles today."""
        offices = self.annals.every("office", Office)
        held = (o for _, o in offices if o.role in roles and o.held_on(self.today))
        return list(dict.fromkeys(o.person for o in held if o.person))

    def rules(self, subject: str | None = None) -> Regime:
        """Return the rules of today, or those a candidate was received under."""
        if subject and subject.startswith("candidate:") and (c := self.candidate(subject)).found:
            name = c.found.data["_rules"] if c.found else ""
            return next((s for s in self.sets if s.name == name), self.sets[-1])
        return on(self.sets, self.today, ())

    def recently(self, most: int = 30) -> date:
        """Return a day not long ago."""
        return self.today - DAY * self.rng.randint(0, most)

    def around(self, most: int = 400) -> date:
        """Return a day before or after today."""
        return self.today + DAY * self.rng.randint(-most, most)

    def year(self) -> int:
        """Return a year that may have titles and ratings."""
        return self.today.year - self.pick(0, 0, 1, 1, 1, 2)

    def symbol(self, of: str = "QĐ") -> str:
        """Return the symbol of a document."""
        return f"{self.rng.randint(1, 30)}/{of}"

    def session(self) -> Session | None:
        """Return the youngest session."""
        sessions = self.annals.all("session")
        return self.annals.view(Session, sessions[-1]) if sessions else None
