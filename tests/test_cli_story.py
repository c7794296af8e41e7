"""A candidate on its way, by command line alone: needs, refusals, and a second person."""

from __future__ import annotations

import hashlib
import signal
import socket
import time
import urllib.request
from pathlib import Path
from uuid import uuid4

import pytest
from cli_use import Use
from enclosed import PDF

from events_store.ledger import Reader

UNIT = "Chi cục Kiểm lâm"
FOUND = (
    '{"kind":"individual","unit":"chi cục kiểm lâm","person_kind":"civil-servant",'
    '"who":{"name":"Lương Thị Hòa","birth_year":1986},"what":{"achievement":"Số hóa",'
    '"field":"Bảo vệ rừng","newness":"Bản đồ số từng khoảnh rừng"}}'
)


class Story(Use):
    """A register with people in office; each acts by the token of an account."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.founded()
        unit = f'{{"name":"{UNIT}","kind":"sub-department"}}'
        self.run("submit", "register-unit", "--data", unit, "--on", "2021-01-01")
        self.officer = self.token("officer@snn.example.vn", "officer")
        self.reviewer = self.token("reviewer@snn.example.vn", "reviewer")
        self.second = self.token("second@snn.example.vn", "reviewer")
        self.head = self.token("head@snn.example.vn", "unit-head", "--unit", UNIT)

    def found(self) -> str:
        args = ("submit", "discover-candidate", "--data", FOUND, "--token", self.officer)
        return str(self.json(*args)["subject"])

    def ready(self) -> str:
        """Return a candidate that has everything; its minutes are the first reviewer's."""
        id = self.found()
        said = '{"minutes":"12/BB","votes_for":20,"votes_against":1}'
        minutes = ("submit", "record-peer-acclaim", "--subject", id, "--data", said)
        self.run(*minutes, "--token", self.reviewer)
        self.run("submit", "endorse-candidate", "--subject", id, "--token", self.head)
        return id


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("story"))


def test_why_names_everything_that_is_missing_and_who_can_supply_it(story: Story) -> None:
    id = story.found()
    answer = story.json("why", id, "advance", "--token", story.reviewer, code=1)
    assert (answer["allowed"], answer["state"]) == (False, "discover")
    lacking = {n["need"]: n for n in answer["needs"] if n["answer"] != "met"}
    assert set(lacking) == {"acclaim", "endorsement"}
    assert lacking["endorsement"]["via"] == "endorse-candidate"
    assert "unit-head" in lacking["endorsement"]["supply"]
    said = story.run("why", id, "advance-stage", "--token", story.reviewer, code=1).stdout
    assert "Biên bản họp đơn vị suy tôn" in said
    assert "Người đứng đầu đơn vị" in said


def test_a_move_that_there_is_not_names_those_there_are(story: Story) -> None:
    answer = story.json("why", story.found(), "complete", "--token", story.reviewer, code=1)
    assert answer["moves"] == ["advance", "suspend", "resume", "withdraw", "decline"]
    assert "Không có bước “fly”" in story.run("why", story.found(), "fly", code=2).stderr


def test_a_refusal_carries_every_unmet_need_and_is_remembered(story: Story) -> None:
    id, size = story.found(), story.size()
    args = ("submit", "advance-stage", "--subject", id, "--token", story.reviewer)
    answer = story.json(*args, code=1)
    assert (answer["refused"], answer["command"]) == ("NeedsUnmet", "advance-stage")
    assert [need["need"] for need in answer["needs"]] == ["acclaim", "endorsement"]
    assert story.size() == size + 1
    assert "Chưa thể “Chuyển khâu”" in story.run(*args, code=1).stderr
    assert story.json("show", id)["state"] == "discover"


def test_the_author_of_the_minutes_may_not_decide_but_another_may(story: Story) -> None:
    id = story.ready()
    args = ("submit", "advance-stage", "--subject", id.removeprefix("candidate:"))
    refused = story.json(*args, "--token", story.reviewer, code=1)
    assert [need["need"] for need in refused["needs"]] == ["second-person"]
    assert story.json("why", id, "advance", "--token", story.second)["allowed"]
    receipt = story.json(*args, "--token", story.second, "--basis", "5/TB-SNN")
    assert (receipt["subject"], receipt["repeated"]) == (id, False)
    assert receipt["positions"] == [story.size() - 1]
    assert story.json("show", id)["state"] == "nurture"
    last = story.json("history", id)["entries"][-1]
    assert (last["event"], last["actor_name"]) == ("stage-advanced", "second@snn.example.vn")
    assert last["basis"] == [{"symbol": "5/TB-SNN"}]
    assert receipt["versions"] == [last["version"]]


