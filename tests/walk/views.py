"""What facts add up to, by kind of subject: plain questions to a list, no folding of states."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from walk.annals import Fact, Told

ENDS = {
    "RecognitionRevoked": "revoked",
    "CandidateWithdrawn": "withdrawn",
    "CandidateDeclined": "declined",
    "CandidacyCompleted": "completed",
}
STEPS = ("StageAdvanced", "StageReturned")
STOPS = ("CandidateSuspended", "CandidateResumed")
CHANGES = ("CandidateDiscovered", "CandidateTransferred", "RecognitionRestored", *STEPS, *ENDS,
           *STOPS)  # fmt: skip


class Candidate:
    """Where a candidate stands, and what there is to show."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.found = told.first("CandidateDiscovered")
        self._latest = told.last("CandidateDiscovered")
        self.kind = self._latest and self._latest.get("kind")
        settled = told.last("CandidateDiscovered", "CandidateTransferred")
        self.unit = settled.get("unit") if settled else None
        self.person = self._latest and self._latest.get("person")
        described = told.last("CandidateDescribed")
        kinds = told.every("CandidateDescribed", "PersonKindChanged")
        self.person_kinds = [(fact.on, fact.get("person_kind")) for fact in kinds]
        self.person_kind = self.person_kinds[-1][1] if kinds else None
        classified = told.last(
            "CandidateClassified"
        )  # what was found out wins over what was typed
        tags = classified.get("groups", ()) if classified else None
        typed = described.get("priority", ()) if described else ()
        self.priority = typed if tags is None else tags
        step = told.last(*STEPS)
        self.stage = step.get("to") if step else "discover" if self.found else None
        self.outcome, self.recognition, self.unrecognized = _decided(told)
        self.state = (self.outcome or self.stage) if self.found else None
        stopped = told.last(*STOPS)
        self.suspended = stopped is not None and stopped.name == "CandidateSuspended"
        self.last_change = told.last(*CHANGES)
        self.fast_track = told.last("FastTrackGranted")

    def measure_on(self, day: date) -> str | None:
        """Return what criteria go by on a day: a person's kind may change (R4-2)."""
        if self.kind != "individual":
            return self.kind
        told = [kind for on, kind in self.person_kinds if on <= day]
        known = told[-1:] or [kind for _, kind in self.person_kinds[:1]]
        return known[0] if known else None

    def assessed_on(self, day: date) -> date:
        """Return the day of the last assessment up to a day; that day if there was none."""
        days = [fact.on for fact in self._assessed.values() if fact.on <= day]
        return max(days, default=day)

    @property
    def honoured(self) -> Fact | None:
        """Return the recognition, unless it was revoked."""
        return None if self.outcome == "revoked" else self.recognition

    def entered(self, stage: str) -> Fact | None:
        """Return the latest step into a stage."""
        steps = [fact for fact in self.told.every(*STEPS) if fact.get("to") == stage]
        return steps[-1] if steps else self.found if stage == "discover" else None

    @property
    def blocks(self) -> set[tuple[str, str | None]]:
        """Return the grounds on which it is blocked, each with the complaint it comes of."""
        latest = {
            (fact.data["ground"], fact.get("complaint")): fact
            for fact in self.told.every("BlockRecorded", "BlockLifted")
        }
        return {why for why, fact in latest.items() if fact.name == "BlockRecorded"}

    @property
    def re_reviews(self) -> list[Fact]:
        """Return what asks for a second look since the last one."""
        waiting: list[Fact] = []
        for fact in self.told.every("ReReviewRequired", "ReReviewConcluded"):
            waiting = [*waiting, fact] if fact.name == "ReReviewRequired" else []
        return waiting

    def assessed(self, code: str) -> Fact | None:
        """Return what was found last for a criterion."""
        return self._assessed.get(code)

    @cached_property
    def _assessed(self) -> dict[str, Fact]:
        return {f.data["criterion"]: f for f in self.told.every("CriterionAssessed")}

    def rated(self, year: int) -> str | None:
        """Return the latest rating of a year."""
        ratings = [f for f in self.ratings if f.get("year") == year]
        return ratings[-1].get("rating") if ratings else None

    @property
    def titles(self) -> list[Fact]:
        """Return the titles that count."""
        return [fact for fact in self._records[0] if fact.name == "TitleRecorded"]

    @property
    def left(self) -> list[Fact]:
        """Return the titles that stayed with a former unit, and may be taken back there."""
        return [fact for fact in self._records[2] if fact.name == "TitleRecorded"]

    @property
    def taken(self) -> list[Fact]:
        """Return the titles that were taken back."""
        return self._records[1]

    @property
    def ratings(self) -> list[Fact]:
        """Return the ratings that count."""
        return [fact for fact in self._records[0] if fact.name == "RatingRecorded"]

    @cached_property
    def _records(self) -> tuple[list[Fact], list[Fact], list[Fact]]:
        """Return titles and ratings, and titles taken back; a unit keeps those of before (A-9)."""
        kept: list[Fact] = []
        taken: list[Fact] = []
        left: list[Fact] = []
        kind, moved, last = None, 0, date.min
        for fact in self.told:
            if fact.name == "CandidateDiscovered":
                kind = fact.get("kind")
            elif fact.name == "CandidateTransferred":
                moved, last = max(moved, fact.on.year), max(last, fact.on)
                left += kept if kind == "collective" else []
                kept = [] if kind == "collective" else kept
            elif fact.name in ("TitleRecorded", "RatingRecorded"):
                behind = kind == "collective" and fact.data["year"] < moved
                kept = kept if behind else [*kept, fact]
                left += [fact] if behind else []
            elif fact.name == "TitleRevoked":
                taken = taken + [f for f in (*kept, *left) if titled(f, fact)]
                kept = [f for f in kept if not titled(f, fact)]
                left = [f for f in left if not titled(f, fact)]
            elif fact.name == "TitleRestored":
                back = [f for f in taken if titled(f, fact)]
                taken = [f for f in taken if f not in back]
                of_old = [
                    f
                    for f in back
                    if kind == "collective" and (fact.data["year"] < moved or f.on <= last)
                ]
                left += of_old
                kept = kept + [f for f in back if f not in of_old]
        return kept, taken, left

    @property
    def until(self) -> date | None:
        """Return the last day of the latest comment period."""
        opened = self.told.last("CommentPeriodOpened")
        return opened.get("until") if opened else None

    @property
    def period(self) -> Fact | None:
        """Return what happened last to a comment period: its opening, or its closing."""
        return self.told.last("CommentPeriodOpened", "CommentPeriodClosed")

    @property
    def period_open(self) -> bool:
        """Return whether a comment period runs."""
        return self.period is not None and self.period.name == "CommentPeriodOpened"

    @property
    def waiting_comments(self) -> set[int]:
        """Return the comments that nobody has handled."""
        handled = {f.data["comment"] for f in self.told.every("CommentHandled")}
        received = {f.data["comment"] for f in self.told.every("CommentReceived")}
        return received - handled

    def numbered(self, name: str, field: str, number: int) -> Fact | None:
        """Return the first fact of a name with a number."""
        return next((f for f in self.told.every(name) if f.get(field) == number), None)


