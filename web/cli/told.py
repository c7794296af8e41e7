"""What one command asks for, as `exemplar submit LỆNH --help` tells it: words, offices, needs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, get_args, get_type_hints

import click
from marshmallow import fields

from web import schemas
from web.forms import bare
from web.parts import now
from web.words.labels import COMMANDS, FIELDS, field_label, help_of, label, need_of
from workflow import commands as asked
from workflow.register import HERE
from workflow.rules import RuleSet, load_all

NAMED: Final = "exemplar.named"
TOGETHER: Final = {"who": "Là ai, tên gọi", "what": "Nội dung phiếu", "sender": "Người gửi"}


class Asking(click.Command):
    """A command that tells of the one it is given, if help is asked for that."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note which command is named: help is asked for before anything else is read."""
        ctx.meta[NAMED] = next((kind for arg in args if (kind := asked.named(arg))), None)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the named command asks for; without a name, what there is."""
        kind = ctx.meta.get(NAMED)
        if kind is None:
            super().format_help(ctx, formatter)
            return
        rules = load_all().on(now().astimezone(HERE).date())
        name, where = asked.name_of(kind), "" if kind in asked.BEGINS else " --subject ID"
        formatter.write_usage("exemplar submit", f"{name}{where} --data JSON")
        formatter.write_paragraph()
        formatter.write_text(COMMANDS[name])
        for title, rows in (("--data", [*_fields(kind)]), ("", [*_rules(kind, rules)])):
            if rows:
                with formatter.section(title or "Theo quy tắc hôm nay"):
                    formatter.write_dl(rows)


def _fields(kind: type[asked.Command]) -> Iterator[tuple[str, str]]:
    hints, command = get_type_hints(kind), asked.name_of(kind)
    for name, field in schemas.schema_for(kind).fields.items():
        parts = field.parts() if isinstance(field, schemas.Told) else {}
        told = TOGETHER.get(name) or field_label(name, command) or name
        told += "" if field.required else " (có thể bỏ trống)"
        said = (told, _what(field, bare(hints[name])), help_of(name, command))
        what = "; ".join(part for part in said if part)
        inner = ", ".join(f"{key} ({FIELDS[key]})" for key in parts)
        yield name, f"{what}; gồm {inner}" if inner else what


def _what(field: fields.Field[Any], kind: Any) -> str:
    """Return what a word is made of, where its label does not say so."""
    many = get_args(kind)[0] if get_args(kind) else None
    choices = kind if _is_choice(kind) else many if _is_choice(many) else None
    if choices:
        told = ", ".join(f"{value} = {label(value)}" for value in choices)
        return f"{'danh sách của' if many else 'một trong'}: {told}"
    if isinstance(field, schemas.Results):
        return 'ví dụ {"G1": "met", "C9": "not-proven"}'
    if isinstance(field, schemas.Tuple):
        return 'danh sách, ví dụ ["…", "…"]'
    kinds = {schemas.Day: "ngày, 2026-03-02 hoặc 02/03/2026", fields.Boolean: "true hoặc false"}
    found = (told for type_, told in kinds.items() if isinstance(field, type_))
    return next(found, "số" if isinstance(field, fields.Integer) else "")


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _rules(kind: type[asked.Command], rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Yield who may give a command and what it needs, by the rules of today."""
    name = asked.name_of(kind)
    moves = [
        m for m in rules.text.moves if issubclass(kind, asked.Move) and asked.MOVES[kind] == m.move
    ]
    known = rules.text.commands.get(name)
    if moves or known:
        yield "Chức trách", ", ".join(map(label, rules.by(name)))
    for move in moves:
        yield f"Từ {', '.join(label(s) for s in move.source)}", _needs(move.needs, rules)
    if known and not moves:
        yield "Điều kiện", _needs(known.needs, rules)


def _needs(codes: tuple[str, ...], rules: RuleSet) -> str:
    words = rules.text.needs
    return "; ".join(need_of(words[code]) for code in codes if code in words) or "không"
