"""Choosing: what can be chosen in a form's fields that name other subjects, by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, get_args, get_type_hints

from domain.candidate import fold
from domain.council import Council, Seat
from domain.entry import Entry
from domain.history import as_of
from domain.honours import AchievementRecorded
from domain.movement import Movement
from domain.programme import Programme
from domain.publicity import CommentReceived
from domain.quota import Quota
from domain.replication import AdoptionRecorded
from domain.round import Round
from domain.session import Item, Session
from domain.subjects import KINDS, kind_of
from domain.vietnamese import name_order, order, plain
from events_store import roll
from web import selection, titles
from web.forms import Pick, bare
from web.languages import _
from web.pages.frame import parts
from web.pages.naming import called, opened, title
from web.words.days import day
from web.words.labels import label
from web.words.log import said
from workflow import commands as asked
from workflow.discretion import own_right
from workflow.world import LARGE

# Which kind of subject a field names, where its own name does not say so.
ABOUT: Final = {
    **dict.fromkeys(("parent", "into", "units"), "unit"),
    **dict.fromkeys(("relative", "signer", "handler", "present", "members"), "person"),
    **dict.fromkeys(("votes_for", "votes_against", "abstained"), "person"),
    "successor": "candidate",
    "source": "movement",
    "signed_by": "office",
    "receiver": "unit",
    "successors": "place",
}
FOUND: Final = 12  # suggestions at once


class Asking(NamedTuple):
    """The command asked for, about what, as it stands, and what was filled in so far."""

    command: type[asked.Command]
    entries: list[Entry]
    state: Any
    values: Mapping[str, Any]


def kind_named(name: str, hint: Any) -> str | None:
    """Return the kind of subject that a field names, or None if it names none."""
    kind = bare(hint)
    text = kind is str or (get_args(kind) and get_args(kind)[0] is str)
    found = ABOUT.get(name, name)
    return found if text and found in KINDS else None


def picks(asking: Asking) -> dict[str, Pick]:
    """Return what each field of a command can be chosen from; the others are typed."""
    found: dict[str, Pick] = {}
    for name, hint in get_type_hints(asking.command).items():
        if (special := SPECIAL.get(name)) and (options := special(asking)) is not None:
            found[name] = Pick(options)
        elif kind := kind_named(name, hint):
            found[name] = _of_kind(kind, name, asking)
    if asking.command is asked.ConfirmRuleSet:
        drafts = [s for s in parts().register.rules.sets if s.text.draft]
        found["name"] = Pick([(s.name, s.text.title) for s in drafts])
    return found


def _of_kind(kind: str, name: str, asking: Asking) -> Pick:
    narrow = NARROW.get((asking.command, name))
    if narrow and asking.state and (found := narrow(asking.state)):
        return Pick(_named(found))
    if kind == "person" and (seated := _seated(asking.state)):
        return Pick(_named(seated))
    if kind in LARGE:
        every = own_people() if kind == "person" else []
        return Pick(_named(every), search=kind)
    return Pick(_all(kind))


def _seated(state: Any) -> list[str]:
    """Return the members of the council that sits, or of the one asked about."""
    if isinstance(state, Session) and state.council:
        council = parts().register.all("council", state.held_on).get(state.council, Council())
        return [member.person for member in council.members]
    return []


def own_people() -> list[str]:
    """Return the people who are here in their own right: in office, heads, members, entered."""
    entered = parts().ledger.settled(roll.other_people)
    return sorted({*own_right(parts().register), *entered})


def _all(kind: str) -> list[tuple[str, str]]:
    every = parts().register.all(kind)
    if kind == "session":
        latest = sorted(every.items(), key=lambda pair: str(pair[1].held_on), reverse=True)
        return [(id, title(id, state)) for id, state in latest]
    past = kind == "place"  # an achievement of former days was in a place of former days
    there = [
        (id, title(id, s)) for id, s in every.items() if past or not getattr(s, "merged_into", ())
    ]
    return sorted(there, key=lambda pair: order(pair[1]))


def _named(subjects: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(called(subjects).items(), key=_by_name)


def _by_name(named: tuple[str, str]) -> str:
    return (name_order if kind_of(named[0]) == "person" else order)(named[1])


def suggested(kind: str, text: str) -> list[tuple[str, str]]:
    """Return people or candidates that a text may mean, with what tells them apart."""
    today = parts().register.today()
    narrow = roll.Filter(text=text, veil=parts().veil)
    lines = selection.listed(parts().ledger, today, None, narrow, limit=FOUND)
    units = parts().register.units()
    about = {line.subject: units[line.unit].name or "" for line in lines}
    lines_named = [(line.subject, f"{line.name} · {about[line.subject]}") for line in lines]
    if kind == "candidate":
        return lines_named
    own = [pair for pair in _named(own_people()) if plain(text) in plain(pair[1])]
    told = parts().ledger.entries_of([id for id, _named_so in lines_named])
    people = {id: fold(as_of(entries)).person for id, entries in told.items()}
    return own + [(person, named) for id, named in lines_named if (person := people[id])]


def chosen(kind: str, text: str, options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what typed text can mean: one if it is clear, several if it must be chosen."""
    if kind_of(text) == kind:
        return [(text, called([text])[text])]
    named = plain(text.partition(" · ")[0])
    near = [pair for pair in options if named in plain(pair[1])]
    every = [*near, *suggested(kind, named)]
    exact = [pair for pair in every if plain(pair[1]) == plain(text)]
    by_name = [pair for pair in every if named in plain(pair[1].partition(" · ")[0])]
    return list(dict(exact or by_name or every).items())


