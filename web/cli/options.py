"""Options that several commands share, and how they name what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from marshmallow import ValidationError

from domain.subjects import KINDS, kind_of
from domain.vietnamese import spelling
from web.moment import Moment, moment
from web.numbers import number
from web.parts import Parts
from web.schemas import Circumstances
from web.words.labels import FIELDS
from workflow import auditing
from workflow.refusals import UnknownSubject


class Position(click.ParamType[int]):
    """A number of an entry, or of entries."""

    name = "number"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Return the number, or say how one is written."""
        if (found := number(str(value))) is None:
            self.fail(str(value), param, ctx)
        return found


POSITION = Position()
as_json = click.option("--json", "json", is_flag=True, help="Trả lời bằng JSON.")
on_day = click.option("--on", metavar="NGÀY", help="Có hiệu lực vào ngày nào; mặc định hôm nay.")
known = click.option(
    "--known", metavar="LÚC", help="Được biết đến lúc nào: ngày, giờ hoặc số mục."
)
token = click.option(
    "--token", envvar="EXEMPLAR_TOKEN", metavar="MÃ", help="Làm thay tài khoản có mã này."
)


def candidate_id(parts: Parts, text: str) -> str:
    """Return the subject a candidate's id names. Raises UnknownSubject."""
    subject = text if ":" in text else f"candidate:{text}"
    if not subject.startswith("candidate:") or not parts.ledger.version(subject):
        raise UnknownSubject(subject)
    return subject


def subject_id(parts: Parts, text: str) -> str:
    """Return the subject an id names; one without a kind is a candidate's. Raises UnknownSubject.

    What is not for everybody is read where reading leaves its trace.
    """
    subject = text if ":" in text else f"candidate:{text}"
    told = kind_of(subject) in KINDS and kind_of(subject) not in auditing.DEALT
    if not told or not parts.ledger.version(subject):
        raise UnknownSubject(subject)
    return subject


def unit_id(parts: Parts, text: str) -> str:
    """Return the id of the unit that an id or a name means. Raises UnknownSubject."""
    units = parts.register.units()
    for id in (text, f"unit:{text}"):
        if id in units:
            return id
    named = [id for id, unit in units.items() if spelling(unit.name or "") == spelling(text)]
    if len(named) != 1:
        raise UnknownSubject(f"unit:{text}")
    return named[0]


def circumstances(told: dict[str, str | None]) -> dict[str, Any]:
    """Return the day and the document of a request. Raises UsageError."""
    given = {name: text for name, text in told.items() if text}
    try:
        loaded: dict[str, Any] = Circumstances().load(given)
    except ValidationError as error:
        raise click.UsageError(" ".join(problems(error))) from None
    return loaded


def fields(error: ValidationError) -> dict[str, Any]:
    """Return what is wrong, by field."""
    told: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
    return told


def problems(error: ValidationError) -> list[str]:
    """Return what is wrong with each field, in words."""
    return list(_problems("", fields(error)))


def _problems(field: str, said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        for name, part in said.items():
            inner = _field(str(name)) if name != "_schema" else ""
            yield from _problems(f"{field}, {inner}" if field and inner else field or inner, part)
    else:
        yield f"{field}: {' '.join(map(str, said))}"


def _field(name: str) -> str:
    """Return what a field is called, and how JSON calls it."""
    return f"{FIELDS[name]} ({name})" if name in FIELDS else name


def when(parts: Parts, on: str | None, known: str | None) -> Moment:
    """Return the moment that two options name. Raises BadMoment."""
    return moment(parts.ledger, parts.register.today(), on, known)
