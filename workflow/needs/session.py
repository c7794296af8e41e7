"""What a session of a council needs: its day, a quorum, votes of those who may, minutes."""

from __future__ import annotations

from typing import Final

from domain.council import Matter, Seat
from domain.history import corrected
from domain.session import Item, content
from domain.session_events import BallotTallied, TallyCorrected
from domain.shares import reached
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, unmet, when
from workflow.sitting import conflicts, council_of, other, seated, session_of, voters

ALONE: Final = (Seat.CHAIR, Seat.SECRETARY)


def council_in_being(case: Case, command: Command) -> Reply:
    """The council was there on the day, or on that of the session, and its term was not over."""
    council, day = case.state, case.effective_on
    if isinstance(command, asked.NoticeSession):
        council, day = other(case, command.council, "council"), command.held_on
    begun = council.since is not None and council.since <= day
    return when(begun and (council.until is None or day <= council.until), council.since)


def council_terms(case: Case, command: Command) -> Reply:
    """The department confirmed how its council decides before the first session."""
    assert isinstance(command, asked.NoticeSession)
    return when(other(case, command.council, "council").terms is not None)


def seat_free(case: Case, command: Command) -> Reply:
    """A council has one chair and one secretary."""
    assert isinstance(command, asked.AppointCouncilMember)
    sitting = case.state.in_office(case.effective_on)
    others = (seat for person, seat in sitting.items() if person != command.person)
    taken = command.seat in ALONE and command.seat in others
    return when(not taken, command.seat)


def council_member(case: Case, command: Command) -> Reply:
    """Only what concerns a member is recorded."""
    assert isinstance(command, asked.DismissCouncilMember | asked.DeclareKinship)
    return when(any(m.person == command.person for m in case.state.members))


def session_open(case: Case, command: Command) -> Reply:
    """The session is not over."""
    return when(session_of(case).closed is None)


def session_begun(case: Case, command: Command) -> Reply:
    """What happens in a session does not take effect before its day."""
    held_on = session_of(case).held_on
    return when(held_on is not None and case.effective_on >= held_on, held_on or "")


def attending_members(case: Case, command: Command) -> Reply:
    """Only members in office that day are counted as present."""
    assert isinstance(command, asked.RecordAttendance)
    return when(set(command.present) <= seated(case).keys(), "not-a-member")


def before_votes(case: Case, command: Command) -> Reply:
    """Who came is settled before anything is voted on."""
    return when(all(item.tally is None for item in session_of(case).items))


def quorum(case: Case, command: Command) -> Reply:
    """Enough of the members in office that day are present."""
    session, terms = session_of(case), council_of(case).terms
    here = len(session.present)
    enough = terms is not None and reached(terms.quorum, here, session.in_office)
    return when(enough, f"{here}/{session.in_office}")


def item_waiting(case: Case, command: Command) -> Reply:
    """The item is on the agenda, and was neither voted on nor dropped."""
    item = _item(case, command)
    return when(item is not None and item.tally is None and not item.dropped)


def open_matter(case: Case, command: Command) -> Reply:
    """The matter is one on which members vote openly, by name."""
    item, terms = _item(case, command), council_of(case).terms
    return when(item is None or (terms is not None and item.matter not in terms.secret))


def written_allowed(case: Case, command: Command) -> Reply:
    """The terms let absent members vote in writing on this matter."""
    assert isinstance(command, asked.ReceiveWrittenVotes)
    item, terms = _item(case, command), council_of(case).terms
    if item is None or terms is None:
        return unmet()
    if item.matter not in terms.written:
        return unmet(item.matter)
    return when(set(command.members) <= set(session_of(case).absent), "not-absent")


def eligible_voters(case: Case, command: Command) -> Reply:
    """Nobody votes who is absent, is no member, or has a conflict of interest (R8-1)."""
    item = _item(case, command)
    if item is None:
        return unmet()
    may = voters(case, item)
    if not isinstance(command, asked.RecordOpenVotes):
        issued = getattr(command, "issued", 0)
        return when(issued <= len(may), f"{issued}/{len(may)}")
    voting = {*command.votes_for, *command.votes_against, *command.abstained}
    found = conflicts(case, item)
    return when(voting <= may, *sorted({found.get(m, "absent") for m in voting - may}))


