"""The documents of the API: OpenAPI 3.1, made once from routes and schemas, and a page of it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec
from flask import Blueprint, Flask, Response, render_template
from flask_smorest import Api
from marshmallow import Schema, fields

from domain.values import Result
from web import schemas
from web.api import doing, kinds, problems, shown
from web.api.room import v1
from web.api.strict import CLEAN
from web.enclosures import ENDINGS, LONGEST, MOST, Files
from web.words.labels import COMMANDS, FIELDS
from workflow import commands as asked

pages = Blueprint("api_docs", __name__, url_prefix=v1.url_prefix)
DOCUMENT: Final = {"API_TITLE": "Sổ Điển hình · Exemplar Register", "API_VERSION": "1.0.0",
                   "OPENAPI_VERSION": "3.1.0"}  # fmt: skip
ABOUT: Final = (
    "Every command of the register and every question, for other systems. A token acts for one "
    "person in one office, and may do what the rules let that office do; `exemplar token create` "
    "makes one. What is new comes from `GET /entries?after=`."
)
# Which statuses a route may answer with, beside those of what it is for.
ASKING: Final = (400, 401, 403, 404, 422, 429, 500, 503)
DOING: Final = (*ASKING, 409, 412, 413, 415)
CITED: Final = 10**schemas.DIGITS - 1
METHODS: Final = frozenset({"get", "post"})
FILE: Final = {
    "type": "object",
    "description": f"A file of one of these types: {', '.join(ENDINGS)}.",
    "properties": {
        "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST,
            "pattern": CLEAN,
            "example": "bang.pdf",
        },
        "content": {"type": "string", "pattern": CLEAN, "contentEncoding": "base64"},
    },
    "required": ["name", "content"],
    "additionalProperties": False,
}
SAYS_SOMETHING: Final = r"[^\s\x85]"  # NEL is a blank to us, and not to JavaScript


class Documents(Api):  # type: ignore[misc]
    """What makes the document; errors are the application's."""

    ERROR_SCHEMA = shown.Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to `problems`."""


@pages.get("/openapi.json")
def openapi() -> Response:
    """Give the document."""
    return Response(msgspec.json.encode(document()), mimetype="application/json")


@pages.get("/docs")
def docs() -> str:
    """Show the document to people."""
    found = {"api": document(), "groups": groups(), "problems": problems.KINDS}
    return render_template("api/docs.html", **found)


def groups() -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Return path, method and operation of every route, by what it is about."""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, item in document()["paths"].items():
        for method in METHODS & item.keys():
            found.setdefault(item[method]["tags"][0], []).append((path, method, item[method]))
    return {tag: sorted(found[tag], key=lambda one: one[:2]) for tag in sorted(found)}


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document: the same for every register."""
    app = Flask("web")
    app.config.update(DOCUMENT)
    more = {"info": {"description": ABOUT}, "security": [{"bearer": []}]}
    api = Documents(app, spec_kwargs=more)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    api.spec.components.schema("Receipt", schema=shown.Receipt)
    converter = api.ma_plugin.converter
    converter.add_attribute_function(shape)
    api.register_blueprint(v1)
    for endpoint, kind, command in doing.every():
        operation = doing_of(converter, endpoint, kind, command)
        if endpoint.endswith(":begin"):
            operation["responses"]["201"]["links"] = links(kind, "$response.body#/subject")
        rule = next(app.url_map.iter_rules(f"{v1.name}.{endpoint}"))
        api.spec.path(rule=rule, operations={"post": operation})
    made: dict[str, Any] = api.spec.to_dict()
    for kind, collection in kinds.COLLECTIONS.items():
        listed = made["paths"][f"{v1.url_prefix}/{collection}"]["get"]
        member = "candidates" if kind == "candidate" else "subjects"
        listed["responses"]["200"]["links"] = links(kind, f"$response.body#/{member}/0/id")
    return finished(made)


def finished(made: dict[str, Any]) -> dict[str, Any]:
    """Return the document with every problem that a route may answer with."""
    content = {problems.TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    made["components"]["responses"] = {
        f"Problem{status}": {"description": described(status), "content": content}
        for status in DOING
    }
    for path in made["paths"].values():
        for method, operation in path.items():
            if method in METHODS:
                for status in DOING if method == "post" else ASKING:
                    ref = {"$ref": f"#/components/responses/Problem{status}"}
                    operation["responses"][str(status)] = ref
    return made


def described(status: int) -> str:
    """Return which problems have a status."""
    found = [f"`{name}`: {k.en}" for name, k in problems.KINDS.items() if k.status == status]
    return "; ".join(found)


def doing_of(
    converter: Any, endpoint: str, kind: str, command: type[asked.Command]
) -> dict[str, Any]:
    """Return the operation of a command."""
    name = asked.name_of(command)
    body = closed(converter, doing.schema_of(command))
    doc = " ".join((command.__doc__ or "").split())
    return {
        "operationId": endpoint,
        "tags": [kinds.COLLECTIONS[kind]],
        "summary": COMMANDS[name],
        "description": doc.replace("`", "**"),
        "parameters": converter.schema2parameters(doing.Headers(), location="header"),
        "requestBody": {
            "required": bool(body.get("required")),
            "content": {"application/json": {"schema": body}},
        },
        "responses": {"201": recorded("Recorded."), "200": recorded("Recorded before.")},
    }


def recorded(words: str) -> dict[str, Any]:
    """Return the answer to a command."""
    text = {"schema": {"type": "string"}}
    return {
        "description": words,
        "headers": {"Location": text, "ETag": text},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}},
    }


def closed(converter: Any, schema: Schema) -> dict[str, Any]:
    """Return the shape of an object that has no other members; `data` comes first."""
    found: dict[str, Any] = converter.fields2jsonschema(schema.fields)
    members = {
        name: closed(converter, field.schema)
        if isinstance(field, fields.Nested)
        else {"title": FIELDS.get(name, name), **found["properties"][name]}
        for name, field in sorted(schema.fields.items(), key=lambda item: item[0] != "data")
    }
    return {**found, "properties": members, "additionalProperties": False}


def shape(self: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    """Return what apispec does not know of our own fields."""
    match field:
        case schemas.Told():
            parts = {name: self.field2property(part) for name, part in field.parts().items()}
            required = [name for name, part in field.parts().items() if part.required]
            extra = {"required": required} if required else {}
            kind = ["object", "null"] if field.allow_none else "object"
            return {"type": kind, "properties": parts, "additionalProperties": False, **extra}
        case schemas.Citations():
            versions = {
                "type": "array",
                "items": {"type": "integer", "minimum": 0, "maximum": CITED},
            }
            return {"type": "object", "additionalProperties": versions}
        case Files():
            return {"items": FILE, "maxItems": MOST}
        case schemas.Results():
            word = {"type": "string", "enum": [str(result) for result in Result]}
            return {"type": "object", "additionalProperties": word, "minProperties": 1}
        case schemas.Year():
            return {"minimum": 1900, "maximum": 2100}
        case schemas.Text():
            said = {"allOf": [{"pattern": SAYS_SOMETHING}]} if field.required else {}
            return {"pattern": CLEAN, **said}
        case _:
            return {}


def links(kind: str, found: str) -> dict[str, Any]:
    """Return what can be asked and done about a subject, and where its id is found."""
    below = f"/{kinds.COLLECTIONS[kind]}/{{id}}"
    to = {
        "one": {"operationRef": f"#/paths/{_escaped(below)}/get"},
        "history": {"operationRef": f"#/paths/{_escaped(below)}~1history/get"},
        **{
            asked.name_of(command): {"operationId": f"{kind}:{asked.name_of(command)}"}
            for command in kinds.about(kind)
        },
    }
    return {name: {**link, "parameters": {"id": found}} for name, link in to.items()}


def _escaped(path: str) -> str:
    return f"{v1.url_prefix}{path}".replace("~", "~0").replace("/", "~1")
