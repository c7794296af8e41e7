"""Doing: any command about any subject, as a form to fill in, to look ahead with and to submit."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Flask, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.council import Matter
from domain.subjects import kind_of
from web import confirming, enclosures, forms, receipts, schemas
from web.languages import _
from web.pages.allowed import beginning, offered, only_looks
from web.pages.choosing import suggested
from web.pages.frame import actor, address, clocks, parts, visitor
from web.pages.naming import subject_link
from web.pages.sheet import (
    ALONE,
    Sheet,
    deciders,
    form,
    lacking,
    look_ahead,
    resolved,
    rules_of,
    so_far,
)
from web.twins import twins
from web.words import sentences
from web.words.days import number
from web.words.labels import COMMANDS
from workflow import auditing
from workflow import commands as asked
from workflow.refusals import InvalidCommand, MoveNotAllowed, NeedsUnmet, Outdated
from workflow.register import Request

pages = Blueprint("doing", __name__)
AROUND: Final = ("effective_on", "basis", "basis_dated", "basis_issuer")


def install(app: Flask) -> None:
    """Let templates lead to forms."""
    app.jinja_env.globals.update(
        doing_link=doing_link, supply_link=supply_link, file_limit=lambda: parts().file_limit
    )


def supply_link(subject: str, command: str, also: str | None = None) -> str:
    """Return where a command can be given that supplies what a subject lacks.

    It may be about something else, `also`; else a new one is asked for, or one is chosen from a
    list.
    """
    kinds = asked.KINDS[asked.BY_NAME[command]]
    for about in filter(None, (subject, also)):
        if kind_of(about) in kinds:
            return doing_link(about, command)
    if asked.BY_NAME[command] in asked.BEGINS:
        return doing_link(kinds[0], command)
    if kinds[0] == "candidate":
        return address("register.show")
    if command == "add-agenda-item" and kind_of(subject) == "candidate":
        return _agenda_link(subject)
    return address("subject.list", kind=kinds[0])


def _agenda_link(candidate: str) -> str:
    """Return where a candidate is put on the agenda: of the open session, or of a new one."""
    every = parts().register.all("session").items()
    sitting = {id: one for id, one in every if one.held_on and one.closed is None}
    for id, session in sitting.items():
        if any(item.candidate == candidate and not item.dropped for item in session.items):
            return subject_link(id)
    if not sitting:
        return doing_link("session", "notice-session")
    if len(sitting) > 1:
        return address("subject.list", kind="session")
    about = {"matter": Matter.RECOGNITION, "candidate": candidate}
    return doing_link(next(iter(sitting)), "add-agenda-item", **about)


def doing_link(subject: str, command: str, **given: Any) -> str:
    """Return the address of a command's form; a kind alone is about a new one."""
    kind, _colon, id = subject.partition(":")
    if command == "discover-candidate":
        return address("doing.discover", **given)
    return address("doing.do", kind=kind, id=id or "new", command=command, **given)


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
    return opened(sheet) if request.method == "GET" else sent(sheet)


def opened(sheet: Sheet) -> ResponseReturnValue:
    """Show a form to fill in, with what is known already and what is lacking."""
    if only_looks():
        abort(403)
    sheet.lacking = lacking(sheet)
    if asks_again := confirming.before_a_decision(deciders(sheet)):
        return asks_again
    sheet.values = {**so_far(sheet), **_asked_for(request.args)}
    return form(sheet)


def sent(sheet: Sheet) -> ResponseReturnValue:
    """Take a form; show it again with what was typed if something stands in the way."""
    told = forms.gathered(sheet.kind, request.form, request.files)
    around = {name: value for name in AROUND if (value := request.form.get(name, "").strip())}
    sheet.values = {**told, **around}
    if not _looking() and confirming.before_a_decision(deciders(sheet)):
        confirming.ask_beside()
        return form(sheet), 403
    try:
        sheet.meant = resolved(sheet, told)
        return take(sheet, sheet.meant, around)
    except ValidationError as error:
        sheet.errors = dict(error.messages_dict)
        return form(sheet), 422
    except InvalidCommand as refusal:
        name, problem = map(str, refusal.facts[:2])
        sheet.errors = {name: [sentences.problem_of(problem)]}
        return form(sheet), 422
    except (NeedsUnmet, MoveNotAllowed, Outdated) as refusal:
        sheet.lacking = refusal.unmet
        if not isinstance(refusal, NeedsUnmet):
            flash(sentences.refused(refusal, rules_of(sheet.subject)), "error")
        elif not _looking():
            flash(sentences.count_of_unmet(refusal), "error")
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
    circumstances, command = schemas.together(
        lambda: schemas.Circumstances().load(around), lambda: schemas.load(sheet.kind, told)
    )
    enclosures.check(parts(), sheet.subject, command)
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
    told = "; ".join(filter(None, (f"#{number(receipt.last)}", seal)))
    flash(
        _("Đã ghi vào sổ: %(name)s (%(receipt)s).", name=COMMANDS[sheet.name], receipt=told),
        "success",
    )
    if others := [id for id in alike if id != receipt.subject]:
        flash(sentences.twins(others), "warning")
    to = _afterwards(receipt.subject, command)
    if request.headers.get("X-Upload"):  # a script that goes there itself, or the words are lost
        return "", 201, {"Location": to}
    return redirect(to, 303)


def _afterwards(subject: str, command: asked.Command) -> str:
    """Return where a visitor goes on: whoever only hands a letter on, to whom it is about."""
    about = getattr(command, "candidate", None)
    if about and not auditing.may_read(visitor().roles, kind_of(subject)):
        return subject_link(about)
    return subject_link(subject)


def command_id() -> str | None:
    """Return the id this form was given, so that it is recorded once however often it is sent.

    Only a random one is taken: the ids of rows of an older register are of another version.
    """
    given = request.form.get("command_id")
    try:
        return str(UUID(given, version=4)) if given else None
    except ValueError:
        abort(400)
