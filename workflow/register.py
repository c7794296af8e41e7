"""The register: the only door through which entries come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import islice
from threading import local
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from domain.candidate import Candidate, fold
from domain.candidate_events import CandidateDiscovered, ReReviewRequired
from domain.entry import Entry
from domain.faults import Conflict, Interrupted
from domain.history import as_of
from domain.office import Office, held_by
from domain.refusals import REFUSALS, CommandRefused
from domain.subjects import KINDS, kind_of
from domain.unit import Unit
from domain.upkeep import UPKEEP, RegisterRestored, UpkeepEvent
from domain.values import Basis, Private, Role, Secret, new_id
from workflow import commands as asked
from workflow.case import Case
from workflow.decide import Decision, decide, examine
from workflow.needs import PREDICATES, Finding
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
    Outdated,
    Refusal,
    UnknownSubject,
)
from workflow.rules import BadRuleSet, RuleBook, RuleSet
from workflow.store import Ledger, Moment
from workflow.world import KEPT, Kept, Seen, confirmed

HERE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
BATCH: Final = 200  # rows of an older register that are appended together
KEPT_REFUSALS: Final = (NotPermitted, MoveNotAllowed, NeedsUnmet, UnknownSubject)
CIRCUMSTANCES: Final = ("permission", "second-person", "after-last-change", "not-in-future")


@dataclass(frozen=True)
class Receipt:
    """What a command recorded. `repeated` means it had been recorded before."""

    subject: str
    entries: tuple[Entry, ...]
    repeated: bool = False

    @property
    def last(self) -> int:
        """Return the position of the last entry."""
        return self.entries[-1].position


@dataclass(frozen=True)
class Request:
    """A command and its circumstances: about whom, by whom, from when, on what basis."""

    command: asked.Command
    actor: str
    subject: str | None = None
    effective_on: date | None = None
    basis: tuple[Basis, ...] = ()
    command_id: str | None = None
    seen: int | None = None


@dataclass(frozen=True)
class Readiness:
    """What a candidate has, and lacks, for the next stage."""

    to: str
    findings: tuple[Finding, ...]

    @property
    def met(self) -> int:
        """Return how many needs are met."""
        return sum(finding.met for finding in self.findings)


class Register:
    """Decides on commands and records what follows. One per process and ledger."""

    def __init__(self, ledger: Ledger, rules: RuleBook, clock: Callable[[], datetime]) -> None:
        """Join a ledger, the rule sets and a clock. Raises BadRuleSet."""
        for rule_set in rules.every:
            for need in rule_set.text.needs:
                if need not in PREDICATES and need not in ("permission", "second-person"):
                    raise BadRuleSet(rule_set.text.id, f"needs.{need}", "nothing can answer it")
        self.ledger, self.rules, self.clock = ledger, rules, clock
        self._kept, self._own = Kept(), local()

    def today(self) -> date:
        """Return the day in Vietnam."""
        return self.clock().astimezone(HERE).date()

    def submit(self, request: Request) -> Receipt:
        """Decide on a request and record what follows. Raises a Refusal, which is recorded too."""
        command_id = request.command_id or str(uuid4())
        subject = request.subject or new_id(asked.kinds(request.command)[0])
        try:
            return self._race(request, subject, command_id)
        except Refusal as refusal:
            if repeated := self._repeated(command_id):  # the same, sent twice at once
                return repeated
            if isinstance(refusal, KEPT_REFUSALS):
                self._keep(refusal, request, subject, command_id)
            raise

    def _race(self, request: Request, subject: str, command_id: str) -> Receipt:
        """Decide without holding anybody up; if somebody else was first, decide in turn."""
        try:
            return self._submit(request, subject, command_id)
        except (Conflict, Interrupted):
            with self.ledger.transaction():  # nobody can be first again, and all is settled
                return self._submit(request, subject, command_id)

    def _repeated(self, command_id: str) -> Receipt | None:
        before = self.ledger.answered(command_id)
        return _receipt(before, repeated=True) if before else None

    def _submit(self, request: Request, subject: str, command_id: str) -> Receipt:
        seen, world = self._look(subject if request.subject else "", command_id)
        if seen.answered:
            return _receipt(seen.answered, repeated=True)
        case = self._case(request, subject, seen.entries, world)
        decision = decide(case, request.command)
        entries = self._entries(request, case, decision, command_id)
        secrets = secrets_of(request.command, case)
        with self.ledger.transaction(seen):
            stands = self.ledger.stands(seen)
            if not stands and (repeated := self._repeated(command_id)):  # a moment ago
                return repeated
            recorded = self.ledger.append(entries, secrets, None if stands else world.reading())
            if isinstance(request.command, asked.ErasePersonalData):
                self.ledger.erase(subject)
        return _receipt(recorded)

    def attest(self, requests: Iterable[Request]) -> int:
        """Record rows of an older register, all in one transaction; return the entries made."""
        made, rows = 0, iter(requests)
        with self.ledger.transaction():
            while batch := list(islice(rows, BATCH)):
                made += self._attest(batch)
        return made

    def _attest(self, requests: Sequence[Request]) -> int:
        entries: dict[str, list[Entry]] = {}
        secrets: list[Secret] = []
        house = self._look()[1]  # rows add candidates, and nothing that a row rests on
        for request in requests:
            case = self._case(request, new_id("candidate"), (), house)
            decision = decide(case, request.command)
            assert request.command_id, "a row's command id says which row it is"
            if request.command_id not in entries and not self._repeated(request.command_id):
                made = self._entries(request, case, decision, request.command_id)
                entries[request.command_id] = made
                secrets += secrets_of(request.command, case)
        if entries:
            self.ledger.append([entry for made in entries.values() for entry in made], secrets)
        return sum(map(len, entries.values()))

    def why(self, request: Request) -> tuple[Finding, ...]:
        """Return what every need of a request answers now. Raises MoveNotAllowed."""
        case = self.case(request, request.subject or "")
        return examine(case, request.command)[1]

    def readiness(
        self, subjects: Sequence[str], on: date, known: int | None = None
    ) -> dict[str, Readiness]:
        """Return for each open candidate what the next stage asks for, whoever decides."""
        found, kept = {}, self._look()[1].kept
        for subject, entries in self.ledger.entries_of(subjects).items():
            believed = as_of(entries, on, known)
            candidate = fold(believed)
            state = candidate.standing.state
            rules = self.pinned(believed) if state else None
            if rules and state and rules.move("advance", state):
                world = Seen(kept, self.ledger, on, known)
                case = Case(
                    subject, "", {}, rules, on, on, world, state=candidate, entries=believed
                )
                looked_at = examine(case, asked.AdvanceStage())[1]
                needs = tuple(f for f in looked_at if f.need not in CIRCUMSTANCES)
                found[subject] = Readiness(rules.destination("advance", state), needs)
        return found

    def case(self, request: Request, subject: str) -> Case:
        """Return all that a decision on a request may look at. Raises UnknownSubject."""
        seen, world = self._look(subject if request.subject else "")
        return self._case(request, subject, seen.entries, world)

    def _case(self, request: Request, subject: str, entries: Sequence[Entry], world: Seen) -> Case:
        today = self.today()
        effective_on = request.effective_on or today
        _check_seen(request, subject, entries)
        state, rules = None, self._in_force(request.command, effective_on, world)
        if entries and kind_of(subject) in KINDS:
            believed = as_of(entries)
            state = KINDS[kind_of(subject)].fold(believed)
            pinned = self.pinned(believed) if isinstance(state, Candidate) else rules
            rules = pinned if pinned.knows(asked.name_of(type(request.command))) else rules
        return Case(
            subject=subject,
            actor=request.actor,
            offices=world.offices_of(request.actor, today),
            rules=rules,
            today=today,
            effective_on=effective_on,
            world=world,
            basis=request.basis,
            state=state,
            entries=entries,
            unfounded=world.unfounded,
            drafts=self.rules.drafts,
        )

    def in_force(self, day: date) -> RuleSet:
        """Return the rule set that what is new on a day is judged by."""
        return self.rules.on(day, confirmed(self._look()[1]))

    def _in_force(self, command: asked.Command, effective_on: date, world: Seen) -> RuleSet:
        return self.rules.on(_reception(command, effective_on), confirmed(world))

    def candidate(
        self, subject: str, on: date | None = None, known: int | None = None
    ) -> Candidate:
        """Return a candidate as in force on a day, as known at a position."""
        return fold(as_of(self.ledger.entries(subject), on, known))

    def units(self, on: date | None = None) -> Mapping[str, Unit]:
        """Return every unit, by id, as in force on a day."""
        return self.all("unit", on)

    def offices(self) -> Mapping[str, Office]:
        """Return every office, by id, with its dates."""
        return self.all("office")

    def all(
        self, kind: str, on: date | None = None, known: int | None = None
    ) -> Mapping[str, Any]:
        """Return every subject of a kind that is kept, by id, as of a day and a position."""
        kept = self._look()[1].kept
        if on is None and known is None:
            return kept.states.get(kind, MappingProxyType({}))
        return kept.all_as_of(kind, on, known)

    def _look(self, subject: str = "", command_id: str = "") -> tuple[Moment, Seen]:
        """Return what the log tells a command, and the world at that moment.

        Threads share what is kept and settled; what a transaction adds is its own thread's,
        for it may yet be undone.
        """
        within = self.ledger.within
        ours = within is not None and within is getattr(self._own, "within", None)
        kept: Kept = self._own.kept if ours else self._kept
        seen = self.ledger.look(subject, command_id, KEPT, kept.size)
        kept = kept.after(seen.size, seen.news)
        if within is None:
            self._kept = kept
        else:
            self._own.within, self._own.kept = within, kept
        return seen, Seen(kept, self.ledger)

    def pinned(self, believed: Sequence[Entry]) -> RuleSet:
        """Return the rule set a candidate was received under."""
        found = [e for e in believed if isinstance(e.event, CandidateDiscovered)]
        if not found:
            raise UnknownSubject(believed[0].subject if believed else "candidate")
        name = found[0].rule_set or ""
        cited = self.rules.cited(name)
        if cited is None:
            raise InvalidCommand("rule_set", f"{name} is not among the rule sets in use")
        return cited

    def _entries(
        self, request: Request, case: Case, decision: Decision, command_id: str
    ) -> list[Entry]:
        versions = {case.subject: len(case.entries)}
        entries = []
        for decided in decision.decided:
            version = versions.get(decided.subject, decided.after) + 1
            versions[decided.subject] = version
            entries.append(
                Entry(
                    subject=decided.subject,
                    version=version,
                    effective_on=decided.on or case.effective_on,
                    actor=case.actor,
                    acting_as=decision.acting_as,
                    command_id=command_id,
                    rule_set=case.rules.name,
                    event=decided.event,
                    basis=case.basis,
                )
            )
        return entries

    def _keep(self, refusal: Refusal, request: Request, subject: str, command_id: str) -> None:
        """Record that something was refused: who asked what, and which needs were unmet."""
        kind = asked.kinds(request.command)[0]
        event = CommandRefused(
            command=asked.name_of(type(request.command)),
            about=subject if self.ledger.version(subject) else kind,  # never unchecked text
            refusal=type(refusal).__name__,
            unmet=tuple(f.need for f in refusal.unmet),
        )
        self._note(REFUSALS, event, request.actor)

    def administers(self, actor: str, what: str) -> str:
        """Return the office by which a person looks after the register. Raises NotPermitted."""
        held = held_by(self.offices(), actor, self.today()).items()
        for id, held_office in held:
            if held_office.role is Role.ADMINISTRATOR:
                return id
        raise NotPermitted(what, Role.ADMINISTRATOR)

    def upkeep(self, event: UpkeepEvent, actor: str, reason: Private | None = None) -> Entry:
        """Record what was done to the register as a whole. Raises NotPermitted."""
        restored = isinstance(event, RegisterRestored)
        office = self.administers(actor, "restore-register" if restored else "replace-key")
        secrets = [Secret(UPKEEP, reason)] if reason else []
        return self._note(UPKEEP, event, actor, office, secrets)

    def _note(
        self,
        subject: str,
        event: CommandRefused | UpkeepEvent,
        actor: str,
        acting_as: str | None = None,
        secrets: Sequence[Secret] = (),
    ) -> Entry:
        """Record an entry that no command of the rules leads to."""
        with self.ledger.transaction():
            entry = Entry(
                subject=subject,
                version=self.ledger.version(subject) + 1,
                effective_on=self.today(),
                actor=actor,
                acting_as=acting_as,
                command_id=str(uuid4()),
                rule_set=None,
                event=event,
            )
            return self.ledger.append([entry], secrets)[0]


def _receipt(entries: Sequence[Entry], *, repeated: bool = False) -> Receipt:
    own = [e for e in entries if not isinstance(e.event, ReReviewRequired)]
    return Receipt(own[-1].subject, tuple(entries), repeated)


def secrets_of(command: asked.Command, case: Case) -> list[Secret]:
    """Return the private content of a command, each with its owner."""
    owner = case.candidate.person or case.subject
    if isinstance(command, asked.DiscoverCandidate | asked.AttestCandidate):
        owner = case.new_person if command.kind == "individual" else case.subject
    elif isinstance(command, asked.FoundRegister):
        owner = case.actor
    values = (getattr(command, f.name) for f in fields(command))
    return [Secret(owner, value) for value in values if isinstance(value, Private)]


def _reception(command: asked.Command, effective_on: date) -> date:
    return command.discovered_on if isinstance(command, asked.AttestCandidate) else effective_on


def _check_seen(request: Request, subject: str, entries: Sequence[Entry]) -> None:
    command, kind = request.command, kind_of(subject)
    known = bool(entries) or type(command) in asked.BEGINS
    if not known or (request.subject and kind not in asked.kinds(command)):
        raise UnknownSubject(subject)
    if entries and type(command) in asked.BEGINS and not isinstance(command, asked.AGAIN):
        raise InvalidCommand("subject", "is already in the register")
    if request.seen is not None and request.seen != len(entries):
        raise Outdated(request.seen, len(entries))
