"""`exemplar submit`: any command by its name, its words as JSON."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click
from marshmallow import ValidationError

from domain.history import as_of
from web import answers, enclosures, receipts, schemas
from web.cli import findings, given, options, shown
from web.cli.desk import desk
from web.cli.told import Asking
from web.parts import Parts
from web.twins import twins
from web.words.sentences import refused
from web.words.sentences import twins as twins_in_words
from workflow.commands import BY_NAME, named
from workflow.refusals import Refusal, UnknownSubject
from workflow.register import Receipt, Request
from workflow.rules import RuleSet

HELP = (
    "Gửi một lệnh vào sổ. Nội dung và điều kiện của mỗi lệnh: exemplar submit LỆNH --help."
    f" LỆNH: {', '.join(BY_NAME)}."
)


@click.command(cls=Asking, help=HELP)
@click.argument("name", metavar="LỆNH")
@click.option("--subject", metavar="ID", help="Về ứng viên, đơn vị, người hay chức trách nào.")
@click.option("--data", default="{}", metavar="JSON", help="Nội dung; @TỆP hoặc - (đầu vào).")
@click.option(
    "--on", "effective_on", metavar="NGÀY", help="Có hiệu lực từ ngày nào; mặc định hôm nay."
)
@click.option("--basis", metavar="SỐ", help="Số, ký hiệu văn bản làm căn cứ.")
@click.option("--basis-dated", metavar="NGÀY", help="Ngày của văn bản.")
@click.option("--basis-issuer", metavar="TÊN", help="Cơ quan ban hành.")
@click.option("--command-id", type=click.UUID, metavar="UUID", help="Gửi lại vẫn chỉ ghi một lần.")
@click.option("--seen", type=options.POSITION, metavar="SỐ", help="Số mục đã thấy khi quyết.")
@options.token
@options.as_json
def submit(
    name: str,
    subject: str | None,
    data: str,
    command_id: UUID | None,
    seen: int | None,
    token: str | None,
    json: bool,
    **around: str | None,
) -> int:
    """Submit a command and print its receipt, or every need that is not met."""
    kind = named(name)
    if kind is None:
        raise click.UsageError(f"Không có lệnh “{name}”. Xem “exemplar submit --help”.")
    circumstances, told, at = options.circumstances(around), given.content(data), desk()
    (actor, office), register = at.acting(token), at.parts.register
    try:
        command = given.command(at.parts, kind, told)
        request = Request(
            command=command,
            actor=actor,
            subject=given.subject(at.parts, command, subject),
            effective_on=circumstances.get("effective_on"),
            basis=schemas.basis_of(circumstances),
            command_id=str(command_id) if command_id else None,
            seen=seen,
            office=office,
        )
        enclosures.check(at.parts, request.subject, command)
        alike = twins(at.parts.ledger, command)
        receipt = register.submit(request)
    except ValidationError as error:
        return _invalid(name, error, json=json)
    except Refusal as refusal:
        return _refused(name, refusal, _rules(at.parts, subject), json=json)
    at.parts.sealer.finish(lambda: at.parts.ledger.db)
    _accepted(receipt, receipts.sealed(at.parts, receipt), json=json)
    if others := [id for id in alike if id != receipt.subject]:
        shown.note(twins_in_words(others))
    return 0


def _rules(parts: Parts, text: str | None) -> RuleSet:
    """Return the rules whose words tell a refusal."""
    register, subject = parts.register, text or ""
    subject = subject if ":" in subject else f"candidate:{subject}"
    try:
        return register.pinned(as_of(parts.ledger.entries(subject)))
    except UnknownSubject:
        return register.rules.on(register.today())


def _accepted(receipt: Receipt, proof: dict[str, Any], *, json: bool) -> None:
    made = receipt.entries
    if json:
        shown.as_json(answers.receipt(receipt, proof))
        return
    shown.tell("Đã ghi từ trước, không ghi lại." if receipt.repeated else "Đã ghi.")
    rows = [(entry.position, entry.subject, entry.version) for entry in made]
    shown.as_table(("Vị trí", "Hồ sơ", "Mục số"), rows)
    if seal := proof["checkpoint"]:
        shown.tell(f"Niêm phong {seal['origin']}: {seal['size']} mục, gốc {seal['root']}")


def _invalid(name: str, error: ValidationError, *, json: bool) -> int:
    fields = options.fields(error)
    if json:
        shown.as_json(
            {"refused": "InvalidCommand", "command": name, "needs": [], "fields": fields}
        )
    for problem in options.problems(error):
        shown.note(f"Lỗi: {problem}")
    return 1


def _refused(name: str, refusal: Refusal, rules: RuleSet, *, json: bool) -> int:
    kind = type(refusal).__name__
    if json:
        needs = answers.needs(refusal.unmet)
        shown.as_json({"refused": kind, "command": name, "needs": needs})
    shown.note(f"Lỗi: {refused(refusal, rules)}")
    if refusal.unmet and not json:
        findings.as_table(refusal.unmet, rules, "Còn thiếu")
    return 1