def titled(fact: Fact, by: Fact) -> bool:
    """Return whether one fact records the title, of the year, that another is about."""
    told = [(f.data.get("title"), f.data["year"]) for f in (fact, by)]
    return told[0] == told[1]


def _decided(told: Told) -> tuple[str | None, Fact | None, Fact | None]:
    """Return how it ended, the recognition, and the one taken back; both may be given back."""
    ended: str | None = None
    before: str | None = None
    held: Fact | None = None
    taken: Fact | None = None
    for fact in told.every("ExemplarRecognized", "RecognitionRestored", *ENDS):
        if fact.name == "ExemplarRecognized":
            held = fact
        elif fact.name == "RecognitionRestored":
            ended, before, held, taken = before, None, taken, None
        elif fact.name == "RecognitionRevoked":
            ended, before, held, taken = "revoked", ended, None, held
        else:
            ended = ENDS[fact.name]
    return ended, held, taken


class Unit:
    """A unit: its head, and whether it was merged."""

    def __init__(self, told: Told) -> None:
        head = told.last("UnitHeadAppointed", "UnitHeadLeft")
        self.told, self.head = told, head.get("person") if head else None
        merged = told.last("UnitMerged")
        arranged = told.every("UnitRegistered", "UnitRearranged")
        self.parent = None
        for fact in arranged:
            keeps = self.parent if fact.name == "UnitRearranged" else None
            self.parent = fact.get("parent") or keeps
        self.into = merged.get("into", ()) if merged else ()
        self.criteria: dict[str, Fact] = {}
        for fact in told.every("CriterionAdded", "CriterionRetired"):
            self.criteria.pop(fact.data["code"], None)
            if fact.name == "CriterionAdded":
                self.criteria[fact.data["code"]] = fact
        self.merged_on = merged.on if merged else None


