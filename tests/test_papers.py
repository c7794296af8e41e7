"""Papers: read back with other programs, they are in the layout of Decree 30/2020."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pypdf
import pytest
from department import Department
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from scenario import given
from stories import DISCOVERING
from test_reports import found, ledger, published, rows

from web.papers import books, charts, contents, layout, portable, word
from web.papers.agency import letterhead
from web.papers.paper import Grid, Line, Paper, in_words
from web.parts import Parts
from web.reports import document, shown
from web.reports.verify import verify

DAY = date(2026, 2, 5)
CELLS = ((12, "Tổ rừng"), (1234, "Đơn vị = 1"))
PAPER = Paper(
    letterhead(DAY),
    "BC",
    "BÁO CÁO",
    "Về phát hiện, bồi dưỡng và nhân điển hình",
    [
        Line("I. KẾT QUẢ", "heading"),
        Line("Nội dung."),
        Grid("Bảng", ("Số", "Tên"), CELLS, "Bảng"),
    ],
    DAY,
    to=("UBND tỉnh", "Sở Nội vụ"),
    signer="GIÁM ĐỐC",
    name="Hoàng Đức Thịnh",
    recipients=("Như trên", "Lưu: VT, TCCB"),
)


def opened(paper: Paper = PAPER) -> Document:
    return Document(io.BytesIO(word.render(paper)))


def test_6_3_a_word_file_has_the_page_of_the_decree() -> None:
    section = opened().sections[0]
    size, margins = (
        (section.page_width, section.page_height),
        (*(section.top_margin, section.bottom_margin, section.left_margin, section.right_margin),),
    )
    assert [round(length.mm) for length in (*size, *margins)] == [210, 297, 20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    number = section.header.paragraphs[0]
    assert "PAGE" in number._p.xml
    assert number.alignment == layout.CENTER
    assert number.runs[0].font.size == Pt(13)


def test_6_3_the_head_is_a_table_of_two_rows_and_the_number_is_the_clerks() -> None:
    head, foot = opened().tables[0], opened().tables[-1]
    told = [[cell.text.split("\n") for cell in row.cells] for row in head.rows]
    issuer = ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]
    motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", ""]
    assert told == [
        [["UBND TỈNH LẠNG SƠN", *issuer, ""], motto],
        [["Số:        /BC-SNNMT"], ["Lạng Sơn, ngày 05 tháng 02 năm 2026"]],
    ]
    sizes = [p.runs[0].font.size.pt for c in head.rows[0].cells for p in c.paragraphs if p.runs]
    assert sizes == [12, 12, 12, 13]
    widths = [round(cell.width.cm, 1) for cell in head.rows[0].cells]
    assert widths == [6.2, 10.3]
    assert [round(column.width.cm, 1) for column in head.columns] == widths
    left, right = (cell.text.split("\n") for cell in foot.rows[0].cells)
    assert left[-3:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, TCCB."]
    assert [line for line in right if line] == ["GIÁM ĐỐC", "Hoàng Đức Thịnh"]
    assert foot.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_6_3_the_body_is_in_the_fonts_and_sizes_of_the_decree() -> None:
    document = opened()
    told = [(p.text, p.style.name) for p in document.paragraphs if p.style.name[:5] == "Paper"]
    assert told == [
        ("Kính gửi:", "Paper to"),
        ("- UBND tỉnh;", "Paper to"),
        ("- Sở Nội vụ.", "Paper to"),
        ("I. KẾT QUẢ", "Paper heading"),
        ("Nội dung.", "Paper body"),
        ("Bảng", "Paper caption"),
    ]
    style = document.styles["Paper body"]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{n}")) for n in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    assert (style.font.size, style.paragraph_format.first_line_indent) == (Pt(14), Cm(1.27))
    table = document.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[2].cells] == ["1.234", "Đơn vị = 1"]


def test_6_3_the_template_that_is_kept_is_the_one_that_is_made() -> None:
    kept, made = Document(str(layout.TEMPLATE)), layout.build()
    assert kept.element.xml == made.element.xml
    assert kept.styles.element.xml == made.styles.element.xml


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, "ngày      tháng      năm      "),
    ],
)
def test_6_3_days_have_their_zeros(day: date | None, words: str) -> None:
    assert in_words(day) == words


def test_6_3_numbers_given_by_the_clerk_are_printed_and_the_agency_is_that_of_the_day() -> None:
    assert replace(PAPER, number="05/BC-SNNMT").numbered == "Số: 05/BC-SNNMT"
    assert letterhead(date(2022, 1, 1)).symbol == "SNN"


def test_6_3_columns_are_as_wide_as_their_words_and_the_last_lines_go_with_who_signs() -> None:
    grid = Grid("", ("STT", "Tên"), [(at, "Trung tâm Nước sạch") for at in range(1, 9)])
    assert grid.widths == [70, 210]
    told = replace(PAPER, blocks=[grid, Line("Điều 1. Công nhận.", "article")])
    body = [p for p in opened(told).paragraphs if p.style.name == "Paper body"]
    assert [(run.text, run.bold) for run in body[-1].runs] == [
        ("Điều 1. ", True),
        ("Công nhận.", None),
    ]
    assert body[-1].paragraph_format.keep_with_next


def test_6_3_a_book_has_real_numbers_and_frozen_headers() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(books.render(PAPER))).worksheets[0]
    assert sheet.freeze_panes == "A3"
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Số", "Tên"],
        [12, "Tổ rừng"],
        [1234, "Đơn vị = 1"],
    ]
    assert sheet["A4"].number_format == "#,##0"
    assert books.safe("=1+1") == "'=1+1"


def test_6_3_6_6_a_report_is_a_pdf_that_carries_its_own_proof(register: Department) -> None:
    found(register, 6)
    report = published(register)
    state = register.all("report")[report]
    parts = Parts(ledger(register), register, None)  # type: ignore[arg-type]
    told = document.kept(ledger(register), state)
    paper = contents.report(parts, state, told)
    made = portable.render(paper, told)
    assert made == portable.render(paper, told)
    assert verify(made, rows(ledger(register).db)).good
    reader = pypdf.PdfReader(io.BytesIO(made))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    text = reader.pages[0].extract_text()
    assert "Số: 05/BC-SNN" in text
    assert "\n1\n" not in f"\n{text}\n"
    archived(reader, told)
    fonts = [f.get_object() for p in reader.pages for f in p["/Resources"]["/Font"].values()]
    inner = [f["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts]
    assert {"/FontFile2" in one or "/FontFile3" in one for one in inner} == {True}
    words = Document(io.BytesIO(word.render(paper)))
    assert "Ứng viên theo khâu" in [p.text[3:] for p in words.paragraphs]


def archived(reader: pypdf.PdfReader, told: bytes) -> None:
    """See that a file says it is PDF/A-3b, and has what that asks for and can be read here."""
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.findall(r"pdfaid:(part|conformance)>(\w+)<", metadata) == [
        ("part", "3"),
        ("conformance", "B"),
    ]
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    (file,) = root["/AF"]
    assert (file["/AFRelationship"], file["/F"]) == ("/Source", "report.json")
    held = file["/EF"]["/F"].get_object()
    assert (held.get_data(), held["/Subtype"]) == (told, "/application/json")
    assert not reader.is_encrypted
    assert "/JavaScript" not in root.get("/Names", {})


def test_6_3_a_chart_is_drawn_once_and_in_pixels_for_word() -> None:
    table = shown.Table(
        "by-unit", "Theo đơn vị", "", ["Đơn vị", "Số"], [["A", 5], ["B", 7]], 1, []
    )
    table = table._replace(holds=[shown.Holds.UNIT, shown.Holds.COUNT])
    drawn = charts.drawing(table)
    assert drawn is not None
    assert drawn.svg.startswith("<svg")
    assert charts.png(drawn.svg)[:4] == b"\x89PNG"
    assert charts.drawing(table._replace(rows=[["A", 5]])) is None


def test_6_3_states_stand_beside_each_other_in_the_order_of_the_stages() -> None:
    names = "Ứng viên theo đơn vị", "", ["Đơn vị", "Trạng thái", "Số"]
    told = [["A", "Bồi dưỡng", 5], ["A", "Chưa có", 6], ["B", "Rút", 7], ["B", "Phát hiện", 8]]
    holds = [shown.Holds.UNIT, shown.Holds.STATE, shown.Holds.COUNT]
    beside = shown.pivoted(shown.Table("by-unit", *names, told, 2, holds))
    assert beside.columns == ["Đơn vị", "Phát hiện", "Bồi dưỡng", "Rút", "Chưa có", "Cộng"]
    assert beside.rows == [["A", "", 5, "", 6, 11], ["B", 8, "", 7, "", 15]]


def test_6_3_a_decision_a_submission_and_a_file_tell_of_the_candidate(
    register: Department,
) -> None:
    subject = given(register, *DISCOVERING).subject
    parts = Parts(ledger(register), register, None)  # type: ignore[arg-type]
    one = register.candidate(subject)
    name = contents.about(parts, one, DAY).name
    decision = contents.decision(parts, one, DAY)
    submission = contents.submission(parts, [one], DAY)
    told = contents.file(parts, one, DAY)
    for paper in (decision, submission, told):
        assert paper.numbered.startswith("Số:  ")
        assert name in json.dumps([str(block) for block in paper.blocks], ensure_ascii=False)
    centred = [line.text for line in decision.blocks if line.style == "center"]
    assert centred == ["GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "QUYẾT ĐỊNH:"]
    assert decision.day is None
    assert submission.to == ("Giám đốc Sở Nông nghiệp và Môi trường",)
