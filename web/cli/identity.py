"""`exemplar identity`: whom a complaint comes from, once it is recorded who looks and why."""

from __future__ import annotations

import click

from domain.values import private
from domain.vietnamese import tidy
from web.cli import options, shown
from web.cli.desk import desk
from web.schemas import PRIVATE_KEYS
from web.words.labels import FIELDS
from workflow.commands import OpenIdentity
from workflow.register import Request


@click.command(help="Xem danh tính người gửi một đơn; lần xem và lý do được ghi vào sổ.")
@click.argument("id", metavar="ĐƠN")
@click.option("--reason", required=True, metavar="LÝ-DO", help="Vì sao cần xem.")
@options.token
@options.as_json
def identity(id: str, reason: str, token: str | None, json: bool) -> int:
    """Record the look, and then show."""
    if not (said := tidy(reason)):
        raise click.UsageError("Cần ghi lý do xem.")
    at = desk()
    subject = id if ":" in id else f"complaint:{id}"
    asked = Request(OpenIdentity(private(said)), at.actor(token), subject)
    found = at.parts.register.open_identity(asked) or {}
    at.parts.sealer.finish(lambda: at.parts.ledger.db)
    if json:
        shown.as_json({"id": subject, "sender": found})
    else:
        keys = (key for key in PRIVATE_KEYS["sender"] if key in found)
        shown.as_table(("Mục", "Nội dung"), [(FIELDS[key], found[key]) for key in keys])
    return 0
