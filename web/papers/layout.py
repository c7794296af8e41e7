"""The Word template of papers, by the measures of Decree 30/2020: python -m web.papers.layout.

The file that it writes is kept with the program. An office opens it in Word, changes what it
likes, and keeps the {{ marks }} and the paragraph [[body]], where the text of the paper goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

TEMPLATE: Final = Path(__file__).parent / "templates" / "paper.docx"
FONT: Final = "Times New Roman"
LEFT, RIGHT = Cm(6.2), Cm(10.3)
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
# Style, size, bold, italic, alignment, first-line indent, space before: of what a body is made.
STYLES: Final = {
    "Paper heading": (14, True, False, None, 0, 6),
    "Paper to": (14, False, False, CENTER, 0, 6),
    "Paper lead": (14, False, False, JUSTIFY, 1.27, 6),
    "Paper note": (11, False, False, None, 0, 3),
    "Paper body": (14, False, False, JUSTIFY, 1.27, 6),
    "Paper item": (14, False, False, JUSTIFY, 1.27, 3),
    "Paper center": (14, True, False, CENTER, 0, 6),
    "Paper basis": (14, False, True, JUSTIFY, 1.27, 3),
    "Paper caption": (13, True, False, CENTER, 0, 6),
}


def build() -> Any:
    """Return the template."""
    document = Document()
    _page(document)
    _styles(document)
    _head(document)
    _text(document, "{{ kind }}", 14, bold=True, before=12)
    _text(document, "{{ subject }}", 14, bold=True)
    _line(document.add_paragraph(), 5.5, after=10)
    document.add_paragraph("[[to]]", style="Paper to")
    document.add_paragraph("[[body]]", style="Paper body")
    _signatures(document)
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on page 1
    number = section.header.paragraphs[0]
    number.alignment = CENTER
    run = number.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _face(normal, 14)
    normal.paragraph_format.space_after = Pt(0)
    lang = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        lang.set(qn(name), "vi-VN")
    normal.element.get_or_add_rPr().append(lang)
    for name, (size, bold, italic, alignment, indent, before) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _face(style, size)
        style.font.bold, style.font.italic = bold, italic
        layout = style.paragraph_format
        layout.alignment, layout.first_line_indent = alignment, Cm(indent)
        layout.space_before = Pt(before)
        layout.keep_with_next = name in ("Paper heading", "Paper lead", "Paper caption")


def _face(style: Any, size: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _head(document: Any) -> None:
    table = _table(document)
    left, right = table.cell(0, 0), table.cell(0, 1)
    _text(left, "{{ parent }}", 12, first=True)
    _text(left, "{{ issuer }}", 12, bold=True)
    _line(left.add_paragraph(), 2)
    _text(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, first=True)
    _text(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _line(right.add_paragraph(), 2.4)
    _text(table.cell(1, 0), "{{ number }}", 13, first=True, before=6)
    _text(table.cell(1, 1), "{{ placed }}", 13, italic=True, first=True, before=6)


def _signatures(document: Any) -> None:
    _text(document, "", 6)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = _table(document)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.cell(0, 0), table.cell(0, 1)
    plain = WD_ALIGN_PARAGRAPH.LEFT
    _text(left, "{{ left }}", 14, bold=True, first=True)
    _text(left, "{{ receivers }}", 12, bold=True, italic=True, alignment=plain)
    _text(left, "{%p for line in recipients %}", 11, alignment=plain)
    _text(left, "{{ line }}", 11, alignment=plain)
    _text(left, "{%p endfor %}", 11, alignment=plain)
    _text(right, "{{ signer }}", 14, bold=True, first=True)
    for _blank in range(3):
        _text(right, "", 14)
    _text(right, "{{ name }}", 14, bold=True)
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _table(document: Any) -> Any:
    table = document.add_table(rows=2 if not document.tables else 1, cols=2)
    table.autofit = False
    for column, wide in zip(table.columns, (LEFT, RIGHT), strict=True):
        column.width = wide  # some programs read this, others what the cells say
        for cell in column.cells:
            cell.width = wide
    return table


def _text(
    where: Any,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
    before: int = 0,
    alignment: Any = CENTER,
) -> None:
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.space_before = alignment, Pt(before)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _line(paragraph: Any, indent: float, after: int = 0) -> None:
    """Draw a line as the border of a paragraph that is narrower by an indent on both sides."""
    paragraph.paragraph_format.space_after = Pt(after)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Cm(indent)
    layout.line_spacing = Pt(3)
    borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        below.set(qn(f"w:{name}"), value)
    borders.append(below)
    paragraph._p.get_or_add_pPr().append(borders)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    build().save(TEMPLATE)
