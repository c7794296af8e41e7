"""The import page: looked at first, recorded once, nothing half."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from desk import SAMPLE, Desk, Visitor, filled
from paper import paper
from werkzeug.test import TestResponse

from domain.values import Role

pytest_plugins = ["desks"]
TAKE, LEFTOVER = "/import/record", "/import/leftover"
NASTY = "<script>alert('x')</script> \"Lò\" & 'Vi'"


@pytest.fixture
def empty(tmp_path: Path) -> Desk:
    return filled(tmp_path, sample=False)


def upload(
    visitor: Visitor, content: bytes, name: str = "so.xlsx", *, create: bool = True
) -> TestResponse:
    form = visitor.read("/import").form(0)
    form |= {"file": (io.BytesIO(content), name)} | ({"create_units": "1"} if create else {})
    return visitor.send("/import", form)


def changed(rows: Mapping[int, Mapping[str, object]], keep: int | None = None) -> bytes:
    """Return the sample with cells changed, by row and column title, cut after some rows."""
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book.active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Tên" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    first = head[0].row + 1
    for row, cells in rows.items():
        for title, value in cells.items():
            sheet.cell(first + row, columns[title]).value = value
    if keep is not None:
        sheet.delete_rows(first + keep, sheet.max_row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def size(desk: Desk) -> int:
    return desk.parts.ledger.size()


def waiting(desk: Desk) -> list[Path]:
    return list((desk.folder / "exemplar.db.waiting").iterdir())


def test_a_file_is_looked_at_then_recorded_then_known(empty: Desk) -> None:
    visitor, at = empty.visitor(Role.OFFICER), size(empty)
    looked = upload(visitor, SAMPLE.read_bytes())
    assert looked.status_code == 200
    page = paper(looked.text)
    for words in (
        "Dòng đọc được 480",
        "Dòng cần sửa 0",
        "Ghi 480 ứng viên vào sổ",
        "Có thể trùng",
    ):
        assert words in page.text
    assert size(empty) == at

    answer = visitor.send(TAKE, page.form(TAKE))
    assert (answer.status_code, answer.location) == (303, "/")
    shown = visitor.read("/").text
    assert re.search(r"Đã ghi 480 ứng viên \(\d[\d.]* mục ghi\) từ “so.xlsx”", shown)
    assert "480 ứng viên · 15 đơn vị" in shown
    assert waiting(empty) == []

    at, again = size(empty), upload(visitor, SAMPLE.read_bytes(), "ban-sao.xlsx")
    assert "Mọi dòng của tệp này đã có trong sổ. Không có gì để ghi." in again.text
    assert size(empty) == at


def test_units_that_are_new_are_agreed_to_without_choosing_the_file_again(empty: Desk) -> None:
    visitor, at = empty.visitor(Role.OFFICER), size(empty)
    page = paper(upload(visitor, SAMPLE.read_bytes(), create=False).text)
    assert "15 tên đơn vị chưa có trong sổ." in page.text
    again = paper(visitor.send("/import", page.form("/import")).text)
    assert ("Đơn vị mới 15" in again.text, "chưa có trong sổ" in again.text) == (True, False)
    assert size(empty) == at
    assert visitor.send(TAKE, again.form(TAKE)).status_code == 303
    assert "480 ứng viên · 15 đơn vị" in visitor.read("/").text


def test_sent_twice_a_file_is_recorded_once(empty: Desk) -> None:
    visitor = empty.visitor(Role.OFFICER)
    form = paper(upload(visitor, changed({}, keep=3)).text).form(TAKE)
    assert visitor.send(TAKE, form).status_code == 303
    at = size(empty)
    assert visitor.send(TAKE, form).status_code == 404
    assert size(empty) == at


def test_problems_are_shown_and_nothing_is_recorded(empty: Desk) -> None:
    visitor, at = empty.visitor(Role.OFFICER), size(empty)
    bad = changed({0: {"Tên": None}, 2: {"Ngày phát hiện": "31/02/2024"}}, keep=6)
    page = paper(upload(visitor, bad).text)
    assert "Dòng cần sửa 2" in page.text
    assert "Tên (trống)" in page.text
    assert "Ngày phát hiện 31/02/2024" in page.text
    assert "Chỉ ghi 4 dòng đúng" in page.text
    assert size(empty) == at
    form = page.form(TAKE)
    refused = visitor.send(TAKE, {key: form[key] for key in form if key != "skip_invalid"})
    assert refused.status_code == 409
    assert "Chưa làm được" in refused.text
    assert size(empty) == at


def test_good_rows_are_recorded_and_bad_ones_come_back_explained(empty: Desk) -> None:
    visitor = empty.visitor(Role.OFFICER)
    bad = changed({0: {"Tên": None}}, keep=6)
    page = paper(upload(visitor, bad).text)
    left = visitor.send(LEFTOVER, page.form(LEFTOVER))
    assert left.status_code == 200
    assert "so-can-sua.xlsx" in left.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(left.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "Tên (để trống)" in str(rows[1][-1])
    assert visitor.send(TAKE, page.form(TAKE)).status_code == 303
    assert "5 ứng viên" in visitor.read("/").text


def test_an_unknown_unit_is_a_problem_unless_units_may_be_made(empty: Desk) -> None:
    visitor = empty.visitor(Role.OFFICER)
    content = changed({}, keep=2)
    assert (
        "Đơn vị" in paper(upload(visitor, content, create=False).text).text.partition("Cần sửa")[2]
    )
    assert "Đơn vị sẽ ghi thêm" in upload(visitor, content).text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "so.xlsx", "Tệp trống"),
        (b"Ten;Don vi\nA;B\n", "so.xlsx", "văn bản"),
        (b"PK\x03\x04 broken", "so.xlsx", "hỏng"),
        (b"\x00\x01\x02" * 100, "so.bin", "Không nhận ra dạng tệp"),
        ("Tên,Loại\nA,B\n".encode(), "so.csv", "22 cột"),
        ("Tên".encode("utf-16"), "so.csv", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    shown: Desk, content: bytes, name: str, said: str
) -> None:
    answer = upload(shown.visitor(Role.OFFICER), content, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert waiting(shown) == []


def test_no_file_is_a_problem_too(shown: Desk) -> None:
    answer = shown.visitor(Role.OFFICER).fill("/import")
    assert answer.status_code == 422
    assert "Hãy chọn một tệp." in answer.text


def test_a_name_with_folders_stays_out_of_them(empty: Desk) -> None:
    answer = upload(empty.visitor(Role.OFFICER), changed({}, keep=1), "../../etc/so.xlsx")
    assert '<h1 class="text-break">so.xlsx</h1>' in answer.text
    assert len(waiting(empty)) == 1


@pytest.mark.parametrize("digest", ["", "../exemplar.db", "a" * 64, "0" * 5000, "a.leftover"])
def test_only_a_file_that_was_looked_at_can_be_recorded(empty: Desk, digest: str) -> None:
    visitor = empty.visitor(Role.OFFICER)
    form = visitor.read("/import").form(0)
    for path in (TAKE, LEFTOVER):
        assert visitor.send(path, form, digest=digest, name="so.xlsx").status_code == 404


def test_a_file_whose_name_was_changed_on_the_way_is_no_fault(empty: Desk) -> None:
    visitor = empty.visitor(Role.OFFICER)
    form = paper(upload(visitor, changed({}, keep=1)).text).form(TAKE)
    answer = visitor.send(TAKE, form, name="so.csv")
    assert answer.status_code in (303, 422)


def test_too_large_a_file_is_refused_in_words(desk: Desk) -> None:
    visitor = desk.visitor(Role.OFFICER)
    form = visitor.read("/import").form(0)
    desk.app.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = visitor.send("/import", form | {"file": (io.BytesIO(b"x" * 20_000), "so.xlsx")})
    assert answer.status_code == 413
    assert "Tệp quá lớn" in answer.text


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.COUNCIL, Role.UNIT_HEAD])
def test_who_may_not_import_is_told_so(shown: Desk, role: Role) -> None:
    visitor, at = shown.visitor(role), size(shown)
    page = visitor.read("/")
    assert "/import" not in page.links
    token = next(form for form in page.forms if form.method == "post").values["csrf_token"]
    for answer in (
        visitor.get("/import"),
        visitor.send("/import", {"csrf_token": token}),
        visitor.send(TAKE, {"csrf_token": token}, digest="a" * 64, name="so.xlsx"),
    ):
        assert answer.status_code == 403
        assert "Không được phép" in answer.text
    assert size(shown) == at


def test_what_a_workbook_says_is_never_taken_for_marks(empty: Desk) -> None:
    visitor = empty.visitor(Role.OFFICER)
    nasty = dict.fromkeys(
        ("Tên", "Thành tích", "Chức vụ", "Địa bàn", "Lĩnh vực", "Phong trào"), NASTY
    )
    bad = {"Loại": NASTY, "Ngày phát hiện": NASTY}
    name = "<img src=x onerror=alert(1)>.xlsx"
    looked = upload(visitor, changed({0: nasty, 1: nasty | bad}, keep=2), name)
    assert "Dòng cần sửa" in looked.text
    page = paper(looked.text)
    assert visitor.send(TAKE, page.form(TAKE)).status_code == 303
    flashed = visitor.read("/")
    (path,) = flashed.candidates
    form = f"{path}/describe-candidate"
    shown = [looked.text, flashed.html, visitor.read(path).html, visitor.read(form).html]
    searched = visitor.get(f"/?q={NASTY}")
    for html in (*shown, searched.text):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "alert(&#39;x&#39;)" in html or "onerror" in html
        assert not {name for name in paper(html).attributes if name.startswith("on")}
