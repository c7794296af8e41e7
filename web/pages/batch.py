"""Batches: choose, fill in once, look at what would become of each item, then record it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from domain.batch import BatchRecorded
from web import confirming, forms, schemas, selection, titles
from web.languages import _
from web.numbers import number
from web.pages.allowed import only_looks
from web.pages.doing import AROUND, command_id
from web.pages.frame import actor, clocks, names, parts, visitor
from web.pages.register import about, asked_for, standing
from web.pages.sheet import Sheet, deciders
from web.words import batches, sentences
from workflow import commands as asked
from workflow.batch import ABOUT, Batch, batch, field_of
from workflow.refusals import InvalidCommand
from workflow.rules import RuleSet

pages = Blueprint("batch", __name__, url_prefix="/batches")
OPEN_IN = {
    "add-agenda-item": "session",
    "select-candidate": "round",
    "drop-selection": "round",
    "select-delegate": "quota",
    "remind-unit": "programme",
}
CHOSEN = {"programme": "programme", "session": "session"}  # fields that name a subject
STEPS = ("item", "csrf_token", "command_id", "record", "preview")


@pages.route("/new", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for the words of a command, preview it for every item, then record it as one act."""
    if clocks().set:
        abort(405)
    if only_looks():
        abort(403)
    rules = parts().register.in_force(parts().register.today())
    values = request.values
    kind = asked.named(values.get("command", ""))
    if kind is None or asked.name_of(kind) not in rules.text.terms.bulk.commands:
        return render_template(
            "batch/choose.html",
            chosen=chosen(),
            commands=selection.offered(rules, visitor().roles),
        )
    asks_again = confirming.before_a_decision(deciders(Sheet(kind, "candidate", None)))
    if request.method == "GET":
        return asks_again or form(kind, chosen(), request.args)
    told = forms.gathered(kind, request.form)
    around = {name: value for name in AROUND if (value := request.form.get(name, "").strip())}
    if asks_again and "record" in request.form:
        confirming.ask_beside()
        return form(kind, chosen(), {**told, **around}), 403
    try:
        whole = gathered(kind, told, around)
        if "record" not in request.form:
            return preview(whole, rules)
        receipt = parts().register.submit_batch(whole)
    except ValidationError as error:
        return form(kind, chosen(), {**told, **around}, dict(error.messages_dict)), 422
    except InvalidCommand as refusal:
        field, problem = map(str, refusal.facts[:2])
        errors = {field: [sentences.problem_of(problem)]}
        return form(kind, chosen(), {**told, **around}, errors), 422
    parts().sealer.finish(lambda: parts().ledger.db)
    return redirect(url_for("batch.show", id=receipt.entries[-1].command_id), 303)


@pages.get("/<uuid:id>")
def show(id: Any) -> ResponseReturnValue:
    """Show what became of each item of a batch."""
    found = [e for e in parts().ledger.answered(str(id)) if isinstance(e.event, BatchRecorded)]
    if not found:
        abort(404)
    (entry,) = found
    event = entry.event
    assert isinstance(event, BatchRecorded)
    called = titles.called(parts(), (item.about or item.subject for item in event.items))
    rules = parts().register.in_force(entry.effective_on)
    return render_template(
        "batch/done.html",
        entry=entry,
        event=event,
        done=sum(item.done for item in event.items),
        rows=[
            (item, called[item.about or item.subject], batches.outcome(item, rules))
            for item in event.items
        ],
        by=names([entry.actor])[entry.actor],
    )


def chosen() -> dict[str, str]:
    """Return what was ticked, or all of a session, a round or a narrowed list, with names."""
    told = request.values
    if told.get("session_of"):
        return titles.called(parts(), selection.on_agenda(parts(), told["session_of"]))
    if told.get("round_of"):
        return titles.called(parts(), selection.selected(parts(), told["round_of"]))
    if told.get("all"):
        units = {id: unit.name or id for id, unit in parts().register.units().items()}
        narrow = asked_for(units)
        return selection.narrowed(parts(), narrow, about(narrow, standing()))
    return titles.called(parts(), (item.partition("@")[0] for item in told.getlist("item")))


def gathered(
    kind: type[asked.Command], told: Mapping[str, Any], around: Mapping[str, str]
) -> Batch:
    """Return the batch that a form asks for. Raises ValidationError."""
    field, to = field_of(kind), request.form.get("to", "").strip() or None
    if field and not to:
        raise ValidationError({"to": [_("Cần chọn.")]})
    parted = [item.partition("@") for item in request.form.getlist("item")]
    items = [(id, number(seen)) for id, _, seen in parted]
    if not items:
        raise ValidationError({"items": [_("Cần chọn ít nhất một mục.")]})
    circumstances, command = schemas.together(
        lambda: schemas.Circumstances().load(dict(around)),
        lambda: schemas.load(kind, {**told, field: items[0][0]} if field else told),
    )
    return batch(
        command,
        items,
        actor(),
        command_id() or str(uuid4()),
        to=to,
        effective_on=circumstances.get("effective_on"),
        basis=schemas.basis_of(circumstances),
    )


def form(
    kind: type[asked.Command],
    items: Mapping[str, str],
    values: Mapping[str, Any],
    errors: Mapping[str, Any] | None = None,
) -> str:
    """Return the form of a command for many, with the items it is for."""
    command, wrong = asked.name_of(kind), errors or {}
    wanted = [
        f for f in forms.fields_of(kind, forms.Choices(), values, errors) if f["name"] not in ABOUT
    ]
    into = [into_field(OPEN_IN[command], values, wrong)] if command in OPEN_IN else []
    return render_template(
        "batch/form.html",
        command=command,
        items=items,
        fields=into + [known(field) for field in wanted],
        circumstances=forms.circumstances(parts().register.today(), values, errors),
        wrong=[told for name in ("items", "command") for told in wrong.get(name, ())],
    )


def known(field: forms.Field) -> forms.Field:
    """Return a field that names a subject as one to choose from."""
    kind = CHOSEN.get(field["name"])
    return {**field, "type": "select", "options": choices(kind)} if kind else field


def into_field(kind: str, values: Mapping[str, Any], errors: Mapping[str, Any]) -> forms.Field:
    """Return the field for what the items are put into."""
    return {
        "name": "to",
        "label": batches.INTO[kind],
        "type": "select",
        "required": True,
        "options": choices(kind),
        "value": values.get("to"),
        "error": " ".join(errors.get("to", ())) or None,
    }


def choices(kind: str) -> list[tuple[str, str]]:
    """Return the subjects of a kind, the latest first, as ids and titles."""
    found = reversed(list(parts().register.all(kind)))
    return [*titles.called(parts(), found).items()]


def preview(whole: Batch, rules: RuleSet) -> str:
    """Return what would become of each item, with what is missing where it would be refused."""
    judged = parts().register.preview(whole)
    items = [judged_.item.about or judged_.item.subject for judged_ in judged]
    seen = parts().ledger.versions([one.request.subject or "" for one in judged])
    called = titles.called(parts(), items)
    rows = zip(items, judged, strict=True)
    return render_template(
        "batch/preview.html",
        command=whole.command,
        command_id=whole.command_id,
        rows=[(id, seen.get(id, ""), called[id], one) for id, one in rows],
        done=sum(one.refusal is None for one in judged),
        kept=[(n, v) for n, vs in request.form.lists() for v in vs if n not in STEPS],
        rules=rules,
        words=sentences,
    )
