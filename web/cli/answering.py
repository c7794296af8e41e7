"""`exemplar state`: the register on a day, as known at a position."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import click

from domain.values import CandidateKind, PriorityGroup
from events_store.figures import By
from web.cli import options, shown
from web.cli.desk import desk
from web.state import LISTS
from web.state import state as state_of
from web.units import unit_names
from web.words.labels import STATES, label

PARTS = {"unit": "Đơn vị", "kind": "Loại", "priority": "Nhóm ưu tiên"}
NAMED = {str(value): value for value in (*CandidateKind, *PriorityGroup)}


@click.command(help="Cho biết số ứng viên ở từng khâu vào một ngày.")
@options.on_day
@options.known
@click.option("--by", type=click.Choice(list(PARTS)), help="Đếm riêng theo đơn vị, loại, nhóm.")
@click.option(
    "--mapped", is_flag=True, help="Với --by unit: tính vào đơn vị hiện nay thay đơn vị khi đó."
)
@options.as_json
def state(on: str | None, known: str | None, by: str | None, mapped: bool, json: bool) -> None:
    """Answer how many candidates were in each state."""
    if mapped and by != "unit":
        raise click.UsageError("--mapped chỉ đi cùng --by unit.")
    parts = desk().parts
    when = options.when(parts, on, known)
    names = None if json or mapped else unit_names(parts.register, when.on, when.known)
    counted = cast(By | None, by)
    answer = state_of(parts.ledger, parts.register, when, counted, mapped=mapped, names=names)
    if json:
        shown.as_json(answer)
    else:
        _tell(answer, by)


def _tell(answer: Mapping[str, Any], by: str | None) -> None:
    states = [name for name in STATES if name in answer["states"]]
    title = f"Có hiệu lực ngày {shown.cell(date.fromisoformat(answer['on']))}"
    if answer["known"]:
        title += f", được biết đến lúc {answer['known']}"
    rows = [("Tất cả", answer)]
    if by:
        rows = [(_name(part[by]), part) for part in answer[LISTS[by]]] + rows
    columns = [PARTS[by] if by else "", *(STATES[name] for name in states), "Cộng"]
    lines = [
        [name, *(part["states"].get(one, 0) for one in states), sum(part["states"].values())]
        for name, part in rows
    ]
    if by == "priority":
        columns += ["Tỷ lệ", "Mục tiêu"]
        for line, (_called, part) in zip(lines, rows, strict=True):
            line += [_percent(part.get("share")), _percent(part.get("target"))]
    shown.as_table(columns, lines, title)


def _percent(share: str | None) -> str:
    """Return a share such as "3/20" as people here write it: 15,0 %."""
    if not share:
        return ""
    part, whole = map(int, share.removeprefix(">").split("/"))
    return f"{100 * part / whole:.1f} %".replace(".", ",")


def _name(name: str) -> str:
    return "Không thuộc nhóm nào" if name == "none" else label(NAMED.get(name, name))
