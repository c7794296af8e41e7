"""The whole intake: the sample, the checks between cells, identity, reports and leftovers."""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from domain.values import Outcome, Stage
from domain.vietnamese import spelling
from web import intake as intake_room
from web.intake import leftover, report
from web.intake.columns import HEADERS, INDEX
from web.intake.notes import Problem
from web.intake.plan import Duplicate, Intake, read

TODAY = date(2026, 11, 22)
SAMPLE = Path(intake_room.__file__).parent / "sample" / "register-2021-2025.xlsx"
KIEM_LAM = {spelling("Chi cục Kiểm lâm"): "unit:1"}
GOOD = {
    "STT": 1,
    "Loại": "Cá nhân",
    "Tên": "Lương Thị Hòa",
    "Năm sinh": 1986,
    "Đơn vị": "Chi cục Kiểm lâm",
    "Ngày phát hiện": "23/06/2022",
    "Ngày bồi dưỡng": "7/7/2022",
    "Ngày tổng kết": "1/2/2024",
    "Số QĐ công nhận": "361/QĐ-SNN",
    "Ngày nhân điển hình": "29/5/2024",
}


def row(**changes: object) -> list[object]:
    said = {**GOOD, **{key.replace("_", " "): value for key, value in changes.items()}}
    return [said.get(header, "") for header in HEADERS]


