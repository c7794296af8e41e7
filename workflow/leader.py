"""The leader rule: a head is an exemplar only beside an exemplary collective (R4-1, A-7, A-8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, cast

from domain import candidate_events as happened
from domain.candidate import Candidate, Fact
from domain.history import as_of
from domain.unit import UnitHeadAppointed, UnitHeadLeft, UnitMerged
from domain.values import CandidateKind, Outcome, Rating, ReReviewCause, Title
from workflow.case import Case
from workflow.world import World


class Headship(NamedTuple):
    """A person headed a unit from a day on, until the day before another."""

    person: str
    since: date
    until: date


def headships(world: World, unit: str) -> Iterator[Headship]:
    """Yield who headed a unit and when, by its entries, not by the chart of today."""
    head, since = "", date.min
    for entry in as_of(world.told(unit)):
        if isinstance(entry.event, UnitHeadAppointed | UnitHeadLeft | UnitMerged):
            if head:
                yield Headship(head, since, entry.effective_on)
            event, since = entry.event, entry.effective_on
            head = event.person if isinstance(event, UnitHeadAppointed) else ""
    if head:
        yield Headship(head, since, date.max)


def headed(
    world: World, person: str, among: Iterable[str] | None = None
) -> dict[str, list[Headship]]:
    """Return the units a person ever headed, among those that ever appointed them if known."""
    units = (u for u in world.all("unit") if person in appointed(world, u))  # hardly any does
    found = {
        unit: [h for h in headships(world, unit) if h.person == person]
        for unit in (units if among is None else among)
    }
    return {unit: terms for unit, terms in found.items() if terms}


def appointed(world: World, unit: str) -> set[str]:
    """Return whom a unit ever appointed, whatever was corrected since."""
    events = (entry.event for entry in world.told(unit))
    return {event.person for event in events if isinstance(event, UnitHeadAppointed)}


def appointments(world: World) -> Mapping[str, Sequence[str]]:
    """Return the units that ever appointed a person, by person."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for unit in world.all("unit"):
        for person in appointed(world, unit):
            found[person].append(unit)
    return found


def heads_on(terms: Iterable[Headship], day: date) -> bool:
    """Return whether one of these headships covers a day."""
    return any(term.since <= day < term.until for term in terms)


def days_in(terms: Iterable[Headship], year: int) -> int:
    """Return how many days of a year these headships cover."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    spans = (min(t.until, after) - max(t.since, first) for t in terms)
    return sum((span for span in spans if span > timedelta()), timedelta()).days


def answering_for(case: Case, person: str) -> list[str] | None:
    """Return the units a person answers for in the assessed year.

    None if the person heads a unit, but none for long enough: then a person must look (A-8).
    """
    least = case.rules.text.terms.leader.least_days
    among = case.once("appointments", lambda: appointments(case.world)).get(person, ())
    return answering(headed(case.world, person, among), case.effective_on, least)


def answering(by_unit: Mapping[str, Sequence[Headship]], on: date, least: int) -> list[str] | None:
    """Return the units headed for `least` days in the year before, by who heads one on a day."""
    if not any(heads_on(terms, on) for terms in by_unit.values()):
        return []
    return [
        unit for unit, terms in by_unit.items() if days_in(terms, on.year - 1) >= least
    ] or None


class Collectives(NamedTuple):
    """Recognized collectives of a unit on the day of a case: those rated for a year apart."""

    rated: Iterator[Candidate]
    others: Iterator[Candidate]


def collectives(case: Case, unit: str, year: int) -> Collectives:
    """Return the recognized collectives of a unit; they are read as they are wanted."""
    on = case.effective_on
    found = case.world.acclaimed(unit, CandidateKind.COLLECTIVE, year, on)

    def read(*, rated: bool) -> Iterator[Candidate]:
        ids = [id for id, may_be_rated in found.items() if may_be_rated is rated]
        return (c for c in case.others(ids, on) if recognized(c))

    return Collectives(read(rated=True), read(rated=False))


def rated(candidate: Candidate, year: int) -> Fact | None:
    """Return the rating of a year that counts: the latest."""
    facts = [f for f in candidate.ratings if cast(happened.RatingRecorded, f.event).year == year]
    return facts[-1] if facts else None


def recognized(candidate: Candidate) -> Fact | None:
    """Return the recognition in force."""
    revoked = candidate.standing.outcome is Outcome.REVOKED
    return None if revoked else candidate.recognition


def supports(candidate: Candidate, on: date) -> dict[ReReviewCause, bool]:
    """Return what a collective lends to its head who was recognized on a day."""
    known, rating = recognized(candidate), rated(candidate, on.year - 1)
    titles = [f.event for f in candidate.titles]
    return {
        ReReviewCause.RECOGNITION_LOST: known is not None and known.on <= on,
        ReReviewCause.RATING_LOST: rating is not None and _excellent(rating),
        ReReviewCause.TITLE_LOST: any(
            isinstance(t, happened.TitleRecorded)
            and (t.title, t.year) == (Title.EXCELLENT_COLLECTIVE, on.year - 1)
            for t in titles
        ),
    }


def excellent(candidate: Candidate, year: int) -> bool | None:
    """Return whether a year was rated excellent, or None if it was not rated."""
    rating = rated(candidate, year)
    return None if rating is None else _excellent(rating)


def _excellent(fact: Fact) -> bool:
    return cast(happened.RatingRecorded, fact.event).rating is Rating.EXCELLENT
