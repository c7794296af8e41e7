"""`exemplar show`: one candidate as the register has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from web import answers
from web.cli import options, shown
from web.cli.desk import desk
from web.people import Content
from web.schemas import PRIVATE_KEYS
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
    answer = answers.candidate(parts, subject, when)
    if answer is None:
        raise click.ClickException(f"Ngày {day(when.on)} sổ chưa có ứng viên này.")
    if json:
        shown.as_json(answer)
    else:
        shown.as_table(("Mục", "Nội dung"), _lines(answer))


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
        *(
            ("Danh hiệu của đơn vị cũ", f"{label(one['title'])} {one['year']}: {one['unit']}")
            for one in answer["former_titles"]
        ),
    ]


def _words(content: Content, keys: Sequence[str]) -> list[tuple[str, object]]:
    """Return the words of the vault in the order people read them."""
    return [(FIELDS.get(key, "Mô tả"), content[key]) for key in keys if key in content]
