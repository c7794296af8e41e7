"""Sheets: the form of a command with what was typed, what is wrong, what is lacking or ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import uuid4

from flask import render_template
from marshmallow import ValidationError

from domain.calendar import CALENDAR
from domain.candidate import Candidate, fold
from domain.candidate_events import CriterionAssessed
from domain.council import Council
from domain.entry import Entry
from domain.history import as_of
from domain.session import Session
from domain.subjects import KINDS, kind_of
from domain.values import Role
from web import forms
from web.forms import Pick
from web.languages import _
from web.pages.candidate import described
from web.pages.choosing import Asking, chosen, picks
from web.pages.frame import actor, parts, visitor
from web.pages.naming import called
from web.words import log, sentences
from web.words.labels import need_of
from workflow import commands as asked
from workflow.criteria import wanted
from workflow.decide import decide
from workflow.needs import Finding
from workflow.refusals import NotPermitted, UnknownSubject
from workflow.register import Request
from workflow.rule_text import Criterion
from workflow.rules import RuleSet

ALONE: Final = {"calendar": CALENDAR}  # kinds of which there is one
# What happens in a session, or before it; signing and ending may come on a later day.
SITTING: Final = (
    *(asked.AddAgendaItem, asked.DropAgendaItem, asked.SendPapers, asked.RecordAttendance),
    *(asked.DeclareRecusal, asked.ReceiveWrittenVotes, asked.NameTallyCommittee),
    *(asked.RecordOpenVotes, asked.TallyBallot, asked.RecordChairOpinion, asked.DrawUpMinutes),
)


class Ahead(NamedTuple):
    """One entry that a command would make."""

    says: str
    about: str
    on: date


@dataclass
class Sheet:
    """A form on its way: the command, about what, what was typed, and what is wrong with it.

    `meant` is what was typed, with whom it names instead of their names.
    """

    kind: type[asked.Command]
    about: str
    subject: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)
    lacking: tuple[Finding, ...] = ()
    ahead: list[Ahead] = field(default_factory=list)
    picked: dict[str, Pick] = field(default_factory=dict)
    meant: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the command."""
        return asked.name_of(self.kind)


def look_ahead(sheet: Sheet, submitted: Request) -> list[Ahead]:
    """Return the entries that a request would make. Raises a Refusal; nothing is recorded."""
    register = parts().register
    case = register.case(submitted, sheet.subject or f"{sheet.about}:new")
    made = decide(case, submitted.command).decided
    named = called(one.subject for one in made)
    return [
        Ahead(log.said(one.event), named[one.subject], one.on or case.effective_on) for one in made
    ]