class Place:
    """A commune: since when, until when, and on which lists it stood."""

    def __init__(self, told: Told) -> None:
        self.entered, merged = told.last("PlaceEntered"), told.last("PlaceMerged")
        self.told, self.merged_on = told, merged.on if merged else None

    def there(self, day: date) -> bool:
        """Return whether it was there on a day."""
        if self.entered is None or day < self.entered.on:
            return False
        last = self.entered.get("until")
        return not (last and day > last) and not (self.merged_on and day >= self.merged_on)

    def lists(self, day: date) -> set[str]:
        """Return the lists it stood on on a day: those begun that none has ended since."""
        found = set()
        for fact in self.told.every("PlaceListed"):
            group, until = fact.data["group"], fact.get("until")
            ended = any(
                (fact.on, fact.pos) < (f.on, f.pos) and f.on <= day
                for f in self.told.every("PlaceDelisted")
                if f.data["group"] == group
            )
            if fact.on <= day and (until is None or day <= until) and not ended:
                found.add(group)
        return found


class Office:
    """An office: who holds it, when."""

    def __init__(self, told: Told) -> None:
        given, ended = told.last("OfficeGranted"), told.last("OfficeEnded")
        self.given = given
        self.person, self.role, self.unit = (
            (given.get("person"), given.get("role"), given.get("unit"))
            if given else (None, None, None)
        )  # fmt: skip
        self.ended = ended.on if ended else None

    def held_on(self, day: date) -> bool:
        """Return whether it was held on a day."""
        if self.given is None or self.given.on > day:
            return False
        until = self.given.get("until")
        return not (self.ended and self.ended <= day) and (until is None or day <= until)


class Council:
    """A council: its terms, its members, their relatives."""

    def __init__(self, told: Told) -> None:
        established, terms = told.last("CouncilEstablished"), told.last("CouncilTermsConfirmed")
        self.since = established.on if established else None
        self.until = established.get("until") if established else None
        self.terms = terms.data if terms else None
        self.members: dict[str, Fact] = {}
        for fact in told.every("CouncilMemberAppointed", "CouncilMemberLeft"):
            self.members.pop(fact.data["person"], None)
            if fact.name == "CouncilMemberAppointed":
                self.members[fact.data["person"]] = fact
        declared = told.every("KinshipDeclared")
        self.kin = {(f.data["person"], f.data["relative"]) for f in declared}

    def seats(self, day: date) -> dict[str, str]:
        """Return who sits where on a day."""
        if self.until and self.until < day:
            return {}
        return {
            person: fact.data["seat"]
            for person, fact in self.members.items()
            if fact.get("until") is None or day <= fact.data["until"]
        }


def reads(told: Told, name: str, default: Any = None, *, field: str) -> Any:
    """Return a word of the latest fact of a name."""
    fact = told.last(name)
    return fact.get(field, default) if fact else default


class Item:
    """A point of the agenda, as it stands."""

    def __init__(self, added: Fact) -> None:
        self.number, self.matter = added.data["item"], added.data["matter"]
        self.candidate, self.question = added.get("candidate"), added.get("question", added.pos)
        self.recused: dict[str, str] = {}
        self.declared: tuple[Any, ...] = ()
        self.written: tuple[str, ...] = ()
        self.tally: Fact | None = None
        self.favours: bool | None = None
        self.dropped = False

    @property
    def tied(self) -> bool:
        """Return whether the chair's opinion must decide."""
        return self.tally is not None and bool(self.tally.get("tied"))

    @property
    def settled(self) -> bool:
        """Return whether the council is done with it."""
        voted = self.tally is not None and not (self.tied and self.favours is None)
        return self.dropped or voted

    @property
    def passed(self) -> bool:
        """Return whether the council agreed."""
        if self.tally is None:
            return False
        votes = self.tally.get("votes_for", 0)
        votes = votes if isinstance(votes, int) else len(votes)
        enough = share_reached(self.tally.get("threshold", ""), votes, self.tally.get("base", 0))
        return enough or (self.tied and self.favours is True)

    def told(self) -> tuple[Any, ...]:
        """Return all that minutes must say of it."""
        tally = self.tally and (
            *(self.tally.get(k) for k in ("votes_for", "votes_against", "invalid", "abstained")),
            *(self.tally.get(k) for k in ("base", "threshold", "tied", "excluded")),
            self.tally.name == "OpenVotesRecorded",
        )
        if tally and self.tally and self.tally.name == "OpenVotesRecorded":
            names = (self.tally.get(k, ()) for k in ("votes_for", "votes_against", "abstained"))
            tally = (*map(len, names), *tally[4:])
        state = (self.declared, self.written, tally, self.favours, self.dropped)
        return (self.number, self.matter, self.candidate, self.question, *state)


