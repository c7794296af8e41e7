"""A session from its notice to its signed minutes, by pages: what is offered, said and refused."""

from __future__ import annotations

import hashlib
import html
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from councils import CHAIR, COUNCIL, MEMBERS, SECRETARY, established, publicized
from department import PAPER, who
from desk import TODAY, Desk, Sample, Visitor, copied, opened
from werkzeug.test import TestResponse

from domain.council import Matter, Seat
from domain.values import Private, Role
from workflow import commands as asked

pytest_plugins = ["desks"]
HELD = date(2026, 7, 10)
QUESTION = "Góp ý dự thảo quy chế"


@dataclass(frozen=True)
class Hall:
    """A session of a desk, and whoever keeps it."""

    desk: Desk
    visitor: Visitor
    session: str
    candidate: str

    @property
    def path(self) -> str:
        return f"/sessions/{self.session.partition(':')[2]}"

    def do(self, command: str, **told: object) -> TestResponse:
        return self.visitor.fill(f"{self.path}/{command}", effective_on=str(TODAY), **told)

    @property
    def page(self) -> str:
        return self.visitor.read(self.path).text

    def choices(self, command: str, field: str) -> list[str]:
        """Return what a list or the boxes of a form offer, in words."""
        form = self.visitor.get(f"{self.path}/{command}").text
        if f'<select class="form-select" id="f-{field}"' in form:
            told = form.partition(f'id="f-{field}"')[2].partition("</select>")[0]
            return [html.unescape(one) for one in re.findall(r">([^<—]+)</option>", told)]
        told = form.partition(f'id="f-{field}"')[2].partition("</fieldset>")[0]
        return re.findall(r'form-check-label">([^<]+)<', told)


