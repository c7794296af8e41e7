"""Asking over HTTP: what is recorded, what is refused, and what a visitor is told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import get_args, get_type_hints

import pytest
from councils import established, heard
from desk import TODAY, Desk, Sample, Visitor
from werkzeug.test import TestResponse

from domain.refusals import REFUSALS, CommandRefused
from domain.values import Role
from web.forms import Choices, Pick, fields_of
from web.pages.doing import OFFERED
from web.words.labels import COMMANDS
from workflow import commands as asked
from workflow.commands import name_of

pytest_plugins = ["desks"]
GATE = "/login?next="
SECOND = "Người quyết định khác người giới thiệu và người lập hồ sơ"


def subject(path: str) -> str:
    return f"candidate:{path.rsplit('/', 1)[1]}"


def an_open_one(visitor: Visitor, state: str = "discover") -> str:
    return visitor.read(f"/?state={state}").candidates[0]


def size(desk: Desk) -> int:
    return desk.parts.ledger.size()


def refusals(desk: Desk) -> list[CommandRefused]:
    kept = (entry.event for entry in desk.parts.ledger.entries(REFUSALS))
    return [event for event in kept if isinstance(event, CommandRefused)]


def page_text(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_candidate_is_found_completed_decided_and_advanced(desk: Desk) -> None:
    reviewer, standing = desk.visitor(Role.REVIEWER), desk.visitor(Role.STANDING_BODY)
    (path,) = reviewer.read("/?q=hoang thi").candidates
    moment = f"/?on=2024-06-30&known={desk.parts.ledger.size()}"
    before = reviewer.read(moment).text
    advance = f"{path}/advance-stage"

    lacking = reviewer.read(path).text
    assert "Hoàng Thị Thanh Ngân" in lacking
    assert "Kế hoạch bồi dưỡng đã được thông qua Ghi kế hoạch bồi dưỡng" in lacking

    assert reviewer.fill(f"{path}/adopt-nurture-plan", plan="Kèm cặp").status_code == 303
    refused = reviewer.fill(advance)
    assert refused.status_code == 409
    assert "còn 2 điều kiện" in page_text(refused)
    assert "Ít nhất một lần đánh giá tiến độ đầy đủ" in page_text(refused)
    assert SECOND in page_text(refused)
    plan = "Kế hoạch bồi dưỡng đã được thông qua"  # not missing, but written by who would decide
    assert f"vì: đã ghi “{plan}”" in page_text(refused)
    assert page_text(refused).count(plan) == 1
    unmet = ("full-review", "second-person")
    kept = CommandRefused("advance-stage", subject(path), "NeedsUnmet", unmet)
    assert refusals(desk) == [kept]

    reviewer.fill(f"{path}/report-progress", report="Đủ các mục tiêu", full=["1"])
    assert "còn 1" in reviewer.read(advance).text
    assert reviewer.fill(advance).status_code == 409

    moved = standing.fill(advance, basis="214/QĐ-SNN")
    assert (moved.status_code, moved.location) == (303, path)
    page = standing.read(path)
    assert "Đã ghi vào sổ: Chuyển khâu (#" in page.text
    assert '<li class="now stage-summarize" aria-current="step">' in page.html
    assert "Chuyển sang Tổng kết" in page.text

    assert reviewer.read("/?q=hoang thi&state=summarize").candidates == [path]
    assert reviewer.read(moment).text == before
    for day, stage in (("2025-06-30", "discover"), ("2026-07-12", "nurture")):
        then = reviewer.read(f"{path}?on={day}")
        assert f'<li class="now stage-{stage}" aria-current="step">' in then.html


def test_a_candidate_walks_through_all_stages_to_completion(desk: Desk) -> None:
    by = {role: desk.visitor(role) for role in (Role.REVIEWER, Role.STANDING_BODY, Role.DIRECTOR)}
    reviewer, standing, director = by.values()
    new = reviewer.fill(
        "/candidates/new",
        kind="collective",
        unit=desk.unit("Chi cục Kiểm lâm"),
        who__name="Trạm Kiểm lâm Bản Chang",
        what__achievement="Giữ 1.200 ha rừng biên giới",
        what__field="Bảo vệ rừng",
        what__newness="Lần đầu có tổ tuần tra của dân",
        priority=["border-area", "small-collective"],
        effective_on="2025-01-06",
    )
    path = new.location
    assert "Trạm Kiểm lâm Bản Chang" in reviewer.read(path).text
    ask = f"{path}/"
    reviewer.fill(ask + "record-peer-acclaim", minutes="1/BB", votes_for="9", votes_against="1")
    reviewer.fill(ask + "endorse-candidate", basis="2/XN", effective_on="2025-01-10")
    assert standing.fill(ask + "advance-stage", effective_on="2025-02-03").status_code == 303
    reviewer.fill(ask + "adopt-nurture-plan", plan="Tuần tra mỗi tháng")
    reviewer.fill(ask + "report-progress", report="Đủ cả", full=["1"])
    reviewer.fill(ask + "record-title", title="excellent-collective", year="2025")
    assert standing.fill(ask + "advance-stage", effective_on="2026-02-02").status_code == 303
    reviewer.fill(ask + "report-summary", report="Cách giữ rừng")
    form = reviewer.read(ask + "assess-criteria").form(0)
    grades = {name: "met" for name in form if name.startswith("results.")}
    assert len(grades) == 17
    assert reviewer.send(ask + "assess-criteria", form | grades).status_code == 303
    established(Sample(desk))
    opened = reviewer.fill(ask + "open-comment-period", effective_on="2026-06-01")
    assert opened.status_code == 303
    reviewer.fill(ask + "receive-comment", text="Trạm có giữ rừng thật", effective_on="2026-06-02")
    early = director.fill(ask + "recognize-exemplar", decision="7/QĐ")
    assert "đợt lấy ý kiến chưa kết thúc" in page_text(early)
    assert "chưa có phiên họp nào xét ứng viên này" in page_text(early)
    standing.fill(ask + "handle-comment", comment="1", reply="Đã xác minh")
    standing.fill(ask + "close-comment-period", effective_on="2026-06-16")
    heard(Sample(desk), subject(path), date(2026, 6, 30))
    assert director.fill(ask + "recognize-exemplar", decision="7/QĐ").status_code == 303
    assert standing.fill(ask + "advance-stage").status_code == 303
    reviewer.fill(ask + "explain-no-adoption", reason="Mới tổng kết")
    assert standing.fill(ask + "complete-candidacy", note="Đã nhân rộng").status_code == 303
    page = standing.read(path)
    assert "Hoàn thành" in page.text
    assert page.html.count('<li class="done stage-') == 3
    assert "Đạt" in page.text.partition("chiến đấu")[2][:90]


def test_assessing_again_records_only_what_is_chosen(desk: Desk) -> None:
    visitor = desk.visitor()
    path = an_open_one(visitor, "summarize&kind=collective")
    visitor.fill(f"{path}/assess-criteria", results__G1="met", results__G2="not-met")
    at = size(desk)
    assert "Giữ: Đạt" in visitor.read(f"{path}/assess-criteria").text
    visitor.fill(f"{path}/assess-criteria", results__G2="met")
    assert size(desk) == at + 1


def test_the_same_form_sent_twice_is_recorded_once(desk: Desk) -> None:
    visitor = desk.visitor()
    path = f"{an_open_one(visitor)}/record-peer-acclaim"
    form = visitor.read(path).form(0)
    first = visitor.send(path, form, minutes="12/BB")
    at = size(desk)
    again = visitor.send(path, form, minutes="12/BB")
    assert (first.status_code, again.status_code, size(desk)) == (303, 303, at)


def test_the_same_introduction_sent_twice_makes_one_candidate(desk: Desk) -> None:
    visitor = desk.visitor()
    unit = desk.unit("Chi cục Kiểm lâm")
    form = visitor.read("/candidates/new").form(0)
    told = {"kind": "collective", "unit": unit, "who.name": "Vườn hồi Bản Chang"}
    answers = [visitor.send("/candidates/new", form, **told) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(visitor.read("/?q=vuon hoi ban chang").candidates) == 1


def test_a_command_id_that_a_browser_would_not_send_is_refused(desk: Desk) -> None:
    visitor = desk.visitor()
    path = f"{an_open_one(visitor)}/record-peer-acclaim"
    assert visitor.fill(path, minutes="12/BB", command_id="row 1").status_code == 400


def test_what_was_typed_on_an_old_page_is_kept_when_others_were_first(desk: Desk) -> None:
    visitor = desk.visitor()
    path = an_open_one(visitor)
    form = visitor.read(f"{path}/record-peer-acclaim").form(0)
    desk.submit(asked.RecordPeerAcclaim("1/BB"), Role.OFFICER, subject(path))
    at = size(desk)
    answer = visitor.send(f"{path}/record-peer-acclaim", form, minutes="99/BB-CCKL")
    assert (answer.status_code, size(desk)) == (409, at)
    assert "Có người vừa ghi vào hồ sơ này" in answer.text
    assert 'value="99/BB-CCKL"' in answer.text
    anew = dict(re.findall(r'name="(seen|command_id)" value="([^"]+)"', answer.text))
    assert visitor.send(f"{path}/record-peer-acclaim", form | anew, minutes="99/BB").location


@pytest.mark.parametrize(
    ("command", "told", "wrong"),
    [
        ("record-peer-acclaim", {"minutes": ""}, {"minutes"}),
        ("record-peer-acclaim", {"minutes": "1/BB", "votes_for": "-1"}, {"votes_for"}),
        ("record-peer-acclaim", {"minutes": "1/BB", "votes_for": "nhiều"}, {"votes_for"}),
        ("record-peer-acclaim", {"minutes": "x" * 300}, {"minutes"}),
        ("record-title", {"title": "vua", "year": "2024"}, {"title"}),
        ("record-title", {"title": "advanced-worker", "year": "2100"}, {"year"}),
        ("record-title", {"title": "", "year": ""}, {"title", "year"}),
        ("report-progress", {"report": "  "}, {"report"}),
        ("report-progress", {"report": "a\x00b"}, {"report"}),
        ("describe-method", {"method.problem": "a\x1bb"}, {"method.problem"}),
        ("assess-criteria", {}, {"results"}),
        ("assess-criteria", {"results.G1": "maybe"}, {"results"}),
        ("record-rating", {"rating": "good", "year": "2024", "basis_issuer": "Sở"}, {"basis"}),
        ("adopt-nurture-plan", {"plan": "Học", "effective_on": "2026-02-31"}, {"effective_on"}),
        ("adopt-nurture-plan", {"plan": "Học", "effective_on": "hôm nay"}, {"effective_on"}),
        ("adopt-nurture-plan", {"plan": "Học", "basis": "1" * 61}, {"basis"}),
        ("adopt-nurture-plan", {"effective_on": "2026-02-31"}, {"plan", "effective_on"}),
        ("describe-method", {"method.costs": "  "}, {"method.problem"}),
    ],
)
def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(
    desk: Desk, command: str, told: Mapping[str, str], wrong: set[str]
) -> None:
    visitor = desk.visitor()
    path = f"{an_open_one(visitor, 'nurture&kind=collective')}/{command}"
    form, at = visitor.read(path).form(0), size(desk)
    answer = visitor.send(path, {**form, **told})
    assert (answer.status_code, size(desk)) == (422, at)
    assert set(re.findall(r'id="f-([\w.]+)-error"', answer.text)) == wrong
    for name, value in told.items():
        typed = value.strip()
        shown = f'value="{typed}"' in answer.text or f">\n{value}</textarea>" in answer.text
        assert shown or not typed or name.partition(".")[0] in wrong


def test_r1_6_a_method_is_told_anew_from_the_words_that_were_told(desk: Desk) -> None:
    visitor = desk.visitor()
    path = f"{an_open_one(visitor)}/describe-method"
    visitor.fill(path, **{"method.problem": "Rừng bị lấn", "method.costs": "20 triệu"})
    form = visitor.read(path).form(0)
    assert (form["method.problem"], form["method.costs"]) == ("Rừng bị lấn", "20 triệu")


def test_a_new_candidate_needs_a_name_a_kind_and_a_unit(desk: Desk) -> None:
    visitor = desk.visitor()
    told = {"who.birth_year": "1850", "what.achievement": "Trồng “hồi” <b>"}
    answer = visitor.fill("/candidates/new", **told)
    assert answer.status_code == 422
    errors = set(re.findall(r'id="f-([\w.]+)-error"', answer.text))
    assert errors == {"kind", "unit", "who.name", "who.birth_year"}
    assert set(re.findall(r'href="#f-([\w.]+)"', answer.text)) == errors
    assert "Trồng “hồi” &lt;b&gt;" in answer.text
    named = visitor.fill(
        "/candidates/new", kind="model", unit="unit:none", who__name="Tên", who__birth_year="1850"
    )
    assert set(re.findall(r'id="f-([\w.]+)-error"', named.text)) == {"who.birth_year"}


def test_a_unit_that_is_not_there_is_not_taken(desk: Desk) -> None:
    visitor = desk.visitor()
    told = {"kind": "model", "unit": "unit:none", "who.name": "Vườn"}
    answer = visitor.fill("/candidates/new", **told)
    assert answer.status_code == 404
    assert "Không có đơn vị “none” trong sổ." in answer.text


def test_a_future_day_is_an_unmet_need(desk: Desk) -> None:
    visitor = desk.visitor()
    path = f"{an_open_one(visitor)}/record-peer-acclaim"
    answer = visitor.fill(path, minutes="7/BB", effective_on="2026-07-14")
    assert answer.status_code == 409
    assert f"hôm nay: {TODAY:%d/%m/%Y}" in page_text(answer)
    assert 'value="7/BB"' in answer.text


def test_a_day_may_be_typed_as_people_write_it(desk: Desk) -> None:
    visitor = desk.visitor()
    path = an_open_one(visitor)
    answer = visitor.fill(f"{path}/record-peer-acclaim", minutes="7/BB", effective_on="5/7/2026")
    assert answer.status_code == 303
    assert "hiệu lực 05/07/2026" in visitor.read(path).text


def test_a_move_that_does_not_exist_here_says_so(desk: Desk) -> None:
    visitor = desk.visitor(Role.STANDING_BODY)
    path = an_open_one(visitor, "withdrawn")
    answer = visitor.get(f"{path}/advance-stage")
    assert answer.status_code == 409
    assert "Không thể “Chuyển khâu” khi hồ sơ đang ở “Rút”." in answer.text


def sample(desk: Desk, command: type[asked.Command]) -> dict[str, str]:
    """Return something to type into every field of a command."""
    values = {"year": "2024", "target": "1", "to": "2024-01-01", "results.G1": "met"}
    values |= {"adoption": "1", "achievement": "1", "attendees": "9", "comment": "1"}
    values |= {"begins": "2024-01-01", "ends": "2024-12-31", "person": "", "evidence": ""}
    values |= {"achieved_on": "2024-01-01", "place": "", "position": "", "members": "9"}
    units = Choices({"unit": Pick([(desk.unit("Chi cục Kiểm lâm"), "")])})
    told = dict(values)
    for field in fields_of(command, units):
        if options := [value for value, _ in field.get("options", ()) if value]:
            told.setdefault(field["name"], options[0])
        elif field["type"] in ("text", "textarea"):
            told.setdefault(field["name"], "7/BB")
    return told | {"basis": "1/QĐ"}


@pytest.mark.parametrize("role", list(Role))
def test_offices_decide_who_may_do_what(desk: Desk, role: Role) -> None:
    visitor = desk.visitor(role)
    rules = desk.parts.register.rules.on(TODAY)
    path = an_open_one(visitor, "nurture&kind=collective")
    standing = desk.parts.register.candidate(subject(path)).standing
    form = {"csrf_token": token(visitor)}
    for command in (asked.DiscoverCandidate, *OFFERED):
        name = name_of(command)
        move = (
            rules.move(asked.MOVES[command], str(standing.stage))
            if command in asked.MOVES
            else None
        )
        if command in asked.MOVES and move is None:
            continue
        by = move.by if move else rules.text.commands[name].by
        address = f"{path}/{name}" if command in OFFERED else "/candidates/new"
        answer = visitor.send(address, form | sample(desk, command))
        said = "chỉ do người đang giữ chức trách sau" in answer.text
        permitted = not (answer.status_code == 403 and said)
        assert permitted == (role in by), (name, answer.status)
        standing = desk.parts.register.candidate(subject(path)).standing
        if standing.state != "nurture" or standing.suspended:
            path = an_open_one(visitor, "nurture&kind=collective")


def token(visitor: Visitor) -> str:
    page = visitor.read("/help")
    return str(next(form for form in page.forms if form.method == "post").values["csrf_token"])


def test_a_form_one_may_not_send_is_not_shown(shown: Desk) -> None:
    visitor = shown.visitor(Role.AUDITOR)
    path = an_open_one(visitor)
    at = size(shown)
    for address in ("/candidates/new", f"{path}/record-peer-acclaim", f"{path}/void-entry"):
        answer = visitor.get(address)
        assert answer.status_code == 403
        assert "Không được phép" in answer.text
    assert size(shown) == at


def test_a_move_one_may_not_make_says_who_may(shown: Desk) -> None:
    visitor = shown.visitor(Role.COUNCIL)
    page = visitor.read(f"{an_open_one(visitor)}/advance-stage")
    assert "cần là: Chuyên viên thẩm định, Phòng Tổ chức cán bộ" in page.text


def test_strangers_are_sent_to_sign_in_and_back(shown: Desk) -> None:
    stranger = shown.visitor(None)
    for path in (
        "/",
        "/import",
        "/candidates/new",
        "/candidates/x",
        "/candidates/x/advance-stage",
    ):
        answer = stranger.get(f"{path}?on=2024-06-30")
        assert answer.status_code == 302
        assert answer.location.startswith(GATE)
    assert answer.location.endswith("?on%3D2024-06-30")
    assert stranger.get("/nowhere").status_code == 302


def test_without_its_token_no_form_is_taken(desk: Desk) -> None:
    visitor = desk.visitor()
    path = an_open_one(visitor)
    at = size(desk)
    for address in (f"{path}/record-peer-acclaim", "/candidates/new", "/import", "/import/record"):
        for form in ({}, {"csrf_token": "made up"}):
            answer = visitor.send(address, form, minutes="1/BB")
            assert answer.status_code == 400
            assert "Biểu mẫu đã hết hạn" in answer.text
            assert "Bấm Quay lại để chép những gì đã gõ" in answer.text
    assert size(desk) == at


def test_looking_changes_nothing(desk: Desk) -> None:
    visitor = desk.visitor(Role.STANDING_BODY)
    at, seen, waiting = size(desk), set[str](), ["/", "/?on=2024-06-30"]
    while waiting and len(seen) < 80:
        path = waiting.pop(0)
        if path in seen or path.startswith(("#", "/static")):
            continue
        seen.add(path)
        answer = visitor.get(path)
        assert answer.status_code in (200, 302, 404, 409), (path, answer.status)
        waiting = re.findall(r'<a[^>]* href="([^"]+)"', answer.text)[::-1] + waiting
    assert len(seen) == 80
    assert size(desk) == at


@pytest.mark.parametrize("moment", ["on=2024-06-30", "known=1000", "on=2024-06-30&known=1000"])
def test_nothing_is_done_in_the_time_machine(desk: Desk, moment: str) -> None:
    visitor = desk.visitor(Role.OFFICER)
    path = an_open_one(visitor)
    at, form = size(desk), {"csrf_token": token(visitor)}
    for address in (f"{path}/record-peer-acclaim", "/candidates/new", "/import"):
        assert visitor.get(f"{address}?{moment}").status_code == 405
        answer = visitor.send(f"{address}?{moment}", form, minutes="1/BB")
        assert answer.status_code == 405
        assert "Đang xem một ngày khác" in answer.text
    assert visitor.send(f"/import/record?{moment}", form).status_code == 405
    assert size(desk) == at


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nowhere", 404, "Không tìm thấy"),
        ("/import/leftover", 405, "Không làm như vậy được"),
        ("/candidates/x/y/z", 404, "Không tìm thấy"),
        ("/?on=31/02", 400, "Ngày không hợp lệ"),
    ],
)
def test_errors_are_told_in_vietnamese(shown: Desk, path: str, status: int, title: str) -> None:
    answer = shown.visitor(Role.OFFICER).get(path)
    assert answer.status_code == status
    assert f'<h1 class="empty-title">{title}</h1>' in answer.text
    assert "Về Sổ đăng ký" in answer.text


def fail() -> str:
    return str(1 // 0)


def test_a_fault_is_told_without_reading_anything(desk: Desk) -> None:
    visitor = desk.visitor()
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    desk.app.view_functions["register.show"] = fail
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "Sổ gặp lỗi" in answer.text


def test_every_command_on_offer_has_a_form(shown: Desk) -> None:
    visitor = {role: shown.visitor(role) for role in (Role.STANDING_BODY, Role.DIRECTOR)}
    path = an_open_one(visitor[Role.DIRECTOR], "summarize&kind=collective")
    rules = shown.parts.register.rules.on(TODAY).text.commands
    for command in get_args(asked.CandidateFact):
        name = name_of(command)
        role = next(role for role in visitor if role in rules[name].by)
        page = visitor[role].read(f"{path}/{name}")
        assert COMMANDS[name] in page.text
        asked_for = {key.partition(".")[0] for key in page.form(0)}
        hints = get_type_hints(command)
        typed = {
            f.name
            for f in fields(command)
            if hints[f.name] is not bool and f.name not in ("priority", "given", "files")
        }
        assert typed <= asked_for, name
