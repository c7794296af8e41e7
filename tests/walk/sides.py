"""The two sides of a walk: the register and the model, asked the same and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import msgspec
from department import PAPER, Clock

from domain.batch import BatchItem, BatchRecorded
from domain.candidate import blocking, fold
from domain.entry import Entry
from domain.history import as_of
from domain.report import ReportDrafted
from domain.values import Guarded, Private, Protected, Sealed
from events_store.ledger import Ledger
from walk.annals import FAR
from walk.areas.honours import debt
from walk.areas.report import remade
from walk.asking import SECRET, Ask, telling
from walk.model import Accepted, Model, Refused
from walk.regime import Regime
from walk.views import Candidate
from walk.vocabulary import subject_kind
from workflow import commands as asked
from workflow.batch import Batch
from workflow.refusals import MoveNotAllowed, NotPermitted, Refusal
from workflow.register import Register, Request
from workflow.rules import RuleBook

FOUND = "office:@first"


def made_again(draft: ReportDrafted) -> tuple[str, ...] | None:
    """Return which figures of a report differ when it is made again, as the walk has decided."""
    same = remade(draft.template)
    return None if same is None else () if same else ("by-stage",)


class Step(NamedTuple):
    """One request, in plain words, so that it can be written down and made again."""

    today: date
    name: str
    args: dict[str, Any]
    subject: str | None
    actor: str
    command_id: str
    on: date | None = None
    paper: bool = False
    seen: int | None = None
    office: str | None = None


class Many(NamedTuple):
    """Several requests of one kind, by one person, as one act."""

    steps: tuple[Step, ...]
    command_id: str


class Disagreement(AssertionError):
    """The register and the model do not agree."""


class Sides:
    """A register and a model of it; `real` are the ids that the register made up itself."""

    def __init__(
        self, ledger: Ledger, book: RuleBook, clock: Clock, sets: Sequence[Regime],
        former: Iterable[Regime] = (),
    ) -> None:  # fmt: skip
        self.clock, self.ledger = clock, ledger
        names = {s.text.id: s.name for s in book.sets}
        for one in sets:
            one.name = names[one.id]
        self.model = Model(sets, former)
        self.go_by(book, sets)
        self.real: dict[str, str] = {}
        self.alias: dict[str, str] = {}
        self.answered: dict[str, list[Entry]] = {}

    def go_by(self, book: RuleBook, sets: Sequence[Regime]) -> None:
        """Let both sides go by these rule sets from now on, as after a new release."""
        self.book = book
        self.register = Register(self.ledger, book, self.clock, lambda _register: made_again)
        self.model.sets[:] = sets

    def ask_of(self, step: Step) -> Ask:
        """Return a step as the model is asked it."""
        subject = step.subject or f"{subject_kind(step.name)}:@{step.command_id}"
        return Ask(
            self.model.annals, step.name, step.args, subject, step.actor, step.today,
            step.on or step.today, step.paper, self.book.drafts, step.office,
        )  # fmt: skip

    def request_of(self, step: Step) -> Request:
        """Return a step as the register is asked it."""
        command = built(step.name, self._really(step.args))
        subject = step.subject and self.real.get(step.subject, step.subject)
        actor = self.real.get(step.actor, step.actor)
        basis = PAPER if step.paper else ()
        office = step.office and self.real.get(step.office, step.office)
        told = (step.on, basis, step.command_id, step.seen, office)
        return Request(command, actor, subject, *told)

    def take(self, step: Step) -> Accepted | Refused | None:
        """Ask both sides and compare the answers; None if it was answered before."""
        self.clock.set(step.today)
        repeated = self.model.commands.get(step.command_id)
        ask = self.ask_of(step)
        expected = None if repeated else self.model.predict(ask, step.seen)
        try:
            receipt = self.register.submit(self.request_of(step))
        except Refusal as refusal:
            self._refused(refusal, expected)
            assert isinstance(expected, Refused)
            expected = expected._replace(refusal=type(refusal).__name__)  # which of several
        else:
            if repeated is not None:
                _same("repeated", repeated, [e.position for e in receipt.entries])
                return None
            self._accepted(receipt.entries, expected, ask)
        assert expected is not None
        self.model.recorded(expected, ask, step.command_id)
        return expected

    def _refused(self, refusal: Refusal, expected: Accepted | Refused | None) -> None:
        told = type(refusal).__name__
        if not isinstance(expected, Refused):
            raise Disagreement(f"the register refuses: {told} {refusal.facts} {unmet(refusal)}")
        if told not in expected.refusal.split("|"):
            raise Disagreement(f"{told} {refusal.facts}, expected {expected}")
        facts = self._plainly(_facts(refusal))
        random = any(isinstance(fact, str) and ":@" in fact for fact in next(iter(expected.facts)))
        if facts not in expected.facts and not random:
            raise Disagreement(f"{told} {facts}, expected {expected.facts}")
        found = {f.need: str(f.answer) for f in refusal.findings}
        _same("needs", expected.findings, found)

    def _accepted(
        self, entries: Sequence[Entry], expected: Accepted | Refused | None, ask: Ask
    ) -> None:
        if not isinstance(expected, Accepted):
            raise Disagreement(f"the register accepts, expected {expected}")
        size = self.model.annals.size
        positions = [*range(size, size + len(expected.made))]
        _same("positions", positions, [entry.position for entry in entries])
        for made, entry in zip(expected.made, entries, strict=True):
            self._learn(made.subject, entry.subject)
            self.answered.setdefault(entry.subject, []).append(entry)
        self._learn(FOUND, entries[-1].acting_as or "") if FOUND not in self.real else None
        for made, entry in zip(expected.made, entries, strict=True):
            wanted = (made.subject, made.on or ask.on, made.name, _sorted(made.data))
            event = _sorted(self._plainly(told_of(entry.event)))
            told = self._plainly((entry.subject, entry.effective_on))
            _same("entry", wanted, (*told, type(entry.event).__name__, event))
            _same("office", expected.office, self._plainly(entry.acting_as))
            _same("rules", expected.rules, entry.rule_set)

    def take_many(self, many: Many) -> list[Accepted | Refused]:
        """Ask both sides several things at once and compare what becomes of each."""
        self.clock.set(many.steps[0].today)
        requests = tuple(map(self.request_of, many.steps))
        receipt = self.register.submit_batch(Batch(requests, many.command_id))
        entries, record = list(receipt.entries), receipt.entries[-1].event
        assert isinstance(record, BatchRecorded)
        answers: list[Accepted | Refused] = []
        refused: list[tuple[Refused, Ask]] = []
        for step, item in zip(many.steps, record.items, strict=True):
            ask = self.ask_of(step)
            answer = self.model.predict(ask, step.seen)
            if isinstance(answer, Accepted):
                made, entries = entries[: len(answer.made)], entries[len(answer.made) :]
                self._accepted(made, answer, ask)
                self.model.recorded(answer, ask, f"{many.command_id} {len(answers)}")
                _same("item", (self.model.annals.versions(ask.subject), ""), item[2:4])
            else:
                _same(
                    "item", (True, True), (item.refusal in answer.refusal, _is_why(item, answer))
                )
                answer = answer._replace(refusal=item.refusal)
                refused.append((answer, ask))
            answers.append(answer)
        for answer, ask in refused:
            self.model.recorded(answer, ask, "")
        self.model.annals.size += 1  # the record of the batch
        _same("positions", self.model.annals.size - 1, receipt.last)
        return answers

    def _learn(self, ours: str, theirs: str) -> None:
        if "@" in ours and ours not in self.real:
            self.real[ours], self.alias[theirs] = theirs, ours

    def _plainly(self, value: Any) -> Any:
        return _mapped(value, self.alias)

    def _really(self, value: Any) -> Any:
        return _mapped(value, self.real)

    def standing(
        self,
        subject: str,
        day: date | None = None,
        known: int | None = None,
        *,
        told: bool = False,
    ) -> None:
        """Compare what a candidate adds up to, by what is kept, or by what was answered so far."""
        id = self.real.get(subject, subject)
        answered = told and fold(as_of(self.answered[id]))
        theirs = answered or self.register.candidate(id, day, known)
        facts = self.model.annals.facts(subject, day, FAR if known is None else known)
        ours, stands = Candidate(facts), theirs.standing
        recognition, last = theirs.recognition, theirs.last_change
        found = (
            stands.state, stands.suspended, self._plainly(stands.unit), stands.kind,
            stands.person_kind,
            tuple(stands.priority), recognition and recognition.position, last and last.position,
            set(map(blocking, theirs.blocks)), len(theirs.re_reviews),
            {f.position for f in theirs.titles}, {f.position for f in theirs.untitled},
            theirs.recovery.outstanding,
        )  # fmt: skip
        wanted = (
            ours.state, ours.suspended, ours.unit, ours.kind, ours.person_kind,
            tuple(ours.priority), ours.recognition and ours.recognition.pos,
            ours.last_change and ours.last_change.pos,
            {(ground, of and self.real.get(of, of)) for ground, of in ours.blocks},
            len(ours.re_reviews), {f.pos for f in ours.titles}, {f.pos for f in ours.taken},
            debt(facts).left,
        )  # fmt: skip
        _same(f"{subject} on {day} at {known}", wanted, found)


def _is_why(item: BatchItem, answer: Refused) -> bool:
    """Return whether the record of a batch says of a refusal which needs, or which field."""
    fields = [(f"invalid-{fact[1]}",) for fact in answer.facts if fact[0] == "InvalidCommand"]
    return item.why in (fields if item.refusal == "InvalidCommand" else [answer.unmet])


def unmet(refusal: Refusal) -> list[str]:
    """Return the needs in the way."""
    return [f"{f.need}: {f.answer} {f.missing}" for f in refusal.unmet]


def _facts(refusal: Refusal) -> tuple[Any, ...]:
    name, facts = type(refusal).__name__, refusal.facts
    if isinstance(refusal, MoveNotAllowed):
        return (facts[0], facts[1], frozenset(facts[2:]))
    if isinstance(refusal, NotPermitted):
        return (facts[0], frozenset(facts[1:]))
    return (name, facts[0]) if name in ("InvalidCommand", "UnknownSubject") else facts


def _same(what: str, expected: Any, found: Any) -> None:
    if expected != found:
        raise Disagreement(f"{what}: the register says {found!r}, expected {expected!r}")


def _mapped(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple | list):
        return tuple(_mapped(one, names) for one in value)
    if isinstance(value, dict):
        return {key: _mapped(one, names) for key, one in value.items()}
    return value


def _sorted(data: dict[str, Any]) -> dict[str, Any]:
    """Return words in which an order that goes by ids, and the hash of minutes, do not count."""
    told = {k: v for k, v in data.items() if k != "content"}
    return {k: sorted(v) if k in ("absent", "excluded") else v for k, v in told.items()}


def told_of(event: object) -> dict[str, Any]:
    """Return the words of an event that are neither private nor left out."""
    values = ((f.name, getattr(event, f.name)) for f in fields(event))  # type: ignore[arg-type]
    return {name: v for name, v in values if v and not isinstance(v, Sealed | Guarded)}


@cache
def _types(name: str) -> dict[str, Any]:
    return get_type_hints(asked.BY_NAME[name])


def built(name: str, args: dict[str, Any]) -> Any:
    """Return the command of a name, with these words."""
    types = _types(name)
    if name == "discover-candidate":
        args = {"who": None, **args}  # it must be said that nobody is named
    return asked.BY_NAME[name](**{key: _built(types[key], v, key) for key, v in args.items()})


def _built(type_: Any, value: Any, key: str) -> Any:
    if isinstance(value, str) and value.startswith(SECRET):
        if key == "sender":  # one whose name is not known left a telephone number
            return Protected({"name": value[1:], "phone": "0123"})
        told = dict.fromkeys(telling(value).get("told", ()), "có")
        return Private({"name" if key == "who" else "text": value[1:], **told})
    return msgspec.convert(value, type_) if value is not None else None