def resolved(sheet: Sheet, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, with names replaced by whom they mean. Raises ValidationError."""
    errors, found = {}, dict(told)
    for name, pick in picks(_asking(sheet)).items():
        if not pick.search or not found.get(name):
            continue
        meant = chosen(pick.search, str(found[name]), pick.options)
        if len(meant) == 1:
            found[name] = meant[0][0]
        elif meant:
            sheet.picked[name] = Pick(meant)
            errors[name] = [_("Có nhiều người, nhiều hồ sơ tên như vậy. Hãy chọn một.")]
        else:
            errors[name] = [_("Không có ai tên như vậy trong sổ.")]
    if errors:
        raise ValidationError(errors)
    return found


def so_far(sheet: Sheet) -> dict[str, Any]:
    """Return what is known already of what a command says anew."""
    if sheet.kind in SITTING and sheet.subject:
        return _on_the_day(sheet.subject)
    if sheet.kind is asked.SignMinutes and sheet.subject:
        return _own_seat(sheet.subject)
    if sheet.kind is asked.DescribeMethod and sheet.subject:
        return _method(sheet.subject)
    if sheet.kind is not asked.DescribeCandidate or not sheet.subject:
        return {}
    candidate = fold(as_of(parts().ledger.entries(sheet.subject)))
    standing = candidate.standing
    kept = {"person_kind": standing.person_kind, "priority": standing.priority}
    return {"what": described(candidate), **kept}


def _method(candidate: str) -> dict[str, Any]:
    """Return how others can copy a candidate, as it was told last."""
    sealed = fold(as_of(parts().ledger.entries(candidate))).spread.method
    told = parts().ledger.secrets([sealed] if sealed else [])
    return {"method": told[sealed.id]} if sealed and sealed.id in told else {}


def _on_the_day(session: str) -> dict[str, Any]:
    """Return the day of a session that was held already: it is written down afterwards."""
    held_on = parts().register.all("session").get(session, Session()).held_on
    return {"effective_on": str(held_on)} if held_on and held_on < parts().register.today() else {}


def _own_seat(session: str) -> dict[str, Any]:
    """Return the seat in which the visitor sat in a session, or nothing."""
    sat: Session = parts().register.all("session").get(session, Session())
    council = parts().register.all("council", sat.held_on).get(sat.council or "", Council())
    seat = council.in_office(sat.held_on).get(actor()) if sat.held_on else None
    return {"seat": str(seat)} if seat else {}


def lacking(sheet: Sheet) -> tuple[Finding, ...]:
    """Return what stands in the way of a command as far as it can be known before it is filled in.

    Raises NotPermitted for what is no move.
    """
    blank = question(sheet.kind)
    if sheet.kind not in asked.MOVES:
        permitted = _permission(sheet).by
        if not visitor().roles & set(permitted):
            raise NotPermitted(sheet.name, *permitted)
    if blank is None or not sheet.subject:
        return ()
    found = parts().register.why(Request(blank, actor(), sheet.subject))
    return tuple(finding for finding in found if not finding.met)


def question(kind: type[asked.Command]) -> asked.Command | None:
    """Return a command with its words left open, if it can be asked about before it has any."""
    if kind in asked.MOVES:
        return asked.question(asked.MOVES[kind])
    nothing: dict[str, Any] = {}
    return None if any(f.default is MISSING for f in fields(kind)) else kind(**nothing)


def deciders(sheet: Sheet) -> set[Role]:
    """Return who may give a command, in whatever state."""
    if sheet.kind not in asked.MOVES:
        return set(_permission(sheet).by)
    moves = (m for m in rules_of(sheet.subject).text.moves if m.move == asked.MOVES[sheet.kind])
    return {role for move in moves for role in move.by}


def _permission(sheet: Sheet) -> Any:
    rules, register = rules_of(sheet.subject), parts().register
    judging = rules if rules.knows(sheet.name) else register.in_force(register.today())
    return judging.text.commands[sheet.name]


def asks_for(sheet: Sheet) -> list[str]:
    """Return in words what the register will look at when a command is submitted."""
    if sheet.lacking or sheet.ahead:
        return []
    rules = rules_of(sheet.subject)
    codes = () if sheet.kind in asked.MOVES else _permission(sheet).needs
    if sheet.kind in asked.MOVES and sheet.subject:
        state = fold(as_of(parts().ledger.entries(sheet.subject))).standing.state
        move = rules.move(asked.MOVES[sheet.kind], state) if state else None
        codes = move.needs if move else ()
    current = parts().register.in_force(parts().register.today()).text.needs
    return [need_of(rules.text.needs.get(code) or current[code]) for code in codes]


def form(sheet: Sheet) -> str:
    """Return the form of a command with what was typed and what is wrong with it."""
    asking = _asking(sheet)
    if sheet.subject and not asking.entries and sheet.subject not in ALONE.values():
        raise UnknownSubject(sheet.subject)
    candidate = asking.state if isinstance(asking.state, Candidate) else Candidate()
    rules, target = rules_of(sheet.subject), str(sheet.values.get("target"))
    events = (fact.event for fact in candidate.assessments)
    found = {e.criterion: e.result for e in events if isinstance(e, CriterionAssessed)}
    ways = _fixed({**picks(asking), **sheet.picked}, sheet.values)
    choices = forms.Choices(ways, _criteria(sheet.kind, sheet.subject), found)
    here = sheet.subject if asking.entries else None
    fields = forms.fields_of(sheet.kind, choices, sheet.values, sheet.errors)
    around = forms.circumstances(parts().register.today(), sheet.values, sheet.errors)
    return render_template(
        "doing/form.html",
        command=sheet.name,
        kind=sheet.about,
        subject=here,
        who=called([here])[here] if here else None,
        fields=fields,
        circumstances=around,
        placeless=forms.placeless(sheet.errors, [*fields, *around]),
        target=next((e for e in asking.entries if str(e.version) == target), None),
        leads=_leads(sheet, candidate, rules),
        seen=len(asking.entries),
        lacking=sheet.lacking,
        also=sheet.meant.get("candidate"),
        ahead=sheet.ahead,
        asks_for=asks_for(sheet),
        rules=rules,
        words=sentences,
        said=log.said,
        command_id=str(uuid4()),
    )


def _fixed(ways: dict[str, Pick], values: Mapping[str, Any]) -> dict[str, Pick]:
    """Return the ways to choose; whom an address names already is shown by name."""
    given = {n: str(values[n]) for n, p in ways.items() if p.search and values.get(n)}
    named = {n: id for n, id in given.items() if kind_of(id) == ways[n].search and ":" in id}
    names = called(named.values())
    return {**ways, **{name: Pick([(id, names[id])]) for name, id in named.items()}}


def _leads(sheet: Sheet, candidate: Candidate, rules: RuleSet) -> tuple[str, str] | None:
    """Return the state a move leads from and to."""
    state = candidate.standing.state
    if sheet.kind not in asked.MOVES or not state:
        return None
    name = asked.MOVES[sheet.kind]
    to = rules.destination(name, state) if rules.move(name, state) else state
    return (str(state), to) if to != state else None


def _asking(sheet: Sheet) -> Asking:
    entries: list[Entry] = parts().ledger.entries(sheet.subject) if sheet.subject else []
    state = KINDS[sheet.about].fold(as_of(entries)) if entries else None
    return Asking(sheet.kind, entries, state, sheet.values)


def _criteria(kind: type[asked.Command], subject: str | None) -> list[Criterion]:
    """Return the criteria that a candidate is measured by today."""
    if kind is not asked.AssessCriteria or not subject:
        return []
    register = parts().register
    asking = Request(asked.AssessCriteria(()), actor(), subject)
    return wanted(register.case(asking, subject), register.today())


def rules_of(subject: str | None) -> RuleSet:
    """Return the rules that judge what is asked about a subject."""
    register = parts().register
    if subject is None or kind_of(subject) != "candidate":
        return register.in_force(register.today())
    return register.pinned(as_of(parts().ledger.entries(subject)))
