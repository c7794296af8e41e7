"""The case: all that a decision may look at, read at one position."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from domain.candidate import Candidate
from domain.entry import Entry
from domain.events import Event
from domain.office import Office
from domain.report import ReportDrafted
from domain.subjects import state_of
from domain.unit import Unit
from domain.values import Basis, Role, new_id
from workflow.rules import RuleSet
from workflow.world import World

T = TypeVar("T")
SIGNERS: Final = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})  # what only they may is a decision
SOME: Final = (5, 40)  # subjects that are read at once, first and later: often few are wanted
PUBLIC: Final = "public"  # who speaks in nobody's name, on the public site
# What is otherwise when a report is made again of the log: nothing, or the names of its parts.
# None where nobody is at hand who can make reports.
Remade = Callable[[ReportDrafted], tuple[str, ...] | None]


@dataclass(frozen=True)
class Case:
    """One request before it is decided.

    `state` is what the subject's entries add up to now, `offices` are those the actor holds
    today, and `world` is everything else. What was `looked_up` in it, and `judged` of its units,
    may serve other cases that look at the same world.
    """

    subject: str
    actor: str
    offices: Mapping[str, Office]
    rules: RuleSet
    today: date
    effective_on: date
    world: World
    basis: tuple[Basis, ...] = ()
    state: Any = None
    entries: Sequence[Entry] = ()
    unfounded: bool = False
    drafts: frozenset[str] = frozenset()
    signs: bool = True
    remade: Remade = lambda _draft: None
    new_person: str = field(default_factory=lambda: new_id("person"))
    new_office: str = field(default_factory=lambda: new_id("office"))
    looked_up: dict[tuple[str, date | None], Any] = field(default_factory=dict, compare=False)
    judged: dict[Any, Any] = field(default_factory=dict, compare=False)

    @property
    def candidate(self) -> Candidate:
        """Return the candidate this is about; a blank one if it is about something else."""
        return self.state if isinstance(self.state, Candidate) else Candidate()

    @property
    def units(self) -> Mapping[str, Unit]:
        """Return all units."""
        return self.world.all("unit")

    def next_number(self, kind: type[Event]) -> int:
        """Return the number of a new event of a kind: none is ever given twice, voided or not."""
        return 1 + sum(isinstance(entry.event, kind) for entry in self.entries)

    def other(self, subject: str, on: date | None = None) -> Any:
        """Return another subject as in force on a day; the same question is answered once."""
        if (subject, on) not in self.looked_up:
            self.looked_up[subject, on] = state_of(subject, self.world.told(subject), on)
        return self.looked_up[subject, on]

    def once(self, about: Hashable, ask: Callable[[], T]) -> T:
        """Return what is judged of units, whichever candidate it is asked for."""
        if about not in self.judged:
            self.judged[about] = ask()
        judged: T = self.judged[about]
        return judged

    def others(self, subjects: Sequence[str], on: date | None = None) -> Iterator[Any]:
        """Yield other candidates or people as in force on a day; some are read at once."""
        at, number = 0, SOME[0]
        while some := subjects[at : at + number]:
            at, number = at + number, min(2 * number, SOME[1])
            news = [subject for subject in some if (subject, on) not in self.looked_up]
            for subject, told in self.world.told_of(news).items() if news else ():
                self.looked_up[subject, on] = state_of(subject, told, on)
            yield from (self.looked_up[subject, on] for subject in some)

    def acting_as(self, roles: Sequence[Role]) -> str | None:
        """Return the first office of the actor that has one of these roles, or None."""
        if not self.signs and SIGNERS.issuperset(roles):
            return None
        held = (id for role in roles for id, o in self.offices.items() if o.role is role)
        return next(held, None)
