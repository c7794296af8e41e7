"""Forms: any command as fields to fill in, and what was filled in as text for its schema."""

from __future__ import annotations

import dataclasses
import hashlib
import types
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple, Union, get_args, get_origin, get_type_hints

from werkzeug.datastructures import FileStorage, MultiDict

from domain.enclosure import Enclosure
from domain.values import Private, Result
from web.enclosures import ENDINGS
from web.languages import Later, _
from web.schemas import LONG, PRIVATE_KEYS, needed
from web.words.labels import FIELDS, HELP, labels
from workflow.commands import Command, name_of
from workflow.rule_text import Criterion

Field = dict[str, Any]
FILES: Final = tuple[Enclosure, ...]
NO_FILES: Final[MultiDict[str, FileStorage]] = MultiDict()
ACCEPT: Final = ",".join(ending for endings in ENDINGS.values() for ending in endings)
SEXES = [("Nam", Later("Nam")), ("Nữ", Later("Nữ"))]


class Pick(NamedTuple):
    """What a field can be chosen from. A kind that is too large for a list is searched."""

    options: Sequence[tuple[str, str]]
    search: str | None = None


@dataclasses.dataclass(frozen=True)
class Choices:
    """What can be chosen that depends on the register: by field, and the criteria that apply."""

    picks: Mapping[str, Pick] = dataclasses.field(default_factory=dict)
    criteria: Sequence[Criterion] = ()
    assessed: Mapping[str, Result] = dataclasses.field(default_factory=dict)


def fields_of(
    command: type[Command],
    choices: Choices,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
) -> list[Field]:
    """Return the fields of a command, with what was typed and what is wrong with it."""
    hints = get_type_hints(command)
    found: list[Field] = []
    for field in dataclasses.fields(command):
        required = needed(field, hints[field.name])
        found += _fields(field.name, hints[field.name], choices, required=required)
    if any(field["type"] == "files" for field in found):  # they are kept: no need to hash them
        found = [{**f, "type": "text"} if f["type"] == "hash" else f for f in found]
    own = (_by_its_own_words(field, name_of(command)) for field in found)
    return [_filled(field, values or {}, errors or {}) for field in own]


def _by_its_own_words(field: Field, command: str) -> Field:
    """Return a field with the words that its command has for it, where it has any."""
    key = f"{command}.{field['name']}"
    own = {"label": FIELDS.get(key), "help": HELP.get(key)}
    return field | {part: told for part, told in own.items() if told}


def circumstances(
    today: date, values: Mapping[str, Any] | None = None, errors: Mapping[str, Any] | None = None
) -> list[Field]:
    """Return the fields that go with every command: its day and its paper."""
    blank = {"effective_on": today.isoformat(), **(values or {})}
    found = [
        _field("effective_on", type="date", required=True, max=today.isoformat()),
        _field("basis", maxlength=60),
        _field("basis_dated", type="date", max=today.isoformat()),
        _field("basis_issuer", maxlength=120),
    ]
    return [_filled(field, blank, errors or {}) for field in found]


def placeless(errors: Mapping[str, Any], shown: Sequence[Field]) -> list[str]:
    """Return what is wrong with no field that is shown."""
    named = {field["name"].partition(".")[0] for field in shown}
    found = (_error(errors, name, "") for name in errors if name not in named)
    return [told for told in found if told]


def gathered(
    command: type[Command],
    form: MultiDict[str, str],
    files: MultiDict[str, FileStorage] = NO_FILES,
) -> dict[str, Any]:
    """Return what a form holds, in the shape the command's schema takes; empty is left out."""
    hints = get_type_hints(command)
    told: dict[str, Any] = {}
    for field in dataclasses.fields(command):
        value = _value(field.name, hints[field.name], form, files.getlist(field.name))
        blank = isinstance(value, dict) and not any(value.values())
        if value not in (None, "") and not (blank and not needed(field, hints[field.name])):
            told[field.name] = value
    return told


def _value(
    name: str, kind: Any, form: MultiDict[str, str], files: Sequence[FileStorage] = ()
) -> Any:
    if name in PRIVATE_KEYS:
        return {key: form.get(f"{name}.{key}", "") for key in PRIVATE_KEYS[name]}
    if name == "file" and (chosen := next((f for f in files if f.filename), None)):
        return hashlib.sha256(chosen.read()).hexdigest()
    if kind == FILES:
        return [{"name": f.filename, "content": f.read()} for f in files if f.filename] or None
    if name == "results":
        rows = (key for key in form if key.startswith("results.") and form[key])
        return {key.removeprefix("results."): form[key] for key in rows}
    if kind is bool:
        return name in form
    if get_origin(kind) is tuple and name != "evidence":
        return form.getlist(name)
    return form.get(name, "").strip()


