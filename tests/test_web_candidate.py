"""The page of one candidate: where it stands, what happened, what it lacks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from department import PAPER as DECREE
from desk import IMPORTED, TODAY, Desk, Visitor
from paper import Paper

from domain.values import CandidateKind, ErasureGround, PersonKind, Private, Result, Role, private
from web.words.days import number
from workflow import commands as asked
from workflow.register import Request

pytest_plugins = ["desks"]
PAPER = {"basis": "9/QĐ-SNN", "basis_dated": "2026-07-01", "basis_issuer": "Sở NN&MT"}


@pytest.fixture(scope="module")
def reviewer(shown: Desk) -> Visitor:
    return shown.visitor()


def first(visitor: Visitor, query: str) -> str:
    """Return the address of the first candidate of a list."""
    return visitor.read(f"/?{query}").candidates[0]


def subject(path: str) -> str:
    return f"candidate:{path.rsplit('/', 1)[1]}"


def item(page: Paper, version: int) -> str:
    """Return the words of one entry of the history."""
    items = re.findall(r'<li class="(?:void)?[^"]*">.*?</li>', page.html, re.DOTALL)
    found = next(html for html in items if f"mục {version}<" in html)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.mark.parametrize(
    ("state", "passed"), [("discover", 0), ("nurture", 1), ("summarize", 2), ("replicate", 3)]
)
def test_the_path_shows_what_is_passed_and_what_is_ahead(
    reviewer: Visitor, state: str, passed: int
) -> None:
    html = reviewer.read(first(reviewer, f"state={state}")).html
    assert html.count('<li class="done stage-') == passed
    assert f'<li class="now stage-{state}" aria-current="step">' in html
    assert html.count('<li class=" stage-') == 3 - passed


def test_the_history_tells_both_clocks_the_author_and_the_paper(
    shown: Desk, reviewer: Visitor
) -> None:
    path = first(reviewer, "state=replicate")
    entries = shown.parts.ledger.entries(subject(path))
    page = reviewer.read(path)
    assert f"{len(entries)} mục ghi · bất biến" in page.text
    for entry in entries:
        said = item(page, entry.version)
        assert f"#{number(entry.position)} · mục {entry.version}" in said
        assert f"hiệu lực {entry.effective_on:%d/%m/%Y}" in said
        assert f"ghi sổ {IMPORTED:%d/%m/%Y} 09:00" in said
        assert "Lê Thu Hà (Công chức phụ trách thi đua)" in said
        assert "Căn cứ: register-2021-2025.xlsx (Danh sách, dòng" in said


def test_the_newest_effect_stands_first(reviewer: Visitor) -> None:
    page = reviewer.read(first(reviewer, "state=completed"))
    days = re.findall(r"hiệu lực (\d\d)/(\d\d)/(\d{4})", page.text)
    told = [date(int(y), int(m), int(d)) for d, m, y in days]
    assert told == sorted(told, reverse=True)


def test_a_paper_is_cited_with_date_and_issuer(desk: Desk) -> None:
    visitor = desk.visitor()
    path = first(visitor, "state=discover")
    visitor.fill(f"{path}/record-peer-acclaim", minutes="12/BB", votes_for="24", **PAPER)
    page = visitor.read(path)
    assert "Căn cứ: 9/QĐ-SNN ngày 01/07/2026, Sở NN&MT" in page.text
    assert "Tập thể suy tôn, biên bản 12/BB: 24/24 phiếu" in page.text


def test_a_void_entry_is_struck_out_with_the_reason_beside_it(desk: Desk) -> None:
    visitor = desk.visitor(Role.STANDING_BODY)
    path = first(visitor, "state=nurture")
    last = len(desk.parts.ledger.entries(subject(path)))
    fact = desk.submit(asked.RecordPeerAcclaim("77/BB"), Role.REVIEWER, subject(path))
    assert fact == subject(path)
    target = last + 1
    answer = visitor.fill(f"{path}/void-entry?target={target}", reason="Ghi nhầm hồ sơ", **PAPER)
    assert answer.status_code == 303
    page = visitor.read(path)
    assert "đã hủy" in item(page, target)
    assert 'class="void' in page.html
    assert "Hủy mục ghi số" in item(page, target + 1)
    assert "Ghi nhầm hồ sơ" in item(page, target + 1)
    assert f"void-entry?target={target}" not in page.html


def test_a_corrected_day_shows_both_days(desk: Desk) -> None:
    visitor = desk.visitor(Role.STANDING_BODY)
    path = first(visitor, "state=nurture")
    entries = desk.parts.ledger.entries(subject(path))
    entry = next(e for e in entries if type(e.event).__name__ == "PeerAcclaimRecorded")
    form = f"{path}/correct-effective-date?target={entry.version}"
    assert visitor.fill(form, to="2024-01-15", reason="Sai ngày", **PAPER).status_code == 303
    page = visitor.read(path)
    was = f"{entry.effective_on:%d/%m/%Y}"
    assert f"hiệu lực {was} 15/01/2024" in item(page, entry.version)
    assert f"<s>{was}</s> 15/01/2024" in page.html
    known = visitor.read(f"{path}?known=2026-07-12")
    assert f"hiệu lực {was} ·" in item(known, entry.version)


def test_what_is_missing_is_named_with_who_can_supply_it(reviewer: Visitor) -> None:
    page = reviewer.read(first(reviewer, "state=summarize&kind=collective"))
    needs = page.text.partition("Để sang Nhân điển hình")[2].partition("Việc có thể làm")[0]
    assert "Báo cáo tổng kết kinh nghiệm, cách làm Ghi báo cáo tổng kết Người bổ sung:" in needs
    assert "Quyết định công nhận điển hình tiên tiến Người bổ sung: Giám đốc Sở" in needs
    assert "chưa đủ: G1, G2, G3, G4, G5, C1" in needs
    assert needs.count("Người bổ sung:") == 3


def test_what_is_met_names_its_proof(desk: Desk) -> None:
    visitor = desk.visitor()
    path = first(visitor, "state=discover")
    receipt = visitor.fill(f"{path}/record-peer-acclaim", minutes="12/BB")
    assert receipt.status_code == 303
    position = desk.parts.ledger.entries(subject(path))[-1].position
    assert f"Biên bản họp đơn vị suy tôn theo #{number(position)}" in visitor.read(path).text


def test_the_visitors_own_place_is_told_apart(shown: Desk) -> None:
    own = "Nếu bạn là người quyết định"
    for role, mark in ((Role.REVIEWER, "met"), (Role.COUNCIL, "unmet")):
        visitor = shown.visitor(role)
        page = visitor.read(first(visitor, "state=discover"))
        beside = page.html.partition(own)[2]
        assert f'<li class="need {mark}"><div>Người quyết định đang giữ chức trách' in beside


def test_the_past_shows_the_needs_of_that_day(desk: Desk) -> None:
    visitor = desk.visitor()
    path = first(visitor, "state=discover&on=2024-06-30")
    then = visitor.read(f"{path}?on=2024-06-30")
    assert "Để sang Bồi dưỡng" in then.text
    assert "Nếu bạn là người quyết định" not in then.text
    done = desk.parts.register.candidate(subject(path)).standing.state
    if done == "discover":
        visitor.fill(f"{path}/record-peer-acclaim", minutes="12/BB")
        assert re.search(r"\d/7", visitor.read(f"{path}?on=2024-06-30").text)
    again = visitor.read(f"{path}?on=2024-06-30").text
    ahead = "Để sang Bồi dưỡng"  # after the life's line, which has a mark more
    assert again.partition(ahead)[2] == then.text.partition(ahead)[2]


def test_before_it_was_found_a_candidate_is_not_here_yet(reviewer: Visitor) -> None:
    path = first(reviewer, "state=discover")
    for moment in ("on=2020-01-01", "known=1"):
        answer = reviewer.get(f"{path}?{moment}")
        assert answer.status_code == 404
        assert "Chưa có trong sổ" in answer.text
        assert f'href="{path}"' in answer.text


def test_nobody_is_found_under_a_made_up_address(reviewer: Visitor) -> None:
    for path in ("/candidates/none", "/candidates/none/advance-stage", "/candidates/x/nothing"):
        answer = reviewer.get(path)
        assert answer.status_code == 404
        assert "candidate:" not in answer.text


def test_erased_words_are_said_to_be_erased(desk: Desk) -> None:
    visitor = desk.visitor()
    path = first(visitor, "kind=individual&state=nurture")
    person = desk.parts.register.candidate(subject(path)).person
    assert person
    erase = asked.ErasePersonalData(ErasureGround.DECIDED)
    actor = desk.person(Role.ADMINISTRATOR)
    desk.parts.register.submit(Request(erase, actor, person, None, DECREE))
    page = visitor.read(path)
    assert "[đã xóa theo yêu cầu]" in page.text
    assert "[đã xóa theo yêu cầu]" in visitor.read("/?kind=individual&state=nurture").text


def test_criteria_show_what_was_found(desk: Desk) -> None:
    visitor = desk.visitor()
    path = first(visitor, "state=summarize&kind=collective")
    results = (("G1", Result.MET), ("C9", Result.NOT_MET), ("C10", Result.NOT_PROVEN))
    desk.submit(asked.AssessCriteria(results), Role.STANDING_BODY, subject(path))
    page = visitor.read(path)
    assert "3/17 đã đánh giá" in page.text
    who = "13/07/2026, Phạm Quốc Tuấn"
    for words in (
        f"chiến đấu II.2 · Báo cáo thành tích có số liệu Đạt {who}",
        f"(bắt buộc) II.3.a · Văn bản xếp loại hằng năm Không đạt {who}",
        f"Chưa chứng minh {who}",
    ):
        assert words in page.text


def test_a_person_of_unknown_kind_has_no_criteria_yet(desk: Desk) -> None:
    command = asked.DiscoverCandidate(
        kind=CandidateKind.INDIVIDUAL,
        unit=desk.unit("Chi cục Kiểm lâm"),
        who=Private({"name": "Nông Văn Mới"}),
        what=Private({}),
    )
    new = desk.submit(command, Role.OFFICER)
    path = f"/candidates/{new.partition(':')[2]}"
    visitor = desk.visitor()
    assert "chưa biết tiêu chí nào áp dụng" in visitor.read(path).text
    what = asked.DescribeCandidate(Private({}), PersonKind.WORKER)
    desk.submit(what, Role.OFFICER, new)
    assert "0/11 đã đánh giá" in visitor.read(path).text


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.AUDITOR, set()),
        (Role.OFFICER, {"record-peer-acclaim", "record-title", "report-progress"}),
        (Role.REVIEWER, {"assess-criteria", "record-block"}),
        (Role.STANDING_BODY, {"assess-criteria", "lift-block"}),
    ],
)
def test_a_page_offers_what_the_visitors_offices_permit(
    shown: Desk, role: Role, offered: set[str]
) -> None:
    visitor = shown.visitor(role)
    page = visitor.read(first(visitor, "state=nurture"))
    permitted = shown.parts.register.rules.on(TODAY).text.commands
    asked_for = {link.rpartition("/")[2].partition("?")[0] for link in page.links}
    facts = {name for name in asked_for if name in permitted}
    assert offered <= facts
    assert all(role in permitted[name].by for name in facts)


def test_an_ended_file_offers_only_what_is_left(shown: Desk) -> None:
    visitor = shown.visitor(Role.DIRECTOR)
    page = visitor.read(first(visitor, "state=completed"))
    assert "Việc có thể làm Hủy bỏ công nhận" in page.text
    closed = visitor.read(first(visitor, "state=declined"))
    assert "Việc có thể làm" not in closed.text


def test_a_suspended_candidate_says_so(desk: Desk) -> None:
    visitor = desk.visitor()
    path = first(visitor, "state=nurture")
    pause = asked.SuspendCandidate(private("Chờ kết luận"))
    desk.submit(pause, Role.STANDING_BODY, subject(path))
    assert "Đang tạm dừng" in visitor.read(path).text
    assert "Tạm dừng" in visitor.read("/?state=nurture").text
    assert "Chờ kết luận" in visitor.read(path).text