@pytest.fixture(scope="module")
def hall(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Return a session with three items: a recognition, a question and a proposal."""
    desk = opened(copied(original, tmp_path_factory.mktemp("hall")))
    sample = Sample(desk)
    established(sample)
    for number, person in enumerate(MEMBERS, 1):
        sample.ask(asked.DescribePerson(who(f"Ủy viên {number:02}")), person)
    visitor = desk.visitor(Role.STANDING_BODY)
    path = visitor.read("/?state=summarize&kind=collective").candidates[0]
    candidate = f"candidate:{path.rsplit('/', 1)[1]}"
    unit = desk.parts.register.candidate(candidate).standing.unit
    sample.ask(asked.AppointHead(MEMBERS[5]), unit, Role.STANDING_BODY, date(2024, 1, 1))
    publicized(sample, candidate, date(2026, 6, 1))
    made = visitor.fill(
        "/sessions/new/notice-session",
        council=COUNCIL,
        held_on=str(HELD),
        place="Phòng họp tầng 2",
        effective_on="2026-07-06",
    )
    return Hall(desk, visitor, f"session:{made.location.rsplit('/', 1)[1]}", candidate)


def test_r5_13_a_session_is_kept_by_its_page_alone(hall: Hall) -> None:
    assert "Địa điểm họp: Phòng họp tầng 2" in hall.page
    assert "Địa bàn" not in hall.page
    # What an empty session cannot take is not offered; what was held is dated by its day.
    offered = [f"{hall.path}/{name}" for name in ("add-agenda-item", "send-papers")]
    begun = [f"{hall.path}/{name}" for name in ("record-attendance", "name-tally-committee")]
    links = hall.visitor.read(hall.path).links
    assert [one for one in offered + begun if one not in links] == []
    assert not {f"{hall.path}/drop-agenda-item", f"{hall.path}/sign-minutes"} & {*links}
    assert f'value="{HELD}"' in hall.visitor.get(f"{hall.path}/record-attendance").text
    assert f'value="{TODAY}"' in hall.visitor.get(f"{hall.path}/close-session").text
    # From whom the council has not heard, one link leads to the agenda of the open session.
    case = f"/candidates/{hall.candidate.partition(':')[2]}"
    agenda = f"{hall.path}/add-agenda-item?matter=recognition&candidate={hall.candidate}"
    assert agenda in map(unquote, hall.visitor.read(case).links)
    early = hall.visitor.read(f"{hall.path}/close-session").text
    assert "chưa có nội dung nào trong chương trình họp" in early
    for told in (
        {"matter": Matter.RECOGNITION, "candidate": hall.candidate},
        {"matter": Matter.OTHER, "question": QUESTION},
        {"matter": Matter.PROVINCIAL_FIGHTER, "candidate": hall.candidate},
    ):
        assert hall.do("add-agenda-item", **told).status_code == 303
    assert hall.path in hall.visitor.read(case).links
    # Who may not vote is told before anybody does.
    assert "Không biểu quyết: Ủy viên 06 (đứng đầu đơn vị của ứng viên)" in hall.page
    numbered = [one[:3] for one in hall.choices("drop-agenda-item", "item")]
    assert numbered == ["1. ", "2. ", "3. "]
    assert f"2. Nội dung khác: {QUESTION}" in hall.choices("drop-agenda-item", "item")
    present = [m for m in MEMBERS if m != MEMBERS[3]]
    assert hall.do("record-attendance", present=present).status_code == 303
    assert re.search(r"Có mặt 10/11 thành viên .* · Vắng: Ủy viên 04", hall.page)
    assert hall.choices("receive-written-votes", "members") == ["Ủy viên 04"]
    assert "Ủy viên 04" not in hall.choices("record-open-votes", "votes_for")
    assert hall.do("name-tally-committee", members=[SECRETARY, MEMBERS[6]]).status_code == 303
    votes_of_whom(hall)
    counted_by_a_file(hall)
    tied_and_settled(hall)
    signed_once(hall)
    counted_again(hall)


def votes_of_whom(hall: Hall) -> None:
    """Votes that nobody may cast, or not on this matter, are refused in words of their own."""
    numbers = dict(issued=10, returned=10, votes_for=10, votes_against=0, invalid=0)
    over = hall.do("tally-ballot", item=1, file="ab" * 32, **numbers).text
    assert "phát 10 phiếu, chỉ 9 người được biểu quyết" in over
    written = hall.do("receive-written-votes", item=1, members=[MEMBERS[3]])
    assert "không được: Công nhận điển hình tiên tiến" in written.text
    assert hall.do("receive-written-votes", item=3, members=[MEMBERS[3]]).status_code == 303
    assert "Gửi phiếu bằng văn bản: Ủy viên 04" in hall.page


def counted_by_a_file(hall: Hall) -> None:
    """The signed tally minutes are shown to the register, which keeps their hash alone."""
    content = b"%PDF-1.4 bien ban kiem phieu"
    path = f"{hall.path}/tally-ballot"
    form = hall.visitor.read(path).form(0, path)
    numbers = dict(issued="9", returned="9", votes_for="8", votes_against="1", invalid="0")
    told = {**form, **numbers, "item": "1", "effective_on": str(TODAY)}
    file = (io.BytesIO(content), "bien-ban.pdf")
    sent = hall.visitor.client.post(path, data={**told, "file": file})
    assert sent.status_code == 303, sent.text
    event = hall.desk.parts.ledger.entries(hall.session)[-1].event
    assert getattr(event, "file", None) == hashlib.sha256(content).hexdigest()
    assert hall.choices("correct-tally", "item")[0].startswith("1. ")
    assert len(hall.choices("correct-tally", "item")) == 1


def tied_and_settled(hall: Hall) -> None:
    """A tie waits for the chair's opinion, which the page then tells; what is left is carried."""
    voters = [m for m in MEMBERS if m not in (MEMBERS[3], MEMBERS[4], MEMBERS[5])]
    halves = dict(votes_for=voters[:4], votes_against=voters[4:])
    twice = hall.do("record-open-votes", item=2, **{**halves, "abstained": voters[:1]})
    assert "mỗi người chỉ một lần" in twice.text
    assert hall.do("record-open-votes", item=2, **halves).status_code == 303
    assert re.search(r"phiếu ngang nhau .* Chờ ý kiến chủ tịch\.", hall.page)
    assert "Người đồng ý: Ủy viên 01" in hall.page
    assert hall.do("record-chair-opinion", item=2, favours="1").status_code == 303
    assert "Số phiếu ngang nhau; chủ tịch đồng ý." in hall.page
    assert hall.do("drop-agenda-item", item=3, reason="Chờ hồ sơ").status_code == 303
    later = hall.visitor.fill(
        "/sessions/new/notice-session",
        council=COUNCIL,
        held_on=str(TODAY),
        place="Phòng họp tầng 2",
    )
    carried = hall.visitor.read(later.location)
    assert "Để lại từ phiên trước" in carried.text
    (link,) = (one for one in carried.links if "matter=" in one)
    assert f"matter={Matter.PROVINCIAL_FIGHTER}" in link
    listed = hall.visitor.read("/sessions").text
    assert listed.index("13/07/2026 0") < listed.index("10/07/2026 3")
    two_on_a_day(hall, later.location)


def two_on_a_day(hall: Hall, first: str) -> None:
    """Sessions of one day are numbered as they were called, wherever one is named or chosen."""
    alone, named = "13/07/2026", [f"13/07/2026 (phiên {number})" for number in (1, 2)]
    assert hall.visitor.read(first).text.count(f"Phiên họp ngày {alone} (") == 0
    second = hall.visitor.fill(
        "/sessions/new/notice-session", council=COUNCIL, held_on=str(TODAY), place="Phòng 3"
    ).location
    director = hall.desk.visitor(Role.DIRECTOR)
    choice = f"/candidates/{hall.candidate.partition(':')[2]}/recognize-exemplar"
    for path in ("/sessions", f"/council/{COUNCIL.partition(':')[2]}", choice):
        told = director.read(path).text
        assert [f"Phiên họp ngày {called}" in told for called in named] == [True, True]
        assert f"Phiên họp ngày {HELD:%d/%m/%Y} (" not in told
    assert f"Phiên họp ngày {named[1]}" in hall.visitor.read(f"{second}/minutes").text


def signed_once(hall: Hall) -> None:
    """A seat that has signed is not offered again; nor is what signs nothing."""
    assert hall.do("draw-up-minutes").status_code == 303
    seats = ["Chủ tịch Hội đồng", "Phó Chủ tịch Hội đồng", "Ủy viên thư ký"]
    assert hall.choices("sign-minutes", "seat") == seats
    council = hall.visitor.read("/council").text
    assert "Người vắng được gửi phiếu Đề nghị Chiến sĩ thi đua cấp tỉnh trở lên" in council
    assert "Tỷ lệ: nội dung khác quá 1/2" in council
    sample = Sample(hall.desk)
    sample.ask(asked.SignMinutes(Seat.CHAIR), hall.session, CHAIR, TODAY)
    assert hall.choices("sign-minutes", "seat") == seats[1:]
    sign = f"{hall.path}/sign-minutes"
    assert "selected" not in hall.visitor.get(sign).text
    mine = asked.AppointCouncilMember(sample.people[Role.STANDING_BODY], Seat.VICE_CHAIR)
    sample.ask(mine, COUNCIL, on=date(2026, 1, 5))
    assert 'value="vice-chair" selected' in hall.visitor.get(sign).text
    sample.ask(asked.SignMinutes(Seat.SECRETARY), hall.session, SECRETARY, TODAY)
    sample.ask(asked.CloseSession(), hall.session, SECRETARY, TODAY)


def counted_again(hall: Hall) -> None:
    """A tally corrected after the minutes were signed is told with what they had said."""
    again = asked.CorrectTally(1, 9, 9, 9, 0, 0, "cd" * 32, Private({"text": "Đếm sót"}))
    Sample(hall.desk).ask(again, hall.session, CHAIR, TODAY, basis=PAPER)
    told = "Kiểm phiếu lại ngày 13/07/2026 (123/QĐ-SNNMT); trước đó ghi 8/11 đồng ý."
    minutes = hall.visitor.read(f"{hall.path}/minutes").text
    assert [told in text for text in (minutes, hall.page)] == [True, True]
    assert "Kết quả kiểm phiếu đã sửa sau khi ký" in hall.page
    assert f"2. Nội dung khác: {QUESTION}." in minutes
    assert "Ban kiểm phiếu: Ủy viên 11, Ủy viên 07." in minutes
    assert minutes.endswith("Chủ tọa Ủy viên 01 Hướng dẫn")


def test_a_refusal_leads_to_whom_it_is_about(hall: Hall) -> None:
    other = next(
        path
        for path in hall.visitor.read("/?state=summarize&kind=individual").candidates
        if not path.endswith(hall.candidate.partition(":")[2])
    )
    called = asked.NoticeSession(COUNCIL, TODAY, Private({"text": "Phòng họp"}))
    session = Sample(hall.desk).ask(called, None, SECRETARY, TODAY).subject
    path = f"/sessions/{session.partition(':')[2]}/add-agenda-item"
    about = f"candidate:{other.rpartition('/')[2]}"
    refused = hall.visitor.fill(path, matter=Matter.RECOGNITION, candidate=about)
    assert refused.status_code == 409
    assert f'href="{other}/open-comment-period"' in refused.text
    assert re.search(r'role="alert" tabindex="-1" autofocus', refused.text)