def tally_committee(case: Case, command: Command) -> Reply:
    """A committee counts the ballots, and no candidate of the session is in it."""
    session = session_of(case)
    naming = isinstance(command, asked.NameTallyCommittee)
    members = getattr(command, "members", ()) if naming else session.committee
    asked_about = [item.candidate for item in session.items if item.candidate]
    people = {other(case, id, "candidate", session.held_on).person for id in asked_about}
    if people.intersection(members):
        return unmet("is-the-candidate")
    return when(bool(members))


def tallied(case: Case, command: Command) -> Reply:
    """There is a tally of a secret ballot to correct."""
    item = _item(case, command)
    return when(item is not None and item.tally is not None and item.tally.secret)


def tally_corrector(case: Case, command: Command) -> Reply:
    """Nobody corrects alone a tally of their own."""
    authors = {
        entry.actor
        for entry in corrected(case.entries)
        if isinstance(entry.event, BallotTallied | TallyCorrected)
        and entry.event.item == getattr(command, "item", None)
    }
    return when(case.actor not in authors)


def tie(case: Case, command: Command) -> Reply:
    """As many were for as against, and the terms let the chair's opinion decide."""
    item = _item(case, command)
    return when(item is not None and item.tally is not None and item.tally.tied)


def items_settled(case: Case, command: Command) -> Reply:
    """Every item of the agenda was voted on or dropped."""
    items = session_of(case).items
    waiting = [item.number for item in items if not item.settled]
    return when(not waiting, *waiting) if items else unmet("no-items")


def minutes(case: Case, command: Command) -> Reply:
    """The minutes were drawn up and say all that the session did."""
    session = session_of(case)
    return when(session.minutes == content(session))


def minutes_signed(case: Case, command: Command) -> Reply:
    """Whoever presided and the secretary have signed the minutes."""
    session = session_of(case)
    signed = {Seat.CHAIR if seat is Seat.VICE_CHAIR else seat for seat in session.signed}
    return when(session.all_signed, *(seat for seat in ALONE if seat not in signed))


def signatory(case: Case, command: Command) -> Reply:
    """Who signs sits in that seat and was present, or the signed paper is cited."""
    assert isinstance(command, asked.SignMinutes)
    session = session_of(case)
    here = case.actor in session.present and seated(case).get(case.actor) is command.seat
    return when(command.seat is not Seat.MEMBER and (here or bool(case.basis)))


def agenda_publicity(case: Case, command: Command) -> Reply:
    """The comment period on a candidate to recognize ends before the session (A-22)."""
    assert isinstance(command, asked.AddAgendaItem)
    required = case.rules.text.terms.publicity.required
    if command.matter is not Matter.RECOGNITION or not command.candidate or not required:
        return proven()
    until, held_on = (
        other(case, command.candidate, "candidate").publicity.until,
        session_of(case).held_on,
    )
    return when(until is not None and held_on is not None and until < held_on, until or "")


def _item(case: Case, command: Command) -> Item | None:
    return session_of(case).item(getattr(command, "item", 0))


PREDICATES: Final[dict[str, Predicate]] = {
    "council-in-being": council_in_being,
    "council-terms": council_terms,
    "seat-free": seat_free,
    "council-member": council_member,
    "session-open": session_open,
    "session-begun": session_begun,
    "attending-members": attending_members,
    "before-votes": before_votes,
    "quorum": quorum,
    "item-waiting": item_waiting,
    "open-matter": open_matter,
    "written-allowed": written_allowed,
    "eligible-voters": eligible_voters,
    "tally-committee": tally_committee,
    "tallied": tallied,
    "tally-corrector": tally_corrector,
    "tie": tie,
    "items-settled": items_settled,
    "minutes": minutes,
    "minutes-signed": minutes_signed,
    "signatory": signatory,
    "agenda-publicity": agenda_publicity,
}
