"""JSON as it has to be: one meaning for every body, and the types that the documents promise.

Forms and command line send text, so their schemas read numbers and days out of text. Whoever
writes a program can say what is meant; so nothing is guessed here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from marshmallow import Schema, ValidationError, fields

from web.enclosures import Files
from web.schemas import MESSAGES, Citations, Day, Results, Told

ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLEAN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff]*$"  # no codes
DEEPEST: Final = "quá nhiều tầng"
Wrong = tuple[tuple[str, ...], str]


class BadJSON(ValueError):
    """Not JSON, or JSON that different readers read differently. Fact: what is wrong."""


def parsed(body: bytes) -> dict[str, Any]:
    """Return the object that a body holds. Raises BadJSON."""
    try:
        told = json.loads(
            body.decode(),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_number,
        )
        json.dumps(told, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except UnicodeError:
        raise BadJSON("không ở bảng mã UTF-8") from None
    except RecursionError:
        raise BadJSON(DEEPEST) from None
    except json.JSONDecodeError as error:
        raise BadJSON(f"sai ở dòng {error.lineno}, cột {error.colno}") from None
    except BadJSON:
        raise
    except ValueError:  # a number of thousands of figures
        raise BadJSON("có số quá dài") from None
    if not isinstance(told, dict):
        raise BadJSON("phải là một đối tượng {…}")
    return told


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadJSON(f"“{twice[:40]}” có hai lần trong một đối tượng")
    return found


def _number(text: str) -> float | int:
    """Return a number; 12.0 is an integer too, as JSON Schema has it."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_number(text: str) -> NoReturn:
    raise BadJSON(f"{text} không phải số trong JSON")


def check(schema: Schema, told: Mapping[str, Any]) -> None:
    """Raise ValidationError, by field, for values of another type than is documented."""
    wrong: dict[str, Any] = {}
    for path, problem in _members(schema.fields, told):
        at = wrong
        for name in path[:-1]:
            at = at.setdefault(name, {})
        at.setdefault(path[-1], []).append(problem)
    if wrong:
        raise ValidationError(wrong)


def _members(known: Mapping[str, fields.Field[Any]], told: Mapping[str, Any]) -> Iterator[Wrong]:
    for name, value in told.items():
        if name not in known:
            yield (name,), MESSAGES["unknown"]
        elif value is not None:  # what may be left open is the schema's to say
            for path, problem in _value(known[name], value):
                yield (name, *path), problem


def _value(field: fields.Field[Any], value: Any) -> Iterator[Wrong]:
    match field:
        case fields.Integer() if isinstance(value, bool) or not isinstance(value, int):
            yield (), "Cần một số nguyên."
        case fields.Boolean() if not isinstance(value, bool):
            yield (), "Cần true hoặc false."
        case Told() | Results() | Citations() | fields.Nested() if not isinstance(value, dict):
            yield (), "Cần một đối tượng JSON."
        case fields.List() if not isinstance(value, list):
            yield (), "Cần một danh sách."
        case Files():
            for at, each in enumerate(value):
                yield from (((str(at), *path), said) for path, said in _file(each))
        case Told():
            yield from _members(field.parts(), value)
        case fields.Nested():
            yield from _members(field.schema.fields, value)
        case Results():
            for key, each in value.items():
                yield from (((key, *path), said) for path, said in _text(each))
        case Citations():
            for key, each in value.items():
                inner = _value(fields.List(fields.Integer()), each)
                yield from (((key, *path), said) for path, said in inner)
        case fields.List():
            for at, each in enumerate(value):
                inner = _value(field.inner, each)
                yield from (((str(at), *path), said) for path, said in inner)
        case Day() if not isinstance(value, str) or not ISO.fullmatch(value):
            yield (), "Cần một ngày có thật, dạng yyyy-mm-dd."
        case fields.Integer() | fields.Boolean() | Day():
            return
        case _:
            yield from _text(value)


def _file(value: Any) -> Iterator[Wrong]:
    if not isinstance(value, dict) or value.keys() != {"name", "content"}:
        yield (), "Cần một đối tượng JSON có name và content."
    else:
        yield from (((key, *path), said) for key in value for path, said in _text(value[key]))


def _text(value: Any) -> Iterator[Wrong]:
    if not isinstance(value, str):
        yield (), "Cần một đoạn chữ."
    elif not re.search(CLEAN, value):
        yield (), "Có ký tự điều khiển."
