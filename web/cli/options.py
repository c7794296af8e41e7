"""Options that several commands share, and how they name what they are about."""

from __future__ import annotations

import click

from domain.vietnamese import spelling
from web.parts import Parts
from workflow.refusals import UnknownSubject

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


def unit_id(parts: Parts, text: str) -> str:
    """Return the id of the unit that an id or a name means. Raises UnknownSubject."""
    units = parts.register.units()
    for id in (text, f"unit:{text}"):
        if id in units:
            return id
    named = [id for id, unit in units.items() if spelling(unit.name or "") == spelling(text)]
    if len(named) != 1:
        raise UnknownSubject(text)
    return named[0]
