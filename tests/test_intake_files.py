"""Files of every kind, made for real: they say the same, or say why they cannot be read."""

from __future__ import annotations

import csv
import io
import struct
import unicodedata
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from web.intake.columns import HEADERS, INDEX, NAME, PLACE
from web.intake.plan import Intake, read
from web.intake.unusable import Unusable

TODAY = date(2026, 11, 22)
GOOD = {
    "STT": 1.0,
    "Loại": "Cá nhân",
    "Tên": "Lương Thị Hòa",
    "Năm sinh": 1986.0,
    "Giới tính": "Nữ",
    "Đối tượng": "Viên chức",
    "Đơn vị": "Chi cục Kiểm lâm",
    "Địa bàn": "Hữu Lũng",
    "Nhóm ưu tiên": "Vùng sâu, vùng xa",
    "Ngày phát hiện": date(2022, 6, 23),
    "Biên bản suy tôn": "BB 61/BB-3",
    "Ngày bồi dưỡng": "7/7/2022",
    "Danh hiệu": "CSTĐCS 2022; HTXSNV 2023",
}
Cells = list[object]


def row(**changes: object) -> Cells:
    said = {**GOOD, **{key.replace("_", " "): value for key, value in changes.items()}}
    return [said.get(header, "") for header in HEADERS]


def sheet(*rows: Cells) -> list[Cells]:
    return [["DỮ LIỆU MẪU"], [], list(HEADERS), *rows]


def xlsx(rows: list[Cells], top: int = 0, left: int = 0) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active, rows, top, left)
    return saved(book)


def fill(page, rows: list[Cells], top: int = 0, left: int = 0) -> None:
    for index, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells, left + 1):
            if cell != "":
                page.cell(index, column, cell)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: list[Cells]) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet")
    dated = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for index, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell != "":
                page.write(index, column, cell, *([dated] if isinstance(cell, date) else []))
    return saved(book)


def ods(rows: list[Cells]) -> bytes:
    book = OpenDocumentSpreadsheet()
    page = Table(name="Sheet")
    book.spreadsheet.addElement(page)
    for cells in rows:
        line = TableRow()
        page.addElement(line)
        for cell in cells:
            line.addElement(ods_cell(cell))
    return saved(book)


def ods_cell(cell: object) -> TableCell:
    if isinstance(cell, date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, float):
        return TableCell(valuetype="float", value=str(cell))
    made = TableCell(valuetype="string") if cell else TableCell()
    if cell:
        made.addElement(P(text=cell))
    return made