def test_without_a_token_the_founder_may_set_up_and_nothing_more(story: Story) -> None:
    id = story.ready()
    refused = story.json("submit", "advance-stage", "--subject", id, code=1)
    assert (refused["refused"], refused["needs"][0]["need"]) == ("NotPermitted", "permission")


def test_the_same_command_is_recorded_once(story: Story) -> None:
    args = ("submit", "discover-candidate", "--data", FOUND, "--token", story.officer)
    first = story.json(*args, "--command-id", uuid := uuid4())
    again = story.json(*args, "--command-id", uuid)
    assert again == first | {"repeated": True}
    assert "không ghi lại" in story.run(*args, "--command-id", uuid).stdout


def test_a_decision_on_an_old_page_is_refused(story: Story) -> None:
    args = ("submit", "advance-stage", "--subject", story.ready(), "--token", story.second)
    assert story.json(*args, "--seen", "1", code=1)["refused"] == "Outdated"
    story.run(*args, "--seen", "4")


def test_a_voided_entry_is_marked_and_no_longer_counts(story: Story) -> None:
    id = story.ready()
    body = story.token(f"{uuid4().hex}@snn.example.vn", "standing-body")
    void = ("submit", "void-entry", "--subject", id, "--data", '{"target":3,"reason":"Nhầm"}')
    story.run(*void, "--token", body, "--basis", "7/TB-SNN")
    told = story.json("history", id)["entries"]
    assert [entry["voided"] for entry in told] == [False, False, True, False, False]
    assert told[-1]["words"] == {"text": "Nhầm"}
    assert "[ĐÃ HỦY]" in story.run("history", id).stdout
    answer = story.json("why", id, "advance", "--token", story.second, code=1)
    assert [n["need"] for n in answer["needs"] if n["answer"] != "met"] == ["acclaim"]


def test_wrong_content_is_told_by_field(story: Story) -> None:
    bad = '{"kind":"x","unit":"Chi cục Kiểm lâm","who":"An","what":{}}'
    answer = story.json("submit", "discover-candidate", "--data", bad, code=1)
    assert (answer["refused"], list(answer["fields"])) == ("InvalidCommand", ["who"])
    bad = bad.replace('"An"', '{"name":""}')
    answer = story.json("submit", "discover-candidate", "--data", bad, code=1)
    assert set(answer["fields"]) == {"kind"}
    unit = bad.replace("Kiểm lâm", "Nào đó")
    assert "“Chi cục Nào đó” trong sổ" in (
        story.run("submit", "discover-candidate", "--data", unit, code=1).stderr
    )


def test_content_comes_from_a_file_or_the_input_too(story: Story) -> None:
    path = story.folder / "found.json"
    path.write_text(FOUND, "utf-8")
    args = ("submit", "discover-candidate", "--token", story.officer)
    story.run(*args, "--data", f"@{path}")
    story.run(*args, "--data", "-", given=FOUND)


def test_an_erased_person_has_no_name_any_more(story: Story) -> None:
    receipt = story.json("submit", "discover-candidate", "--data", FOUND, "--token", story.officer)
    first = receipt["positions"][0]
    (entry,) = Reader(story.database).all(first, first + 1)
    person = entry.subject
    story.run(
        *("submit", "erase-personal-data", "--subject", person, "--basis", "5/QĐ-TA"),
        *("--data", '{"ground":"decided-by-authority"}'),
    )
    shown = story.json("show", receipt["subject"])
    assert shown["who"] == {"name": "[đã xóa theo yêu cầu]"}
    assert "[đã xóa theo yêu cầu]" in story.run("show", receipt["subject"]).stdout
    assert "Lương" not in story.run("history", receipt["subject"]).stdout
    assert story.json("rebuild", "--check", "20")["identical"]


def test_a_bad_or_ended_token_opens_nothing(story: Story) -> None:
    assert "Mã (token)" in story.run("submit", "dismiss-head", "--token", "x", code=1).stderr
    secret = story.token("gone@snn.example.vn", "officer")
    (id,) = [t["id"] for t in story.json("token", "list") if t["email"].startswith("gone")]
    story.run("token", "revoke", id)
    args = ("submit", "discover-candidate", "--data", FOUND, "--token", secret)
    assert "Mã (token)" in story.run(*args, code=1).stderr
    assert "Không có mã 999" in story.run("token", "revoke", "999", code=1).stderr


