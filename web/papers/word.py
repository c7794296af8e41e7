"""Papers as Word files, from a template that an office can edit."""

from __future__ import annotations

import io
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docxtpl import DocxTemplate

from web.papers import charts
from web.papers.layout import TEMPLATE
from web.papers.paper import NUMBER, Block, Cell, Drawing, Grid, Line, Paper, listed

KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNED: Final = "\n" * 4  # room to sign, as the template leaves on the right
WIDTH: Final = 16.5  # cm between the margins


def render(paper: Paper, attached: bytes | None = None) -> bytes:
    """Return a paper as a Word file; data cannot be attached to one."""
    template = DocxTemplate(TEMPLATE)
    receivers = "Nơi nhận:" if paper.recipients else ""
    told = {**paper.frame, "left": SIGNED.join(paper.left), "receivers": receivers}
    template.render(told, autoescape=True)
    document = template.docx
    to, body = (_marked(document, mark) for mark in ("[[to]]", "[[body]]"))
    for line in _to(paper):
        to.insert_paragraph_before(line, style="Paper to")
    for block in paper.blocks:
        _put(document, body, block)
    _keep_together(document, body)
    for mark in (to, body):
        mark._p.getparent().remove(mark._p)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _to(paper: Paper) -> list[str]:
    if len(paper.to) == 1:
        return [f"Kính gửi: {paper.to[0]}."]
    return ["Kính gửi:", *listed(paper.to)] if paper.to else []


def _marked(document: Any, mark: str) -> Any:
    return next(one for one in document.paragraphs if one.text == mark)


def _keep_together(document: Any, mark: Any) -> None:
    """Let nobody sign on a page that says nothing else: the last lines go with the signature."""
    last = mark._p.getprevious()
    for paragraph in document.paragraphs:
        if paragraph._p is last:
            paragraph.paragraph_format.keep_with_next = True


def _put(document: Any, before: Any, block: Block) -> None:
    match block:
        case Line(text, "article"):
            number, dot, rest = text.partition(". ")
            put = before.insert_paragraph_before("", style="Paper body")
            put.add_run(number + dot).bold = True
            put.add_run(rest)
        case Line(text, style):
            before.insert_paragraph_before(text, style=f"Paper {style}")
        case Grid():
            if block.captioned:
                before.insert_paragraph_before(block.title, style="Paper caption")
            before._p.addprevious(_grid(document, block)._tbl)
        case Drawing(_title, svg):
            held = before.insert_paragraph_before("", style="Paper center")
            held.paragraph_format.keep_with_next = True
            held.add_run().add_picture(io.BytesIO(charts.png(svg)), width=Cm(15.5))


def _grid(document: Any, grid: Grid) -> Any:
    rows = grid.lines
    table = document.add_table(rows=1 + len(rows), cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    wide = [Cm(WIDTH * one / sum(grid.widths)) for one in grid.widths]
    for column, one in zip(table.columns, wide, strict=True):
        column.width = one
    for row in table.rows:
        for cell, one in zip(row.cells, wide, strict=True):
            cell.width = one
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))  # repeated on every page
    for at, column in enumerate(grid.columns):
        _cell(table.cell(0, at), column, bold=True)
    for down, row in enumerate(rows, 1):
        cells = table.rows[down].cells
        for at, value in enumerate(row):
            _cell(cells[at], value, middle=at == 0 and grid.columns[0] == NUMBER)
    return table


def _cell(cell: Any, value: Cell, *, bold: bool = False, middle: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    number = isinstance(value, int)
    run = paragraph.add_run(f"{value:,}".replace(",", ".") if number else str(value))
    run.font.size, run.bold = Pt(12), bold
    if bold or middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
