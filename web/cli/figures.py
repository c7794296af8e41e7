"""`exemplar figures`: what is counted, by which definition, on both clocks."""

from __future__ import annotations

import click

from events_store.figures import FIGURES
from web import figure_tables as told
from web.cli import options, shown
from web.cli.desk import desk
from web.words import figures as words
from web.words.days import day

HELP = (
    "Cho biết các số liệu: không nêu TÊN thì liệt kê, nêu TÊN thì tính, kèm --json thì tính hết."
)


@click.command("figures", help=HELP)
@click.argument("name", metavar="[TÊN]", required=False, type=click.Choice(list(FIGURES)))
@options.on_day
@options.known
@click.option("--from", "first", metavar="NGÀY", help="Ngày đầu kỳ; mặc định đầu năm.")
@click.option("--to", "last", metavar="NGÀY", help="Ngày cuối kỳ; như --on.")
@click.option("--mapped", is_flag=True, help="Tính đơn vị cũ vào đơn vị hiện nay.")
@click.option("--csv", is_flag=True, help="Trả lời bằng CSV.")
@options.as_json
def figures(
    name: str | None,
    on: str | None,
    known: str | None,
    first: str | None,
    last: str | None,
    mapped: bool,
    csv: bool,
    json: bool,
) -> None:
    """Tell one figure, list them, or tell all of them to a program."""
    if on and last and on != last:
        raise click.UsageError("--on và --to là cùng một ngày; hãy nêu một trong hai.")
    if csv and (json or not name):
        raise click.UsageError("--csv cần TÊN một số liệu, và không đi cùng --json.")
    parts = desk().parts
    when = options.when(parts, on or last, known)
    since = options.when(parts, first, None).on if first else None
    if since and since > when.on:
        raise click.UsageError("--from phải là ngày không sau --to.")
    what = told.asked(parts.register, when, since, mapped=mapped)
    tables = [
        told.table(parts, each, what, personal=True)
        for each in FIGURES
        if each == name or (not name and json)
    ]
    if json:
        found = [told.answer(table, what) for table in tables]
        shown.as_json(found[0] if name else found)
    elif csv:
        click.echo(told.as_csv(tables[0]), nl=False)
    elif name:
        (table,) = tables
        shown.tell(table.definition)
        period = (
            f"từ {day(what.first)} đến {day(what.on)}" if table.figure.period else day(what.on)
        )
        shown.as_table(
            table.heads, [line.cells for line in table.lines], f"{table.title}, {period}"
        )
    else:
        rows = [(each, words.TITLES[each], words.DEFINITIONS[each]) for each in FIGURES]
        shown.as_table(("Tên", "Số liệu", "Định nghĩa"), rows)