def _items(asking: Asking) -> list[tuple[str, str]] | None:
    if not isinstance(asking.state, Session):
        return None
    items = _fitting(asking.command, asking.state)
    about = called(item.candidate for item in items if item.candidate)
    told = [
        (str(i.number), i.matter, about.get(i.candidate or "") or opened(i.question))
        for i in items
    ]
    found = [(number, f"{number}. {label(matter)}: {of}") for number, matter, of in told]
    return found or [("", _("Không có nội dung nào đang chờ việc này"))]


def aimless(command: type[asked.Command], state: Any) -> bool:
    """Return whether a command is about an item of a session that has none for it."""
    of_items = isinstance(state, Session) and "item" in get_type_hints(command)
    return of_items and not _fitting(command, state)


def _fitting(command: type[asked.Command], session: Session) -> list[Item]:
    """Return the items that a command can be about, as they stand on the agenda."""
    fits = ITEMS.get(command, _waiting)
    return sorted(filter(fits, session.items), key=lambda item: item.number)


def _waiting(item: Item) -> bool:
    return item.tally is None and not item.dropped


def _seats(asking: Asking) -> list[tuple[str, str]] | None:
    """Return the seats in which minutes are still to be signed; another command may name any."""
    if asking.command is not asked.SignMinutes:
        return None
    return [(str(seat), label(seat)) for seat in SIGNING if seat not in asking.state.signed]


def _duties(asking: Asking) -> list[tuple[str, str]] | None:
    plans = parts().register.all("programme")
    wanted = asking.values.get("programme")
    told = {None: asking.state} if isinstance(asking.state, Programme) else plans
    return [
        (str(number), f"{titles.duty(laid)} ({day(laid.deadline)})")
        for id, plan in told.items()
        if id is None or not wanted or id == wanted
        for number, laid in plan.duties.items()
    ] or None


def _reviews(asking: Asking) -> list[tuple[str, str]] | None:
    every: Mapping[str, Movement] = parts().register.all("movement")
    return [
        (str(number), f"{movement.name}: {label(review.kind)} {review.document}")
        for movement in every.values()
        for number, review in movement.reviews.items()
    ] or None


def _numbered(kind: type[Any], field: str) -> Callable[[Asking], list[tuple[str, str]] | None]:
    def options(asking: Asking) -> list[tuple[str, str]] | None:
        told = [(e, e.event) for e in asking.entries if isinstance(e.event, kind)]
        words = [(getattr(event, field), said(event), entry) for entry, event in told]
        return [(str(n), f"{text} ({day(e.effective_on)})") for n, text, e in words] or None

    return options


def _targets(asking: Asking) -> list[tuple[str, str]] | None:
    return [
        (str(e.version), f"{e.version}. {said(e.event)} ({day(e.effective_on)})")
        for e in asking.entries
    ] or None


# The items that a command can be about; the others are about what waits for a vote.
ITEMS: Final[Mapping[type[Any], Callable[[Item], bool]]] = {
    asked.CorrectTally: lambda item: item.tally is not None and item.tally.secret,
    asked.RecordChairOpinion: lambda item: item.tally is not None and item.tally.tied,
}
SIGNING: Final = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.SECRETARY)
SPECIAL: Final[Mapping[str, Callable[[Asking], list[tuple[str, str]] | None]]] = {
    "item": _items,
    "seat": _seats,
    "duty": _duties,
    "review": _reviews,
    "target": _targets,
    "comment": _numbered(CommentReceived, "comment"),
    "adoption": _numbered(AdoptionRecorded, "number"),
    "achievement": _numbered(AchievementRecorded, "number"),
}


def _going(quota: Quota) -> list[str]:
    return [*quota.delegates, *quota.reserve]


def _members(council: Council) -> list[str]:
    return [member.person for member in council.members]


def _selected(round: Round) -> list[str]:
    return list(round.selected)


def _voting(session: Session) -> list[str]:
    written = {member for item in session.items for member in item.written}
    return sorted({*session.present, *written})


NARROW: Final[Mapping[tuple[type[Any], str], Callable[[Any], list[str]]]] = {
    (asked.DropSelection, "candidate"): _selected,
    (asked.DropDelegate, "candidate"): _going,
    (asked.ReplaceDelegate, "candidate"): lambda quota: list(quota.delegates),
    (asked.ReplaceDelegate, "successor"): lambda quota: list(quota.reserve),
    (asked.DismissCouncilMember, "person"): _members,
    (asked.DeclareKinship, "person"): _members,
    (asked.ReceiveWrittenVotes, "members"): lambda session: list(session.absent),
    (asked.NameTallyCommittee, "members"): lambda session: list(session.present),
    **{
        (asked.RecordOpenVotes, field): _voting
        for field in ("votes_for", "votes_against", "abstained")
    },
}
