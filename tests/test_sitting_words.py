"""Councils, sessions and comments in Vietnamese: every entry, every label, the minutes."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from councils import MEMBERS, called, established
from department import TODAY, Department
from scenario import given
from stories import SUMMARIZING, WORDS
from test_words import CODE, example, is_vietnamese

from domain.council import CouncilEvent, Matter, Seat, TieRule, VoteBase
from domain.publicity import PublicityEvent
from domain.session_events import Conflict, SessionEvent
from web.words import sittings
from web.words.council import LABELS
from web.words.minutes import Beside, minutes
from workflow import commands as asked

ENUMS = (Seat, Matter, VoteBase, TieRule, Conflict)


@pytest.mark.parametrize("kind", ENUMS)
def test_every_value_has_its_own_label(kind: type[StrEnum]) -> None:
    labels = [LABELS[value] for value in kind]
    assert all(map(is_vietnamese, labels))
    assert len(set(labels)) == len(kind)


def filled(kind: type[Any]) -> Any:
    """Return an event with a share where a share belongs."""
    event = example(kind)
    if hasattr(event, "threshold"):
        object.__setattr__(event, "threshold", "4/5")
    return event


@pytest.mark.parametrize("kind", CouncilEvent.__args__)
def test_every_entry_of_a_council_says_something(kind: type[Any]) -> None:
    said = sittings.council(filled(kind))
    assert (is_vietnamese(said), [word for word in CODE if word in said]) == (True, [])


@pytest.mark.parametrize("kind", SessionEvent.__args__)
def test_every_entry_of_a_session_says_something(kind: type[Any]) -> None:
    said = sittings.session(filled(kind))
    assert (is_vietnamese(said), [word for word in CODE if word in said]) == (True, [])


@pytest.mark.parametrize("kind", PublicityEvent.__args__)
def test_every_entry_of_a_comment_period_says_something(kind: type[Any]) -> None:
    said = sittings.publicity(filled(kind))
    assert (is_vietnamese(said), [word for word in CODE if word in said]) == (True, [])


def test_r5_8_minutes_tell_the_votes_and_not_the_voters(house: Department) -> None:
    story = given(house, *SUMMARIZING)
    council = established(house)
    sitting = called(house, TODAY)
    item = sitting.item(story.subject)
    sitting.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    sitting.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    sitting.attended(MEMBERS[3])
    sitting.ask(asked.DeclareRecusal(item, MEMBERS[4]))
    sitting.tallied(item, 9)
    sitting.ask(asked.RecordOpenVotes(2, MEMBERS[4:9], (*MEMBERS[:3], *MEMBERS[9:])))
    sitting.ask(asked.RecordChairOpinion(2, True))
    sitting.ask(asked.DropAgendaItem(3, WORDS))
    naming = {story.subject: "Trạm Bản Chang"} | {m: f"Ủy viên {m[-2:]}" for m in MEMBERS}
    beside = Beside("Phòng họp A", {2: "Góp ý dự thảo quy chế"})
    council_then = house.all("council")[council]
    drawn = minutes(sitting.state, council_then, naming.__getitem__, beside)
    shuffled = replace(sitting.state, items=sitting.state.items[::-1])  # some were back-dated
    assert minutes(shuffled, council_then, naming.__getitem__, beside) == drawn
    lines = drawn.lines
    assert (drawn.secretary, drawn.chair) == ("Ủy viên 11", "Ủy viên 01")
    assert lines[:6] == [
        "BIÊN BẢN HỌP HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
        "Ngày họp: 02/03/2026. Địa điểm: Phòng họp A.",
        "Chủ tọa: Ủy viên 01.",
        "Thư ký: Ủy viên 11.",
        "Có mặt 10/11 thành viên:",
        "- Ủy viên 01, Chủ tịch Hội đồng",
    ]
    assert lines[15:] == [
        "Vắng mặt: Ủy viên 04.",
        "Khách mời: 0.",
        "Ban kiểm phiếu: Ủy viên 11, Ủy viên 06.",
        "1. Công nhận điển hình tiên tiến: Trạm Bản Chang.",
        "Không biểu quyết: Ủy viên 05.",
        "Bỏ phiếu kín: đồng ý 9/11 (81,8 %), không đồng ý 0, không hợp lệ 0.",
        "Kết luận: thông qua (mức 4/5).",
        "2. Nội dung khác: Góp ý dự thảo quy chế.",
        "Biểu quyết: đồng ý 5/11 (45,5 %), không đồng ý 5, trắng 0.",
        "Số phiếu ngang nhau; chủ tịch đồng ý.",
        "Kết luận: thông qua (mức quá 1/2).",
        "3. Nội dung khác.",
        "Để lại, không biểu quyết.",
    ]
