"""The register: the only door through which entries come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from domain.batch import BATCHES, BatchRecorded, item_id
from domain.candidate import Candidate, fold
from domain.candidate_events import CandidateDiscovered
from domain.entry import Entry
from domain.faults import Conflict, Interrupted
from domain.history import as_of
from domain.office import Office
from domain.refusals import REFUSALS, CommandRefused
from domain.subjects import KINDS, kind_of
from domain.unit import Unit
from domain.upkeep import UPKEEP, UpkeepEvent
from domain.values import Private, Secret, new_id
from workflow import commands as asked
from workflow.batch import Ahead, Batch, Judged, check, judge, recorded
from workflow.case import Case, Remade
from workflow.decide import Decision, decide, examine
from workflow.needs import PREDICATES, Finding
from workflow.readiness import Readiness, readiness
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
    Refusal,
    UnknownSubject,
)
from workflow.requests import Receipt as Receipt
from workflow.requests import Request as Request
from workflow.requests import check_seen, receipt, reception, secrets_of
from workflow.rule_checks import BadRuleSet
from workflow.rules import RuleBook, RuleSet
from workflow.sight import Sight
from workflow.store import Ledger
from workflow.upkeep import ADMINISTRATORS, DONE_BY, office_for
from workflow.world import Seen, confirmed

HERE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
BATCH: Final = 200  # rows of an older register that are appended together
KEPT_REFUSALS: Final = (NotPermitted, MoveNotAllowed, NeedsUnmet, UnknownSubject)


class Register:
    """Decides on commands and records what follows. One per process and ledger."""

    def __init__(
        self,
        ledger: Ledger,
        rules: RuleBook,
        clock: Callable[[], datetime],
        remaking: Callable[[Register], Remade] = lambda _register: lambda _draft: None,
    ) -> None:
        """Join a ledger, the rule sets, a clock, who makes reports again. Raises BadRuleSet."""
        for rule_set in rules.every:
            for need in rule_set.text.needs:
                if need not in PREDICATES and need not in ("permission", "second-person"):
                    raise BadRuleSet(rule_set.text.id, f"needs.{need}", "nothing can answer it")
        self.ledger, self.rules, self.clock = ledger, rules, clock
        self._sight, self.remade = Sight(ledger), remaking(self)

    def still(self) -> AbstractContextManager[None]:
        """Answer what is asked inside from one look at the log, until this thread records."""
        return self._sight.still()

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
        """Decide without holding up another process; if that was first, hold it up and decide."""
        with self.ledger.turn:
            try:
                return self._submit(request, subject, command_id)
            except (Conflict, Interrupted):
                with self._sight.recording():  # nobody can be first again, and all is settled
                    return self._submit(request, subject, command_id)

    def _repeated(self, command_id: str) -> Receipt | None:
        before = self.ledger.answered(command_id)
        return receipt(before, repeated=True) if before else None

    def _submit(self, request: Request, subject: str, command_id: str) -> Receipt:
        seen, world = self._sight.look(subject if request.subject else "", command_id)
        if seen.answered:
            return receipt(seen.answered, repeated=True)
        case = self._case(request, subject, seen.entries, world)
        decision = decide(case, request.command)
        entries = self._entries(request, case, decision, command_id)
        secrets = secrets_of(request.command, case)
        with self._sight.recording(seen):
            stands = self.ledger.stands(seen)
            if not stands and (repeated := self._repeated(command_id)):  # a moment ago
                return repeated
            recorded = self.ledger.append(entries, secrets, None if stands else world.reading())
            if isinstance(request.command, asked.ErasePersonalData | asked.DestroyComplaint):
                self.ledger.erase(subject)
        return receipt(recorded)

    def open_identity(self, request: Request) -> Mapping[str, Any] | None:
        """Record that somebody opens whom a complaint comes from, and return it that once."""
        assert isinstance(request.command, asked.OpenIdentity)
        made = self.submit(request)
        sender = None if made.repeated else self.all("complaint")[made.subject].sender
        return self.ledger.identity(sender) if sender else None

    def preview(self, batch: Batch) -> tuple[Judged, ...]:
        """Return what would become of each item of a batch now. Raises InvalidCommand."""
        return tuple(judge(batch, self._ahead(batch), self._one))

    def submit_batch(self, batch: Batch) -> Receipt:
        """Decide on each item; record what is allowed, what is refused, and the batch itself.

        All of it in one transaction; the last entry tells what became of each item. The same
        batch twice is recorded once and answers the same. Raises InvalidCommand.
        """
        try:
            return self._repeated(batch.command_id) or self._batch(batch)
        except (Conflict, Interrupted):
            with self._sight.recording():  # nobody can be first again, and all is settled
                return self._repeated(batch.command_id) or self._batch(batch)

    def _batch(self, batch: Batch) -> Receipt:
        ahead = self._ahead(batch)
        judged = list(judge(batch, ahead, self._one))
        secrets = [secret for one in judged for secret in one.secrets]
        with self._sight.recording():
            made = [entry for one in judged for entry in one.entries]
            made += self._refusals(batch, judged)
            about = {"actor": batch.requests[0].actor, "command_id": batch.command_id}
            made.append(self._noted(BATCHES, recorded(judged), **about))
            return receipt(self.ledger.append(made, secrets, ahead.reading()))

    def _ahead(self, batch: Batch) -> Ahead:
        kept = self._sight.look()[1].kept
        check(batch, self.in_force(self.today()))
        return Ahead(kept, self.ledger)

    def _one(
        self, request: Request, ahead: Ahead, command_id: str
    ) -> tuple[Sequence[Entry], Sequence[Secret]]:
        """Return what one item of a batch records, with its secrets. Raises a Refusal."""
        if self._repeated(command_id):
            raise InvalidCommand("items", "was recorded before")
        subject = request.subject or ""
        case = self._case(request, subject, ahead.entries(subject), ahead.world())
        decision = decide(case, request.command)
        entries = self._entries(request, case, decision, command_id)
        return entries, secrets_of(request.command, case)

    def _refusals(self, batch: Batch, judged: Sequence[Judged]) -> list[Entry]:
        """Return what is kept of the items that were refused, each under its own id."""
        made: list[Entry] = []
        for at, one in enumerate(judged):
            if isinstance(one.refusal, KEPT_REFUSALS):
                event = self._refused(one.refusal, one.request, one.request.subject or "")
                told = self._noted(
                    REFUSALS, event, one.request.actor, item_id(batch.command_id, at)
                )
                made.append(told._replace(version=told.version + len(made)))
        return made

    def attest(self, requests: Iterable[Request]) -> int:
        """Record rows of an older register, all in one transaction; return the entries made."""
        made, rows = 0, iter(requests)
        with self._sight.recording():
            while batch := list(islice(rows, BATCH)):
                made += self._attest(batch)
        return made

    def _attest(self, requests: Sequence[Request]) -> int:
        entries: dict[str, list[Entry]] = {}
        secrets: list[Secret] = []
        house = self._sight.look()[1]  # rows add candidates, and nothing that a row rests on
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

    def told(self) -> dict[Any, Any]:
        """Return what was worked out from this log and nothing else, to look up and to add to."""
        return self._sight.told(self._sight.look()[0].size)

    def readiness(
        self, subjects: Sequence[str], on: date, known: int | None = None
    ) -> dict[str, Readiness]:
        """Return for each open candidate what the next stage asks for, whoever decides."""
        seen, world = self._sight.look()
        told = self._sight.told(seen.size)
        news = [subject for subject in subjects if (subject, on, known) not in told]
        here = Seen(world.kept, self.ledger, on, known)
        shared = {"looked_up": {}, "judged": told.setdefault((on, known), {})}
        for subject, entries in self.ledger.entries_of(news).items() if news else ():
            believed = as_of(entries, on, known)
            state = fold(believed)
            rules = self.pinned(believed) if state.standing.state else None
            about = {"state": state, "entries": believed, **shared}
            case = Case(subject, "", {}, rules, on, on, here, **about) if rules else None
            told[subject, on, known] = readiness(case) if case else None
        return {one: ready for one in subjects if (ready := told.get((one, on, known)))}

    def case(self, request: Request, subject: str) -> Case:
        """Return all that a decision on a request may look at. Raises UnknownSubject."""
        seen, world = self._sight.look(subject if request.subject else "")
        return self._case(request, subject, seen.entries, world)

    def _case(self, request: Request, subject: str, entries: Sequence[Entry], world: Seen) -> Case:
        today = self.today()
        effective_on = request.effective_on or today
        check_seen(request, subject, entries)
        state, rules = None, self._in_force(request.command, effective_on, world)
        if entries and kind_of(subject) in KINDS:
            believed = as_of(entries)
            state = KINDS[kind_of(subject)].fold(believed)
            pinned = self.pinned(believed) if isinstance(state, Candidate) else rules
            rules = pinned if pinned.knows(asked.name_of(type(request.command))) else rules
        offices = world.offices_of(request.actor, today)
        if request.office:
            offices = {id: held for id, held in offices.items() if id == request.office}
        return Case(
            subject=subject,
            actor=request.actor,
            offices=offices,
            rules=rules,
            today=today,
            effective_on=effective_on,
            world=world,
            basis=request.basis,
            state=state,
            entries=entries,
            unfounded=world.unfounded,
            drafts=self.rules.drafts,
            signs=request.signs,
            remade=self.remade,
        )

    def in_force(self, day: date) -> RuleSet:
        """Return the rule set that what is new on a day is judged by."""
        return self.rules.on(day, confirmed(self._sight.look()[1]))

    def _in_force(self, command: asked.Command, effective_on: date, world: Seen) -> RuleSet:
        return self.rules.on(reception(command, effective_on), confirmed(world))

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
        kept = self._sight.look()[1].kept
        if on is None and known is None:
            return kept.states.get(kind, MappingProxyType({}))
        return kept.all_as_of(kind, on, known)

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
        with self._sight.recording():
            event = self._refused(refusal, request, subject)
            self.ledger.append([self._noted(REFUSALS, event, request.actor)])

    def _refused(self, refusal: Refusal, request: Request, subject: str) -> CommandRefused:
        kind = asked.kinds(request.command)[0]
        return CommandRefused(
            command=asked.name_of(type(request.command)),
            about=subject if self.ledger.version(subject) else kind,  # never unchecked text
            refusal=type(refusal).__name__,
            unmet=tuple(f.need for f in refusal.unmet),
        )

    def administers(self, actor: str, what: str) -> str:
        """Return the office by which a person looks after the register. Raises NotPermitted."""
        return office_for(self.offices(), actor, self.today(), what, ADMINISTRATORS)

    def upkeep(self, event: UpkeepEvent, actor: str, reason: Private | None = None) -> Entry:
        """Record what was done to the register as a whole. Raises NotPermitted."""
        office = office_for(self.offices(), actor, self.today(), *DONE_BY[type(event)])
        secrets = [Secret(UPKEEP, reason)] if reason else []
        with self._sight.recording():
            entry = self._noted(UPKEEP, event, actor, acting_as=office)
            return self.ledger.append([entry], secrets)[0]

    def _noted(
        self,
        subject: str,
        event: BatchRecorded | CommandRefused | UpkeepEvent,
        actor: str,
        command_id: str | None = None,
        acting_as: str | None = None,
    ) -> Entry:
        """Return an entry that no command of the rules leads to, inside a transaction."""
        return Entry(
            subject=subject,
            version=self.ledger.version(subject) + 1,
            effective_on=self.today(),
            actor=actor,
            acting_as=acting_as,
            command_id=command_id or str(uuid4()),
            rule_set=None,
            event=event,
        )
