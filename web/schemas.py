"""Input as text into commands: one marshmallow schema per command, made from its fields.

Forms and command line use the same schemas, so a new command needs words, not templates.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate, validates_schema

from domain.enclosure import Enclosure
from domain.values import Basis, Private, Protected, Result, private
from domain.vietnamese import tidy
from web.enclosures import Files
from web.languages import Later, _
from workflow.commands import Command

LONG, SHORT = 2000, 200
CODED: Final = Later("Có ký tự điều khiển. Hãy xóa rồi gõ lại.")
CODES: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")  # that are no blanks
MONEY: Final = 10**12
DIGITS: Final = 9
CITED: Final = Later("Cần mã tiêu chí và số của mục, ví dụ C9: 12, 14; C12: 15.")
PRIVATE_KEYS: Final = {
    "who": {"name": SHORT, "birth_year": 4, "sex": 10, "owner": SHORT},
    "what": {
        "position": SHORT,
        "place": SHORT,
        "field": SHORT,
        "breadth": SHORT,
        "movement": SHORT,
        "achievement": LONG,
        "newness": LONG,
        "leading": LONG,
    },
    "sender": {"name": SHORT, "address": SHORT, "phone": 20, "letter": LONG},
    "method": dict.fromkeys(
        ("problem", "action", "conditions", "costs", "outcome", "how_to"), LONG
    ),
}
MESSAGES: Final[dict[str, Any]] = {
    "required": Later("Cần điền."),
    "null": Later("Cần điền."),
    "invalid": Later("Không đúng dạng."),
    "unknown": Later("Không có mục này."),
    "must_be_one_of": Later("Hãy chọn một trong các giá trị đã cho."),
}
DATE_MESSAGES: Final[dict[str, Any]] = {
    **MESSAGES,
    "invalid": Later("Cần một ngày có thật, dạng dd/mm/yyyy."),
}


_SCHEMAS: dict[type[Command], Schema] = {}


class Asked(Schema):
    """What a command says, each word of which it must know."""

    error_messages = {"unknown": Later("Lệnh này không có mục này.")}  # noqa: RUF012


class Choice(fields.Enum[Any]):
    """One of some words; what is none of them is told which there are."""

    def __init__(self, kind: type[StrEnum], **given: Any) -> None:
        """Take the words."""
        told = {"unknown": Later("Hãy chọn một trong: {choices}.")}
        messages = {**MESSAGES, **given.pop("error_messages", {}), **told}
        super().__init__(kind, by_value=True, error_messages=messages, **given)


class Day(fields.Date):
    """A day as ISO text, or as people here write it."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = str(value).strip()
        if text.count("/") == 2:
            day, month, year = text.split("/")
            text = f"{year:0>4}-{month:0>2}-{day:0>2}"
        return super()._deserialize(text, attr, data, **kwargs)


class Text(fields.String):
    """Text in NFC without stray blanks; empty text is missing."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = tidy(super()._deserialize(value, attr, data, **kwargs))
        if self.required and not text:
            raise self.make_error("required")
        if CODES.search(text):  # neither papers nor every database can hold one
            raise ValidationError(_(CODED))
        return text


class Year(fields.Integer):
    """A year of birth; empty text is missing."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not str(value).strip():
            return None
        year = super()._deserialize(value, attr, data, **kwargs)
        return validate.Range(1900, 2100, error=_("Phải từ 1900 đến 2100."))(year)


class Words(Text):
    """Free text on its way into the vault."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        return private(text) if text else None  # nothing was said where nothing must be


class Told(fields.Field[Any]):
    """A few named texts that go into the vault, or beside it, together."""

    def __init__(
        self, keys: Mapping[str, int], kind: type[Private | Protected], **kwargs: Any
    ) -> None:
        """Take the names, each with its greatest length, and what they become."""
        super().__init__(**kwargs)
        self.keys, self.kind = keys, kind

    def parts(self) -> dict[str, fields.Field[Any]]:
        """Return the fields that are told together."""
        named = self.kind is Private  # whom a letter comes from may be unknown
        parts: dict[str, fields.Field[Any]] = {
            key: Text(
                validate=_length(size), required=named and key == "name", error_messages=MESSAGES
            )
            for key, size in self.keys.items()
        }
        if "birth_year" in parts:
            parts["birth_year"] = Year(allow_none=True, error_messages=MESSAGES)
        return parts

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        told = dict(value or {})
        if not self.required and not any(told.values()):
            return None
        return self.kind(Asked.from_dict(self.parts())(unknown=RAISE).load(told))


class Circumstances(Schema):
    """What goes with every command: its day and the document it rests on."""

    class Meta:
        unknown = EXCLUDE

    effective_on = Day(error_messages=DATE_MESSAGES)
    basis = Text(validate=validate.Length(max=60, error=Later("Không quá {max} ký tự.")))
    basis_dated = Day(error_messages=DATE_MESSAGES)
    basis_issuer = Text(validate=validate.Length(max=120, error=Later("Không quá {max} ký tự.")))

    @validates_schema
    def named(self, told: Mapping[str, Any], **_context: Any) -> None:
        """Refuse a date or an issuer of a document that has no symbol."""
        if (told.get("basis_dated") or told.get("basis_issuer")) and not told.get("basis"):
            raise ValidationError(_("Cần số, ký hiệu của văn bản."), "basis")


def basis_of(told: Mapping[str, Any]) -> tuple[Basis, ...]:
    """Return the document that loaded circumstances cite, if any."""
    if not told.get("basis"):
        return ()
    return (Basis(told["basis"], told.get("basis_dated"), told.get("basis_issuer") or None),)


def schema_for(command: type[Command]) -> Schema:
    """Return the schema of a command; unknown fields are errors."""
    if command not in _SCHEMAS:
        _SCHEMAS[command] = _schema(command)
    return _SCHEMAS[command]


def _schema(command: type[Command]) -> Schema:
    hints = get_type_hints(command)
    parts = {
        field.name: _field(field.name, hints[field.name], needed(field, hints[field.name]))
        for field in dataclasses.fields(command)
    }
    return Asked.from_dict(parts, name=command.__name__)(unknown=RAISE)


def load(command: type[Command], data: Mapping[str, Any]) -> Command:
    """Return a command from text. Raises marshmallow's ValidationError, by field."""
    return command(**schema_for(command).load(dict(data)))


