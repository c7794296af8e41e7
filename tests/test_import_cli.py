"""`exemplar import` on real files: whole or not at all, and never twice."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import openpyxl
import pytest
from cli_use import SAMPLE, Use

from domain.values import UnitKind
from web.intake.record import symbol, unit_kind

KEYS = ["recorded", "problems", "entries", "unchanged", "units", "duplicates"]


@pytest.fixture
def use(tmp_path: Path) -> Use:
    return Use(tmp_path).founded()


def people(count: int) -> list[dict[str, str]]:
    return [{"Tên": f"Nguyễn Văn {number:05}"} for number in range(count)]


def test_the_sample_is_recorded_once(use: Use) -> None:
    first = use.json("import", SAMPLE, "--create-units")
    assert list(first) == KEYS
    assert (first["recorded"], first["units"], first["unchanged"]) == (480, 15, 0)
    assert first["entries"] + 2 == use.size()
    assert [d["rows"] for d in first["duplicates"]] == [[108, 293]]
    size = use.size()
    again = use.json("import", SAMPLE, "--create-units")
    assert again | {"duplicates": []} == {
        "recorded": 0,
        "problems": [],
        "entries": 0,
        "unchanged": 480,
        "units": 0,
        "duplicates": [],
    }
    assert "Không có gì thay đổi: 480 dòng" in use.run("import", SAMPLE).stdout
    assert use.size() == size


def test_checking_records_nothing(use: Use) -> None:
    answer = use.json("import", SAMPLE, "--create-units", "--check")
    assert (answer["recorded"], answer["problems"], answer["units"]) == (0, [], 0)
    assert use.size() == 2
    said = use.run("import", SAMPLE, "--check", code=1).stdout
    assert "Chưa có đơn vị này trong sổ" in said
    assert use.size() == 2


def test_an_unknown_unit_stops_the_file(use: Use) -> None:
    answer = use.json("import", use.sheet({}), code=1)
    (problem,) = answer["problems"]
    assert problem.pop("expected").startswith("Chưa có đơn vị này trong sổ.")
    assert problem == {"row": 2, "column": "Đơn vị", "value": "Chi cục Kiểm lâm"}
    assert answer["recorded"] == 0
    assert use.size() == 2


def test_one_bad_cell_and_nothing_is_recorded(use: Use) -> None:
    path = use.sheet({}, {"Tên": "", "Ngày bồi dưỡng": "31/02/2023"})
    answer = use.json("import", path, "--create-units", code=1)
    assert [(p["row"], p["column"], p["value"]) for p in answer["problems"]] == [
        (3, "Tên", None),
        (3, "Ngày bồi dưỡng", "31/02/2023"),
    ]
    assert (answer["recorded"], use.size()) == (0, 2)
    said = use.run("import", path, "--create-units", code=1).stdout
    assert "Dòng 3:" in said
    assert "Chưa ghi gì" in said


def test_the_good_rows_are_recorded_and_the_bad_ones_written(use: Use) -> None:
    path = use.sheet({}, {"Tên": "", "Ngày bồi dưỡng": "31/02/2023"}, {"Tên": "Lò Thị Mai"})
    out = use.folder / "sai.xlsx"
    answer = use.json("import", path, "--create-units", "--skip-invalid", out)
    assert (answer["recorded"], len(answer["problems"])) == (2, 2)
    assert use.json("state")["total"] == 2
    header, row = openpyxl.load_workbook(out).active.iter_rows(values_only=True)
    bad = dict(zip(header, row, strict=True))
    assert bad["Ngày bồi dưỡng"] == "31/02/2023"
    assert "không có trong lịch" in bad["Lý do"]
    assert sorted(p.name for p in use.folder.iterdir() if "sai" in p.name) == ["sai.xlsx"]
    assert "Đã có tệp" in use.run("import", path, "--skip-invalid", out, code=2).stderr


def test_without_bad_rows_there_is_no_file_for_them(use: Use) -> None:
    out = use.folder / "sai.xlsx"
    use.run("import", use.sheet({}), "--create-units", "--skip-invalid", out)
    assert not out.exists()


def test_a_refused_import_leaves_no_file_and_is_remembered(use: Use) -> None:
    use.run("import", use.sheet({}), "--create-units")
    use.env["EXEMPLAR_TOKEN"] = use.token("a@snn.example.vn", "auditor")
    size, out = use.size(), use.folder / "sai.xlsx"
    path = use.sheet({"Tên": ""}, {"Tên": "Lò Thị Mai"}, {"Tên": "Lò Văn A", "Đơn vị": "Ban B"})
    args = ("import", path, "--create-units", "--skip-invalid", out)
    assert "chỉ do người đang giữ chức trách" in use.run(*args, code=1).stderr
    assert [p.name for p in use.folder.iterdir() if "sai" in p.name] == []
    assert (use.json("state")["total"], use.size()) == (1, size + 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Tệp trống"), (b"PK\x03\x04 broken", "hỏng"), (b"a,b\n1,2\n", "dòng tiêu đề")],
)
def test_an_unusable_file_is_one_problem_without_a_row(
    use: Use, content: bytes, said: str
) -> None:
    path = use.folder / "so.xlsx" if content.startswith(b"PK") else use.folder / "so.csv"
    path.write_bytes(content)
    answer = use.json("import", path, code=1)
    (problem,) = answer["problems"]
    assert said in problem.pop("expected")
    assert problem == {"row": None, "column": None, "value": None}
    assert list(answer) == KEYS
    assert said in use.run("import", path, code=1).stderr


def test_a_row_like_a_candidate_that_is_there_is_reported_and_recorded(use: Use) -> None:
    use.run("import", use.sheet({}), "--create-units")
    other = use.sheet({"Tên": "lương thị hoà", "Ngày bồi dưỡng": ""}, name="khac.csv")
    answer = use.json("import", other)
    (found,) = answer["duplicates"]
    (held,) = found.pop("candidates")
    assert found == {
        "rows": [2],
        "name": "lương thị hoà",
        "birth_year": 1986,
        "unit": "Chi cục Kiểm lâm",
    }
    assert use.json("show", held)["who"]["name"] == "Lương Thị Hòa"
    assert (answer["recorded"], use.json("state")["total"]) == (1, 2)


def test_a_unit_is_there_from_the_files_first_year_and_found_by_any_spelling(use: Use) -> None:
    use.run("import", use.sheet({"Đơn vị": "Trung tâm Thủy sản"}), "--create-units")
    again = use.sheet({"Tên": "B", "Đơn vị": "TRUNG TÂM  THUỶ SẢN"}, name="b.csv")
    assert use.json("import", again)["units"] == 0
    (unit,) = use.json("state", "--on", "2022-06-23", "--by", "unit")["units"]
    assert unit["unit"] == "Trung tâm Thủy sản"


def test_a_unit_is_still_known_by_its_former_name(use: Use) -> None:
    use.run("import", use.sheet({}), "--create-units")
    new = '{"name":"Chi cục Lâm nghiệp"}'
    use.run("submit", "rename-unit", "--subject", "Chi cục Kiểm lâm", "--data", new)
    assert use.json("import", use.sheet({"Tên": "B"}, name="b.csv"))["recorded"] == 1


def test_entries_cite_file_sheet_and_row(use: Use) -> None:
    use.run("import", use.sheet({}, name="so cu 2022.csv"), "--create-units")
    (change,) = use.json("diff", "--from", "2020-01-01", "--to", "2024-01-01")["changes"]
    for entry in use.json("history", change["candidate"])["entries"]:
        (basis,) = entry["basis"]
        assert (basis["symbol"], basis["place"]) == ("so cu 2022.csv", "so cu 2022.csv!2")
        assert len(basis["file"]) == 64


@pytest.mark.parametrize(
    ("name", "cited"),
    [("so-2024.xlsx", "so-2024.xlsx"), ("Lò Thị Mai.xlsx", "sổ cũ"), ("a\nb.csv", "sổ cũ")],
)
def test_a_file_name_that_may_say_more_is_not_cited(name: str, cited: str) -> None:
    assert symbol(name) == cited


def test_the_first_words_of_a_unit_tell_its_kind() -> None:
    names = {
        "Phòng Kế hoạch": UnitKind.DIVISION,
        "CHI CỤC Thủy lợi": UnitKind.SUB_DEPARTMENT,
        "Trung tâm Khuyến nông": UnitKind.CENTRE,
        "Ban quản lý rừng": UnitKind.BOARD,
        "Văn phòng Sở": UnitKind.OFFICE,
        "Thanh tra Sở": UnitKind.INSPECTORATE,
        "Bảo tàng": UnitKind.OTHER,
        "Bang": UnitKind.OTHER,
    }
    assert {name: unit_kind(name) for name in names} == names


def test_a_killed_import_leaves_nothing(use: Use) -> None:
    path, log = use.sheet(*people(20_000)), use.folder / "exemplar.db-wal"
    process = use.start("import", path, "--create-units")
    deadline = time.monotonic() + 90
    while not (log.exists() and log.stat().st_size > 4_000_000):  # in the one transaction
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert (use.size(), use.json("state")["total"]) == (2, 0)
    assert use.json("rebuild", "--check", "20")["identical"]
    assert use.json("import", use.sheet({}), "--create-units")["units"] == 1


def test_two_imports_at_once_record_every_row_once(use: Use) -> None:
    both = [use.start("import", SAMPLE, "--create-units", "--json") for _ in range(2)]
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    told = sorted('"recorded":480' in out for out, _ in answers)
    assert told == [False, True]
    assert use.json("state")["total"] == 480
    assert len(use.json("state", "--by", "unit")["units"]) == 15
    assert use.json("rebuild", "--check", "20")["identical"]
