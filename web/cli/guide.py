"""`--help` in Vietnamese: the few words that the library itself puts in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

WORDS: Final = {
    "Options": "Tùy chọn",
    "Commands": "Các lệnh",
    "Show this message and exit.": "Hiện hướng dẫn này.",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH [THAM SỐ]...",
}


REQUIRED: Final = "[required]"


def _ours(text: str) -> str:
    return WORDS.get(text, text).replace(REQUIRED, "[bắt buộc]")


class Guide(click.HelpFormatter):
    """Writes help with our words in place of the library's."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is used."""
        for theirs, ours in WORDS.items():
            args = args.replace(theirs, ours)
        super().write_usage(prog, args, "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(WORDS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands, each with what it is for."""
        super().write_dl([(name, _ours(text)) for name, text in rows], col_max, col_spacing)