def text(rows: list[Cells], separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def taken(content: bytes, name: str = "so.xlsx", **setting) -> Intake:
    return read(content, name, {}, True, TODAY, **setting)


def refusal(content: bytes, name: str = "so.xlsx") -> str:
    with pytest.raises(Unusable) as caught:
        taken(content, name)
    return caught.value.reason


def told(intake: Intake) -> list[tuple[object, ...]]:
    """Return what was read, without what differs between files."""
    return [
        (
            *(key, said.kind, said.unit, said.row, said.who.content, said.what.content),
            *(said.discovered_on, said.nurtured_on, said.priority, said.titles, said.ratings),
        )
        for key, said in intake.candidates
    ]


def faults(intake: Intake) -> list[tuple[int, str, object]]:
    return [(problem.row, problem.column, problem.value) for problem in intake.problems]


ROWS = sheet(row(), row(Tên="Vi Văn Páo", Đơn_vị="Văn phòng Sở"), row(), [], row(Tên="Mã Đào"))
FORMS = {
    "so.xls": xls(ROWS),
    "so.ods": ods(ROWS),
    "so.csv": text(ROWS, encoding="utf-8-sig"),
    "phẩy.csv": text(ROWS),
    "chấm-phẩy.csv": text(ROWS, ";"),
    "tab.txt": text(ROWS, "\t"),
    "xlsx.csv": xlsx(ROWS),
    "nfd.xlsx": xlsx(
        [[unicodedata.normalize("NFD", c) if isinstance(c, str) else c for c in r] for r in ROWS]
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_rows_say_the_same_in_any_kind_of_file(name):
    expected = taken(xlsx(ROWS))
    assert [said.row for _, said in expected.candidates] == [4, 5, 6, 8]
    assert told(taken(FORMS[name], name)) == told(expected)


def test_a_path_is_read_as_its_bytes_are(tmp_path: Path):
    path = tmp_path / "so.csv"
    path.write_bytes(text(ROWS))
    by_path = read(path, path.name, {}, True, TODAY)
    assert told(by_path) == told(taken(text(ROWS), "so.csv"))
    assert by_path.file_sha256 == taken(text(ROWS), "so.csv").file_sha256


def test_a_table_may_start_at_row_7_and_column_c_and_keeps_its_row_numbers():
    intake = taken(xlsx([list(HEADERS), row(), row(Tên="")], top=6, left=2))
    assert [said.row for _, said in intake.candidates] == [8]
    assert faults(intake) == [(9, "Tên", None)]


def test_the_table_is_found_on_whichever_sheet_it_stands():
    book = openpyxl.Workbook()
    book.active.append(["Hướng dẫn", "Điền trang sau"])
    book.create_chartsheet("Biểu đồ")
    fill(book.create_sheet("Danh sách"), sheet(row()))
    intake = taken(saved(book))
    assert (intake.sheet, intake.rows) == ("Danh sách", 1)


def test_two_sheets_with_rows_are_refused_because_one_would_go_unread():
    book = openpyxl.Workbook()
    fill(book.active, sheet(row()))
    fill(book.create_sheet("Năm 2022"), sheet(row()))
    assert refusal(saved(book)) == "two-tables"


def test_headers_are_known_by_any_spelling_and_other_columns_are_passed_over():
    headers = ["Ghi chú", *(unicodedata.normalize("NFD", h.upper()) for h in HEADERS)]
    headers[INDEX[PLACE] + 1] = "Dia  ban"
    assert taken(xlsx([headers, ["không đọc", *row()]])).rows == 1


def test_missing_columns_are_all_named():
    kept = [header for header in HEADERS if header not in ("Tên", "Kết quả")]
    with pytest.raises(Unusable) as caught:
        taken(xlsx([[], kept]))
    assert str(caught.value) == (
        "Trang “Sheet”, dòng tiêu đề 2: thiếu cột Tên, Kết quả. "
        "Thêm các cột này (có thể để trống ô bên dưới) rồi nhập lại."
    )


def test_a_header_that_stands_twice_is_refused():
    assert refusal(xlsx([[*HEADERS, "Tên"], row()])) == "repeated-columns"
    assert refusal(text([[*HEADERS, "Tên"], row()]), "so.csv") == "repeated-columns"


def directory_entry(name: str) -> bytes:
    encoded = name.encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2) + bytes(62)


def container(*streams: str) -> bytes:
    """Return the shell of an OLE file, as Office writes it, with streams of these names."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + b"".join(directory_entry(name) for name in ("Root Entry", *streams))


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def test_a_workbook_with_a_password_is_refused():
    assert refusal(container("EncryptionInfo", "EncryptedPackage")) == "protected"
    locked = archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        **{"content_xml": b"\x01\x02", "META-INF__manifest_xml": b"<manifest:encryption-data/>"},
    )
    assert refusal(locked, "so.ods") == "protected"


UNREADABLE = {
    "empty": b"",
    "text-in-disguise": b"STT,T\xc3\xaan\n1,A\n",
    "damaged": xlsx(sheet(row()))[:3000],
    "damaged-xls": container("Workbook"),
    "unknown-format": archive(word__document_xml=b"<document/>"),
    "empty-sheets": xlsx([]),
    "no-header": xlsx([["Tên", "Đơn vị"], ["A", "B"]]),
    "no-rows": xlsx([list(HEADERS)]),
}


@pytest.mark.parametrize("reason", UNREADABLE)
def test_a_file_that_is_no_register_is_refused_with_a_reason(reason):
    assert refusal(UNREADABLE[reason]) == reason


def test_a_picture_an_old_document_and_a_broken_zip_are_refused():
    assert refusal(b"\x89PNG\r\n\x1a\n\x00\x00", "so.csv") == "unknown-format"
    assert refusal(container("WordDocument"), "so.xls") == "unknown-format"
    assert refusal(b"PK\x03\x04" + b"?" * 100) == "damaged"


def test_a_csv_in_another_encoding_or_with_an_open_quote_is_refused():
    windows = text(sheet(row(Tên="Vu Huy", Địa_bàn="X")), encoding="utf-8") + b"\xd0,\xea\n"
    assert refusal(windows, "so.csv") == "not-utf8"
    assert refusal(text(ROWS, encoding="utf-16"), "so.csv") == "not-utf8"
    assert refusal(text(ROWS) + b'9,"C\xc3\xa1', "so.csv") == "broken-csv"


def test_a_cell_of_a_megabyte_is_a_problem_like_any_other():
    intake = taken(text(sheet(row(Thành_tích="x" * 2**20), row())), "so.csv")
    assert faults(intake) == [(4, "Thành tích", "x" * 120)]
    assert intake.problems[0].expected == (
        "Tối đa 2.000 ký tự; ô này có 1.048.576. Rút gọn nội dung."
    )
    assert len(intake.candidates) == 1


def test_cells_that_a_merge_covers_are_problems_and_not_blanks():
    book = openpyxl.Workbook()
    fill(book.active, [list(HEADERS), row(), row(Địa_bàn="")])
    book.active.merge_cells(start_row=2, end_row=3, start_column=9, end_column=9)
    intake = taken(saved(book))
    assert faults(intake) == [(3, "Địa bàn", None)]
    assert intake.problems[0].expected == "Ô bị gộp với ô khác. Bỏ gộp ô rồi điền từng dòng."


def test_a_merged_title_above_the_table_is_no_problem():
    book = openpyxl.Workbook()
    fill(book.active, sheet(row()))
    book.active.merge_cells("A1:V1")
    assert faults(taken(saved(book))) == []


def with_cell(old: bytes, new: bytes) -> bytes:
    """Return a workbook in whose sheet one piece of XML is replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([list(HEADERS), row(Địa_bàn="=A1")]))) as source,
        zipfile.ZipFile(out, "w") as made,
    ):
        for part in source.namelist():
            whole = source.read(part).replace(EMPTY, b"<v></v>")  # with lxml it is written so
            made.writestr(part, whole.replace(old, new))
    return out.getvalue()