def book(path: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    for cells in (list(HEADERS), *rows):
        made.active.append([None if cell == "" else cell for cell in cells])
    made.save(path)
    return path


@pytest.fixture
def given(tmp_path: Path):
    def intake(*rows: list[object], units=KIEM_LAM, create=False, **setting) -> Intake:
        path = book(tmp_path / "so.xlsx", *rows)
        return read(path, path.name, units, create, TODAY, **setting)

    return intake


def found(intake: Intake) -> list[tuple[str, object, str]]:
    return [(problem.column, problem.value, problem.expected) for problem in intake.problems]


def sample(name: str = "so.xlsx") -> Intake:
    return read(SAMPLE, name, {}, True, TODAY)


def test_the_sample_gives_480_candidates_in_15_units_and_no_problem():
    intake = sample()
    assert (intake.sheet, intake.rows, intake.problems) == ("Danh sách", 480, [])
    assert len({command_id for command_id, _ in intake.candidates}) == 480
    assert [said.row for _, said in intake.candidates] == list(range(5, 485))
    assert len(intake.new_units) == 15
    assert {said.unit for _, said in intake.candidates} == {f"new:{k}" for k in intake.new_units}


def test_the_sample_counts_by_outcome_and_stage():
    said = [candidate for _, candidate in sample().candidates]
    assert Counter(candidate.outcome for candidate in said) == {
        None: 352,
        Outcome.WITHDRAWN: 45,
        Outcome.DECLINED: 42,
        Outcome.COMPLETED: 39,
        Outcome.REVOKED: 2,
    }
    reached = Counter(
        Stage.REPLICATE
        if candidate.replicated_on
        else Stage.SUMMARIZE
        if candidate.summarized_on
        else Stage.NURTURE
        if candidate.nurtured_on
        else Stage.DISCOVER
        for candidate in said
    )
    assert reached == {
        Stage.DISCOVER: 95,
        Stage.NURTURE: 134,
        Stage.SUMMARIZE: 90,
        Stage.REPLICATE: 161,
    }


def test_the_sample_has_one_pair_of_rows_about_the_same_candidate():
    assert sample().duplicates == [
        Duplicate([108, 293], "Hồng không hạt Bảo Lâm Tràng Định", None, "Thanh tra Sở")
    ]


def test_titles_of_next_year_in_the_sample_are_remarked_on():
    assert [remark.row for remark in sample().remarks] == [183, 213, 384, 416, 454]
    assert sample().remarks[4] == Problem(
        454, "Danh hiệu", "CSTĐCS 2027", "Năm 2027 chưa tới; vẫn nhận như sổ ghi. Kiểm tra lại."
    )


def test_reading_the_sample_again_gives_the_same_command_ids():
    ids = [command_id for command_id, _ in sample().candidates]
    assert [command_id for command_id, _ in sample("khác.xlsx").candidates] == ids


def test_a_good_row_becomes_a_command(given):
    [(_, said)] = given(row()).candidates
    assert said.unit == "unit:1"
    assert said.who.content == {"name": "Lương Thị Hòa", "birth_year": 1986, "sex": None}
    assert (said.discovered_on, said.nurtured_on) == (date(2022, 6, 23), date(2022, 7, 7))
    assert (said.summarized_on, said.replicated_on) == (date(2024, 2, 1), date(2024, 5, 29))
    assert (said.decision, said.row, said.sheet) == ("361/QĐ-SNN", 2, "Sheet")


def test_all_that_a_row_needs_is_asked_for_at_once(given):
    blank = dict.fromkeys(("Loại", "Tên", "Đơn_vị", "Ngày_phát_hiện"), "")
    assert [(column, value) for column, value, _ in found(given(row(**blank)))] == [
        ("Loại", None),
        ("Tên", None),
        ("Đơn vị", None),
        ("Ngày phát hiện", None),
    ]


def test_every_problem_of_every_row_is_listed(given):
    bad = {"Ngày_phát_hiện": "31/02/2022", "Kết_quả": "Hoãn", "Năm_sinh": "không rõ"}
    intake = given(row(**bad), row(), row(Tên=""))
    assert [(p.row, p.column) for p in intake.problems] == [
        (2, "Năm sinh"),
        (2, "Ngày phát hiện"),
        (2, "Kết quả"),
        (2, "Ngày kết quả"),
        (4, "Tên"),
    ]


def test_the_total_line_is_a_problem_like_any_row_and_an_empty_row_is_not(given):
    intake = given(row(), [], ["Tổng cộng"])
    assert {problem.row for problem in intake.problems} == {4}


def test_a_later_stage_may_begin_on_the_day_of_the_earlier_but_not_before(given):
    assert found(given(row(Ngày_bồi_dưỡng="23/06/2022"))) == []
    assert found(given(row(Ngày_bồi_dưỡng="22/06/2022"))) == [
        ("Ngày bồi dưỡng", "22/06/2022", "Không được trước Ngày phát hiện (23/06/2022).")
    ]


def test_a_stage_cannot_be_skipped(given):
    expected = "Đã có Ngày tổng kết thì phải có Ngày bồi dưỡng. Ghi thêm, hoặc xóa ngày kia."
    assert found(given(row(Ngày_bồi_dưỡng=""))) == [("Ngày bồi dưỡng", None, expected)]


def test_a_day_that_cannot_be_read_is_not_called_missing_as_well(given):
    assert [column for column, *_ in found(given(row(Ngày_bồi_dưỡng="sau Tết")))] == [
        "Ngày bồi dưỡng"
    ]


def test_an_outcome_needs_its_day_and_a_day_its_outcome(given):
    assert found(given(row(Kết_quả="Rút"))) == [
        ("Ngày kết quả", None, "Đã có Kết quả thì phải ghi Ngày kết quả.")
    ]
    assert found(given(row(Ngày_kết_quả="1/1/2025"))) == [
        ("Kết quả", None, "Đã có Ngày kết quả thì phải ghi Kết quả.")
    ]


def test_an_outcome_does_not_come_before_the_last_stage(given):
    assert found(given(row(Kết_quả="Rút", Ngày_kết_quả="28/5/2024"))) == [
        ("Ngày kết quả", "28/5/2024", "Không được trước Ngày nhân điển hình (29/05/2024).")
    ]


def test_only_what_was_replicated_is_completed(given):
    said = row(Kết_quả="Hoàn thành", Ngày_kết_quả="1/1/2025", Ngày_nhân_điển_hình="")
    assert [column for column, *_ in found(given(said))] == ["Ngày nhân điển hình"]


def test_only_what_was_recognized_is_revoked(given):
    ended = {"Kết_quả": "Huỷ công nhận", "Ngày_kết_quả": "1/1/2025", "Ngày_nhân_điển_hình": ""}
    assert found(given(row(**ended))) == []
    unrecognized = given(row(**ended, Số_QĐ_công_nhận=""))
    assert [column for column, *_ in found(unrecognized)] == ["Số QĐ công nhận"]


def test_an_unknown_unit_is_refused_with_the_closest_name(given):
    intake = given(row(Đơn_vị="Chi cục Kiêm lâm"), unit_names={"unit:1": "Chi cục Kiểm lâm"})
    assert found(intake) == [
        (
            "Đơn vị",
            "Chi cục Kiêm lâm",
            "Chưa có đơn vị này trong sổ. Có phải “Chi cục Kiểm lâm”? "
            "Sửa tên cho đúng, hoặc cho phép tạo đơn vị mới khi nhập.",
        )
    ]


def test_units_match_whatever_the_case_the_blanks_and_the_place_of_the_tone(given):
    units = {spelling("Ban Hòa Thủy"): "unit:2"}
    intake = given(
        row(Đơn_vị="ban  HOÀ Thuỷ"), row(Đơn_vị="Ban Ho\u0300a Thu\u0309y"), units=units
    )
    assert [said.unit for _, said in intake.candidates] == ["unit:2", "unit:2"]


def test_a_new_unit_is_named_as_most_rows_spell_it_and_not_after_bad_rows(given):
    spelled = [row(Đơn_vị=name) for name in ("Ban Hoà", "Ban Hòa", "ban hòa", "Ban Hòa")]
    bad = row(Đơn_vị="Ban Khác", Tên="")
    assert given(*spelled, bad, create=True).new_units == {spelling("Ban Hòa"): "Ban Hòa"}


def test_the_same_row_has_the_same_id_whatever_its_number_and_spelling(given):
    first = given(row())
    second = given(row(STT=99, Tên="LƯƠNG  THỊ HOÀ", Ngày_bồi_dưỡng=datetime(2022, 7, 7)))
    assert [key for key, _ in first.candidates] == [key for key, _ in second.candidates]


def test_identical_rows_in_one_file_are_two_commands_and_one_remark(given):
    intake = given(row(), row(STT=2))
    assert len({key for key, _ in intake.candidates}) == 2
    assert intake.duplicates == [Duplicate([2, 3], "Lương Thị Hòa", 1986, "Chi cục Kiểm lâm")]


def test_a_row_that_says_something_else_has_another_id(given):
    intake = given(row(), row(Tên="Lương Thị Hoa"), row(Kết_quả="Rút", Ngày_kết_quả="1/1/2025"))
    assert len({key for key, _ in intake.candidates}) == 3


def test_problems_are_told_in_json_as_promised():
    problems = [Problem(10, "Tên", None, "Ghi tên.")]
    assert report.problems_json(problems) == (
        '{"recorded":0,"problems":[{"row":10,"column":"Tên","value":null,"expected":"Ghi tên."}]}'
    )


def test_values_of_every_kind_stand_in_the_json(given):
    bad = row(Tên=date(2024, 5, 1), Năm_sinh=86, Giới_tính=True, Thành_tích="x" * 3000)
    told = json.loads(report.problems_json(given(bad).problems))
    assert [problem["value"] for problem in told["problems"]] == [
        "2024-05-01",
        86,
        True,
        "x" * 120,
    ]


def test_problems_are_told_in_words_row_by_row(given):
    intake = given(row(Tên="", Loại="Hộ"), row())
    assert report.problems_text(intake.problems) == (
        "Dòng 2:\n"
        "  • Loại (“Hộ”): Ghi một trong: “Cá nhân”, “Tập thể”, “Mô hình”.\n"
        "  • Tên (để trống): Ghi tên của cá nhân, tập thể hoặc mô hình."
    )
    assert report.summary(intake.rows, intake.problems) == "2 dòng, 1 dòng có lỗi (2 lỗi)."


def test_bad_rows_are_written_untouched_and_explained(tmp_path: Path):
    bad = row(Tên="=HYPERLINK(A1)", Năm_sinh=1786, Ngày_phát_hiện=datetime(2022, 6, 23))
    source = book(tmp_path / "so.xlsx", row(), row(Tên=""))
    made = openpyxl.load_workbook(source)
    made.active.append(bad)
    made.active.cell(4, INDEX["Tên"] + 1).data_type = "s"
    made.save(source)
    intake = read(source, source.name, KIEM_LAM, False, TODAY)
    out = tmp_path / "sót.xlsx"
    assert leftover.write(out, source, source.name, intake.problems) == 2
    page = openpyxl.load_workbook(out).active
    assert [cell.value for cell in page[1]] == [*HEADERS, "Lý do"]
    assert [cell.value or "" for cell in page[2]][:-1] == row(Tên="")
    assert page.cell(2, 23).value == "Tên (để trống): Ghi tên của cá nhân, tập thể hoặc mô hình."
    name, born, found_on = (
        page.cell(3, INDEX[h] + 1) for h in ("Tên", "Năm sinh", "Ngày phát hiện")
    )
    assert (name.value, name.data_type) == ("=HYPERLINK(A1)", "s")
    assert (born.value, found_on.value) == (1786, datetime(2022, 6, 23))


def test_mended_leftovers_can_be_taken_in_and_left_over_again(tmp_path: Path):
    source = book(tmp_path / "so.xlsx", row(), row(Tên=""))
    problems = read(source, source.name, KIEM_LAM, False, TODAY).problems
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    leftover.write(first, source, source.name, problems)
    again = read(first, first.name, KIEM_LAM, False, TODAY)
    assert [(p.row, p.column) for p in again.problems] == [(2, "Tên")]
    leftover.write(second, first, first.name, again.problems)
    headers = [cell.value for cell in openpyxl.load_workbook(second).active[1]]
    assert headers == [*HEADERS, "Lý do"]


def test_text_no_sheet_can_hold_is_cut_in_the_leftovers_and_said_so(tmp_path: Path):
    source = tmp_path / "so.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, row(Thành_tích="\x01" + "x" * 2**20)])
    problems = read(source, source.name, KIEM_LAM, False, TODAY).problems
    out = tmp_path / "sót.xlsx"
    leftover.write(out, source, source.name, problems)
    page = openpyxl.load_workbook(out).active
    assert page.cell(2, INDEX["Thành tích"] + 1).value == "x" * 32767
    assert page.cell(2, 23).value.splitlines()[-1] == leftover.CUT


def test_progress_is_told_and_ends_with_the_number_of_rows(given):
    steps: list[tuple[int, int | None]] = []
    given(*[row()] * 1100, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(500, 1100), (1000, 1100), (1100, 1100)]


def test_a_hundred_thousand_rows_take_less_than_a_minute(tmp_path: Path):
    path = tmp_path / "so.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADERS)
        lines.writerows(row(STT=n, Tên=f"Hoàng Thị {n}") for n in range(100_000))
    began = time.monotonic()
    intake = read(path, path.name, KIEM_LAM, False, TODAY)
    assert (len(intake.candidates), intake.problems) == (100_000, [])
    assert time.monotonic() - began < 60
