"""The command line: a register is founded, asked and told, and bad input never ends in a trace."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import openpyxl
import pytest
from cli_use import SAMPLE, SCRIPT, Use
from click.testing import CliRunner

from web.api.bearer import TRIES
from web.cli import main
from web.schemas import schema_for
from web.settings import MOST_SENT
from web.words.labels import label
from workflow import commands as asked
from workflow.rules import load_all

STATES = ("Ngày phát hiện", "Ngày bồi dưỡng", "Ngày tổng kết", "Ngày nhân điển hình")
STAGES = ("discover", "nurture", "summarize", "replicate")
OUTCOMES = {
    "Hoàn thành": "completed",
    "Không công nhận": "declined",
    "Rút": "withdrawn",
    "Hủy công nhận": "revoked",
}
DAYS = ("2020-12-31", "2021-12-31", "2023-01-01", "2024-06-30", "2025-11-30", "2026-11-01")


@pytest.fixture
def use(tmp_path: Path) -> Use:
    return Use(tmp_path)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Use:
    use = Use(tmp_path_factory.mktemp("imported")).founded()
    use.run("import", SAMPLE, "--create-units")
    return use


def rows() -> Iterator[dict[str, object]]:
    """Read the sample with another library, and nothing of ours."""
    sheet = openpyxl.load_workbook(SAMPLE, data_only=True).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(at for at, line in enumerate(lines) if "Ngày phát hiện" in line)
    for line in lines[header + 1 :]:
        if any(line):
            yield dict(zip(lines[header], line, strict=True))


def day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    text = str(value or "").strip()
    if "/" in text:
        return datetime.strptime(text, "%d/%m/%Y").date()
    return date.fromisoformat(text[:10]) if text else None


def expected(on: date) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for row in rows():
        reached = [stage for stage, c in zip(STAGES, STATES, strict=True) if began(row[c], on)]
        if reached:
            ended = began(row["Ngày kết quả"], on)
            counted[OUTCOMES[str(row["Kết quả"])] if ended else reached[-1]] += 1
    order = (*STAGES, *OUTCOMES.values())
    return {state: counted[state] for state in order if counted[state]}


def began(value: object, on: date) -> bool:
    begun = day(value)
    return begun is not None and begun <= on


@pytest.mark.parametrize("on", DAYS)
def test_state_says_what_the_workbook_says(imported: Use, on: str) -> None:
    answer = imported.json("state", "--on", on)
    log = {"size": answer["log"]["size"], "root": answer["log"]["root"]}
    states = expected(date.fromisoformat(on))
    assert answer == {
        "on": on,
        "known": None,
        "log": log,
        "total": sum(states.values()),
        "states": states,
    }
    assert list(answer) == ["on", "known", "log", "total", "states"]
    assert list(answer["states"]) == list(states)


def test_the_parts_of_a_state_add_up(imported: Use) -> None:
    answer = imported.json("state", "--on", "2024-06-30", "--by", "unit")
    assert len(answer["units"]) == 15
    summed: Counter[str] = Counter()
    for part in answer["units"]:
        summed.update(part["states"])
    assert summed == Counter(answer["states"])
    kinds = imported.json("state", "--on", "2024-06-30", "--by", "kind")["kinds"]
    assert sum(sum(part["states"].values()) for part in kinds) == answer["total"]


def test_r5_9_the_command_line_tells_the_shares(imported: Use) -> None:
    answer = imported.json("state", "--on", "2024-06-30", "--by", "priority")
    shares = {part["priority"]: part["share"] for part in answer["priorities"]}
    sums = {part["priority"]: sum(part["states"].values()) for part in answer["priorities"]}
    assert shares == {group: f"{count}/{answer['total']}" for group, count in sums.items()}
    assert "Tỷ lệ" in imported.run("state", "--on", "2024-06-30", "--by", "priority").output


def test_nothing_is_known_before_it_was_recorded(imported: Use) -> None:
    assert imported.json("state", "--on", "2024-06-30", "--known", "0")["total"] == 0
    assert imported.json("state", "--known", "2021-01-01")["states"] == {}


def test_a_difference_leads_from_one_state_to_the_other(imported: Use) -> None:
    first, last = expected(date(2023, 1, 1)), expected(date(2024, 6, 30))
    answer = imported.json("diff", "--from", "2023-01-01", "--to", "2024-06-30")
    moved = Counter(first)
    for step in answer["counts"]:
        moved[step["to"]] += step["count"]
        if step["from"]:
            moved[step["from"]] -= step["count"]
    assert +moved == Counter(last)
    assert answer["total"] == len(answer["changes"]) == sum(s["count"] for s in answer["counts"])
    for change in answer["changes"]:
        assert "2023-01-01" < change["entry"]["effective_on"] <= "2024-06-30"


def test_a_candidate_is_shown_as_it_stood(imported: Use) -> None:
    changes = imported.json("diff", "--from", "2023-01-01", "--to", "2024-06-30")["changes"]
    change = next(c for c in changes if (c["from"], c["to"]) == ("nurture", "summarize"))
    id = change["candidate"]
    now = imported.json("show", id, "--on", "2024-06-30")
    assert (now["id"], now["state"], now["who"]["name"]) == (id, "summarize", change["name"])
    assert now["since"] == change["entry"]["effective_on"]
    bare = id.removeprefix("candidate:")
    assert imported.json("show", bare, "--on", "2023-01-01")["state"] == "nurture"
    assert change["name"] in imported.run("show", bare).stdout
    assert (
        "sổ chưa có ứng viên này"
        in imported.run("show", bare, "--on", "1999-01-01", code=1).stderr
    )


def test_the_history_names_both_clocks_the_person_and_the_row(imported: Use) -> None:
    id = imported.json("diff", "--from", "2023-01-01", "--to", "2024-06-30")["changes"][0]
    told = imported.json("history", id["candidate"])["entries"]
    assert [entry["version"] for entry in told] == list(range(1, len(told) + 1))
    first = told[0]
    assert (first["event"], first["actor_name"]) == ("candidate-attested", "Quản trị")
    assert (first["acting_as"], first["voided"]) == ("administrator", False)
    assert first["basis"][0]["symbol"] == "register-2021-2025.xlsx"
    assert first["basis"][0]["place"].startswith("Danh sách!")
    assert first["recorded_at"][:4] > first["effective_on"][:4]
    assert imported.json("history", id["candidate"], "--known", "0")["entries"] == []
    assert "Chép từ sổ cũ" in imported.run("history", id["candidate"]).stdout


def test_rebuilt_tables_are_the_same(imported: Use) -> None:
    answer = imported.json("rebuild", "--check", "40")
    size = imported.size()
    assert answer == {
        "entries": size,
        "identical": True,
        "changed": [],
        "checked": 40,
        "differences": [],
    }


def test_a_damaged_table_is_found_and_mended(use: Use) -> None:
    use.founded().run("import", use.sheet({}), "--create-units")
    with sqlite3.connect(use.database) as db:
        db.execute("UPDATE span SET state = 3")
    db.close()
    assert use.json("rebuild", code=1)["changed"] == ["span"]
    assert use.json("rebuild")["identical"]
    assert use.json("state")["states"] == {"nurture": 1}


def test_a_register_is_founded_once(use: Use) -> None:
    use.run("init", "--name", "Lê Thu Hà")
    size = use.size()
    again = use.run("init", code=1)
    assert "Đã có sổ" in again.stderr
    assert use.size() == size == 2


def test_the_founders_password_is_shown_once_and_opens_the_account(use: Use) -> None:
    shown = use.run("init", "--email", "Ha@snnmt.example.vn").stdout
    assert "ha@snnmt.example.vn" not in shown
    assert "chỉ hiện một lần" in shown
    assert [user["roles"] for user in use.json("user", "list")] == [["administrator"]]


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@c.vn"])
def test_a_bad_address_founds_nothing(use: Use, email: str) -> None:
    assert "không phải địa chỉ" in use.run("init", "--email", email, code=1).stderr
    assert list(use.folder.iterdir()) == []


def test_a_short_password_founds_nothing(use: Use) -> None:
    args = ("init", "--email", "a@snn.example.vn", "--password-stdin")
    assert "ít nhất 12 ký tự" in use.run(*args, code=1, given="short\n").stderr
    assert list(use.folder.iterdir()) == []
    use.run(*args, given="ba con nai vang\n")


COMMANDS = (
    ("lawful",),
    ("verify",),
    ("doctor",),
    ("checkpoint",),
    ("prove", "0", "-o", "proof"),
    ("export", "log"),
    ("key", "show"),
    ("key", "create"),
    ("key", "rotate"),
    ("key", "replace", "--lost", "x"),
    ("state",),
    ("report", "show"),
    ("figures",),
    ("show", "x"),
    ("history", "x"),
    ("why", "x", "advance"),
    ("batch", "advance-stage", "x"),
    ("work",),
    ("communes",),
    ("calendar",),
    ("digest",),
    ("diff", "--from", "2024-01-01", "--to", "2024-02-01"),
    ("submit", "advance-stage", "--subject", "x"),
    ("attach", "x", "giay-khen.pdf", "--description", "Giấy khen"),
    ("fetch", "x", "1"),
    ("rebuild",),
    ("copy", "sqlite:///none.db", "sqlite:///other.db"),
    ("backup", "copy.db"),
    ("user", "list"),
    ("user", "add", "a@snn.example.vn", "--name", "A", "--role", "officer"),
    ("user", "password", "a@snn.example.vn"),
    ("user", "deactivate", "a@snn.example.vn"),
    ("token", "create", "a@snn.example.vn"),
    ("token", "list"),
    ("token", "revoke", "1"),
    ("identity", "complaint:1", "--reason", "Xem"),
    ("serve", "--port", "0"),
    ("witness", "add", "x"),
    ("witness", "ask"),
    ("witness", "list"),
    ("import", str(SAMPLE)),
)


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_without_a_register_every_command_says_to_found_one(
    use: Use, args: tuple[str, ...]
) -> None:
    result = use.run(*args, code=2)
    assert "exemplar init" in result.stderr
    assert result.stdout == ""
    assert list(use.folder.iterdir()) == []


def test_every_command_is_tried_without_a_register() -> None:
    tried = {args[0] for args in COMMANDS}
    assert tried == set(main.commands) - {"init", "demo", "migrate", "restore"}


def test_another_file_is_not_taken_for_a_register(use: Use) -> None:
    use.database.write_text("not a database, but long enough to be looked at" * 50)
    before = use.database.read_bytes()
    assert "không phải là sổ" in use.run("state", code=2).stderr
    assert "không phải là sổ" in use.run("init", code=2).stderr
    assert use.database.read_bytes() == before


def test_the_database_of_another_program_is_left_alone(use: Use) -> None:
    with sqlite3.connect(use.database) as db:
        db.execute("CREATE TABLE theirs (a)")
    db.close()
    before = use.database.read_bytes()
    assert "không phải là sổ" in use.run("init", code=2).stderr
    assert use.database.read_bytes() == before


BAD = (
    (("state", "--on", "2024-02-31"), "không phải một ngày có thật"),
    (("state", "--on", "31/02/2024"), "không phải một ngày có thật"),
    (("state", "--known", "hôm qua"), "không phải một thời điểm"),
    (("state", "--known", "007"), "không phải một thời điểm"),
    (("prove", "007", "-o", "x"), "VỊ TRÍ: cần một số không âm viết đúng cách"),
    (("prove", "+7", "-o", "x"), "VỊ TRÍ: cần một số không âm viết đúng cách"),
    (("prove", "٧", "-o", "x"), "VỊ TRÍ: cần một số không âm viết đúng cách"),
    (("state", "--by", "age"), "--by: chọn một trong unit, kind, priority"),
    (("diff", "--from", "2024-02-01", "--to", "2024-01-01"), "--from phải là ngày trước --to"),
    (("diff", "--from", "2024-02-01"), "Thiếu --to"),
    (("show",), "Thiếu ID"),
    (("fly",), "Không có lệnh “fly”"),
    (("state", "--fly"), "Không có tùy chọn --fly"),
    (("state", "x"), "Thừa tham số"),
    (("rebuild", "--check", "x"), "cần một số nguyên từ 1 trở lên"),
    (("submit", "fly"), "Không có lệnh “fly”"),
    (("submit", "advance-stage"), "Thiếu --subject"),
    (("submit", "advance-stage", "--subject", "x", "--data", "{"), "--data không phải JSON đúng"),
    (("submit", "advance-stage", "--subject", "x", "--data", "[]"), "một đối tượng JSON"),
    (("submit", "advance-stage", "--subject", "x", "--data", "@/no/file"), "Không dùng được tệp"),
    (("submit", "advance-stage", "--subject", "x", "--on", "31/02/2024"), "Cần một ngày có thật"),
    (("submit", "advance-stage", "--subject", "x", "--command-id", "5"), "cần một UUID"),
    (("submit", "void-entry", "--data", '{"reason":"\\ud800"}'), "UTF-8"),
    (("import", "/no/file.xlsx"), "Không có tệp"),
    (("import", str(SAMPLE), "--check", "--skip-invalid", "x.xlsx"), "Chọn một"),
    (("import", str(SAMPLE), "--skip-invalid", "x.csv"), "phải có đuôi .xlsx"),
)


@pytest.mark.parametrize(("args", "said"), BAD)
def test_misuse_is_told_in_a_sentence(imported: Use, args: tuple[str, ...], said: str) -> None:
    result = imported.run(*args, code=2)
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_stranger_is_not_shown(imported: Use) -> None:
    for args in (("show", "abc"), ("history", "unit:x"), ("why", "abc", "advance")):
        assert "trong sổ" in imported.run(*args, code=1).stderr


def test_a_bad_setting_is_named(use: Use) -> None:
    use.env["EXEMPLAR_DATABASE"] = "mysql://x"
    assert "EXEMPLAR_DATABASE" in use.run("state", code=2).stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_serving_needs_a_secret_key_and_says_so_once(use: Use, processes: int) -> None:
    use.founded()
    said = use.run("serve", "--port", "0", "--processes", processes, code=2).stderr
    assert said.count("EXEMPLAR_SECRET_KEY") == 1


def refused(url: str, address: str, **more: str) -> int:
    told = {"Authorization": f"Bearer exr_{'x' * 43}", "X-Forwarded-For": address, **more}
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(f"{url}/api/v1/state", headers=told))
    caught.value.close()
    return caught.value.code


@pytest.mark.parametrize("told", [True, False])
def test_two_processes_serve_until_told_or_until_one_ends(use: Use, told: bool) -> None:
    use.founded()
    use.env |= {"EXEMPLAR_SECRET_KEY": "only for a test " * 3, "EXEMPLAR_PROXY": "127.0.0.1"}
    server = use.start("serve", "--port", "0", "--processes", "2")
    assert server.stdout
    (url,) = re.findall(r"http://\S+", server.stdout.readline())
    with urlopen(f"{url}/public") as page:
        assert page.status == 200
    unread = {"Content-Length": str(MOST_SENT * 3)}
    assert refused(url, "10.0.0.3", **unread) == 413
    # Whoever stands in front tells us who asks: what one tries in vain, another does not pay for.
    wrong = [refused(url, "10.0.0.1") for _ in range(2 * TRIES + 1)]
    assert (wrong[0], {*wrong}) == (401, {401, 429})  # each of the two processes counts alone
    assert refused(url, "10.0.0.2") == 401
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    assert len(children) == 2
    os.kill(server.pid if told else int(children[0]), signal.SIGTERM if told else signal.SIGKILL)
    _, said = server.communicate(timeout=30)
    assert server.returncode == (0 if told else 1), said
    assert [child for child in children if Path("/proc", child).exists()] == [], said


def test_help_is_vietnamese() -> None:
    for args in ([], ["state"], ["submit"], ["user", "add"], ["token"]):
        said = Use(Path("/")).run(*args, "--help").stdout
        assert "Cách dùng" in said
        assert not {"Usage", "Options", "[required]", "default:"} & set(said.split())


def test_the_script_answers_like_the_function(imported: Use) -> None:
    code, out, err = imported.script("state", "--on", "2024-06-30", "--json")
    assert (code, err) == (0, "")
    assert out == imported.run("state", "--on", "2024-06-30", "--json").stdout
    code, out, err = imported.script("state", "--on", "2024-06-31")
    assert (code, out) == (2, "")
    assert err.startswith("Lỗi: ")


def test_the_demo_has_an_account_for_every_office(use: Use) -> None:
    folder = use.folder / "demo"
    shown = use.run("demo", "--folder", folder).stdout
    assert shown.count("@sodienhinh.example") == 8
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    use.env["EXEMPLAR_DATABASE"] = f"sqlite:///{folder / 'exemplar.db'}"
    told = use.json("state", "--on", "2024-06-30")["states"]
    assert sum(told.values()) == sum(expected(date(2024, 6, 30)).values()) + 20  # of the 24
    assert len({role for user in use.json("user", "list") for role in user["roles"]}) == 8
    first = (folder / "secret-key").read_text()
    use.run("demo", "--folder", folder)
    assert (folder / "secret-key").read_text() != first


def test_the_demo_does_not_replace_a_folder_of_somebody_else(use: Use) -> None:
    (use.folder / "letter.txt").write_text("keep me")
    assert "không phải thư mục sổ mẫu" in use.run("demo", "--folder", use.folder, code=1).stderr
    assert (use.folder / "letter.txt").read_text() == "keep me"


def test_a_demo_that_cannot_be_served_replaces_nothing(use: Use) -> None:
    folder = use.folder / "demo"
    use.run("demo", "--folder", folder)
    before = (folder / "secret-key").read_text()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        args = ("demo", "--folder", folder, "--serve", "--port", port)
        assert "Chọn cổng khác" in use.run(*args, code=1).stderr
    assert (folder / "secret-key").read_text() == before


def test_the_script_is_installed() -> None:
    assert SCRIPT.is_file()


@pytest.mark.parametrize("name", [*asked.BY_NAME][::9])
def test_help_for_one_command_tells_its_words_who_may_and_what_it_needs(name: str) -> None:
    told = CliRunner().invoke(main, ["submit", name, "--help"]).output
    text = " ".join(told.split())
    assert f"exemplar submit {name}" in told
    for field in schema_for(asked.BY_NAME[name]).fields:
        assert re.search(rf"^  {field}\b", told, re.MULTILINE), field
    rules = load_all().on(date.today())
    by = rules.by(name) if rules.knows(name) else ()
    assert all(label(role) in text for role in by)


def test_a_missing_word_is_told_by_its_label_and_by_its_name_in_json(use: Use) -> None:
    use.run("init")
    error = use.run("submit", "establish-council", code=1).stderr
    assert "Lỗi: Số quyết định (decision): Cần điền." in error
    data = '{"kind": "x", "favours": true}'
    error = use.run("submit", "register-unit", "--data", data, code=1).stderr
    assert "favours): Lệnh này không có mục này." in error
    assert "Hãy chọn một trong: division, board" in error


def test_the_history_of_any_subject_is_told(use: Use) -> None:
    use.run("init")
    made = use.json("submit", "register-unit", "--data", '{"name": "Phòng A", "kind": "division"}')
    told = use.json("history", made["subject"])
    assert [entry["event"] for entry in told["entries"]] == ["unit-registered"]
    assert "Không có" in use.run("history", "unit:none", code=1).stderr