def test_a_token_acts_for_one_office_alone(story: Story) -> None:
    secret = story.token("two@snn.example.vn", "officer")
    (person,) = (u["person"] for u in story.json("user", "list") if u["email"].startswith("two"))
    grant = f'{{"person":"{person}","role":"administrator"}}'
    office = story.json("submit", "grant-office", "--data", grant)["subject"]
    again = ("submit", "grant-office", "--data", grant)
    assert story.json(*again, "--token", secret, code=1)["refused"] == "NotPermitted"
    create = ("token", "create", "two@snn.example.vn", "--office")
    assert "Đang giữ: office:" in story.run(*create, "council", code=1).stderr
    made = story.json(*create, "administrator")
    assert made["office"] == office
    assert story.json(*again, "--token", made["token"])["repeated"] is False
    told = [t["last_used_at"] for t in story.json("token", "list") if t["office"] == office]
    assert len(told) == 1
    assert told[0]


def test_a_closed_account_keeps_no_key(story: Story) -> None:
    secret = story.token("left@snn.example.vn", "officer")
    story.run("user", "deactivate", "left@snn.example.vn")
    args = ("submit", "discover-candidate", "--data", FOUND, "--token", secret)
    assert "Mã (token)" in story.run(*args, code=1).stderr
    assert "đã đóng" in story.run("token", "create", "left@snn.example.vn", code=1).stderr


def test_accounts_are_added_once_and_with_sense(story: Story) -> None:
    args = ("user", "add", "officer@snn.example.vn", "--name", "B", "--role", "officer")
    size = story.size()
    assert "Đã có tài khoản" in story.run(*args, code=1).stderr
    bad = ("user", "add", "c@snn.example.vn", "--name", "C", "--role")
    assert "--role: chọn một trong" in story.run(*bad, "king", code=2).stderr
    assert "cần --unit" in story.run(*bad, "unit-head", code=2).stderr
    assert "“Nào” trong sổ" in story.run(*bad, "unit-head", "--unit", "Nào", code=1).stderr
    assert story.size() == size
    assert "Không có tài khoản" in story.run("user", "password", "x@y.vn", code=1).stderr
    assert "chỉ hiện một lần" in story.run("user", "password", "officer@snn.example.vn").stdout


def test_an_office_is_given_only_by_who_may(story: Story) -> None:
    args = ("user", "add", "d@snn.example.vn", "--name", "D", "--role", "director")
    assert "chức trách" in story.run(*args, "--token", story.officer, code=1).stderr
    assert "d@snn.example.vn" not in [user["email"] for user in story.json("user", "list")]


def test_the_server_answers_and_ends_quietly(story: Story) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    story.env |= {"EXEMPLAR_SECRET_KEY": "only for tests", "EXEMPLAR_INSECURE_COOKIES": "1"}
    process = story.start("serve", "--port", port)
    try:
        assert _answer(f"http://127.0.0.1:{port}/login") == 200
        busy = story.script("serve", "--port", port)
        assert (busy[0], "Chọn cổng khác" in busy[2]) == (1, True)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, err) == (0, "")
    assert f"http://127.0.0.1:{port}" in out


def _answer(address: str) -> int:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at {address}")


def test_files_of_evidence_go_in_and_come_out_for_those_who_open_them(
    story: Story, tmp_path: Path
) -> None:
    id, paper, text, out = story.found(), tmp_path / "giấy khen.pdf", tmp_path / "a.txt", "ra.pdf"
    paper.write_bytes(PDF)
    text.write_bytes(b"chu")
    given = ("--description", "Giấy khen", "--token", story.officer)
    assert "không phải PDF" in story.run("attach", id, paper, text, *given, code=1).stderr
    assert hashlib.sha256(PDF).hexdigest() in story.run("attach", id, paper, *given).stdout
    assert "đã có trong hồ sơ, ở mục 3" in story.run("attach", id, paper, *given, code=1).stderr
    assert "Không đọc được" in story.run("attach", id, tmp_path / "none", *given, code=2).stderr
    fetch = ("fetch", id, "3", "-o", tmp_path / out)
    assert "Mở tệp minh chứng" in story.run(*fetch, code=1).stderr  # the administrator
    story.run(*fetch, "--token", story.head)
    assert (tmp_path / out).read_bytes() == PDF
    assert "đã có" in story.run(*fetch, "--token", story.head, code=2).stderr
    assert "ĐÚNG" in story.run("verify").stdout
