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
from web.words.labels import STATES, label

PARTS = {"unit": "Đơn vị", "kind": "Loại", "priority": "Nhóm ưu tiên"}
NAMED = {str(value): value for value in (*CandidateKind, *PriorityGroup)}


@click.command(help="Cho biết số ứng viên ở từng khâu vào một ngày.")
@options.on_day
@options.known
@click.option("--by", type=click.Choice(list(PARTS)), help="Đếm riêng theo đơn vị, loại, nhóm.")
@options.as_json
def state(on: str | None, known: str | None, by: str | None, json: bool) -> None:
    """Answer how many candidates were in each state."""
    parts = desk().parts
    when = options.when(parts, on, known)
    answer = state_of(parts.ledger, parts.register, when, cast(By | None, by))
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
    shown.as_table(columns, lines, title)


def _name(name: str) -> str:
    return "Không thuộc nhóm nào" if name == "none" else label(NAMED.get(name, name))
