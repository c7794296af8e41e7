"""Doing: any command about a candidate, as a form to fill in and to submit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from domain.candidate import fold
from domain.candidate_events import CriterionAssessed
from domain.history import as_of
from domain.vietnamese import order
from web import forms, receipts, schemas
from web.pages.candidate import described, only_looks
from web.pages.frame import actor, clocks, parts, visitor
from web.twins import twins
from web.words import sentences
from web.words.labels import COMMANDS
from workflow import commands as asked
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
from workflow.rules import RuleSet

pages = Blueprint("doing", __name__, url_prefix="/candidates")
OFFERED: Final = [
    *get_args(asked.CandidateFact),
    *get_args(asked.ReviewCommand),
    *get_args(asked.PublicityCommand),
    *get_args(asked.ReplicationCommand),
    *get_args(asked.HonourCommand),
    *get_args(asked.Move),
    *get_args(asked.Correct),
]
AROUND: Final = ("effective_on", "basis", "basis_dated", "basis_issuer")


@pages.route("/new", methods=["GET", "POST"])
def discover() -> ResponseReturnValue:
    """Enter a new candidate."""
    return ask(asked.DiscoverCandidate, None)


@pages.route("/<id>/<command>", methods=["GET", "POST"])
def do(id: str, command: str) -> ResponseReturnValue:
    """Ask for the words of a command about a candidate, and submit it."""
    kind = asked.named(command)
    if kind is None or kind not in OFFERED:
        abort(404)
    return ask(kind, f"candidate:{id}")


def ask(kind: type[asked.Command], subject: str | None) -> ResponseReturnValue:
    """Show the form of a command, or take it: 303 to the candidate once it is recorded."""
    if clocks().set:
        abort(405)
    if request.method == "GET":
        if only_looks():
            abort(403)
        missing = lacking(kind, subject)
        return form(kind, subject, {**so_far(kind, subject), **request.args}, {}, missing)
    told = forms.gathered(kind, request.form)
    around = {name: value for name in AROUND if (value := request.form.get(name, "").strip())}
    try:
        return take(kind, subject, told, around)
    except ValidationError as error:
        return form(kind, subject, {**told, **around}, dict(error.messages_dict)), 422
    except InvalidCommand as refusal:
        field, problem = map(str, refusal.facts[:2])
        errors = {field: [sentences.problem_of(problem)]}
        return form(kind, subject, {**told, **around}, errors), 422
    except NeedsUnmet as refusal:
        flash(sentences.count_of_unmet(refusal), "error")
        return form(kind, subject, {**told, **around}, {}, refusal.unmet), 409
    except (MoveNotAllowed, Outdated) as refusal:
        flash(sentences.refused(refusal, _rules(subject)), "error")
        return form(kind, subject, {**told, **around}, {}, refusal.unmet), 409


def take(
    kind: type[asked.Command], subject: str | None, told: Any, around: Any
) -> ResponseReturnValue:
    """Submit what a form holds. Raises ValidationError or a Refusal."""
    circumstances = schemas.Circumstances().load(around)
    command = schemas.load(kind, told)
    alike = twins(parts().ledger, command)
    submitted = Request(
        command=command,
        actor=actor(),
        subject=subject,
        effective_on=circumstances.get("effective_on"),
        basis=schemas.basis_of(circumstances),
        command_id=command_id(),
        seen=request.form.get("seen", type=int) if subject else None,
    )
    receipt = parts().register.submit(submitted)
    seal = receipts.in_words(parts(), receipt)
    told = f"#{receipt.last}; {seal}" if seal else f"#{receipt.last}"
    flash(f"Đã ghi vào sổ: {COMMANDS[asked.name_of(kind)]} ({told}).", "success")
    if others := [id for id in alike if id != receipt.subject]:
        flash(sentences.twins(others), "warning")
    return redirect(url_for("candidate.show", id=_bare(receipt.subject)), 303)


def so_far(kind: type[asked.Command], subject: str | None) -> dict[str, Any]:
    """Return what is known already of what a command says anew."""
    if kind is not asked.DescribeCandidate or not subject:
        return {}
    candidate = fold(as_of(parts().ledger.entries(subject)))
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


def lacking(kind: type[asked.Command], subject: str | None) -> tuple[Finding, ...]:
    """Return what stands in the way of a move. Raises NotPermitted for what is no move."""
    move = asked.question(asked.MOVES[kind]) if kind in asked.MOVES else None
    if move and subject:
        found = parts().register.why(Request(move, actor(), subject))
        return tuple(finding for finding in found if not finding.met)
    name = asked.name_of(kind)
    rules, register = _rules(subject), parts().register
    judging = rules if rules.knows(name) else register.in_force(register.today())
    permitted = judging.text.commands[name].by
    if not visitor().roles & set(permitted):
        raise NotPermitted(name, *permitted)
    return ()


def form(
    kind: type[asked.Command],
    subject: str | None,
    values: Mapping[str, Any],
    errors: Mapping[str, Any] | None = None,
    missing: tuple[Finding, ...] = (),
) -> str:
    """Return the form of a command with what was typed and what is wrong with it."""
    entries = parts().ledger.entries(subject) if subject else []
    if subject and not entries:
        raise UnknownSubject(subject)
    candidate, rules, target = fold(as_of(entries)), _rules(subject), str(values.get("target"))
    events = (fact.event for fact in candidate.assessments)
    found = {e.criterion: e.result for e in events if isinstance(e, CriterionAssessed)}
    choices = forms.Choices(_units(), rules.criteria_for(candidate.standing.measure), found)
    return render_template(
        "candidate/form.html",
        command=asked.name_of(kind),
        id=_bare(subject or ""),
        who=described(candidate) if subject else None,
        fields=forms.fields_of(kind, choices, values, errors),
        circumstances=forms.circumstances(parts().register.today(), values, errors),
        target=next((entry for entry in entries if str(entry.version) == target), None),
        seen=len(entries),
        lacking=missing,
        rules=rules,
        words=sentences,
        command_id=str(uuid4()),
    )


def _units() -> list[tuple[str, str]]:
    units = parts().register.units().items()
    named = [(id, unit.name or id) for id, unit in units if not unit.merged_into]
    return sorted(named, key=lambda unit: order(unit[1]))


def _rules(subject: str | None) -> RuleSet:
    register = parts().register
    if subject is None:
        return register.in_force(register.today())
    return register.pinned(as_of(parts().ledger.entries(subject)))


def _bare(subject: str) -> str:
    return subject.removeprefix("candidate:")
