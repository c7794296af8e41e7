"""How answers look: one line of JSON for programs, tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import click
from rich.console import Console
from rich.table import Table

from web.words.days import day
from workflow.register import HERE

WIDE = 200  # where no terminal says how wide it is


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes all text as it is."""
    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not made.is_terminal:
        made.width = WIDE
    return made


def tell(sentence: str) -> None:
    """Print a sentence."""
    click.echo(sentence)


def note(sentence: str) -> None:
    """Print a sentence beside the answer."""
    click.echo(sentence, err=True)


def as_json(answer: object) -> None:
    """Print an answer on one line."""
    click.echo(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))


def as_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None
) -> None:
    """Print rows under their columns; numbers stand on the right."""
    lines = [[cell(value) for value in row] for row in rows]
    if title:
        tell(title)
    table = Table()
    for at, column in enumerate(columns):
        numbers = bool(lines) and all(line[at].isdecimal() or not line[at] for line in lines)
        table.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for line in lines:
        table.add_row(*line)
    console().print(table)


def cell(value: object) -> str:
    """Return a value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return instant(value)
    return day(value) if isinstance(value, date) else str(value)


def instant(value: datetime) -> str:
    """Return an instant as clocks here show it."""
    return value.astimezone(HERE).strftime("%d/%m/%Y %H:%M:%S")


def instant_of(seconds: int) -> str:
    """Return seconds since 1970 as clocks here show them."""
    return instant(datetime.fromtimestamp(seconds, HERE))
