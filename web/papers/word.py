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
from web.papers.paper import Block, Drawing, Grid, Line, Paper, listed

KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(paper: Paper, attached: bytes | None = None) -> bytes:
    """Return a paper as a Word file; data cannot be attached to one."""
    template = DocxTemplate(TEMPLATE)
    template.render(
        {
            "parent": paper.head.parent,
            "issuer": paper.head.issuer,
            "number": paper.numbered,
            "placed": paper.placed,
            "kind": paper.kind,
            "subject": paper.subject,
            "signer": paper.signer,
            "name": paper.name,
            "left": paper.left[0] if paper.left else "",
            "receivers": "Nơi nhận:" if paper.recipients else "",
            "recipients": listed(paper.recipients),
        },
        autoescape=True,
    )
    document = template.docx
    to, body = (_marked(document, mark) for mark in ("[[to]]", "[[body]]"))
    for line in _to(paper):
        to.insert_paragraph_before(line, style="Paper body")
    for block in paper.blocks:
        _put(document, body, block)
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


def _put(document: Any, before: Any, block: Block) -> None:
    match block:
        case Line(text, style):
            before.insert_paragraph_before(text, style=f"Paper {style}")
        case Grid():
            before.insert_paragraph_before(block.title, style="Paper caption")
            before._p.addprevious(_grid(document, block)._tbl)
        case Drawing(title, svg):
            before.insert_paragraph_before(title, style="Paper caption")
            held = before.insert_paragraph_before("", style="Paper center")
            held.add_run().add_picture(io.BytesIO(charts.png(svg)), width=Cm(15.5))


def _grid(document: Any, grid: Grid) -> Any:
    rows = [*grid.rows]
    if grid.total is not None and len(rows) > 1:
        rows.append(["Cộng", *[""] * (len(grid.columns) - 2), grid.total])
    table = document.add_table(rows=1 + len(rows), cols=len(grid.columns), style="Table Grid")
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))  # repeated on every page
    for at, column in enumerate(grid.columns):
        _cell(table.cell(0, at), column, bold=True)
    for down, row in enumerate(rows, 1):
        cells = table.rows[down].cells
        for at, value in enumerate(row):
            _cell(cells[at], value)
    return table


def _cell(cell: Any, value: str | int, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    number = isinstance(value, int)
    run = paragraph.add_run(f"{value:,}".replace(",", ".") if number else str(value))
    run.font.size, run.bold = Pt(12), bold
    if bold:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
