"""The API's room: what all its routes share, and how a question is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Response
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser

from web.api import bearer, problems
from web.api.strict import ISO
from web.moment import Moment, moment
from web.numbers import number
from web.pages.frame import parts
from web.schemas import DATE_MESSAGES, MESSAGES
from workflow import auditing
from workflow.refusals import NotPermitted

MOST: Final = 200  # answers on one page
View = Callable[..., Any]
GREATEST: Final = 2**53  # the numbers that every reader of JSON knows


class Parser(FlaskParser):
    """Reads questions; what is not asked about is an error, not a guess."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": RAISE, "headers": EXCLUDE}  # noqa: RUF012


class Room(Blueprint):  # type: ignore[misc]
    """The blueprint with its way of reading."""

    ARGUMENTS_PARSER = Parser()


v1 = Room("api", __name__, url_prefix="/api/v1")
v1.before_request(bearer.opened)
problems.install(v1)


def get(
    rule: str,
    answer: type[Schema],
    question: Schema | None = None,
    *,
    tag: str,
    endpoint: str | None = None,
) -> Callable[[View], View]:
    """Return a decorator that makes a view the answer to a question, and documents both."""

    def add(view: View) -> View:
        documented = v1.response(200, answer)(view)
        asked = v1.arguments(question or Question(), location="query")(documented)
        v1.add_url_rule(rule, endpoint or view.__name__, asked, tags=[tag])
        return view

    return add


def get_file(rule: str, *, tag: str) -> Callable[[View], View]:
    """Return a decorator that makes a view the way to fetch a file, and documents it."""
    held = {"*/*": {"schema": {"type": "string", "contentEncoding": "binary"}}}

    def add(view: View) -> View:
        documented = v1.doc(responses={"200": {"description": "Its bytes.", "content": held}})
        v1.add_url_rule(rule, view.__name__, documented(view), tags=[tag])
        return view

    return add


def kept_by_nobody(answer: Response) -> Response:
    """Let no cache keep what a token opened."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


v1.after_request(kept_by_nobody)


class IsoDay(fields.Date):
    """A day as ISO text and nothing else."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not ISO.fullmatch(value):
            raise ValidationError("Cần một ngày có thật, dạng yyyy-mm-dd.")
        return super()._deserialize(value, attr, data, **kwargs)


class Count(fields.Integer):
    """A number without sign, blanks, leading zeros or anything else."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if number(str(value)) is None:
            raise ValidationError("Cần một số nguyên không âm.")
        return super()._deserialize(value, attr, data, **kwargs)


def count(default: int | None = None, most: int = GREATEST, least: int = 0) -> Count:
    """Return a field for a number between two others."""
    between = validate.Range(least, most, error=f"Từ {least} đến {most}.")
    return Count(load_default=default, validate=between)


def at_most(size: int, least: int = 0) -> validate.Length:
    """Return a check of how long a text is."""
    return validate.Length(least, size, error=f"Từ {least} đến {size} ký tự.")


def one_of(words: Iterable[Any]) -> validate.OneOf:
    """Return a check that a text is one of some words."""
    return validate.OneOf([str(word) for word in words], error=MESSAGES["must_be_one_of"])


INSTANT: Final = {
    "anyOf": [
        {"pattern": "^(0|[1-9][0-9]{0,14})$"},
        {"format": "date"},
        {"format": "date-time"},
    ],
    "description": "Known at: a position, a day (its end in Vietnam) or an ISO instant.",
    "example": "2024-06-30T17:00:00+07:00",
}


class Question(Schema):
    """A question, whose members are all known."""

    error_messages = {"unknown": MESSAGES["unknown"]}  # noqa: RUF012


class When(Question):
    """The two clocks: in force on which day, as known at what moment."""

    on = IsoDay(
        error_messages=DATE_MESSAGES,
        metadata={"description": "In force on this day; today if left out."},
    )
    known = fields.String(validate=at_most(40, 1), metadata=INSTANT)


class Listed(When):
    """Which page of a list, and how long it is."""

    limit = count(50, MOST, 1)


def when(asked: dict[str, Any]) -> Moment:
    """Return the moment that a question names. Raises BadMoment."""
    on = asked.get("on")
    return moment(
        parts().ledger, parts().register.today(), on and on.isoformat(), asked.get("known")
    )


def may_read(kind: str) -> None:
    """Let nobody read what the token's office may not see. Raises NotPermitted."""
    if not auditing.may_read(bearer.bearer().roles, kind):
        raise NotPermitted("read-log", *sorted(auditing.AUDITING))
