"""Pages for many at once, for one's own work and for the calendar, as a person uses them."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from desk import Desk
from paper import paper

from domain.batch import BATCHES
from domain.calendar import CALENDAR
from domain.programme import DutyKind
from domain.values import Role
from workflow import commands as asked

pytest_plugins = ["desks"]


def test_4_12_a_selection_is_looked_at_and_then_recorded_as_one(desk: Desk) -> None:
    visitor = desk.visitor(Role.OFFICER)
    shown = visitor.read("/?state=nurture").candidates[:3]
    items = [f"candidate:{path.rpartition('/')[2]}" for path in shown]
    address = "/batches/new?" + urlencode({"command": "record-title", "item": items}, doseq=True)
    form = visitor.read(address).form("/batches/new")
    assert form["item"] == items
    told = {**form, "title": "advanced-worker", "year": "2025"}
    size = desk.parts.ledger.size()
    looked = visitor.send("/batches/new", told)
    assert (looked.status_code, desk.parts.ledger.size()) == (200, size)
    assert "Ghi các mục đã đánh dấu" in looked.text

    final = paper(looked.text).form("/batches/new")
    assert [item.partition("@")[0] for item in final["item"]] == items
    answer = visitor.send("/batches/new", final, record="1")
    again = visitor.send("/batches/new", final, record="1")
    assert (answer.status_code, again.location) == (303, answer.location)
    assert desk.parts.ledger.size() == size + 4
    done = visitor.read(answer.location)
    assert "Đã ghi 3 Bị từ chối 0" in done.text
    assert len(desk.parts.ledger.entries(BATCHES)) == 1


def test_4_12_a_preview_names_every_need_and_leaves_the_box_empty(desk: Desk) -> None:
    visitor = desk.visitor(Role.REVIEWER)
    (path, *_) = visitor.read("/?state=discover").candidates
    item = f"candidate:{path.rpartition('/')[2]}"
    address = f"/batches/new?command=decline-candidate&item={item}"
    form = visitor.read(address).form("/batches/new")
    looked = visitor.send("/batches/new", form, reason="Không đạt")
    assert "Sẽ bị từ chối 1" in paper(looked.text).text
    assert "Người quyết định đang giữ chức trách được giao việc này" in looked.text
    assert "disabled" in looked.text
    assert "Ghi các mục đã đánh dấu" not in looked.text


def test_4_12_what_is_wrong_stands_at_its_field(desk: Desk) -> None:
    visitor = desk.visitor(Role.OFFICER)
    (path, *_) = visitor.read("/?state=nurture").candidates
    item = f"candidate:{path.rpartition('/')[2]}"
    form = visitor.read(f"/batches/new?command=record-title&item={item}").form("/batches/new")
    wrong = visitor.send("/batches/new", form, title="advanced-worker", year="1812")
    assert (wrong.status_code, "Phải từ 1990 đến 2026." in wrong.text) == (200, True)
    wrong = visitor.send("/batches/new", form, title="advanced-worker", year="x")
    assert (wrong.status_code, "Không đúng dạng." in wrong.text) == (422, True)
    none = visitor.send("/batches/new", {**form, "item": []}, title="advanced-worker", year="2025")
    assert (none.status_code, "Cần chọn ít nhất một mục." in none.text) == (422, True)


def test_4_12_the_register_list_has_boxes_for_those_who_may_act(shown: Desk) -> None:
    officer, auditor = (shown.visitor(role).get("/").text for role in (Role.OFFICER, Role.AUDITOR))
    past = shown.visitor(Role.OFFICER).get("/?on=2024-06-30").text
    boxes = [page.count('type="checkbox" name="item"') for page in (officer, auditor, past)]
    assert boxes == [50, 0, 0]
    assert shown.visitor(Role.AUDITOR).get("/batches/new?command=record-title").status_code == 403
    assert shown.visitor(Role.OFFICER).get("/batches/new?on=2024-06-30").status_code == 405
    assert "Chưa chọn ứng viên nào" in shown.visitor(Role.OFFICER).read("/batches/new").text
    assert shown.visitor().get("/batches/00000000-0000-4000-8000-000000000000").status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OFFICER, Role.AUDITOR])
def test_4_13_everybody_has_a_work_list(shown: Desk, role: Role) -> None:
    page = shown.visitor(role).read("/work")
    assert "Việc của tôi" in page.text
    assert bool(page.candidates) is (role is not Role.AUDITOR)
    assert ("/audit" in page.links[-6:]) is (role is Role.AUDITOR)  # not only above
    assert page.html.count('<div class="about">') == page.html.count('<div class="about"><a ')
    assert not [word for word in ("candidate:", "None", "work-") if word in page.text]


def test_r1_5_each_silent_unit_is_named_with_a_form_to_introduce_somebody_from_it(
    desk: Desk,
) -> None:
    desk.clock.set(date(2029, 1, 8))  # all have been silent for long
    page = desk.visitor(Role.REVIEWER).read("/work")
    units = {id for id, unit in desk.parts.register.units().items() if not unit.merged_into}
    named = {link for link in page.links if link.startswith("/units/")}
    forms = {link for link in page.links if link.startswith("/candidates/new?unit=")}
    assert (len(named), len(forms)) == (len(units), len(units))


def test_4_13_work_is_of_today_only(shown: Desk) -> None:
    assert "chỉ tính cho hôm nay" in shown.visitor().read("/work?on=2024-06-30").text


def test_4_13_the_calendar_shows_deadlines_and_days_off(desk: Desk) -> None:
    plan = desk.submit(asked.DraftPlan("Kế hoạch", "KH-SNN"), Role.OFFICER, on=date(2026, 7, 1))
    office = next(id for id, o in desk.parts.register.offices().items() if o.role is Role.DIRECTOR)
    day = date(2026, 7, 2)
    for command in (
        asked.IssuePlan("1/KH-SNN", office),
        asked.OpenCycle("giai đoạn 2026-2030", date(2026, 1, 1), date(2030, 12, 31)),
        asked.LayDuty(DutyKind.ACKNOWLEDGEMENT, due=date(2026, 8, 20)),
    ):
        desk.submit(command, Role.STANDING_BODY, plan, day)
    visitor = desk.visitor(Role.STANDING_BODY)
    august = visitor.read("/calendar?month=2026-08").text
    assert "Thứ Năm, 20/08/2026 Hạn nộp: Xác nhận đã nhận kế hoạch 0/15 đơn vị đã nộp" in august
    assert "Thứ Bảy, 22/08/2026 Làm bù" in august
    assert visitor.get("/calendar?month=x").status_code == 404
    owed = desk.visitor(Role.OFFICER).read("/work").text
    assert "Nộp báo cáo, kế hoạch: Xác nhận đã nhận kế hoạch" in owed
    assert CALENDAR not in august
