"""Every command as a route: made of the registry, so that a new command needs nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial, wraps
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, request
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from werkzeug.exceptions import UnsupportedMediaType

from domain.values import Basis
from web import answers, enclosures, receipts, schemas
from web.api import kinds, strict
from web.api.bearer import bearer
from web.api.problems import KeyReused
from web.api.repeats import is_repeat
from web.api.room import Parser, at_most, v1
from web.pages.frame import parts
from workflow import commands as asked
from workflow.register import Receipt, Request

UUID4: Final = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
SEEN: Final = '^"?[0-9]{1,9}"?$'
NOT_A_KEY: Final = "Cần một UUID ngẫu nhiên (bản 4), chữ thường."
NOT_A_VERSION: Final = 'Cần số mục đã thấy trong ngoặc kép, ví dụ "7".'


class Paper(Schema):
    """The document that a command rests on."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": schemas.MESSAGES["unknown"]}  # noqa: RUF012
    symbol = schemas.Text(required=True, validate=at_most(60, 1), error_messages=schemas.MESSAGES)
    dated = schemas.Day(error_messages=schemas.DATE_MESSAGES)
    issuer = schemas.Text(validate=at_most(120), error_messages=schemas.MESSAGES)


class Around(Schema):
    """What goes with every command in its body."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": schemas.MESSAGES["unknown"]}  # noqa: RUF012
    effective_on = schemas.Day(error_messages=schemas.DATE_MESSAGES)
    basis = fields.Nested(Paper, error_messages=schemas.MESSAGES)


_SCHEMAS: dict[type[asked.Command], Schema] = {}


class Headers(Schema):
    """What goes with every command besides its body."""

    key = fields.String(
        data_key="Idempotency-Key",
        validate=validate.Regexp(UUID4, error=NOT_A_KEY),
        metadata={
            "format": "uuid",
            "description": "A random UUID (version 4) that names this command: sent again, it is "
            "recorded once and answers the same.",
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
        view = wraps(do)(partial(do, kind, command))
        Blueprint.add_url_rule(v1, rule, endpoint, view, methods=["POST"])


def do(kind: str, command: type[asked.Command], id: str | None = None) -> Response:
    """Submit a command, and answer with its receipt. Raises a Refusal or ValidationError."""
    headers: dict[str, str] = Parser().parse(Headers(), request, location="headers")
    told, around = body(command)
    basis = around.get("basis")
    seen = headers.get("seen", "").strip('"')
    submitted = Request(
        command=told,
        actor=bearer().person,
        subject=kinds.subject_of(kind, id) if id is not None else None,
        effective_on=around.get("effective_on"),
        basis=(Basis(**basis),) if basis else (),
        command_id=headers.get("key"),
        seen=int(seen) if seen else None,
        office=bearer().office,
        signs=bearer().signs,
    )
    try:
        enclosures.check(parts(), submitted.subject, told)
    except ValidationError as error:
        raise ValidationError({"data": error.messages_dict}) from None
    made = parts().register.submit(submitted)
    return receipt(submitted, made)


def body(command: type[asked.Command]) -> tuple[asked.Command, dict[str, Any]]:
    """Return the command that a body holds, and what goes with it.

    Raises ValidationError by field, BadJSON.
    """
    content = request.get_data()
    if content and request.mimetype != "application/json":
        raise UnsupportedMediaType
    told = strict.parsed(content) if content else {}
    whole = schema_of(command)
    strict.check(whole, told)
    around: dict[str, Any] = whole.load(told)
    return command(**around.pop("data", {})), around


def schema_of(command: type[asked.Command]) -> Schema:
    """Return the schema of a body: what the command says, and what goes with every command."""
    if command not in _SCHEMAS:
        data = schemas.schema_for(command)
        required = any(field.required for field in data.fields.values())
        said = fields.Nested(data, required=required, error_messages=schemas.MESSAGES)
        _SCHEMAS[command] = Around.from_dict({"data": said}, name=f"{command.__name__}Body")()
    return _SCHEMAS[command]


def receipt(submitted: Request, made: Receipt) -> Response:
    """Return the answer to a command: 201 if it was recorded, 200 if it had been before.

    Raises KeyReused.
    """
    if made.repeated and not is_repeat(submitted, made):
        raise KeyReused
    told = answers.receipt(made, receipts.sealed(parts(), made))
    answer = Response(mimetype="application/json", status=200 if made.repeated else 201)
    answer.data = msgspec.json.encode(told)
    answer.headers["Location"] = f"{v1.url_prefix}/{kinds.address(made.subject)}"
    versions = [e.version for e in made.entries if e.subject == made.subject]
    answer.set_etag(str(versions[-1]))
    return answer


routes()
