"""Walks: many short registers, each walked by a seed, compared step by step and as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from department import Clock
from memory import memory

from events_store.database import Address
from events_store.ledger import Ledger
from walk.coverage import Coverage
from walk.model import Accepted
from walk.proposing import Proposer
from walk.regime import FOLDER, Regime, former, regimes
from walk.sides import Many, Sides, Step
from walk.views import Candidate
from walk.whole import compared
from workflow.rules import RuleBook, load_all

STARTS = (date(2021, 6, 1), date(2023, 6, 1), date(2025, 1, 10), date(2026, 3, 1))
TOGETHER = 50  # steps made within one transaction, every other time
WRONG = (AssertionError, LookupError, TypeError, ValueError)


class Plan(NamedTuple):
    """What a walk goes by: chance, length, rules, and how thoroughly the end is looked at.

    `upgraded`: for its first half it goes by the rules as they were shipped the last time before.
    """

    seed: int
    steps: int = 2500
    folder: Path = FOLDER
    shrink: bool = True
    upgraded: bool = False


class Failed(AssertionError):
    """A walk went wrong: with the seed, and the fewest steps that go wrong likewise."""


def walked(plan: Plan, address: Address | None = None) -> Coverage:
    """Walk; return what was seen. Raises Failed."""
    rng = Random(plan.seed)
    start, seen = rng.choice(STARTS), Coverage()
    with sides(plan, start, address) as both:
        proposer, made = Proposer(rng, both.model, start), []
        try:
            while len(made) < plan.steps:
                if plan.upgraded and len(made) >= plan.steps // 2:
                    both.go_by(*rules_of(plan.folder)[:2])
                together = both.ledger.transaction() if rng.random() < 0.5 else nullcontext()
                with together:
                    for _ in range(TOGETHER):
                        made.append(proposer.next())
                        taken(both, made[-1], seen)
                _glance(both, rng)
            compared(both, rng, lawful=plan.seed % 2 == 0)
        except WRONG as error:
            raise Failed(told(plan, start, made, error)) from error
    return seen


def taken(both: Sides, step: Step | Many, seen: Coverage) -> None:
    """Make one step and look at where the candidate stands after it."""
    steps = step.steps if isinstance(step, Many) else (step,)
    states = [both.model.annals.view(Candidate, one.subject).state for one in steps]
    if isinstance(step, Many):
        answers = both.take_many(step)
        seen["at once", step.steps[0].name] += 1
    else:
        answers = [both.take(step)]
    for one, state, answer in zip(steps, states, answers, strict=True):
        seen.see(one, state, answer)
        if isinstance(answer, Accepted) and both.book.cited(answer.rules) not in both.book.sets:
            seen["rules", "former"] += 1
        if (one.subject or "").startswith("candidate:") and isinstance(answer, Accepted):
            both.standing(one.subject, told=True)


def _glance(both: Sides, rng: Random) -> None:
    """Compare some candidates as of a day and as known at a position."""
    for subject in both.model.annals.all("candidate")[-rng.randint(1, 40) :][:1]:
        day = both.clock.now.date() - timedelta(days=rng.randint(-2, 400))
        both.standing(subject, day, rng.choice((None, rng.randint(0, both.model.annals.size))))


@contextmanager
def sides(plan: Plan, start: date, address: Address | None = None) -> Iterator[Sides]:
    """Yield a new register and its model."""
    clock, (book, sets, former_sets) = Clock(start), rules_of(plan.folder)
    with TemporaryDirectory(dir=memory()) as folder:
        ledger = Ledger(address or Path(folder) / "exemplar.db", clock)
        try:
            both = Sides(ledger, book, clock, sets, former_sets)
            if plan.upgraded:
                both.go_by(book.editions[-2], former(len(book.former), plan.folder))
            yield both
        finally:
            ledger.recorder.close()


@cache
def rules_of(folder: Path) -> tuple[RuleBook, list[Regime], list[Regime]]:
    """Return the rule sets of a folder as either side reads them, and the former ones."""
    book = load_all(folder)
    editions = range(1, len(book.former) + 1)
    return book, regimes(folder), [one for n in editions for one in former(n, folder)]


def told(plan: Plan, start: date, steps: Sequence[Step | Many], error: BaseException) -> str:
    """Return what went wrong, and the fewest steps that go wrong likewise."""
    few = shrunk(plan, start, steps, sign(error)) if plan.shrink else steps[-1:]
    lines = "\n".join(f"    {step!r}," for step in few)
    return f"seed {plan.seed}, step {len(steps)}: {error!r}\n[\n{lines}\n]"


def sign(error: BaseException) -> str:
    """Return by what one failure is known again."""
    return re.sub(r"\d", "", repr(error))[:60]


def shrunk(plan: Plan, start: date, steps: Sequence[Step | Many], error: str) -> list[Step | Many]:
    """Return as few of the steps as still go wrong so, by leaving out ever smaller parts."""
    few, part = list(steps), len(steps) // 2
    if failure(plan, start, few) != error:
        return few  # it takes more than the steps, as transactions
    while part:
        at = 0
        while at < len(few):
            fewer = [*few[:at], *few[at + part :]]
            if failure(plan, start, fewer) == error:
                few = fewer
            else:
                at += part
        part //= 2
    return few


def failure(plan: Plan, start: date, steps: Sequence[Step | Many]) -> str:
    """Return how steps go wrong, if they do."""
    with sides(plan, start) as both:
        try:
            for step in steps:
                taken(both, step, Coverage())
            compared(both, Random(plan.seed))
        except WRONG as error:
            return sign(error)
    return ""
