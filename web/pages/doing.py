"""Doing: any command about a candidate, as a form to fill in and to submit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from domain.candidate import fold
from domain.history import as_of
from domain.vietnamese import order
from web import forms, schemas
from web.pages.candidate import described
from web.pages.frame import actor, clocks, parts
from web.words import sentences
from web.words.labels import COMMANDS
from workflow import commands as asked
from workflow.needs import Finding
from workflow.refusals import MoveNotAllowed, NeedsUnmet, Outdated, UnknownSubject
from workflow.register import Request
from workflow.rules import RuleSet

pages = Blueprint("doing", __name__, url_prefix="/candidates")
OFFERED: Final = [
    *get_args(asked.CandidateFact),
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
        return form(kind, subject, request.args.to_dict())
    told = forms.gathered(kind, request.form)
    around = {name: value for name in AROUND if (value := request.form.get(name, "").strip())}
    try:
        return take(kind, subject, told, around)
    except ValidationError as error:
        return form(kind, subject, {**told, **around}, dict(error.messages_dict)), 422
    except (NeedsUnmet, MoveNotAllowed, Outdated) as refusal:
        flash(sentences.refused(refusal, _rules(subject)), "error")
        return form(kind, subject, {**told, **around}, {}, refusal.unmet), 409


def take(
    kind: type[asked.Command], subject: str | None, told: Any, around: Any
) -> ResponseReturnValue:
    """Submit what a form holds. Raises ValidationError or a Refusal."""
    circumstances = schemas.Circumstances().load(around)
    submitted = Request(
        command=schemas.load(kind, told),
        actor=actor(),
        subject=subject,
        effective_on=circumstances.get("effective_on"),
        basis=schemas.basis_of(circumstances),
        command_id=request.form.get("command_id") or None,
        seen=request.form.get("seen", type=int) if subject else None,
    )
    receipt = parts().register.submit(submitted)
    flash(f"Đã ghi vào sổ: {COMMANDS[asked.name_of(kind)]} (#{receipt.last}).", "success")
    return redirect(url_for("candidate.show", id=_bare(receipt.subject)), 303)


def form(
    kind: type[asked.Command],
    subject: str | None,
    values: Mapping[str, Any],
    errors: Mapping[str, Any] | None = None,
    lacking: tuple[Finding, ...] = (),
) -> str:
    """Return the form of a command with what was typed and what is wrong with it."""
    entries = parts().ledger.entries(subject) if subject else []
    if subject and not entries:
        raise UnknownSubject(subject)
    candidate, rules, target = fold(as_of(entries)), _rules(subject), str(values.get("target"))
    choices = forms.Choices(_units(), rules.criteria_for(candidate.standing.measure))
    found = candidate.assessments
    values = {"results": {f.event.criterion: f.event.result for f in found}, **values}  # type: ignore[union-attr]
    return render_template(
        "candidate/form.html",
        command=asked.name_of(kind),
        id=_bare(subject or ""),
        who=described(candidate) if subject else None,
        fields=forms.fields_of(kind, choices, values, errors),
        circumstances=forms.circumstances(parts().register.today(), values, errors),
        target=next((entry for entry in entries if str(entry.version) == target), None),
        seen=len(entries),
        lacking=lacking,
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
        return register.rules.on(register.today())
    return register.pinned(as_of(parts().ledger.entries(subject)))


def _bare(subject: str) -> str:
    return subject.removeprefix("candidate:")