class Session:
    """A session: what was noticed, who came, what was voted."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.council = reads(told, "SessionNoticed", field="council")
        self.held_on = reads(told, "SessionNoticed", field="held_on")
        self.present: tuple[str, ...] = reads(told, "AttendanceRecorded", (), field="present")
        self.absent: tuple[str, ...] = reads(told, "AttendanceRecorded", (), field="absent")
        self.guests = reads(told, "AttendanceRecorded", 0, field="guests")
        self.committee: tuple[str, ...] = reads(told, "TallyCommitteeNamed", (), field="members")
        closed, drawn = told.last("SessionClosed"), told.last("MinutesDrawnUp")
        self.closed, self.minutes = closed and closed.on, drawn and drawn.get("content")
        self.signed: set[str] = set()
        for fact in told.every("MinutesDrawnUp", "MinutesSigned"):
            anew = fact.name == "MinutesDrawnUp"  # minutes that changed are signed again
            self.signed = set() if anew else {*self.signed, fact.data["seat"]}
        self.items: list[Item] = []
        for fact in told:
            self._hear(fact)

    def item(self, number: int) -> Item | None:
        """Return an item by its number."""
        return next((item for item in self.items if item.number == number), None)

    def _hear(self, fact: Fact) -> None:
        if fact.name == "AgendaItemAdded":
            self.items.append(Item(fact))
            return
        for item in self.items:
            if item.number == fact.get("item"):
                _changed(item, fact)

    def about(self, candidate: str, matter: str) -> Item | None:
        """Return the item on which it was decided about a candidate."""
        asked = [i for i in self.items if (i.candidate, i.matter) == (candidate, matter)]
        return next((i for i in asked if i.settled and not i.dropped), None)

    def content(self) -> tuple[Any, ...]:
        """Return all that the minutes must say."""
        notice = self.told.last("SessionNoticed")
        here = (self.present, self.absent, self.guests, self.committee)
        items = tuple(item.told() for item in self.items)
        return (self.council, self.held_on, notice and notice.pos, *here, items)


def _changed(item: Item, fact: Fact) -> None:
    if fact.name == "AgendaItemDropped":
        item.dropped = True
    elif fact.name == "RecusalDeclared":
        item.recused[fact.data["person"]] = fact.get("ground", "recused")
        item.declared = (*item.declared, (fact.data["person"], fact.get("ground", "recused")))
    elif fact.name == "WrittenVotesReceived":
        item.written = fact.data["members"]
    elif fact.name in ("OpenVotesRecorded", "BallotTallied", "TallyCorrected"):
        item.tally = fact
    elif fact.name == "ChairOpinionRecorded":
        item.favours = bool(fact.get("favours"))


def share(text: str) -> tuple[bool, int, int] | None:
    """Return whether more is asked for, and the two numbers of a share; None if it is none."""
    above, rest = text.startswith(">"), text.removeprefix(">")
    parts = rest.split("/")
    if len(parts) != 2 or not all(p.isdecimal() and len(p) <= 3 for p in parts):
        return None
    votes, base = map(int, parts)
    return (above, votes, base) if 0 < votes <= base else None


def share_reached(text: str, votes: int, base: int) -> bool:
    """Return whether votes are a share of a base, in whole numbers."""
    parsed = share(text)
    if parsed is None or base <= 0:
        return False
    above, want, of = parsed
    return votes * of > base * want if above else votes * of >= base * want
