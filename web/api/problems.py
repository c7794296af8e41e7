"""What goes wrong, as problem details (RFC 9457): said once, for every route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec
from flask import Blueprint, Response, current_app
from marshmallow import ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from domain.faults import Conflict, Unavailable
from web import answers
from web.api.bearer import NoToken, OfficeOver, TooManyTries
from web.api.strict import BadJSON
from web.moment import BadMoment
from web.pages.frame import parts
from web.words import sentences
from workflow import refusals
from workflow.rules import RuleSet

TYPE: Final = "application/problem+json"
DOCS: Final = "/api/v1/docs"


class Kind(NamedTuple):
    """A kind of problem: the status it has, and its titles."""

    status: int
    vi: str
    en: str


KINDS: Final = {
    "bad-json": Kind(400, "Nội dung không phải JSON đúng", "The body is not proper JSON"),
    "bad-request": Kind(400, "Yêu cầu không hợp lệ", "Bad request"),
    "no-token": Kind(401, "Cần mã truy cập còn hiệu lực", "A valid token is needed"),
    "office-over": Kind(403, "Chức trách của mã đã hết", "The token's office is over"),
    "not-permitted": Kind(403, "Không được phép", "Not permitted"),
    "not-found": Kind(404, "Không tìm thấy", "Not found"),
    "unknown-subject": Kind(404, "Không có hồ sơ này", "No such subject"),
    "method-not-allowed": Kind(405, "Không dùng được cách này", "Method not allowed"),
    "move-not-allowed": Kind(409, "Không có bước này từ đây", "No such move from here"),
    "needs-unmet": Kind(409, "Còn thiếu điều kiện", "Needs are not met"),
    "busy": Kind(409, "Nhiều người cùng ghi, hãy gửi lại", "Others were writing, send again"),
    "outdated": Kind(412, "Hồ sơ đã khác so với lúc xem", "The subject has changed since"),
    "too-large": Kind(413, "Nội dung quá lớn", "The body is too large"),
    "not-json": Kind(415, "Nội dung phải là application/json", "The body must be JSON"),
    "invalid-request": Kind(422, "Có trường không đúng", "Fields are not as they should be"),
    "invalid-file": Kind(422, "Tệp không dùng được", "A file cannot be taken"),
    "invalid-command": Kind(422, "Lệnh tự mâu thuẫn", "The command contradicts itself"),
    "key-reused": Kind(422, "Mã lệnh đã dùng cho việc khác", "The key was used for another"),
    "too-many-tries": Kind(429, "Quá nhiều mã sai", "Too many wrong tokens"),
    "broken": Kind(500, "Sổ gặp lỗi", "The register has a fault"),
    "unavailable": Kind(503, "Cơ sở dữ liệu không trả lời", "The database does not answer"),
    "unwritable": Kind(503, "Sổ chỉ xem được, chưa ghi thêm", "The register cannot be written"),
}
REFUSED: Final[Mapping[type[refusals.Refusal], str]] = {
    refusals.UnknownSubject: "unknown-subject",
    refusals.NotPermitted: "not-permitted",
    refusals.MoveNotAllowed: "move-not-allowed",
    refusals.NeedsUnmet: "needs-unmet",
    refusals.Outdated: "outdated",
    refusals.InvalidCommand: "invalid-command",
}
OF_STATUS: Final = {401: "no-token", 403: "not-permitted", 404: "not-found", 413: "too-large"} | {
    405: "method-not-allowed",
    415: "not-json",
    422: "invalid-request",
}
AROUND: Final = ("effective_on", "basis")


class KeyReused(Exception):
    """The same Idempotency-Key came with another request before."""


def problem(name: str, detail: str | None = None, **more: Any) -> Response:
    """Return the answer that says what is wrong."""
    kind = KINDS[name]
    told = {
        "type": f"{DOCS}#problem-{name}",
        "title": kind.vi,
        "title_en": kind.en,
        "status": kind.status,
        **({"detail": detail} if detail else {}),
        **more,
    }
    return Response(msgspec.json.encode(told), kind.status, mimetype=TYPE)


def install(room: Blueprint) -> None:
    """Turn refusals and faults in a room into problems."""
    handlers: dict[Any, Any] = {
        refusals.Refusal: refused,
        ValidationError: invalid,
        BadMoment: bad_moment,
        BadJSON: lambda error: problem("bad-json", f"Nội dung gửi lên {error}."),
        KeyReused: lambda error: problem("key-reused"),
        NoToken: no_token,
        OfficeOver: lambda error: problem("office-over"),
        TooManyTries: too_many,
        Conflict: lambda error: problem("busy"),
        Unavailable: unavailable,
        OperationalError: unavailable,
        HTTPException: failed,
    }
    for kind, handler in handlers.items():
        room.register_error_handler(kind, handler)


def refused(refusal: refusals.Refusal) -> Response:
    """Say why the rules refused, with every need that is not met."""
    register = parts().register
    rules = register.rules.on(register.today())
    detail, facts = sentences.refused(refusal, rules), refusal.facts
    more: dict[str, Any] = {}
    if isinstance(refusal, refusals.NeedsUnmet | refusals.NotPermitted):
        more["needs"] = needs(refusal.unmet, rules)
    if isinstance(refusal, refusals.NotPermitted):
        more["roles"] = list(facts[1:])
    if isinstance(refusal, refusals.MoveNotAllowed):
        more |= {"state": facts[1], "moves": list(facts[2:])}
    if isinstance(refusal, refusals.Outdated):
        more |= {"seen": facts[0], "version": facts[1]}
    if isinstance(refusal, refusals.InvalidCommand):
        more["errors"] = [{"pointer": _pointer(str(facts[0])), "detail": detail}]
    return problem(REFUSED[type(refusal)], detail, **more)


def _pointer(field: str) -> str:
    return f"#/{field}" if field in AROUND else f"#/data/{field}"


def needs(findings: Any, rules: RuleSet) -> list[dict[str, Any]]:
    """Return what every need says, in Vietnamese and in English."""
    told = answers.needs(findings)
    for each, finding in zip(told, findings, strict=True):
        each["title"] = sentences.need(finding, rules)
        each["title_en"] = rules.text.needs[finding.need].en
    return told


def invalid(error: ValidationError) -> Response:
    """Say which fields are not as documented."""
    return _invalid(error.messages if isinstance(error.messages, dict) else {"": error.messages})


def _invalid(messages: Mapping[str, Any]) -> Response:
    errors = [{"pointer": f"#{path}", "detail": said} for path, said in _flat("", messages)]
    only_files = isinstance(messages.get("data"), Mapping) and messages["data"].keys() == {"files"}
    return problem("invalid-file" if only_files else "invalid-request", errors=errors)


def _flat(path: str, said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, Mapping):
        for name, part in said.items():
            safe = str(name).replace("~", "~0").replace("/", "~1")
            yield from _flat(path if name == "_schema" else f"{path}/{safe}", part)
    else:
        yield path, " ".join(map(str, said if isinstance(said, list) else [said]))


def bad_moment(error: BadMoment) -> Response:
    """Say which date cannot be read."""
    said = "Không phải một ngày có thật, một thời điểm hoặc số mục ghi."
    return _invalid({"query": {error.field: [said]}})


def no_token(error: NoToken) -> Response:
    """Ask for a token."""
    answer = problem("no-token", "Gửi mã ở dòng Authorization: Bearer …")
    answer.headers["WWW-Authenticate"] = 'Bearer realm="exemplar"'
    return answer


def too_many(error: TooManyTries) -> Response:
    """Say how long to wait."""
    answer = problem("too-many-tries")
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def unavailable(error: Exception) -> Response:
    """Say that the database does not answer."""
    current_app.logger.error("%s", error)
    answer = problem("unavailable")
    answer.headers["Retry-After"] = "5"
    return answer


def failed(error: HTTPException) -> Response:
    """Say what an HTTP error means here; what was parsed and found wrong is named by field."""
    code = error.code or 500
    found: Any = getattr(error, "data", None) or {}
    if code == 422 and "messages" in found:
        return _invalid(found["messages"])
    answer = problem(OF_STATUS.get(code, "broken" if code >= 500 else "bad-request"))
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer
