"""What was asked: the command that entries recorded together must have come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from domain import candidate_events as happened
from domain.entry import Entry
from domain.events import Event
from domain.office import OfficeGranted
from domain.person import PersonDescribed
from domain.values import Outcome, Sealed, Stage
from workflow import commands as asked
from workflow.consequences import follows
from workflow.recorded import Kept, KeptFile, asked_for

ENDINGS: Final[dict[type[Event], Outcome]] = {
    happened.CandidacyCompleted: Outcome.COMPLETED,
    happened.CandidateDeclined: Outcome.DECLINED,
    happened.CandidateWithdrawn: Outcome.WITHDRAWN,
    happened.RecognitionRevoked: Outcome.REVOKED,
}
PEOPLED: Final = (happened.CandidateDiscovered, happened.CandidateAttested, OfficeGranted)


def length(group: Sequence[Entry]) -> int:
    """Return how many entries at the head of a group one command has made.

    What others must look at again belongs to the command that made it so.
    """
    size = _own_length(group)
    after = (at for at, e in enumerate(group[size:], size) if not follows(e.event))
    return next(after, len(group))


def own(made: Sequence[Entry]) -> Sequence[Entry]:
    """Return what a command made without what follows from it for others."""
    return [entry for entry in made if not follows(entry.event)] or made


def _own_length(group: Sequence[Entry]) -> int:
    first = group[0].event
    if isinstance(first, happened.CriterionAssessed | happened.EvidenceAttached):
        others = (at for at, e in enumerate(group) if type(e.event) is not type(first))
        return next(others, len(group))
    person = _peopled(group)
    second = group[person].event
    if isinstance(second, happened.CandidateAttested):
        return len(group)
    if isinstance(second, happened.CandidateDiscovered):
        return min(person + 2, len(group))
    return person + 1


def asked_by(made: Sequence[Entry]) -> asked.Command | None:
    """Return the command that made these entries, or None if no command makes such."""
    person = _peopled(made)
    who = made[0].event.description if isinstance(made[0].event, PersonDescribed) else None
    match made[person].event:
        case OfficeGranted() if person:
            assert who, "a person stands before"
            return asked.FoundRegister(Kept(who))
        case happened.CandidateDiscovered() as found:
            return _discovered(found, made[person + 1 :], who)
        case happened.CandidateAttested() as attested:
            return _attested(attested, made[person:], who)
        case happened.CriterionAssessed():
            found_out = [e.event for e in made if isinstance(e.event, happened.CriterionAssessed)]
            results = tuple((event.criterion, event.result) for event in found_out)
            note = found_out[0].note
            shown = tuple((e.criterion, version) for e in found_out for version in e.evidence)
            return asked.AssessCriteria(results, Kept(note) if note else None, shown)
        case happened.EvidenceAttached() as attached:
            return _attached(attached, made)
        case event:
            return asked_for(event)


def _attached(first: happened.EvidenceAttached, made: Sequence[Entry]) -> asked.Command | None:
    found = [e.event for e in made if isinstance(e.event, happened.EvidenceAttached)]
    files = tuple(KeptFile(event.description) for event in found) if found[1:] else ()
    return asked.AttachEvidence(Kept(first.description), files, first.file)


def _peopled(group: Sequence[Entry]) -> int:
    """Return 1 if a person is described before what the command is about, and 0 if not."""
    described = len(group) > 1 and isinstance(group[0].event, PersonDescribed)
    return int(described and isinstance(group[1].event, PEOPLED))


def _discovered(
    found: happened.CandidateDiscovered, after: Sequence[Entry], who: Sealed | None
) -> asked.Command | None:
    described = after[0].event if after else None
    if not isinstance(described, happened.CandidateDescribed):
        return None
    name = who or described.name
    return asked.DiscoverCandidate(
        kind=found.kind,
        unit=found.unit,
        who=Kept(name, described.told) if name else None,
        what=Kept(described.description, described.told),
        person_kind=described.person_kind,
        priority=described.priority,
        source=found.source,
        review=found.review,
        person=None if who else found.person,
    )


def _attested(
    paper: happened.CandidateAttested, made: Sequence[Entry], who: Sealed | None
) -> asked.Command | None:
    if len(made) < 3 or not isinstance(made[1].event, happened.CandidateDiscovered):
        return None
    first = _discovered(made[1].event, made[2:], who)
    if not isinstance(first, asked.DiscoverCandidate) or not first.who:
        return None
    return asked.AttestCandidate(
        kind=first.kind,
        unit=first.unit,
        who=first.who,
        what=first.what,
        discovered_on=made[0].effective_on,
        file=paper.file,
        sheet=paper.sheet,
        row=paper.row,
        person_kind=first.person_kind,
        priority=first.priority,
        **_later(made[3:]),
    )


def _later(made: Sequence[Entry]) -> dict[str, Any]:
    """Return what a row of an older register says of the time after discovery."""
    told: dict[str, Any] = {}
    stages: dict[Stage, date] = {}
    titles, ratings = [], []
    for entry in made:
        match entry.event:
            case happened.TitleRecorded(title, year):
                titles.append((title, year))
            case happened.RatingRecorded(rating, year):
                ratings.append((rating, year))
            case happened.PeerAcclaimRecorded(minutes):
                told["minutes"] = minutes
            case happened.ExemplarRecognized(decision):
                told["decision"] = decision
            case happened.StageAdvanced(to):
                stages[to] = entry.effective_on
            case event if type(event) in ENDINGS:
                told |= {"outcome": ENDINGS[type(event)], "ended_on": entry.effective_on}
            case _:
                pass  # no row makes it: the comparison with what the row makes will tell
    return told | {
        "titles": tuple(titles),
        "ratings": tuple(ratings),
        "nurtured_on": stages.get(Stage.NURTURE),
        "summarized_on": stages.get(Stage.SUMMARIZE),
        "replicated_on": stages.get(Stage.REPLICATE),
    }
