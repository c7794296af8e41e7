"""The stage of the sample: a clock that moves from day to day, and the steps of many stories.

Every step is a command given to `Register` on the day it is told for. What must be refused is
told too, with the very needs it lacks: a script that the rules do not bear out does not run.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import Any, Final, NamedTuple, cast
from uuid import uuid4

from domain.batch import BatchRecorded
from domain.values import Basis, Role
from web.parts import Parts
from workflow.batch import Batch
from workflow.commands import Command
from workflow.refusals import Refusal
from workflow.register import HERE, Receipt, Request

OPENS: Final = time(8)  # the first thing of a day is entered at eight
PACE: Final = timedelta(seconds=20)  # and each of the following so much later


class Clock:
    """A clock that shows a day of the sample, and moves on with everything that is entered."""

    def __init__(self, day: str) -> None:
        """Begin on the morning of a day."""
        self.set(date.fromisoformat(day))

    def __call__(self) -> datetime:
        """Return the instant, UTC."""
        return self.now

    def set(self, day: date) -> None:
        """Go on to a day; within it, to the next thing that is entered."""
        morning = datetime.combine(day, OPENS, HERE).astimezone(UTC)
        self.now = max(morning, getattr(self, "now", morning) + PACE)


class Step(NamedTuple):
    """What somebody enters on the day `known`; `unmet` are the needs it must be refused for.

    Several commands about one subject are given as one act, and `unmet` is what items lacked.
    """

    known: date
    command: Command | Callable[[Stage], Command] | tuple[Command, ...]
    about: str | None
    by: Role | str
    on: date | None
    basis: tuple[Basis, ...]
    unmet: tuple[str, ...]


Story = Generator[Step, Receipt, None]


class Differs(Exception):
    """A step of the sample was not decided as told. Facts: the step, the needs found unmet."""

    def __init__(self, step: Step, found: Mapping[str, tuple[str, ...]]) -> None:
        """Name the day and what was unmet."""
        super().__init__(f"{step.known} {step.command} about {step.about}: {dict(found)}")
        self.step, self.found = step, found


@dataclass
class Stage:
    """The register that is played on, and who acts in which role."""

    parts: Parts
    clock: Clock
    people: dict[Role, str] = field(default_factory=dict)

    def person(self, candidate: str) -> str:
        """Return the person that an individual candidate is."""
        found = self.parts.register.candidate(candidate).person
        assert found, f"{candidate} is nobody"
        return found

    def office(self, role: Role) -> str:
        """Return the office of the person who acts in a role."""
        offices = self.parts.register.offices().items()
        return next(id for id, o in offices if (o.person, o.role) == (self.people[role], role))

    def state(self, subject: str) -> Any:
        """Return what a subject other than a candidate adds up to now."""
        return self.parts.register.all(subject.partition(":")[0])[subject]

    def play(self, step: Step) -> Receipt:
        """Give a step's command on its day. Raises Differs."""
        self.clock.set(step.known)
        if isinstance(step.command, tuple):
            return self._play_many(step, step.command)
        command = step.command(self) if callable(step.command) else step.command
        request = self._request(step, command)
        try:
            made = self.parts.register.submit(request)
        except Refusal as refusal:
            found = {f.need: f.missing for f in refusal.unmet}
            if not step.unmet or tuple(found) != step.unmet:
                raise Differs(step, found) from refusal
            return Receipt(step.about or "", ())
        if step.unmet:
            raise Differs(step, {})
        return made

    def _play_many(self, step: Step, commands: tuple[Command, ...]) -> Receipt:
        requests = tuple(self._request(step, command) for command in commands)
        made = self.parts.register.submit_batch(Batch(requests, str(uuid4())))
        items = cast(BatchRecorded, made.entries[-1].event).items
        found = {need: () for item in items for need in item.why}
        if tuple(found) != step.unmet:
            raise Differs(step, found)
        return made

    def _request(self, step: Step, command: Command) -> Request:
        actor = self.people[step.by] if isinstance(step.by, Role) else step.by
        return Request(command, actor, step.about, step.on, step.basis)


def enter(
    day: str,
    command: Command | Callable[[Stage], Command] | tuple[Command, ...],
    about: str | None = None,
    by: Role | str = Role.OFFICER,
    *,
    on: str | None = None,
    paper: str | None = None,
    issuer: str | None = None,
    unmet: tuple[str, ...] = (),
) -> Step:
    """Return a step; `on` is the effective day if it is another, `paper` what it rests on."""
    known, effective = date.fromisoformat(day), date.fromisoformat(on or day)
    basis = (Basis(paper, effective, issuer),) if paper else ()
    return Step(known, command, about, by, effective, basis, unmet)


def tell(stage: Stage, stories: Iterable[Story]) -> None:
    """Play all stories side by side, day by day; on one day in the order given. Raises Differs."""
    waiting = []
    for order, story in enumerate(stories):
        if (first := next(story, None)) is not None:
            waiting.append((first.known, order, first, story))
    heapify(waiting)
    while waiting:
        day, order, step, story = heappop(waiting)
        receipt = stage.play(step)
        try:
            following = story.send(receipt)
        except StopIteration:
            continue
        assert following.known >= day, f"a story goes back from {day} to {following.known}"
        heappush(waiting, (following.known, order, following, story))
