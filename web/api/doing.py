"""Every command as a route: made of the registry, so that a new command needs nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, request
from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.exceptions import UnsupportedMediaType

from web import answers, receipts, schemas
from web.api import kinds, strict
from web.api.bearer import bearer
from web.api.problems import AROUND, KeyReused
from web.api.room import Parser, v1
from web.pages.frame import parts
from workflow import commands as asked
from workflow.register import Receipt, Request

UUID4: Final = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
SEEN: Final = '^(\\*|"[0-9]{1,9}")$'
NOT_A_KEY: Final = "Cần một UUID ngẫu nhiên (bản 4), chữ thường."
NOT_A_VERSION: Final = 'Cần số mục đã thấy trong ngoặc kép, ví dụ "7".'


class Headers(Schema):
    """What goes with every command besides its body."""

    key = fields.String(
        data_key="Idempotency-Key",
        validate=validate.Regexp(UUID4, error=NOT_A_KEY),
        metadata={
            "description": "A random UUID (version 4) that names this command: sent again, it is "
            "recorded once and answers the same."
        },
    )
    seen = fields.String(
        data_key="If-Match",
        validate=validate.Regexp(SEEN, error=NOT_A_VERSION),
        metadata={"description": "The ETag of the subject as it was seen; 412 if it has changed."},
    )


def every() -> Iterator[tuple[str, str, type[asked.Command]]]:
    """Yield every command as (endpoint, kind of subject, command)."""
    for kind in kinds.COLLECTIONS:
        if begins := kinds.beginning(kind):
            yield f"{kind}:begin", kind, begins
        for command in kinds.about(kind):
            yield f"{kind}:{asked.name_of(command)}", kind, command


def routes() -> None:
    """Add a route for every command: where a subject begins, and about one that is there."""
    for endpoint, kind, command in every():
        name = endpoint.partition(":")[2]
        rule = f"/{kinds.COLLECTIONS[kind]}" + ("" if name == "begin" else f"/<id>/{name}")
        # Flask's own way: all of these are documented in one place, from their schemas.
        Blueprint.add_url_rule(v1, rule, endpoint, partial(do, kind, command), methods=["POST"])


def do(kind: str, command: type[asked.Command], id: str | None = None) -> Response:
    """Submit a command, and answer with its receipt. Raises a Refusal or ValidationError."""
    headers: dict[str, str] = Parser().parse(Headers(), request, location="headers")
    data, around = body(command)
    seen = headers.get("seen", "*")
    submitted = Request(
        command=loaded(command, data),
        actor=bearer().person,
        subject=kinds.subject_of(kind, id) if id is not None else None,
        effective_on=around.get("effective_on"),
        basis=schemas.basis_of(around),
        command_id=headers.get("key"),
        seen=None if seen == "*" else int(seen.strip('"')),
        office=bearer().office,
    )
    made = parts().register.submit(submitted)
    return receipt(submitted, made)


def body(command: type[asked.Command]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a body says: of the command, and around it. Raises ValidationError, BadJSON."""
    content = request.get_data()
    if content and request.mimetype != "application/json":
        raise UnsupportedMediaType
    told = strict.parsed(content) if content else {}
    around: dict[str, Any] = {name: told[name] for name in AROUND if name in told}
    unknown = {name: [schemas.MESSAGES["unknown"]] for name in told.keys() - {*AROUND, "data"}}
    if unknown:
        raise ValidationError(unknown)
    data = told.get("data", {})
    if not isinstance(data, dict):
        raise ValidationError({"data": ["Cần một đối tượng JSON."]})
    strict.check(schemas.Circumstances(), around)
    return data, dict(schemas.Circumstances().load(around))


def loaded(command: type[asked.Command], data: dict[str, Any]) -> asked.Command:
    """Return a command from its data. Raises ValidationError, below `data`."""
    try:
        strict.check(schemas.schema_for(command), data)
        return schemas.load(command, data)
    except ValidationError as error:
        raise ValidationError({"data": error.messages}) from None


def receipt(submitted: Request, made: Receipt) -> Response:
    """Return the answer to a command: 201 if it was recorded, 200 if it had been before."""
    if made.repeated:
        about = submitted.subject or made.subject
        if made.entries[0].actor != submitted.actor or about != made.subject:
            raise KeyReused
    told = answers.receipt(made, receipts.sealed(parts(), made))
    answer = Response(mimetype="application/json", status=200 if made.repeated else 201)
    answer.data = msgspec.json.encode(told)
    answer.headers["Location"] = f"{v1.url_prefix}/{kinds.address(made.subject)}"
    versions = [e.version for e in made.entries if e.subject == made.subject]
    answer.set_etag(str(versions[-1]))
    return answer


routes()
