"""`exemplar batch`: one command for many items, looked at first or recorded as one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import click
from marshmallow import ValidationError

from domain.batch import BatchItem, BatchRecorded
from events_store import roll
from web import schemas, selection, titles
from web.cli import given, options, shown
from web.cli.desk import desk
from web.parts import Parts
from web.words import batches
from web.words.labels import COMMANDS, STATES
from web.words.sentences import refused
from workflow.batch import Batch, batch, field_of
from workflow.commands import KINDS, Command, named
from workflow.refusals import Refusal
from workflow.rules import RuleSet

FROM = ("session", "round_", "unit", "state")


@click.command("batch", help="Làm một việc cho nhiều mục cùng lúc: mỗi mục được xét riêng.")
@click.argument("name", metavar="LỆNH")
@click.argument("items", metavar="MÃ", nargs=-1)
@click.option("--to", metavar="ID", help="Phiên họp, đợt, kế hoạch… mà các mục được ghi vào.")
@click.option("--session", metavar="ID", help="Thêm các ứng viên trong chương trình phiên họp.")
@click.option("--round", "round_", metavar="ID", help="Thêm các ứng viên trong đợt bình xét.")
@click.option("--unit", metavar="TÊN", help="Thêm các ứng viên của đơn vị.")
@click.option("--state", type=click.Choice(list(STATES)), help="Thêm các ứng viên ở khâu này.")
@click.option("--data", default="{}", metavar="JSON", help="Nội dung; @TỆP hoặc - (đầu vào).")
@click.option("--check", is_flag=True, help="Chỉ xem trước, không ghi gì.")
@click.option("--on", "effective_on", metavar="NGÀY", help="Có hiệu lực từ ngày nào.")
@click.option("--basis", metavar="SỐ", help="Số, ký hiệu văn bản làm căn cứ.")
@click.option("--basis-dated", metavar="NGÀY", help="Ngày của văn bản.")
@click.option("--basis-issuer", metavar="TÊN", help="Cơ quan ban hành.")
@click.option("--command-id", type=click.UUID, metavar="UUID", help="Gửi lại vẫn chỉ ghi một lần.")
@options.token
@options.as_json
def batch_(
    name: str,
    items: tuple[str, ...],
    to: str | None,
    data: str,
    check: bool,
    command_id: UUID | None,
    token: str | None,
    json: bool,
    **around: str | None,
) -> int:
    """Say what becomes of each item; 0 if all are done."""
    at = desk()
    parts, rules = at.read_by(token), at.parts.register.in_force(at.parts.register.today())
    kind = named(name)
    if kind is None or name not in rules.text.terms.bulk.commands:
        many = ", ".join(rules.text.terms.bulk.commands)
        raise click.UsageError(f"“{name}” không làm hàng loạt được. Chọn một: {many}.")
    if bool(to) != (field_of(kind) is not None):
        raise click.UsageError(f"Lệnh này {'không cần' if to else 'cần'} --to.")
    found = list(dict.fromkeys((*items, *_selected(parts, around))))
    told = options.circumstances({k: v for k, v in around.items() if k not in FROM})
    try:
        whole = batch(
            _command(parts, kind, given.content(data), found),
            [(_item(parts, kind, item), None) for item in found],
            at.actor(token),
            str(command_id or uuid4()),
            to=f"{KINDS[kind][0]}:{to}" if to and ":" not in to else to,
            effective_on=told.get("effective_on"),
            basis=schemas.basis_of(told),
        )
        return _answer(parts, whole, rules, check=check, json=json)
    except ValidationError as error:
        for problem in options.problems(error):
            shown.note(f"Lỗi: {problem}")
    except Refusal as refusal:
        shown.note(f"Lỗi: {refused(refusal, rules)}")
    return 1


def _selected(parts: Parts, around: dict[str, str | None]) -> list[str]:
    """Return the items that options choose; of a unit and a state those that are in both."""
    found: list[str] = []
    if session := around["session"]:
        found += selection.on_agenda(parts, _id("session", session))
    if round_ := around["round_"]:
        found += selection.selected(parts, _id("round", round_))
    if around["unit"] or around["state"]:
        unit = options.unit_id(parts, around["unit"]) if around["unit"] else None
        found += selection.narrowed(parts, roll.Filter(around["state"], unit, veil=parts.veil))
    return found


def _id(kind: str, text: str) -> str:
    return text if ":" in text else f"{kind}:{text}"


def _item(parts: Parts, kind: type[Command], text: str) -> str:
    """Return the id of an item: a candidate, unless the command is about something else."""
    field = field_of(kind)
    if field == "unit":
        return options.unit_id(parts, text)
    return _id(field or KINDS[kind][0], text)


def _command(
    parts: Parts, kind: type[Command], told: dict[str, Any], items: Sequence[str]
) -> Command:
    """Return the command of the whole batch; which item it names is filled in for each."""
    field = field_of(kind)
    return given.command(parts, kind, {**told, field: items[0]} if field and items else told)


def _answer(parts: Parts, whole: Batch, rules: RuleSet, *, check: bool, json: bool) -> int:
    """Preview or submit a batch, and tell what became or would become of each item."""
    if check:
        items, position, repeated = [j.item for j in parts.register.preview(whole)], None, False
    else:
        receipt = parts.register.submit_batch(whole)
        event, position, repeated = receipt.entries[-1].event, receipt.last, receipt.repeated
        assert isinstance(event, BatchRecorded), "a batch ends with its record"
        items = list(event.items)
        parts.sealer.finish(lambda: parts.ledger.db)
    done = sum(item.done for item in items)
    if json:
        shown.as_json(
            {
                "command": whole.command,
                "command_id": whole.command_id,
                "checked": check,
                "repeated": repeated,
                "position": position,
                "done": done,
                "refused": len(items) - done,
                "items": [_value(item) for item in items],
            }
        )
    else:
        names = titles.called(parts, (item.about or item.subject for item in items))
        title = f"{COMMANDS[whole.command]}: {done} {'ghi được' if check else 'đã ghi'},"
        rows = [(names[i.about or i.subject], batches.outcome(i, rules, check)) for i in items]
        shown.as_table(("Mục", "Kết quả"), rows, f"{title} {len(items) - done} bị từ chối")
    return int(done < len(items))


def _value(item: BatchItem) -> dict[str, Any]:
    return {
        "subject": item.subject,
        "about": item.about or None,
        "version": item.version or None,
        "refused": item.refusal or None,
        "needs": list(item.why),
    }