def _fields(name: str, kind: Any, choices: Choices, *, required: bool) -> list[Field]:
    plain = bare(kind)
    if name in PRIVATE_KEYS:
        asked = PRIVATE_KEYS[name].items()
        return [_told(name, key, size, required=required) for key, size in asked]
    if name == "results":
        return [_grades(choices)]
    if name in choices.picks:
        return [_picked(name, plain, choices.picks[name], required=required)]
    if plain == FILES:
        return [_field(name, type="files", accept=ACCEPT, wide=True)]
    if name == "file":
        return [_field(name, type="hash", required=required, maxlength=64, wide=True)]
    if plain is Private:
        return [_field(name, type="textarea", required=required, maxlength=2000)]
    if plain is date:
        return [_field(name, type="date", required=required)]
    if plain is bool:
        return [_field(name, type="checkbox-group", options=[("1", FIELDS[name])], label="")]
    if plain is int:
        return [_field(name, type="number", required=required, min=0)]
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return [_field(name, type="select", options=labels(plain), required=required)]
    if (
        get_origin(plain) is tuple
        and name != "evidence"
        and issubclass(get_args(plain)[0], StrEnum)
    ):
        return [_field(name, type="checkbox-group", options=labels(get_args(plain)[0]))]
    return [_field(name, required=required, maxlength=200)]


def _picked(name: str, kind: Any, pick: Pick, *, required: bool) -> Field:
    """Return a field that names something: boxes, a list, or text with suggestions."""
    given = {"options": pick.options, "required": required}
    if get_origin(kind) is tuple:
        return _field(name, type="checkbox-group", **given)
    if pick.search:
        told = _("Gõ vài chữ của tên, không cần dấu.")
        hint = told if required else f"{HELP.get(name, '')} {told}".strip()
        return _field(name, type="search", kind=pick.search, maxlength=200, help=hint, **given)
    return _field(name, type="select", wide=name.endswith(("item", "name")), **given)


def bare(kind: Any) -> Any:
    """Return a type without the None that it may be instead."""
    if get_origin(kind) in (Union, types.UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _told(group: str, key: str, size: int, *, required: bool) -> Field:
    kinds: dict[str, Field] = {
        "sex": {"type": "select", "options": [(sex, _(said)) for sex, said in SEXES]},
        "birth_year": {"type": "number", "min": 1900, "max": 2100},
        "achievement": {"type": "textarea", "maxlength": size},
    }
    long: Field = {"type": "textarea", "maxlength": size} if size == LONG else {}
    return _field(
        f"{group}.{key}",
        label=FIELDS[key],
        required=required and key == "name",
        **kinds.get(key, long or {"maxlength": size}),
    )


def _grades(choices: Choices) -> Field:
    """Return one field with a row for every criterion; what is not chosen stays as it is."""
    rows = [(one, choices.assessed.get(one.code)) for one in choices.criteria]
    return _field("results", type="grades", rows=rows, options=labels(Result), wide=True)


def _field(name: str, **known: Any) -> Field:
    wide = known.get("type") in ("textarea", "checkbox-group") or name.endswith("name")
    plain = {"label": FIELDS.get(name, name), "type": "text", "value": None, "wide": wide}
    return {"name": name, "help": HELP.get(name), **plain, **known}


def _filled(field: Field, values: Mapping[str, Any], errors: Mapping[str, Any]) -> Field:
    name = field["name"]
    group, _, key = name.partition(".")
    value = values.get(name)
    if key and isinstance(values.get(group), Mapping):
        value = values[group].get(key)
    if field["type"] == "checkbox-group" and value is True:
        value = ["1"]
    return {**field, "value": value, "error": _error(errors, group, key)}


def _error(errors: Mapping[str, Any], group: str, key: str) -> str | None:
    found = errors.get(group)
    if isinstance(found, Mapping):
        found = found.get(key) if key else next(iter(found.values()), None)
    elif key and key != next(iter(PRIVATE_KEYS[group])):
        return None  # what is wrong with all of them together is said once
    if isinstance(found, Mapping):  # a key or a value of one row, or one of several boxes
        found = next(iter(found.values()), None)
    return " ".join(map(str, found)) if found else None