def together(*loads: Callable[[], Any]) -> list[Any]:
    """Return what each makes. Raises ValidationError with all that is wrong, by field."""
    made: list[Any] = []
    errors: dict[str, Any] = {}
    for load in loads:
        try:
            made.append(load())
        except ValidationError as error:
            errors |= error.messages_dict
    if errors:
        raise ValidationError(errors)
    return made


def needed(field: dataclasses.Field[Any], kind: Any) -> bool:
    """Return whether a command is nothing without a field; what may be None may be left out."""
    return field.default is dataclasses.MISSING and not _is_optional(kind)


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _field(name: str, kind: Any, required: bool) -> fields.Field[Any]:
    optional = _is_optional(kind)
    bare = next(part for part in get_args(kind) if part is not type(None)) if optional else kind
    given: dict[str, Any] = {"required": required, "error_messages": MESSAGES}
    if optional:
        given |= {"allow_none": True, "load_default": None}
    if bare == tuple[Enclosure, ...]:
        return Files(**given)
    if bare in (Private, Protected):
        return _private(name, bare, given)
    if bare is date:
        return Day(**{**given, "error_messages": DATE_MESSAGES})
    if bare is int:
        most = MONEY if name in ("cost", "money") else 1_000_000
        return fields.Integer(
            validate=validate.Range(0, most, error=Later("Ngoài phạm vi.")), **given
        )
    if bare is bool:
        return fields.Boolean(**given)
    if bare is str:
        return Text(validate=_length(SHORT), **given)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return Choice(bare, **given)
    return _many(name, bare, given)


def _private(
    name: str, kind: type[Private | Protected], given: dict[str, Any]
) -> fields.Field[Any]:
    if name in PRIVATE_KEYS:
        return Told(PRIVATE_KEYS[name], kind, **given)
    return Words(validate=None, **given)


def _many(name: str, kind: Any, given: dict[str, Any]) -> fields.Field[Any]:
    part = get_args(kind)[0]
    if name == "results":
        return Results(**given)
    if name == "evidence":
        return Citations(**given)
    if isinstance(part, type) and issubclass(part, StrEnum):
        return Tuple(Choice(part), **given)
    return Tuple(Text(validate=_length(SHORT), error_messages=MESSAGES), **given)


class Tuple(fields.List[Any]):
    """A list that becomes a tuple, so that commands stay frozen."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **kwargs))


class Results(fields.Dict):
    """Criterion codes and what was found for each; what was left open is left out."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        found: dict[str, str] = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        if not found:
            raise ValidationError(_("Hãy chọn kết quả cho ít nhất một tiêu chí."))
        one = Choice(Result)
        return tuple((code, one.deserialize(text)) for code, text in found.items() if text)


class Citations(fields.Field[Any]):
    """Evidence by criterion: {"C9": [12, 14]}, or in one line "C9: 12, 14; C12: 15"."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        told = value.items() if isinstance(value, Mapping) else self._read(str(value))
        found = []
        for code, versions in told:
            for version in versions if isinstance(versions, list) else [versions]:
                if not str(version).isdecimal() or len(str(version)) > DIGITS:
                    raise ValidationError(_(CITED))
                found.append((str(code), int(version)))
        return tuple(found)

    def _read(self, text: str) -> list[tuple[str, list[str]]]:
        parts = [part.partition(":") for part in text.split(";") if part.strip()]
        return [(code.strip(), [v.strip() for v in told.split(",")]) for code, _, told in parts]


def _length(size: int) -> validate.Length:
    return validate.Length(max=size, error=Later("Không quá {max} ký tự."))
