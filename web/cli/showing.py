"""`exemplar show`: one candidate as the register has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from domain.candidate import fold
from domain.entry import Entry
from domain.history import as_of
from web.cli import options, shown
from web.cli.changes import changes
from web.cli.desk import desk
from web.cli.people import Content, candidate_content, content_of
from web.moment import Moment
from web.parts import Parts
from web.schemas import PRIVATE_KEYS
from web.units import unit_names
from web.words.days import day
from web.words.labels import FIELDS, STATES, label

WHO, WHAT = tuple(PRIVATE_KEYS["who"]), tuple(PRIVATE_KEYS["what"])


@click.command(help="Cho biết một ứng viên như sổ ghi vào một ngày.")
@click.argument("id", metavar="ID")
@options.on_day
@options.known
@options.as_json
def show(id: str, on: str | None, known: str | None, json: bool) -> None:
    """Show one candidate."""
    parts = desk().parts
    subject = options.candidate_id(parts, id)
    when = options.when(parts, on, known)
    believed = as_of(parts.ledger.entries(subject), when.on, when.known)
    if fold(believed).standing.state is None:
        raise click.ClickException(f"Ngày {day(when.on)} sổ chưa có ứng viên này.")
    answer = _answer(parts, subject, believed, when)
    if json:
        shown.as_json(answer)
    else:
        shown.as_table(("Mục", "Nội dung"), _lines(answer))


def _answer(parts: Parts, subject: str, believed: Sequence[Entry], when: Moment) -> dict[str, Any]:
    candidate = fold(believed)
    standing, rules = candidate.standing, parts.register.pinned(believed)
    assert standing.unit, "a discovered candidate has a unit"
    *_, latest = changes(believed)
    return {
        "id": subject,
        "on": when.on.isoformat(),
        "known": when.told,
        "who": candidate_content(parts.ledger, candidate),
        "kind": standing.kind,
        "person_kind": standing.person_kind,
        "unit": unit_names(parts.register, when.on, when.known)[standing.unit],
        "priority": list(standing.priority),
        "state": standing.state,
        "stage": standing.stage,
        "outcome": standing.outcome,
        "suspended": standing.suspended,
        "since": latest.entry.effective_on.isoformat(),
        "what": content_of(parts.ledger, candidate.description),
        "attested": candidate.attested,
        "rule_set": rules.text.id,
        "moves": rules.moves_from(standing.state or ""),
        "version": parts.ledger.version(subject),
    }


def _lines(answer: dict[str, Any]) -> list[tuple[str, object]]:
    state = STATES[answer["state"]] + (" (đang tạm dừng)" if answer["suspended"] else "")
    return [
        ("ID", answer["id"].removeprefix("candidate:")),
        *_words(answer["who"], WHO),
        ("Loại", label(answer["kind"])),
        ("Đối tượng", label(answer["person_kind"]) if answer["person_kind"] else ""),
        ("Đơn vị", answer["unit"]),
        ("Nhóm ưu tiên", ", ".join(label(group) for group in answer["priority"])),
        ("Trạng thái", state),
        ("Từ ngày", date.fromisoformat(answer["since"])),
        *_words(answer["what"], (*WHAT, "text")),
        ("Bộ quy tắc", answer["rule_set"]),
        ("Số mục ghi", answer["version"]),
    ]


def _words(content: Content, keys: Sequence[str]) -> list[tuple[str, object]]:
    """Return the words of the vault in the order people read them."""
    return [(FIELDS.get(key, "Mô tả"), content[key]) for key in keys if key in content]