EMPTY = b"<v />"
FORMULA = b'<c r="I2"><f>A1</f><v></v></c>'


def test_a_formula_is_read_by_its_stored_value():
    computed = with_cell(FORMULA, b'<c r="I2" t="str"><f>A1</f><v>Cao L\xe1\xbb\x99c</v></c>')
    assert taken(computed).candidates[0][1].what.content["place"] == "Cao Lộc"
    empty = with_cell(FORMULA, b'<c r="I2" t="str"><f>A1</f><v></v></c>')
    assert taken(empty).candidates[0][1].what.content["place"] is None


def test_a_formula_without_a_stored_value_is_a_problem_and_not_a_blank():
    intake = taken(with_cell(FORMULA, FORMULA))
    assert faults(intake) == [(2, "Địa bàn", "=A1")]
    assert intake.problems[0].expected == (
        "Công thức chưa được tính. Mở tệp bằng Excel và lưu lại, hoặc gõ thẳng giá trị."
    )


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_value_is_a_problem_and_not_a_blank(error):
    cell = f'<c r="I2" s="1" t="e"><f>A1</f><v>{error}</v></c>'.encode()
    assert faults(taken(with_cell(FORMULA, cell))) == [(2, "Địa bàn", error)]


def test_error_values_in_an_old_workbook_are_not_lost_either():
    book = xlwt.Workbook()
    page = book.add_sheet("Trang")
    for column, header in enumerate(HEADERS):
        page.write(0, column, header)
    page.row(1).set_cell_error(INDEX[NAME], "#REF!")
    assert refusal(saved(book), "so.xls") == "cell-faults"


def test_a_stray_cell_at_the_far_end_is_refused_before_it_takes_all_memory():
    book = openpyxl.Workbook()
    fill(book.active, sheet(row()))
    book.active["XFD1048576"] = "x"
    assert refusal(saved(book)) == "too-large"


@given(garbage=st.binary() | st.text().map(str.encode))
def test_no_bytes_whatever_they_are_do_more_than_be_refused(garbage):
    with pytest.raises(Unusable):
        taken(garbage, "so.csv")


@given(garbage=st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")))))
def test_garbage_below_a_good_header_gives_problems_and_no_fault(garbage):
    intake = taken(text([list(HEADERS), row(), *garbage]), "so.csv")
    assert [said.row for _, said in intake.candidates] == [2]


@pytest.mark.parametrize("name", ["so.xls", "so.ods", "xlsx.csv"])
def test_a_workbook_with_broken_bytes_never_ends_the_process(name):
    chance = Random(1)
    for _ in range(20):
        content = bytearray(FORMS[name])
        for _ in range(chance.randrange(1, 40)):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        with suppress(Unusable):
            taken(bytes(content), name)


def test_an_old_workbook_that_claims_a_cell_at_the_far_end_does_not_end_the_process():
    number_cell = b"\x7e\x02\x0a\x00" + struct.pack("<HH", 3, 0)
    content = FORMS["so.xls"]
    assert content.count(number_cell) == 1
    far = content.replace(number_cell, number_cell[:4] + b"\xff\xff\xff\xff")
    assert refusal(far, "so.xls") == "damaged-xls"
