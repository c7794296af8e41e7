"""What a command line gives to a command: its content as JSON, and whom it is about."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from marshmallow import ValidationError

from web.cli import options
from web.parts import Parts
from web.schemas import PRIVATE_KEYS, load
from workflow.commands import BEGINS, Command, kinds


def content(data: str) -> dict[str, Any]:
    """Return what `--data` says. Raises UsageError."""
    try:
        if data == "-":
            data = sys.stdin.buffer.read().decode()
        elif data.startswith("@"):
            data = Path(data[1:]).read_text("utf-8")
        told = json.loads(data)
        json.dumps(told, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except UnicodeError:
        raise click.UsageError("--data không ở bảng mã UTF-8.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise click.UsageError(f"--data không phải JSON đúng: {error}.") from None
    if not isinstance(told, dict):
        raise click.UsageError('--data phải là một đối tượng JSON, ví dụ {"reason": "…"}.')
    return told


def command(parts: Parts, kind: type[Command], told: Mapping[str, Any]) -> Command:
    """Return the command that content makes. Raises ValidationError."""
    for field in PRIVATE_KEYS.keys() & told.keys():
        if not isinstance(told[field], Mapping):
            raise ValidationError({field: ["Cần một đối tượng JSON."]})
    return load(kind, _birth_year_as_text(named_units(parts, told)))


def _birth_year_as_text(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content with a year as forms send it; JSON would write a number."""
    who = told.get("who") or {}
    year = who.get("birth_year")
    if isinstance(year, int) and not isinstance(year, bool):
        return {**told, "who": {**who, "birth_year": str(year)}}
    return dict(told)


def named_units(parts: Parts, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content with names of units replaced by their ids."""
    found = dict(told)
    for field in ("unit", "parent", "receiver"):
        if isinstance(value := found.get(field), str) and value:
            found[field] = options.unit_id(parts, value)
    for field in ("into", "units"):
        if isinstance(value := found.get(field), list):
            found[field] = [options.unit_id(parts, str(unit)) for unit in value]
    if isinstance(value := found.get("candidates"), list):
        found["candidates"] = [options.candidate_id(parts, str(id)) for id in value]
    return found


def subject(parts: Parts, command: Command, text: str | None) -> str | None:
    """Return the subject a command is about; an id may lack its kind, a unit may be named."""
    kind = kinds(command)[0]
    if not text:
        if type(command) not in BEGINS:
            raise click.UsageError("Thiếu --subject: lệnh này phải nói rõ về ai.")
        return None
    if kind == "unit" and parts.register.units():
        return options.unit_id(parts, text)
    return text if ":" in text else f"{kind}:{text}"
