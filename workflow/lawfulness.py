"""Lawfulness: whether the rules of its day, the offices and the facts allowed every entry.

The log is told once more, in the order recorded; every command is decided again on what was
known at its position, by the same code as at the door. What somebody wrote into the ledger
past the door is found here, however well it is hashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, get_args

from domain.batch import BATCHES, BatchRecorded
from domain.candidate_events import RatingRecorded, TitleRecorded
from domain.entry import Entry
from domain.refusals import REFUSALS, CommandRefused
from domain.report import ReportDrafted
from domain.subjects import kind_of
from domain.upkeep import UPKEEP, UpkeepEvent
from workflow import coherence
from workflow import commands as asked
from workflow.case import PUBLIC, Case, Remade
from workflow.decide import Decided, events, examine, found
from workflow.lawful_batches import Lately
from workflow.lawful_commands import asked_by, length, own
from workflow.lawful_state import Known
from workflow.needs.report import TEMPLATE
from workflow.refusals import InvalidCommand, MoveNotAllowed, UnknownSubject
from workflow.register import HERE, KEPT_REFUSALS
from workflow.rules import RuleBook, RuleSet
from workflow.upkeep import DONE_BY
from workflow.world import confirmed

HOUR: Final = 3_600_000_000
LATE: Final = 60_000_000  # what was decided just before midnight may be recorded just after
REFUSED: Final = frozenset(kind.__name__ for kind in KEPT_REFUSALS)
TOGETHER: Final = attrgetter("command_id", "recorded")
UPKEPT: Final = get_args(UpkeepEvent)
CIRCUMSTANCES: Final = attrgetter("actor", "acting_as", "rule_set", "basis")


class Ruling(StrEnum):
    """What can be said of an entry."""

    LAWFUL = "lawful"
    ATTESTED = "attested"
    UNLAWFUL = "unlawful"


class Verdict(NamedTuple):
    """One entry and what is to be said of it; `why` are codes of needs or of what follows.

    position, version: not the next one · command-id: used before · command: no command makes
    this · differing: entries of one command differ in actor, office, rules or basis · event:
    the command leads to something else · unknown-subject, already-there · rule-set-unknown:
    not in use · rule-set: not the one that applied · office: not held by the actor that day ·
    move: not from this state · invalid-<field>: contradicts itself · refusal, upkeep: misshapen ·
    batch: its items are not what was recorded with it.
    """

    entry: Entry
    ruling: Ruling
    why: tuple[str, ...] = ()


def findings(
    entries: Iterable[Entry], rules: RuleBook, remade: Remade = lambda _draft: ()
) -> Iterator[Verdict]:
    """Yield a verdict on every entry of a whole log, in the order recorded.

    Reports are made again by `remade`. One by another program's template is not for this one to
    judge; without anybody who can make reports, none is.
    """
    court = _Court(rules, remade)
    for _, group in groupby(entries, key=TOGETHER):
        left = list(group)
        while left:
            size = length(left)
            yield from court.verdicts(left[:size])
            left = left[size:]


@lru_cache(maxsize=64)
def _day_of_hour(hour: int) -> date:
    return datetime.fromtimestamp(hour * 3600, UTC).astimezone(HERE).date()


def day_of(recorded: int) -> date:
    """Return the day in Vietnam of an instant; days begin on the hour there."""
    return _day_of_hour(recorded // HOUR)


class _Court:
    def __init__(self, rules: RuleBook, remade: Remade) -> None:
        self.rules, self.remade = rules, remade
        self.cited = {rule_set.name: rule_set for rule_set in rules.every}
        self.editions = rules.editions
        self.codes = {code for rule_set in rules.every for code in rule_set.text.needs}
        self.commands: set[str] = set()
        self.known = Known()
        self.lately = Lately()

    def verdicts(self, made: Sequence[Entry]) -> Iterator[Verdict]:
        """Yield the verdicts on what one command made, and hear it."""
        first = made[0]
        if first.subject == REFUSALS or isinstance(first.event, CommandRefused):
            ruling, why = Ruling.LAWFUL, self._misshapen(first)
        elif first.subject == UPKEEP or isinstance(first.event, UPKEPT):
            ruling, why = Ruling.LAWFUL, tuple(self._upkeep(first))
        elif first.subject == BATCHES or isinstance(first.event, BatchRecorded):
            shaped = self._nameless(first) and self.lately.agrees(first)
            ruling, why = Ruling.LAWFUL, () if shaped else ("batch",)
        else:
            command = asked_by(own(made))
            attested = isinstance(command, asked.AttestCandidate)
            ruling = Ruling.ATTESTED if attested else Ruling.LAWFUL
            why = self._accused(made, command) if command else ("command",)
        if first.command_id in self.commands:
            why = ("command-id", *why)
        self.commands.add(first.command_id)
        self.lately.hear(made)
        for entry in made:
            against = (*self._out_of_turn(entry), *why)
            self.known.tell(entry)
            yield Verdict(entry, Ruling.UNLAWFUL if against else ruling, against)

    def _out_of_turn(self, entry: Entry) -> Iterator[str]:
        if entry.position != self.known.size:
            yield "position"
        if entry.version != self.known.versions.get(entry.subject, 0) + 1:
            yield "version"

    def _misshapen(self, entry: Entry) -> tuple[str, ...]:
        event = entry.event
        shaped = (
            entry.subject == REFUSALS
            and isinstance(event, CommandRefused)
            and self._nameless(entry)
            and event.command in asked.BY_NAME
            and event.refusal in REFUSED
            and self.codes.issuperset(event.unmet)
        )
        return () if shaped else ("refusal",)

    def _nameless(self, entry: Entry) -> bool:
        """Return whether an entry cites no office, rules or paper, and is not of the future."""
        unsaid = CIRCUMSTANCES(entry)[1:] == (None, None, ())
        return unsaid and entry.effective_on <= day_of(entry.recorded)

    def _upkeep(self, entry: Entry) -> Iterator[str]:
        """Yield what is wrong with an entry about the register as a whole."""
        event, today = entry.event, day_of(entry.recorded)
        shaped = (
            entry.subject == UPKEEP
            and isinstance(event, UPKEPT)
            and (entry.rule_set, entry.basis) == (None, ())
            and (getattr(event, "size", None) or 0) <= entry.position
            and entry.effective_on <= today
        )
        if not shaped:
            yield "upkeep"
        office = self.known.held_by(entry.actor, today).get(entry.acting_as or "")
        if office is None:
            yield "office"
        elif isinstance(event, UPKEPT) and office.role not in DONE_BY[type(event)][1]:
            yield "permission"

    def _accused(self, made: Sequence[Entry], command: asked.Command) -> tuple[str, ...]:
        """Return what a command is accused of, on the day it was recorded."""
        about = made[0] if isinstance(command, asked.FoundRegister) else own(made)[-1]
        rules = self._rules(about, command, made[0].effective_on)
        if wrong := self._unheard_of(about.subject, command, rules):
            return (wrong,)
        assert rules, "what was received has its rules"
        recorded = made[0].recorded
        days = dict.fromkeys((day_of(recorded), day_of(recorded - LATE)))
        cases = (self._case(made, about.subject, rules, day) for day in days)
        found_out = [
            (*_cited(made, rules, self.cited), *_against(c, command, made)) for c in cases
        ]
        return min(found_out, key=len)

    def _rules(self, entry: Entry, command: asked.Command, received: date) -> RuleSet | None:
        """Return the rule set that applied, or None if the one it began under is not in use."""
        if entry.subject.startswith("candidate:") and self.known.entries(entry.subject):
            pinned = self.cited.get(self.known.received_under(entry.subject) or "")
            if pinned is None or pinned.knows(asked.name_of(type(command))):
                return pinned
        return self._in_force(entry.rule_set, received)

    def _in_force(self, cited: str | None, day: date) -> RuleSet:
        """Return the rule set of a day, of the edition it is cited from; none comes back."""
        counting = confirmed(self.known)
        for at, edition in enumerate(self.editions):
            found = edition.on(day, counting)
            if found.name == cited:
                self.editions = self.editions[at:]
                return found
        return self.editions[-1].on(day, counting)

    def _unheard_of(
        self, subject: str, command: asked.Command, rules: RuleSet | None
    ) -> str | None:
        entries = self.known.entries(subject)
        known = bool(entries) or type(command) in asked.BEGINS
        if kind_of(subject) not in asked.kinds(command) or not known:
            return "unknown-subject"
        if entries and type(command) in asked.BEGINS and not isinstance(command, asked.AGAIN):
            return "already-there"
        if rules is None:
            received = self.known.received_under(subject)
            return "rule-set-unknown" if received else "unknown-subject"
        return None

    def _remade(self, draft: ReportDrafted) -> tuple[str, ...] | None:
        found = self.remade(draft)
        return () if found == (TEMPLATE,) else found

    def _case(self, made: Sequence[Entry], subject: str, rules: RuleSet, today: date) -> Case:
        first, known = made[0], self.known
        return Case(
            subject=subject,
            actor=first.actor,
            offices=known.held_by(first.actor, today),
            rules=rules,
            today=today,
            effective_on=first.effective_on,
            basis=first.basis,
            world=known,
            state=known.state(subject),
            entries=known.entries(subject),
            unfounded=not known.all("office"),
            drafts=frozenset[str]().union(*(edition.drafts for edition in self.editions)),
            remade=self._remade,
            new_person=first.subject,
            new_office=made[-1].subject,
        )


def _cited(made: Sequence[Entry], rules: RuleSet, in_use: dict[str, RuleSet]) -> Iterator[str]:
    first = made[0]
    if any(CIRCUMSTANCES(entry) != CIRCUMSTANCES(first) for entry in made[1:]):
        yield "differing"
    if first.rule_set not in in_use:
        yield "rule-set-unknown"
    elif in_use[first.rule_set] is not rules:
        yield "rule-set"


def _against(case: Case, command: asked.Command, made: Sequence[Entry]) -> Iterator[str]:
    """Yield every reason why a command should have been refused, or led to something else."""
    try:
        if isinstance(command, asked.FoundRegister):
            yield from _founded(case, command, made)
            return
        yield from _incoherent(case, command)
        roles, needs = examine(case, command)
    except MoveNotAllowed:
        yield "move"
        return
    office = case.offices.get(made[0].acting_as or "")
    if case.actor == PUBLIC and made[0].acting_as is None:
        yield from (f.need for f in needs if not f.met and f.need == "permission")
    elif office is None:
        yield "office"
    elif office.role not in roles:
        yield "permission"
    yield from (f.need for f in needs if not f.met and f.need != "permission")
    if not _led_to(case, events(case, command), made):
        yield "event"


def _founded(case: Case, command: asked.FoundRegister, made: Sequence[Entry]) -> Iterator[str]:
    try:
        decision = found(case, command)
    except InvalidCommand as refusal:
        yield f"invalid-{refusal.facts[0]}"
        return
    if made[0].acting_as != decision.acting_as:
        yield "office"
    if not _led_to(case, decision.decided, made):
        yield "event"


def _incoherent(case: Case, command: asked.Command) -> Iterator[str]:
    try:
        coherence.check(case, command)
    except InvalidCommand as refusal:
        yield f"invalid-{refusal.facts[0]}"
    except UnknownSubject:
        yield "unknown-subject"


def _led_to(case: Case, decided: Sequence[Decided], made: Sequence[Entry]) -> bool:
    """Return whether a decision made exactly these entries.

    Titles and ratings of an older register take effect on a day that only its import knew.
    """
    wanted = [(d.subject, d.event, d.on or case.effective_on) for d in decided]
    told = [(e.subject, e.event, e.effective_on) for e in made]
    if decided and decided[0].on:
        yearly = TitleRecorded | RatingRecorded
        ahead = any(on > case.today for _, _, on in told)
        wanted = [one for one in wanted if not isinstance(one[1], yearly)]
        told = [one for one in told if not isinstance(one[1], yearly)]
        return wanted == told and not ahead
    return wanted == told
