"""Any subject has a page, and any command a form: with words only, and no template of its own."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from councils import COUNCIL, SECRETARY, established, heard, publicized
from department import who
from desk import Desk, Sample, Visitor, copied, opened
from docx import Document

from domain.complaint import ComplaintKind
from domain.programme import DutyKind, Milestone
from domain.subjects import KINDS
from domain.values import CandidateKind, Private, Protected, Role
from domain.vietnamese import name_order
from web.pages.allowed import beginning, offered
from web.pages.naming import SEGMENTS
from web.words.labels import COMMANDS
from workflow import commands as asked

pytest_plugins = ["desks"]
SIGNED = date(2021, 11, 25)


@pytest.fixture(scope="module")
def told(original: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, str]]:
    """Return a desk where something of every kind was recorded, and one subject of each."""
    desk = opened(copied(original, tmp_path_factory.mktemp("told")))
    sample, standing = Sample(desk), Role.STANDING_BODY
    established(sample)
    sample.ask(asked.DescribePerson(who("Dương Thế Vinh")), SECRETARY)
    director = next(i for i, o in sample.all("office").items() if o.role is Role.DIRECTOR)
    plan = sample.ask(asked.DraftPlan("Kế hoạch", "KH-SNN"), by=Role.OFFICER, on=SIGNED).subject
    sample.ask(asked.IssuePlan("168/KH-SNN", director), plan, standing, SIGNED)
    cycle = asked.OpenCycle("Giai đoạn 2021-2025", date(2021, 1, 1), date(2026, 12, 31))
    sample.ask(cycle, plan, standing, SIGNED)
    step = asked.SetMilestone(Milestone.UNIT_PLANS, date(2021, 12, 31))
    sample.ask(step, plan, standing, SIGNED)
    lay = asked.LayDuty(DutyKind.YEARLY_REPORT, 2024)
    duty = sample.ask(lay, plan, standing, date(2024, 1, 5)).entries[0].version
    unit = desk.unit("Chi cục Kiểm lâm")
    given = asked.SubmitObligation(plan, duty, unit, "12/BC-CCKL")
    obligation = sample.ask(given, by=Role.OFFICER, on=date(2024, 12, 2)).subject
    path = desk.visitor().read("/?state=summarize&kind=collective").candidates[0]
    candidate = f"candidate:{path.rsplit('/', 1)[1]}"
    publicized(sample, candidate, date(2026, 6, 1))
    session = heard(sample, candidate, date(2026, 6, 29)).subject
    quota = asked.AllocateQuota("Đại hội 2026", 12, "5/CV")
    found = {
        "quota": sample.ask(quota, by=standing, on=date(2026, 1, 5)).subject,
        "programme": plan,
        "obligation": obligation,
        "council": COUNCIL,
        "session": session,
        "unit": unit,
        "office": director,
        "person": SECRETARY,
        "candidate": candidate,
    }
    line = asked.SetQuotaLine(CandidateKind.INDIVIDUAL, 5, "5/CV")
    sample.ask(line, found["quota"], standing, date(2026, 1, 6))
    return desk, found


def address(subject: str) -> str:
    kind, _, id = subject.partition(":")
    return f"/{SEGMENTS[kind]}/{id}"


def test_every_kind_has_a_list_and_what_is_there_has_a_page(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, subjects = told
    visitor = desk.visitor(Role.STANDING_BODY)
    for kind in KINDS.keys() - {"candidate"}:
        listed = visitor.read(f"/{SEGMENTS[kind]}")
        if kind in subjects and kind != "council":  # there is only one: its page is the list
            assert address(subjects[kind]) in listed.links, kind
    for subject in subjects.values():
        page = visitor.read(address(subject))
        assert "mục ghi · bất biến" in page.text
        assert not re.search(r"(person|unit|council|session):[0-9a-f]", page.text), subject


def test_every_command_has_a_form_or_says_who_may(told: tuple[Desk, dict[str, str]]) -> None:
    desk, subjects = told
    visitors = [desk.visitor(role) for role in (Role.STANDING_BODY, Role.ADMINISTRATOR)]
    for kind, subject in subjects.items():
        paths = {c: address(subject) for c in offered(kind)}
        paths |= {c: f"/{SEGMENTS[kind]}/new" for c in beginning(kind)}
        for command, path in paths.items():
            name = asked.name_of(command)
            answers = [visitor.get(f"{path}/{name}") for visitor in visitors]
            assert {answer.status_code for answer in answers} <= {200, 403, 409}, name
            shown = next((a.text for a in answers if a.status_code == 200), "")
            assert not shown or f"<h1>{COMMANDS[name]}</h1>" in shown


def test_a_page_shows_what_was_known_then(told: tuple[Desk, dict[str, str]]) -> None:
    desk, subjects = told
    visitor = desk.visitor(Role.STANDING_BODY)
    plan = address(subjects["programme"])
    assert "Báo cáo năm 2024" in visitor.read(plan).text
    then = visitor.read(f"{plan}?on=2022-06-30")
    assert "Báo cáo năm 2024" not in then.text
    assert "Đặt mốc" in then.text
    assert "Việc khác" not in then.text
    assert visitor.get(f"{plan}?on=2020-01-01").status_code == 404


def test_r1_1_the_page_of_a_head_shows_the_units_and_what_they_owe(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, subjects = told
    head, other = desk.person(Role.UNIT_HEAD), desk.person(Role.DIRECTOR)
    appoint, by = asked.AppointHead(head), Role.STANDING_BODY
    Sample(desk).ask(appoint, subjects["unit"], by, date(2024, 1, 1))
    visitor, unit = desk.visitor(Role.STANDING_BODY), address(subjects["unit"])
    page, owing = visitor.read(address(head)), visitor.read(unit)
    assert {unit, address(subjects["obligation"])} <= set(page.links)
    told_of = "Báo cáo năm 2024 16/12/2024 Đã nộp"
    assert [told_of in " ".join(one.text.split()) for one in (page, owing)] == [True, True]
    assert address(subjects["obligation"]) not in visitor.read(address(other)).links


def test_the_list_of_duties_is_narrowed_by_unit_kind_state_and_time(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, subjects = told
    visitor, here = desk.visitor(Role.STANDING_BODY), address(subjects["obligation"])
    so = {
        "unit": subjects["unit"],
        "duty": "yearly-report",
        "status": "obligation-submitted",
        "in-time": "on-time",
    }
    found = [visitor.read(f"/obligations?{urlencode({n: v})}") for n, v in so.items()]
    others = [visitor.read(f"/obligations?{urlencode({**so, n: 'late'})}") for n in so]
    assert [here in page.links for page in (*found, *others)] == [True] * 4 + [False] * 4
    assert "Không có mục nào như vậy" in others[0].text
    picked = visitor.get("/obligations?status=obligation-submitted").text
    assert '<option value="obligation-submitted" selected>' in picked


def test_a_session_tells_tallies_decisions_and_minutes(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, subjects = told
    visitor = desk.visitor(Role.STANDING_BODY)
    page = visitor.read(address(subjects["session"]))
    assert "Bỏ phiếu kín: 11/11 đồng ý" in page.text
    assert f"{address(subjects['session'])}/record-attendance" not in page.links
    minutes = visitor.read(f"{address(subjects['session'])}/minutes")
    assert "BIÊN BẢN HỌP HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG" in minutes.text
    session = subjects["session"].partition(":")[2]
    taken = visitor.get(f"/papers/minutes/{session}.docx")
    assert f'"bien-ban-{session}.docx"' in taken.headers["Content-Disposition"]
    words = Document(io.BytesIO(taken.data))
    told_of = [line.text for line in words.paragraphs]
    signed = words.tables[-1].rows[0].cells[0].text
    assert (signed.split("\n")[0], signed.split("\n")[4]) == ("THƯ KÝ", "Dương Thế Vinh")
    printed = minutes_of(desk, session)
    assert [line for line in printed if line not in told_of] == []


def minutes_of(desk: Desk, session: str) -> list[str]:
    """Return the lines of the minutes that the page prints, but for their title."""
    page = desk.visitor(Role.STANDING_BODY).get(f"/sessions/{session}/minutes").text
    sheet = page.partition("<article")[2].partition('<div class="signatures">')[0]
    return [html.unescape(line) for line in re.findall(r"<p[^>]*>([^<]+)</p>", sheet)]


def test_6_3_the_list_of_a_congress_is_a_paper_and_a_book(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, subjects = told
    visitor, quota = desk.visitor(Role.STANDING_BODY), subjects["quota"].partition(":")[2]
    words = Document(io.BytesIO(visitor.get(f"/papers/delegates/{quota}.docx").data))
    assert "Đại hội 2026: 0/12 đại biểu" in [line.text for line in words.paragraphs]
    book = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/papers/delegates/{quota}.xlsx").data))
    assert [cell.value for cell in book.worksheets[0][2]] == ["STT", "Đại biểu", "Đơn vị"]


def test_looking_ahead_records_nothing(desk: Desk) -> None:
    visitor = desk.visitor(Role.STANDING_BODY)
    size = desk.parts.ledger.size()
    page = visitor.fill("/units/new/register-unit", name="Ban Di dân", kind="board", look="1")
    assert page.status_code == 200
    assert "Điều sẽ được ghi" in page.text
    assert "Ghi đơn vị: Ban Di dân" in page.text
    assert 'value="Ban Di dân"' in page.text
    assert desk.parts.ledger.size() == size
    made = visitor.fill("/units/new/register-unit", name="Ban Di dân", kind="board")
    assert (made.status_code, desk.parts.ledger.size()) == (303, size + 1)
    assert "Ban Di dân" in visitor.read(made.location).text


def appointing(visitor: Visitor, unit: str, name: str) -> str:
    return visitor.fill(f"{address(unit)}/appoint-head", person=name).text


def test_people_are_chosen_by_name(desk: Desk) -> None:
    visitor, unit = desk.visitor(Role.STANDING_BODY), desk.unit("Chi cục Kiểm lâm")
    form = visitor.read(f"{address(unit)}/appoint-head")
    assert '<option value="Nguyễn Văn Lâm">' in form.html
    assert "person:" not in form.html
    assert "Không có ai tên như vậy" in appointing(visitor, unit, "Không Có Ai")
    assert "Hãy chọn một" in appointing(visitor, unit, "Hoàng")
    done = visitor.fill(f"{address(unit)}/appoint-head", person="nguyen van lam")
    assert done.status_code == 303
    assert desk.parts.register.units()[unit].head == desk.person(Role.UNIT_HEAD)
    found = visitor.get("/pick/person?q=nguyen van lam").get_json()["found"]
    assert found[0] == "Nguyễn Văn Lâm"


def test_people_are_listed_by_their_given_names(desk: Desk) -> None:
    listed = desk.visitor(Role.STANDING_BODY).read("/people").html
    found = [html.unescape(one) for one in re.findall(r'href="/people/[^n][^>]*>([^<]+)<', listed)]
    assert {"Vũ Ngọc Ánh", "Hoàng Đức Thịnh"} <= {*found}
    assert found == sorted(found, key=name_order)


def test_what_has_ended_offers_nothing_to_settle_it(told: tuple[Desk, dict[str, str]]) -> None:
    desk, subjects = told
    sample, visitor = Sample(desk), desk.visitor(Role.STANDING_BODY)
    words = Private({"text": "Kiến nghị xem lại"})
    about, sender = subjects["candidate"], Protected({"name": "Lý Văn Mẫu"})
    letter = asked.ReceiveComplaint(ComplaintKind.COMPLAINT, about, words, sender)
    subject = sample.ask(letter, by=Role.OFFICER, on=date(2026, 7, 6)).subject
    settling = {f"{address(subject)}/{name}" for name in ("accept-complaint", "reject-complaint")}
    assert settling <= {*visitor.read(address(subject)).links}
    (named,) = re.findall(r"<title>([^<]+?) · ", visitor.read(address(about)).html)
    assert f"{named} 16/07/2026 chờ thụ lý" in visitor.read("/complaints").text
    sample.ask(asked.RejectComplaint(words), subject, Role.STANDING_BODY, date(2026, 7, 7))
    assert not settling & {*visitor.read(address(subject)).links}
    assert f"{named} đã kết thúc" in visitor.read("/complaints").text
    officer = desk.visitor(Role.OFFICER)  # may hand a letter on, and not read it again
    assert officer.get(address(subject)).status_code == 403
    told_of = {"kind": ComplaintKind.DENUNCIATION, "candidate": about, "anonymous": "1"}
    sent = officer.fill("/complaints/new/receive-complaint", summary="Khai sai", **told_of)
    assert (sent.status_code, sent.location) == (303, address(about))
    assert "Đã ghi vào sổ" in officer.read(sent.location).text


def test_two_days_are_compared_and_each_difference_has_its_entry(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, subjects = told
    visitor = desk.visitor(Role.STANDING_BODY)
    page = visitor.read("/compare?a=2023-12-31&b=2024-06-30")
    assert "147 ứng viên đổi trạng thái" in page.text
    assert re.search(r"Bồi dưỡng → Tổng kết \d+", page.text)
    assert re.search(r"Chuyển sang Tổng kết \d\d/\d\d/2024 #\d+", page.text)
    behind = re.findall(r'<a href="(/figures/flows/entries[^"]+)">(\d+)</a>', page.html)
    assert sum(int(count) for _, count in behind) == 147
    for link, count in behind:
        entries = visitor.read(html.unescape(link))
        assert entries.html.count('<tr><td class="num">') == int(count), link
    assert "/figures/flows" not in visitor.read("/compare?a=2024-06-30&a_known=3000").html
    same = visitor.read("/compare?a=2024-06-30&b=2024-06-30")
    assert "Hai thời điểm giống hệt nhau." in same.text
    plan = visitor.read(f"/compare?about={subjects['programme']}&a=2021-01-01")
    assert "Số — 168/KH-SNN Ban hành kế hoạch số 168/KH-SNN #" in plan.text
    assert visitor.get("/compare?about=unit:none").status_code == 404


def test_two_states_of_knowledge_are_compared(desk: Desk) -> None:
    visitor = desk.visitor(Role.STANDING_BODY)
    path = visitor.read("/?state=nurture&kind=collective").candidates[0]
    about = f"candidate:{path.rsplit('/', 1)[1]}"
    size = desk.parts.ledger.size()
    last = next(
        e for e in desk.parts.ledger.entries(about) if type(e.event).__name__ == "StageAdvanced"
    )
    paper = {"basis": "9/QĐ-SNN", "reason": "Ghi nhầm"}
    voided = visitor.fill(f"{path}/void-entry?target={last.version}", **paper)
    assert voided.status_code == 303
    asked_for = f"a=2026-07-13&a_known={size}&b=2026-07-13"
    page = visitor.read(f"/compare?{asked_for}")
    assert "1 ứng viên đổi trạng thái" in page.text
    assert "Bồi dưỡng Phát hiện Hủy mục ghi số" in page.text
    one = visitor.read(f"/compare?about={about}&{asked_for}")
    assert "Trạng thái Bồi dưỡng Phát hiện Hủy mục ghi số" in one.text


def test_the_days_of_a_life_lead_to_themselves(told: tuple[Desk, dict[str, str]]) -> None:
    desk, subjects = told
    visitor = desk.visitor(Role.STANDING_BODY)
    path = address(subjects["candidate"])
    days = [link for link in visitor.read(path).links if link.startswith(f"{path}?on=")]
    assert len(days) > 2
    assert "Sổ tại ngày" in visitor.read(days[-2]).text
    assert "tháng có thay đổi" in visitor.read("/workflow?on=2024-06-30").text
