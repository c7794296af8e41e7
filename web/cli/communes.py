"""`exemplar communes`: enter the communes and wards of the province, each by its own command."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import click

from domain.place import PlaceKind
from domain.values import Basis
from web.cli import options, shown
from web.cli.desk import desk
from web.words.sentences import refused
from workflow.commands import EnterPlace
from workflow.refusals import Refusal
from workflow.register import Request


@click.command(help="Ghi 65 xã, phường theo Nghị quyết 1672/NQ-UBTVQH15; nơi đã có thì bỏ qua.")
@options.token
def communes(token: str | None) -> int:
    """Enter the places that are not in the register yet."""
    table, at = listed(), desk()
    (actor, office), register = at.acting(token), at.parts.register
    basis = (Basis(table["symbol"], table["dated"], table["issuer"]),)
    begins: date = table["begins"]
    known = {(place.name, place.kind) for place in register.all("place", begins).values()}
    wanted = [command for command in places(table) if (command.name, command.kind) not in known]
    for command in wanted:
        request = Request(command, actor, effective_on=begins, basis=basis, office=office)
        try:
            register.submit(request)
        except Refusal as refusal:
            shown.note(f"Lỗi: {command.name}: {refused(refusal, register.in_force(begins))}")
            return 1
    at.parts.sealer.finish(lambda: at.parts.ledger.db)
    shown.tell(f"Đã ghi {len(wanted)} xã, phường; {len(known)} nơi đã có từ trước.")
    return 0


def listed() -> dict[str, Any]:
    """Return the list as it is kept, with its source."""
    return tomllib.loads((files("web") / "cli" / "communes.toml").read_text("utf-8"))


def places(table: dict[str, Any]) -> list[EnterPlace]:
    """Return the command that enters each place."""
    kinds = {"communes": PlaceKind.COMMUNE, "wards": PlaceKind.WARD}
    return [EnterPlace(name, kind) for key, kind in kinds.items() for name in table[key]]
