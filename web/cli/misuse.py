"""What is wrong with a command line, in Vietnamese."""

from __future__ import annotations

from typing import Any

import click

from web.cli import options


def told(error: Any) -> str:
    """Return what is wrong with a command line; our own sentences stay as they are."""
    name = error.ctx.command_path if getattr(error, "ctx", None) else "exemplar"
    match error:
        case click.NoSuchOption():
            said = f"Không có tùy chọn {error.option_name}."
        case click.exceptions.NoSuchCommand():
            said = f"Không có lệnh “{error.command_name}”."
        case click.MissingParameter():
            said = f"Thiếu {_parameter(error)}."
        case click.BadOptionUsage():
            said = f"Tùy chọn {error.option_name} cần một giá trị."
        case click.BadParameter() if error.param:
            said = f"{_parameter(error)}: {_expected(error.param.type)}"
        case click.UsageError() if error.message.startswith("Got unexpected"):
            said = "Thừa tham số."
        case _:
            return str(error.format_message())
    return f"{said} Xem “{name} --help”."


def _parameter(error: click.BadParameter) -> str:
    match error.param:
        case None:
            return "tham số"
        case click.Option():
            return error.param.opts[0]
        case _:
            return error.param.human_readable_name


def _expected(kind: click.ParamType[Any]) -> str:
    match kind:
        case click.Choice():
            return f"chọn một trong {', '.join(kind.choices)}."
        case click.IntRange():
            return f"cần một số nguyên từ {kind.min} trở lên."
        case options.Position():
            return "cần một số không âm viết đúng cách: không dấu, không có số 0 thừa ở đầu."
        case click.types.UUIDParameterType():
            return "cần một UUID."
        case click.Path():
            return "không đọc được tệp hoặc thư mục ấy."
        case _:
            return "cần một số nguyên."
