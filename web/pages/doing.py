"""Doing: any command about any subject, as a form to fill in, to look ahead with and to submit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.calendar import CALENDAR
from domain.candidate import Candidate, fold
from domain.candidate_events import CriterionAssessed
from domain.entry import Entry
from domain.history import as_of
from domain.subjects import KINDS, kind_of
from domain.values import Role
from web import confirming, forms, receipts, schemas
from web.forms import Pick
from web.languages import _
from web.pages.allowed import beginning, offered, only_looks
from web.pages.candidate import described
from web.pages.choosing import Asking, chosen, picks, suggested
from web.pages.frame import actor, clocks, parts, visitor
from web.pages.naming import called, subject_link
from web.twins import twins
from web.words import log, sentences
from web.words.labels import COMMANDS, need_of
from workflow import commands as asked
from workflow.criteria import wanted
from workflow.decide import decide
from workflow.needs import Finding
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
    Outdated,
    UnknownSubject,
)
from workflow.register import Request
from workflow.rules import Criterion, RuleSet

pages = Blueprint("doing", __name__)
AROUND: Final = ("effective_on", "basis", "basis_dated", "basis_issuer")
ALONE: Final = {"calendar": CALENDAR}  # kinds of which there is one


class Ahead(NamedTuple):
    """One entry that a command would make."""

    says: str
    about: str
    on: date


@dataclass
class Sheet:
    """A form on its way: the command, about what, what was typed, and what is wrong with it."""

    kind: type[asked.Command]
    about: str
    subject: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)
    lacking: tuple[Finding, ...] = ()
    ahead: list[Ahead] = field(default_factory=list)
    picked: dict[str, Pick] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the command."""
        return asked.name_of(self.kind)


def install(app: Flask) -> None:
    """Let templates lead to forms."""
    app.jinja_env.globals.update(doing_link=doing_link, supply_link=supply_link)


def supply_link(subject: str, command: str) -> str:
    """Return where a command can be given that supplies what a subject lacks.

    It may be about something else: then a new one is asked for, or one is chosen from a list.
    """
    kinds = asked.KINDS[asked.BY_NAME[command]]
    if kind_of(subject) in kinds:
        return doing_link(subject, command)
    if asked.BY_NAME[command] in asked.BEGINS:
        return doing_link(kinds[0], command)
    return url_for("subject.list", kind=kinds[0])


def doing_link(subject: str, command: str, **given: Any) -> str:
    """Return the address of a command's form; a kind alone is about a new one."""
    kind, _colon, id = subject.partition(":")
    if command == "discover-candidate":
        return url_for("doing.discover", **given)
    return url_for("doing.do", kind=kind, id=id or "new", command=command, **given)


OFFERED: Final = [*offered("candidate")]


@pages.route("/candidates/new", methods=["GET", "POST"])
def discover() -> ResponseReturnValue:
    """Enter a new candidate."""
    return ask(Sheet(asked.DiscoverCandidate, "candidate", None))


@pages.route("/<kind:kind>/<id>/<command>", methods=["GET", "POST"])
def do(kind: str, id: str, command: str) -> ResponseReturnValue:
    """Ask for the words of a command about a subject, and submit it."""
    named, new = asked.named(command), id == "new"
    if named is None or named not in (beginning(kind) if new else offered(kind)):
        abort(404)
    return ask(Sheet(named, kind, ALONE.get(kind) if new else f"{kind}:{id}"))


@pages.get("/pick/<any(candidate, person):kind>")
def pick(kind: str) -> ResponseReturnValue:
    """Return what a name that is being typed may mean."""
    text = request.args.get("q", "").strip()[:100]
    return {"found": [name for _id, name in suggested(kind, text)] if text else []}


def ask(sheet: Sheet) -> ResponseReturnValue:
    """Show a form, or take it: 303 to what it is about once it is recorded."""
    if clocks().set:
        abort(405)
    if request.method == "GET":
        if only_looks():
            abort(403)
        sheet.lacking = lacking(sheet)
        if asks_again := confirming.before_a_decision(deciders(sheet)):
            return asks_again
        sheet.values = {**so_far(sheet), **_asked_for(request.args)}
        return form(sheet)
    told = forms.gathered(sheet.kind, request.form)
    around = {name: value for name in AROUND if (value := request.form.get(name, "").strip())}
    sheet.values = {**told, **around}
    if not _looking() and confirming.before_a_decision(deciders(sheet)):
        flash(_("Đã quá 10 phút: hãy mở /account/confirm ở thẻ khác, rồi gửi lại."), "error")
        return form(sheet), 403
    try:
        return take(sheet, resolved(sheet, told), around)
    except ValidationError as error:
        sheet.errors = dict(error.messages_dict)
        return form(sheet), 422
    except InvalidCommand as refusal:
        name, problem = map(str, refusal.facts[:2])
        sheet.errors = {name: [sentences.problem_of(problem)]}
        return form(sheet), 422
    except NeedsUnmet as refusal:
        if not _looking():
            flash(sentences.count_of_unmet(refusal), "error")
        sheet.lacking = refusal.unmet
        return form(sheet), 409
    except (MoveNotAllowed, Outdated) as refusal:
        flash(sentences.refused(refusal, _rules(sheet.subject)), "error")
        sheet.lacking = refusal.unmet
        return form(sheet), 409


