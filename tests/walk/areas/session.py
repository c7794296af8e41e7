"""Sessions: quorum, conflicts of interest, votes, tallies and minutes (2.4, 2.5, R8-1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from walk.annals import Fact
from walk.areas.council import people
from walk.asking import NEEDS, Ask, Needed, Wrong, also, checks, need, there, wrong
from walk.views import Council, Item, Session, share, share_reached

VOTES = ("record-open-votes", "tally-ballot", "correct-tally")
THRESHOLDS = {
    "recognition": "recognition",
    "upward-proposal": "upward_proposal",
    "provincial-fighter-proposal": "provincial_fighter",
    "stage-opinion": "stage_opinion",
    "other-matter": "other",
}
NEEDS["session-open"] = lambda ask: ask.session().closed is None
NEEDS["before-votes"] = lambda ask: not any(item.tally for item in ask.session().items)
checks("notice-session", there("council", "council"))
checks("add-agenda-item", there("candidate", "candidate"))


def council_of(ask: Ask) -> Council:
    """Return the council as it was on the day of the session."""
    session = ask.session()
    return ask.council(session.council, session.held_on)


def seats(ask: Ask) -> dict[str, str]:
    """Return who sat where on the day of the session."""
    held_on = ask.session().held_on
    return council_of(ask).seats(held_on) if held_on else {}


def conflicts(ask: Ask, item: Item) -> set[str]:
    """Return who has no vote on an item: recused, or the candidate, its head, its relatives."""
    found = set(item.recused)
    if item.candidate:
        day = ask.session().held_on
        candidate = ask.candidate(item.candidate, day)
        head = ask.unit(candidate.unit, day).head if candidate.unit else None
        kin = {m for m, relative in council_of(ask).kin if relative == candidate.person}
        found |= {m for m in seats(ask) if m in kin or m in (candidate.person, head)}
    return found


def voters(ask: Ask, item: Item) -> set[str]:
    """Return who may vote on an item."""
    return {*ask.session().present, *item.written} - conflicts(ask, item)


def _item(ask: Ask) -> Item | None:
    return ask.session().item(ask.args.get("item", 0))


@need("session-begun")
def session_begun(ask: Ask) -> Needed:
    held_on = ask.session().held_on
    return held_on is not None and bool(ask.on >= held_on)


@need("attending-members")
def attending(ask: Ask) -> Needed:
    return set(ask.get("present", ())) <= seats(ask).keys()


@need("quorum")
def quorum(ask: Ask) -> Needed:
    session, terms = ask.session(), council_of(ask).terms
    here, absent = len(session.present), len(session.absent)
    return terms is not None and share_reached(terms["quorum"], here, here + absent)


@need("item-waiting")
def item_waiting(ask: Ask) -> Needed:
    item = _item(ask)
    return item is not None and item.tally is None and not item.dropped


@need("open-matter")
def open_matter(ask: Ask) -> Needed:
    item, terms = _item(ask), council_of(ask).terms
    return item is None or (terms is not None and item.matter not in terms.get("secret", ()))


@need("written-allowed")
def written_allowed(ask: Ask) -> Needed:
    item, terms = _item(ask), council_of(ask).terms
    if item is None or terms is None or item.matter not in terms.get("written", ()):
        return False
    return set(ask.args["members"]) <= set(ask.session().absent)


@need("eligible-voters")
def eligible_voters(ask: Ask) -> Needed:
    item = _item(ask)
    if item is None:
        return False
    if ask.name != "record-open-votes":
        return bool(ask.get("issued", 0) <= len(voters(ask, item)))
    return {*_voting(ask)} <= voters(ask, item)


def _voting(ask: Ask) -> list[str]:
    return [m for f in ("votes_for", "votes_against", "abstained") for m in ask.get(f, ())]


@need("tally-committee")
def tally_committee(ask: Ask) -> Needed:
    session = ask.session()
    naming = ask.name == "name-tally-committee"
    members = ask.args["members"] if naming else session.committee
    asked_about = [ask.candidate(i.candidate, session.held_on).person for i in session.items]
    return bool(members) and not set(members) & set(asked_about)


@need("tallied")
def tallied(ask: Ask) -> Needed:
    item = _item(ask)
    return item is not None and item.tally is not None and item.tally.name in COUNTS


COUNTS = ("BallotTallied", "TallyCorrected")


@need("tally-corrector")
def tally_corrector(ask: Ask) -> Needed:
    counts = ask.told.every(*COUNTS)
    return ask.actor not in [f.by for f in counts if f.data["item"] == ask.args["item"]]


@need("tie")
def tie(ask: Ask) -> Needed:
    item = _item(ask)
    return item is not None and item.tied


@need("items-settled")
def items_settled(ask: Ask) -> Needed:
    items = ask.session().items
    return bool(items) and all(item.settled for item in items)


@need("minutes")
def minutes(ask: Ask) -> Needed:
    session = ask.session()
    return session.minutes == session.content()


@need("minutes-signed")
def minutes_signed(ask: Ask) -> Needed:
    signed = ask.session().signed
    return "secretary" in signed and bool(signed & {"chair", "vice-chair"})


@need("signatory")
def signatory(ask: Ask) -> Needed:
    seat = ask.args["seat"]
    here = ask.actor in ask.session().present and seats(ask).get(ask.actor) == seat
    return seat != "member" and (here or ask.paper)


@need("agenda-publicity")
def agenda_publicity(ask: Ask) -> Needed:
    required = ask.rules.terms["publicity"]["required"]
    if ask.args["matter"] != "recognition" or not ask.get("candidate") or not required:
        return True
    until, held_on = ask.candidate(ask.args["candidate"]).until, ask.session().held_on
    return until is not None and held_on is not None and bool(until < held_on)


@wrong("notice-session")
def noticed(ask: Ask) -> Iterator[Wrong]:
    if ask.args["held_on"] < ask.on:
        yield Wrong("InvalidCommand", "held_on")


@wrong("add-agenda-item")
def added(ask: Ask) -> Iterator[Wrong]:
    candidate, matter = ask.get("candidate"), ask.args["matter"]
    there_ = [(i.candidate, i.matter) for i in ask.session().items if not i.dropped]
    asked = candidate or (matter == "other-matter" and ask.get("question"))
    if not asked or (candidate and (candidate, matter) in there_):
        yield Wrong("InvalidCommand", "candidate")


@wrong("drop-agenda-item", "declare-recusal", "receive-written-votes", "record-open-votes",
       "tally-ballot", "correct-tally", "record-chair-opinion")  # fmt: skip
def on_the_agenda(ask: Ask) -> Iterator[Wrong]:
    if _item(ask) is None:
        yield Wrong("InvalidCommand", "item")
    elif _then(ask).item(ask.args["item"]) is None:
        yield Wrong("InvalidCommand", "effective_on")


@wrong("record-attendance")
def present(ask: Ask) -> Iterator[Wrong]:
    yield from people("present", ask.get("present", []))


@wrong("declare-recusal")
def recused(ask: Ask) -> Iterator[Wrong]:
    yield from people("person", [ask.args["person"]])


@wrong("receive-written-votes", "name-tally-committee")
def some(ask: Ask) -> Iterator[Wrong]:
    yield from people("members", ask.get("members", []))
    if not ask.get("members"):
        yield Wrong("InvalidCommand", "members")


@wrong("record-open-votes")
def voted(ask: Ask) -> Iterator[Wrong]:
    yield from people("votes", _voting(ask))


def _then(ask: Ask) -> Session:
    return ask.annals.view(Session, ask.subject, ask.on)


@wrong("correct-tally")
def counted_before(ask: Ask) -> Iterator[Wrong]:
    item, then = _item(ask), _then(ask).item(ask.args["item"])
    if item and item.tally and not (then and then.tally):
        yield Wrong("InvalidCommand", "effective_on")


@wrong("tally-ballot", "correct-tally")
def added_up(ask: Ask) -> Iterator[Wrong]:
    issued, returned = ask.get("issued", 0), ask.get("returned", 0)
    cast = [ask.get(field, 0) for field in ("votes_for", "votes_against", "invalid")]
    if min(issued, returned, *cast) < 0:
        yield Wrong("InvalidCommand", "votes")
    if returned > issued or sum(cast) != returned:
        yield Wrong("InvalidCommand", "returned")


@wrong("tally-ballot", "correct-tally", "send-papers", "draw-up-minutes")
def hashed(ask: Ask) -> Iterator[Wrong]:
    file = ask.get("file")
    if file is not None and (len(file) != 64 or set(file) - set("0123456789abcdef")):
        yield Wrong("InvalidCommand", "file")


@wrong("sign-minutes")
def signed_again(ask: Ask) -> Iterator[Wrong]:
    session = ask.session()
    if not session.closed and ask.args["seat"] in session.signed:
        yield Wrong("InvalidCommand", "seat")
    if session.minutes != _then(ask).minutes:
        yield Wrong("InvalidCommand", "effective_on")


@also("add-agenda-item")
def numbered(ask: Ask) -> dict[str, Any]:
    """Return a number that no item ever had."""
    told: list[Fact] = ask.annals.told[ask.subject]
    return {"item": 1 + sum(fact.name == "AgendaItemAdded" for fact in told)}


@also("record-attendance")
def absent(ask: Ask) -> dict[str, Any]:
    return {"absent": tuple(sorted(seats(ask).keys() - set(ask.get("present", ()))))}


@also(*VOTES)
def judged(ask: Ask) -> dict[str, Any]:
    """Return the share, of how many, who had no vote; and whether the chair must decide."""
    session, terms, item = ask.session(), council_of(ask).terms, _item(ask)
    assert item
    whole = terms is None or terms["base"] == "members-in-office"
    all_ = len(session.present) + len(session.absent)
    told = {
        "base": all_ if whole else len({*session.present, *item.written}),
        "threshold": terms[THRESHOLDS[item.matter]] if terms else "",
        "excluded": tuple(sorted(conflicts(ask, item))),
    }
    return told | ({"tied": _tied(ask, told, terms)} if ask.name == VOTES[0] else {})


def _tied(ask: Ask, told: dict[str, Any], terms: dict[str, Any] | None) -> bool:
    ayes, noes = len(ask.get("votes_for", ())), len(ask.get("votes_against", ()))
    _, votes, base = share(told["threshold"]) or (False, 1, 1)
    short = not share_reached(told["threshold"], ayes, told["base"])
    by_chair = terms is not None and terms["tie"] == "chair-decides"
    return by_chair and votes * 2 == base and short and ayes == noes


@also("draw-up-minutes")
def drawn_up(ask: Ask) -> dict[str, Any]:
    return {"content": ask.session().content()}


@also("declare-recusal")
def on_which_ground(ask: Ask) -> dict[str, Any]:
    return {"ground": ask.get("ground", "recused")}
