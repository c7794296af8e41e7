"""Work: what waits for each office, what is late, and what can be decided now.

`tasks` is pure, over a view of what the register knows; `gathered` reads that view by a few
indexed questions, however many candidates there are. A new source of work is one function more
in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

from domain.candidate import Candidate, replay
from domain.candidate_events import ReReviewConcluded, ReReviewRequired
from domain.history import as_of
from domain.obligation import ObligationStatus
from domain.office import Office
from domain.programme import DutyKind, Milestone, Programme
from domain.publicity import CommentPeriodClosed, CommentPeriodOpened
from domain.round import Round
from domain.session import Session
from domain.values import Role
from workflow import replies
from workflow.calendar import WorkingDays, months_before
from workflow.obligations import Owed, calendar_on, owed
from workflow.readiness import Readiness, report_due
from workflow.register import Register
from workflow.replies import Replies
from workflow.rules import RuleSet
from workflow.sitting import agreed, unsigned

LOOKED_AT: Final = (
    60  # candidates whose needs are looked at: so many wait longest, so many are new
)
RECENT: Final = 12  # months in which a comment period or a session may still wait for something


class Work(StrEnum):
    """What there is to do."""

    SUPPLY = "work-supply"
    ADVANCE = "work-advance"
    RECOGNIZE = "work-recognize"
    RE_REVIEW = "work-re-review"
    COMMENTS = "work-comments"
    END_COMMENTS = "work-end-comments"
    HAND_IN = "work-hand-in"
    HAND_IN_AGAIN = "work-hand-in-again"
    ANSWER = "work-answer"
    REMIND = "work-remind"
    MILESTONE = "work-milestone"
    SESSION = "work-session"
    ROUND = "work-round"
    CYCLE = "work-cycle"
    STALE = "work-stale"
    PROGRESS = "work-progress"
    SILENT = "work-silent"
    NOTIFY = "work-notify"
    LETTER = "work-letter"
    ERASURE = "work-erasure"
    DELEGATES = "work-delegates"
    COMPLAINT = "work-complaint"
    SETTLING = "work-settling"


class Task(NamedTuple):
    """One thing to do: about what, by which command, and who may.

    `due` is its last day, `late` counts working days after it, `since` is when it began to wait.
    `ready` says that nothing is missing: it can be decided now, by anybody but those `barred`
    (R8-1), or by the one person `whose` it is. `needs` are what is missing. Of two that are as
    pressing, whoever is of a `priority` group comes first (R5-9).
    """

    work: Work
    subject: str
    command: str
    by: tuple[Role, ...]
    unit: str | None = None
    due: date | None = None
    late: int = 0
    since: date | None = None
    ready: bool = True
    needs: tuple[str, ...] = ()
    number: int | None = None
    what: Milestone | DutyKind | None = None
    year: int | None = None
    barred: frozenset[str] = frozenset()
    whose: str | None = None
    priority: bool = False


class Waiting(NamedTuple):
    """An open candidate, the day its state began, and what the next stage asks for."""

    subject: str
    state: str
    unit: str
    since: date
    priority: bool = False
    readiness: Readiness | None = None


class View(NamedTuple):
    """All that the list is made of, as of one day."""

    today: date
    rules: RuleSet
    calendar: WorkingDays
    owed: Sequence[Owed] = ()
    programmes: Mapping[str, Programme] = {}
    rounds: Mapping[str, Round] = {}
    sessions: Mapping[str, Session] = {}
    unsigned: Sequence[tuple[str, str]] = ()  # sessions, and who is still to sign
    waiting: Sequence[Waiting] = ()
    pending: Mapping[str, Candidate] = {}
    heard: Mapping[str, Candidate] = {}
    silent: Mapping[str, date | None] = {}
    replies: Replies = Replies()


class Queues(replies.Store, Protocol):
    """What the work list needs of a store."""

    def waiting(
        self, units: Sequence[str] = (), before: date = date.max, limit: int = 100
    ) -> Sequence[tuple[str, str, str, date, bool]]:
        """Return open candidates, longest in their state first."""

    def touched(
        self, units: Sequence[str] = (), limit: int = 100
    ) -> Sequence[tuple[str, str, str, date, bool]]:
        """Return open candidates that the latest entries are about."""

    def silent(self, since: date) -> Mapping[str, date | None]:
        """Return units without a change of stage after a day, and the day of their last."""


def work(
    register: Register, store: Queues, offices: Iterable[Office] = (), actor: str | None = None
) -> list[Task]:
    """Return what waits for these offices, or for all if none is given: late first, then due."""
    held = list(offices)
    units = [office.unit for office in held if office.unit]
    narrow = units if held and len(units) == len(held) else []
    told, asked = register.told(), (tasks, register.today(), *narrow)
    if asked not in told:
        told[asked] = tasks(gathered(register, store, narrow))
    mine = [task for task in told[asked] if not held or any(concerns(task, o) for o in held)]
    theirs = (None, actor)
    return [
        task for task in mine if actor not in task.barred and (not actor or task.whose in theirs)
    ]


def concerns(task: Task, office: Office) -> bool:
    """Return whether a task is for an office: its role, and its unit if it has one."""
    return office.role in task.by and (not office.unit or task.unit in (None, office.unit))


class Sorted(NamedTuple):
    """A work list in three parts: what is late, what can be decided now, what waits."""

    late: list[Task]
    now: list[Task]
    waits: list[Task]


def sort(found: Iterable[Task]) -> Sorted:
    """Return tasks by how pressing they are; what is late is told once."""
    parts = Sorted([], [], [])
    for task in found:
        (parts.late if task.late else parts.now if task.ready else parts.waits).append(task)
    return parts


def tasks(view: View) -> list[Task]:
    """Return everything there is to do: what is late first, then by day."""
    found = [task for source in SOURCES for task in source(view)]
    return sorted(found, key=_pressing)


def _pressing(task: Task) -> tuple[int, date, date, bool, str]:
    since = task.since or date.max
    return -task.late, task.due or date.max, since, not task.priority, task.subject


def gathered(register: Register, store: Queues, units: Sequence[str] = ()) -> View:
    """Return the view of today; of candidates only those of some units, if they are named."""
    today = register.today()
    longest, latest = store.waiting(units, limit=LOOKED_AT), store.touched(units, LOOKED_AT)
    lines = list({line[0]: line for line in (*longest, *latest)}.values())
    ready = register.readiness([line[0] for line in lines], today)
    recent = months_before(today, RECENT)
    sessions, rules = register.all("session"), register.in_force(today)
    calendar = calendar_on(register, today)
    return View(
        today=today,
        rules=rules,
        calendar=calendar,
        owed=[row for row in owed(register, today) if not units or row.unit in units],
        programmes=register.all("programme"),
        rounds=register.all("round"),
        sessions=sessions,
        waiting=[Waiting(*line, ready.get(line[0])) for line in lines],
        pending=folded(store, [*_pending(store)]),
        unsigned=[*unsigned(sessions, lambda day: register.all("council", day))],
        heard=folded(store, [*agreed(sessions, recent)]),
        silent=_silent(register, store, months_before(today, idle(rules)), units),
        replies=replies.waiting(register, store, calendar, rules.text.terms, recent),
    )


def idle(rules: RuleSet) -> int:
    """Return after how many months without a change somebody should ask (R1-5)."""
    return rules.text.terms.programme.idle_months


def _silent(
    register: Register, store: Queues, since: date, among: Sequence[str]
) -> dict[str, date | None]:
    """Return the units that are there still and are silent, of these if any are named."""
    there = {id for id, unit in register.units().items() if unit.name and not unit.merged_into}
    there &= set(among or there)
    return {id: last for id, last in store.silent(since).items() if id in there}


def _pending(store: Queues) -> Iterator[str]:
    yield from store.pending(ReReviewRequired, ReReviewConcluded)
    yield from store.pending(CommentPeriodOpened, CommentPeriodClosed)


def folded(store: Queues, subjects: Sequence[str]) -> dict[str, Candidate]:
    """Return what candidates are now, read in one question."""
    told = store.entries_of(list(dict.fromkeys(subjects)))
    believed = (entry for entries in told.values() for entry in as_of(entries))
    return replay(believed)


# Where work comes from


def of_candidates(view: View) -> Iterator[Task]:
    """Yield who can advance, what others can supply, and who has stood still too long (R1-5)."""
    stale = months_before(view.today, idle(view.rules))
    deciding = view.rules.by("advance-stage")  # who decides leaves the writing to others (R8-1)
    for subject, _, unit, since, priority, ready in view.waiting:
        shared: dict[str, Any] = {"unit": unit, "since": since, "priority": priority}
        missing = [f for f in ready.findings if not f.met] if ready else []
        if ready and not missing:
            barred = ready.authors
            yield _task(view, Work.ADVANCE, subject, "advance-stage", **shared, barred=barred)
        for via, supply in {f.via: f.supply for f in missing if f.via and f.supply}.items():
            supply = tuple(role for role in supply if role not in deciding) or supply
            if (via, subject in view.heard) != ("recognize-exemplar", True):
                needs = tuple(f.need for f in missing if f.via == via)
                wanted = Task(Work.SUPPLY, subject, via, supply, **shared, needs=needs)
                yield wanted._replace(ready=False)
        if since <= stale:
            yield _task(view, Work.STALE, subject, "report-progress", **shared, ready=False)


def of_progress(view: View) -> Iterator[Task]:
    """Yield whose progress nobody has reported this year, or since the year before (R6-1)."""
    for subject, state, unit, since, priority, ready in view.waiting:
        ends = report_due(ready, state, since, view.today) if ready else None
        if ends:
            doing = (Work.PROGRESS, subject, "report-progress", ends)
            told: dict[str, Any] = {"unit": unit, "since": since, "priority": priority}
            yield _task(view, *doing, **told, year=ends.year)


def of_units(view: View) -> Iterator[Task]:
    """Yield units that have found nobody and moved nobody for too long (R1-5)."""
    for unit, last in view.silent.items():
        yield _task(view, Work.SILENT, unit, "discover-candidate", unit=unit, since=last)


def of_reviews(view: View) -> Iterator[Task]:
    """Yield whose recognition must be looked at again (R4-1), and comments that wait (A-22)."""
    for subject, candidate in view.pending.items():
        unit, period = candidate.standing.unit, candidate.publicity
        if candidate.re_reviews:
            since = candidate.re_reviews[0].on
            again = (Work.RE_REVIEW, subject, "conclude-re-review")
            yield _task(view, *again, unit=unit, since=since)
        if period.open and period.until:
            shared: dict[str, Any] = {"unit": unit, "due": period.until}
            for number in period.waiting:
                comment = (Work.COMMENTS, subject, "handle-comment")
                yield _task(view, *comment, **shared, number=number)
            over = view.today > period.until and not period.waiting
            ending = (Work.END_COMMENTS, subject, "close-comment-period")
            yield _task(view, *ending, **shared, ready=over)


def of_obligations(view: View) -> Iterator[Task]:
    """Yield what units owe, what was sent back, and what waits for an answer (R6-6, R7-2)."""
    answering = {*view.rules.by("accept-obligation"), *view.rules.by("return-obligation")}
    for row in view.owed:
        paper, status = row.obligation or "", row.status
        shared: dict[str, Any] = {"unit": row.unit, "number": row.duty}
        shared |= {"what": row.kind, "year": row.year, "due": row.deadline}
        if status in (ObligationStatus.DUE, ObligationStatus.OVERDUE):
            owing = _task(view, Work.HAND_IN, row.programme, "submit-obligation", **shared)
            yield _without(owing, answering)
        if status is ObligationStatus.OVERDUE:
            yield _task(view, Work.REMIND, row.programme, "remind-unit", **shared)
        if status is ObligationStatus.RETURNED:
            again = _task(view, Work.HAND_IN_AGAIN, paper, "resubmit-obligation", **shared)
            yield _without(again, answering)
        if status is ObligationStatus.SUBMITTED:
            answer = {**shared, "due": None}
            yield _task(view, Work.ANSWER, paper, "accept-obligation", **answer)


def of_programmes(view: View) -> Iterator[Task]:
    """Yield milestones to be reached, cycles that are over, and rounds to be closed."""
    for subject, cycle in view.programmes.items():
        if not cycle.running:
            continue
        for what, step in cycle.steps.items():
            if step.reached is None:
                begun = (step.begins or step.due) <= view.today
                reaching = (Work.MILESTONE, subject, "reach-milestone")
                yield _task(view, *reaching, due=step.due, what=what, ready=begun)
        if cycle.ends and cycle.ends <= view.today:
            yield _task(view, Work.CYCLE, subject, "close-cycle", due=cycle.ends)
    for subject, round in view.rounds.items():
        if round.running:
            yield _task(view, Work.ROUND, subject, "close-round", ready=bool(round.selected))


def of_sessions(view: View) -> Iterator[Task]:
    """Yield sessions to be held, signed and closed, and decisions the council agreed to (A-14)."""
    for subject, session in view.sessions.items():
        if session.closed is None and session.held_on:
            ready, closing = (
                session.held_on <= view.today,
                (Work.SESSION, subject, "close-session"),
            )
            yield _task(view, *closing, due=session.held_on, ready=ready)
    for subject, person in view.unsigned:
        yield _task(view, Work.SESSION, subject, "sign-minutes", whose=person)
    for subject, candidate in view.heard.items():
        if candidate.recognition is None and candidate.standing.outcome is None:
            found, who = candidate.discovered, candidate.person
            barred = frozenset(by for by in (who, found.by if found else None) if by)
            deciding = (Work.RECOGNIZE, subject, "recognize-exemplar")
            yield _task(view, *deciding, unit=candidate.standing.unit, barred=barred)


def of_replies(view: View) -> Iterator[Task]:
    """Yield who waits to be told (2.6, 2.8, A-24), and quotas with a fallen delegate (R6-9)."""
    kinds = (
        (Work.NOTIFY, "notify-unit", view.replies.notices),
        (Work.LETTER, "acknowledge-erasure", view.replies.letters),
        (Work.ERASURE, "erase-personal-data", view.replies.erasures),
        (Work.DELEGATES, "drop-delegate", view.replies.delegates),
        (Work.COMPLAINT, "accept-complaint", view.replies.received),
        (Work.SETTLING, "resolve-complaint", view.replies.accepted),
    )
    for what, command, waiting in kinds:
        for one in waiting:
            yield _task(view, what, command=command, **one._asdict())


SOURCES: Final[tuple[Callable[[View], Iterator[Task]], ...]] = (
    of_candidates,
    of_progress,
    of_units,
    of_reviews,
    of_obligations,
    of_programmes,
    of_sessions,
    of_replies,
)


def _without(task: Task, others: Set[Role]) -> Task:
    """Return a task that is left to its other offices, if there are any."""
    return task._replace(by=tuple(r for r in task.by if r not in others) or task.by)


def _task(
    view: View, work: Work, subject: str, command: str, due: date | None = None, **more: Any
) -> Task:
    """Return a task, with who may do it and how many working days it is late."""
    late = view.calendar.between(due, view.today) if due and due < view.today else 0
    return Task(work, subject, command, view.rules.by(command), due=due, late=late, **more)