def _asked_for(args: MultiDict[str, str]) -> dict[str, Any]:
    return {
        name: args.getlist(name) if len(args.getlist(name)) > 1 else args[name] for name in args
    }


def _looking() -> bool:
    """Return whether the visitor wants to see what would happen, and no more."""
    return "look" in request.form


def take(sheet: Sheet, told: Any, around: Any) -> ResponseReturnValue:
    """Submit what a form holds, or look ahead. Raises ValidationError or a Refusal."""
    circumstances = schemas.Circumstances().load(around)
    command = schemas.load(sheet.kind, told)
    alike = twins(parts().ledger, command)
    submitted = Request(
        command=command,
        actor=actor(),
        subject=sheet.subject,
        effective_on=circumstances.get("effective_on"),
        basis=schemas.basis_of(circumstances),
        command_id=command_id(),
        seen=request.form.get("seen", type=int) if sheet.subject else None,
    )
    if _looking():
        sheet.ahead = look_ahead(sheet, submitted)
        return form(sheet)
    receipt = parts().register.submit(submitted)
    seal = receipts.in_words(parts(), receipt)
    told = f"#{receipt.last}; {seal}" if seal else f"#{receipt.last}"
    flash(
        _("Đã ghi vào sổ: %(name)s (%(receipt)s).", name=COMMANDS[sheet.name], receipt=told),
        "success",
    )
    if others := [id for id in alike if id != receipt.subject]:
        flash(sentences.twins(others), "warning")
    return redirect(subject_link(receipt.subject), 303)


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
    if sheet.kind is not asked.DescribeCandidate or not sheet.subject:
        return {}
    candidate = fold(as_of(parts().ledger.entries(sheet.subject)))
    standing = candidate.standing
    kept = {"person_kind": standing.person_kind, "priority": standing.priority}
    return {"what": described(candidate), **kept}


def command_id() -> str | None:
    """Return the id this form was given, so that it is recorded once however often it is sent.

    Only a random one is taken: the ids of rows of an older register are of another version.
    """
    given = request.form.get("command_id")
    try:
        return str(UUID(given, version=4)) if given else None
    except ValueError:
        abort(400)


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
    moves = (m for m in _rules(sheet.subject).text.moves if m.move == asked.MOVES[sheet.kind])
    return {role for move in moves for role in move.by}


def _permission(sheet: Sheet) -> Any:
    rules, register = _rules(sheet.subject), parts().register
    judging = rules if rules.knows(sheet.name) else register.in_force(register.today())
    return judging.text.commands[sheet.name]


def asks_for(sheet: Sheet) -> list[str]:
    """Return in words what the register will look at when a command is submitted."""
    if sheet.lacking or sheet.ahead:
        return []
    rules = _rules(sheet.subject)
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
    rules, target = _rules(sheet.subject), str(sheet.values.get("target"))
    events = (fact.event for fact in candidate.assessments)
    found = {e.criterion: e.result for e in events if isinstance(e, CriterionAssessed)}
    ways = _fixed({**picks(asking), **sheet.picked}, sheet.values)
    choices = forms.Choices(ways, _criteria(sheet.kind, sheet.subject), found)
    here = sheet.subject if asking.entries else None
    return render_template(
        "doing/form.html",
        command=sheet.name,
        kind=sheet.about,
        subject=here,
        who=called([here])[here] if here else None,
        fields=forms.fields_of(sheet.kind, choices, sheet.values, sheet.errors),
        circumstances=forms.circumstances(parts().register.today(), sheet.values, sheet.errors),
        target=next((e for e in asking.entries if str(e.version) == target), None),
        leads=_leads(sheet, candidate, rules),
        seen=len(asking.entries),
        lacking=sheet.lacking,
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


def _rules(subject: str | None) -> RuleSet:
    register = parts().register
    if subject is None or kind_of(subject) != "candidate":
        return register.in_force(register.today())
    return register.pinned(as_of(parts().ledger.entries(subject)))
