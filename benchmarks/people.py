"""A register of invented people, the same for the same seed: lives of about ten entries each.

Some facts are told late, some days are corrected and some entries voided, thousands of entries
after they were recorded, as in a real department.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Final

from domain import candidate_events as happened
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.events import Event
from domain.office import OfficeGranted
from domain.person import PersonDescribed
from domain.unit import UnitRegistered
from domain.values import (
    CandidateKind,
    PersonKind,
    PriorityGroup,
    Private,
    Rating,
    Role,
    Secret,
    Stage,
    Title,
    UnitKind,
)
from workflow.rules import load_all

FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vi", "Lương", "Nông", "Đinh", "Bế")
MIDDLES: Final = ("Thị", "Văn", "Hữu", "Ngọc", "Minh", "Thanh", "Đức", "Kim", "Xuân", "Quang")
GIVENS: Final = ("Sen", "Hòa", "Lan", "Tuấn", "Đào", "Ân", "Ước", "Dũng", "Nghĩa", "Ảnh", "Mỵ")
PLACES: Final = ("Chi Lăng", "Bắc Sơn", "Lộc Bình", "Tràng Định", "Văn Quan", "Hữu Lũng")
FIRST_DAY: Final = date(2021, 1, 4)
UNITS: Final = 15
LATE: Final = 5  # batches between an entry and its correction

Told = tuple[list[Entry], list[Secret]]
Fact = tuple[Event, date]


@dataclass
class People:
    """Makes entries and the secrets they seal."""

    random: Random
    rule_set: str
    units: list[str] = field(default_factory=list)
    officer: str = ""
    office: str = ""
    command: str = "found"

    def id(self, kind: str) -> str:
        return f"{kind}:{self.random.getrandbits(64):016x}"

    def private(self, **content: str | int) -> Private:
        id = f"{self.random.getrandbits(96):024x}"
        return Private(content, self.random.randbytes(16), id)

    def entry(self, subject: str, version: int, fact: Fact) -> Entry:
        event, on = fact
        by, rules = (self.officer, self.office), self.rule_set
        return Entry(subject, version, on, *by, self.command, rules, event)

    def entries(self, subject: str, facts: list[Fact]) -> list[Entry]:
        return [self.entry(subject, at + 1, fact) for at, fact in enumerate(facts)]

    def name(self) -> str:
        pick = self.random.choice
        return f"{pick(FAMILIES)} {pick(MIDDLES)} {pick(GIVENS)}"

    def founded(self) -> list[Entry]:
        """Return the entries of an officer and of fifteen units."""
        self.officer, self.office = self.id("person"), self.id("office")
        granted = OfficeGranted(self.officer, Role.OFFICER)
        entries = self.entries(self.office, [(granted, FIRST_DAY)])
        self.units = [self.id("unit") for _ in range(UNITS)]
        for at, unit in enumerate(self.units):
            registered = UnitRegistered(f"Chi cục số {at + 1}", UnitKind.SUB_DEPARTMENT)
            entries += self.entries(unit, [(registered, FIRST_DAY)])
        return entries

    def candidate(self) -> Told:
        """Return a candidate's life so far, and the person's own entry, as of one command."""
        self.command = self.id("row")
        kind = self.random.choices(list(CandidateKind), (60, 25, 15))[0]
        subject, on = self.id("candidate"), FIRST_DAY + timedelta(self.random.randrange(1500))
        who = self.private(name=self.name(), birth_year=1960 + self.random.randrange(40))
        what = self.private(place=self.random.choice(PLACES), achievement=f"Sáng kiến {on}")
        if kind is not CandidateKind.INDIVIDUAL:
            facts = self.life(happened.CandidateDiscovered(kind, self.unit()), what, who, on)
            return self.entries(subject, facts), [Secret(subject, who), Secret(subject, what)]
        person = self.id("person")
        described = self.entries(person, [(PersonDescribed(who.sealed()), on)])
        found = happened.CandidateDiscovered(kind, self.unit(), person)
        entries = described + self.entries(subject, self.life(found, what, None, on))
        return entries, [Secret(person, who), Secret(subject, what)]

    def unit(self) -> str:
        return self.random.choice(self.units)

    def life(
        self, found: happened.CandidateDiscovered, what: Private, name: Private | None, on: date
    ) -> list[Fact]:
        """Return what happens to a candidate, some of it told late."""
        pick, years = self.random.choice, (on.year, on.year + 1)
        kind = pick(list(PersonKind)) if found.person else None
        groups = tuple(self.random.sample(list(PriorityGroup), self.random.randrange(3)))
        described = happened.CandidateDescribed(
            what.sealed(), name.sealed() if name else None, kind, groups
        )
        course: list[tuple[Event, int, float]] = [  # what, days later, how often
            (happened.PeerAcclaimRecorded(f"BB {self.random.randrange(90)}"), 15, 0.95),
            (happened.CandidateEndorsed(found.unit), 3, 0.95),
            (happened.StageAdvanced(Stage.NURTURE), 20, 0.9),
            (happened.RatingRecorded(pick(list(Rating)), years[0]), 60, 1),
            (happened.TitleRecorded(pick(list(Title)), years[0]), 5, 1),
            (happened.TitleRecorded(pick(list(Title)), years[1]), 250, 1),
            (happened.StageAdvanced(Stage.SUMMARIZE), 60, 0.7),
            (happened.ExemplarRecognized("12/QĐ-SNN"), 90, 0.8),
            (happened.StageAdvanced(Stage.REPLICATE), 1, 0.95),
            (happened.CandidacyCompleted(), 200, 0.4),
        ]
        facts: list[Fact] = [(found, on), (described, on)]
        for event, days, often in course:
            if self.random.random() > often and not isinstance(event, happened.TitleRecorded):
                break
            on += timedelta(days)
            facts.append((event, on))
        if self.random.random() < 0.08 and len(facts) > 4:
            facts.append(facts.pop(-2))
        return facts

    def correction(self, entries: list[Entry]) -> Told | None:
        """Return a correction of a life's last entry, for one in twelve."""
        chance, last = self.random.random(), entries[-1]
        reason = self.private(text="Ghi nhầm")
        self.command = self.id("correction")
        if chance > 0.08 or last.version < 4:
            return None
        voided = EntryVoided(last.version, reason.sealed())
        on = last.effective_on - timedelta(9)
        moved = EffectiveDateCorrected(last.version, on, reason.sealed())
        fact = (voided if chance < 0.03 else moved, last.effective_on)
        corrected = self.entry(last.subject, last.version + 1, fact)
        return [corrected], [Secret(last.subject, reason)]


def batches(candidates: int, seed: int = 2025, size: int = 500) -> Iterator[Told]:
    """Yield entries and secrets of a new register with so many candidates, batch by batch."""
    people = People(Random(seed), load_all().sets[0].name)
    yield people.founded(), []
    late: list[list[Told]] = []
    lives = (people.candidate() for _ in range(candidates))
    while batch := list(islice(lives, size)):
        late.append([c for told, _ in batch if (c := people.correction(told))])
        yield _joined([*batch, *(late.pop(0) if len(late) > LATE else [])])
    yield _joined([correction for due in late for correction in due])


def _joined(told: list[Told]) -> Told:
    return [e for entries, _ in told for e in entries], [s for _, kept in told for s in kept]


def fill(append: Callable[[list[Entry], list[Secret]], object], candidates: int) -> int:
    """Append a register of so many candidates; return how many entries that is."""
    made = 0
    for entries, secrets in batches(candidates):
        append(entries, secrets)
        made += len(entries)
    return made
