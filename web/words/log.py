"""Vietnamese words of the log: what each kind of entry is called, and what each entry says."""

from __future__ import annotations

from typing import Final, cast, get_args

from domain import office, person
from domain.batch import BatchRecorded
from domain.corrections import Correction
from domain.council import CouncilEvent
from domain.events import Event
from domain.refusals import CommandRefused
from domain.rule_set import RuleSetConfirmed
from domain.session_events import SessionEvent
from domain.upkeep import LogExported, RegisterRestored, SigningKeyReplaced, UpkeepEvent
from events_store.names import NAME_OF
from web.languages import Words, _
from web.words import (
    candidate,
    complaint,
    consent,
    council,
    places,
    programme,
    quota,
    report,
    review,
    sittings,
    units,
)
from web.words.events import EVENTS
from web.words.labels import COMMANDS, label

KINDS: Final[Words[str]] = Words(
    {
        **programme.KINDS,
        **council.KINDS,
        **review.KINDS,
        **quota.KINDS,
        **complaint.KINDS,
        **places.KINDS,
        **report.KINDS,
    }
)
SUBJECTS: Final[Words[str]] = Words(
    {
        "candidate": "Ứng viên",
        "person": "Người",
        "unit": "Đơn vị",
        "office": "Chức trách",
        "batches": "Việc làm hàng loạt",
        "refusals": "Lần từ chối",
        "upkeep": "Việc giữ sổ",
        **{kind: word.capitalize() for kind, word in KINDS.source.items()},
    }
)
COLUMNS: Final[Words[str]] = Words(
    {
        "position": "Số",
        "recorded_at": "Ghi sổ lúc",
        "effective_on": "Có hiệu lực từ",
        "subject": "Đối tượng",
        "version": "Lần thứ",
        "name": "Loại mục",
        "actor": "Người ghi",
        "role": "Chức trách",
        "basis": "Căn cứ",
        "rule_set": "Bộ quy tắc",
        "command_id": "Lệnh",
        "leaf": "Băm của lá",
    }
)
FACTS: Final[Words[str]] = Words(
    {
        "head": "Người đứng đầu",
        "merged_into": "Nhập vào",
        "merged_on": "Ngày sáp nhập",
        "drafted": "Dự thảo",
        "issued": "Ban hành",
        "opened": "Mở",
        "closed": "Kết thúc",
        "ended": "Thôi từ ngày",
        "since": "Từ ngày",
        "status": "Trạng thái",
        "first": "Nộp lần đầu",
        "submission": "Nộp lần cuối",
        "accepted": "Tiếp nhận",
        "returns": "Số lần trả lại",
        "lapsed": "Hết hiệu lực",
        "successor": "Văn bản thay thế",
        "place": "Địa điểm",
    }
)
FOLDED: Final[Words[str]] = Words(
    {
        "state": "Trạng thái",
        "name": "Tên",
        "kind": "Loại",
        "unit": "Đơn vị",
        "person_kind": "Đối tượng",
        "priority": "Nhóm ưu tiên",
        "description": "Mô tả",
        "path": "Đường đi",
        "acclaim": "Suy tôn",
        "endorsement": "Xác nhận",
        "plan": "Kế hoạch",
        "reports": "Tiến độ",
        "summary": "Tổng kết",
        "evidence": "Minh chứng",
        "titles": "Danh hiệu",
        "ratings": "Xếp loại",
        "left_behind": "Ở lại với đơn vị cũ",
        "assessments": "Tiêu chí",
        "blocks": "Vướng mắc",
        "recognition": "Công nhận",
    }
)
COUNCIL: Final = tuple({*get_args(CouncilEvent)} - {*get_args(Correction)})
SESSION: Final = tuple({*get_args(SessionEvent)} - {*get_args(Correction)})


def said(event: Event) -> str:
    """Return what any entry says, in one line."""
    match event:
        case person.PersonDescribed():
            return _called(event)
        case person.PersonalDataErased(ground):
            return _("Xóa dữ liệu cá nhân: %(ground)s", ground=label(ground).lower())
        case office.OfficeGranted(_, role):
            return _("Giao chức trách: %(role)s", role=label(role))
        case office.OfficeEnded():
            return _("Thôi chức trách")
        case CommandRefused(command, _, _, unmet):
            lacking = _(", còn %(count)s điều kiện", count=len(unmet)) if unmet else ""
            return _(
                "Từ chối “%(command)s”%(lacking)s", command=COMMANDS[command], lacking=lacking
            )
        case BatchRecorded(command, items):
            done = sum(item.done for item in items)
            return _(
                "Làm hàng loạt “%(name)s”: %(done)s/%(all)s việc đã ghi",
                name=COMMANDS[command],
                done=done,
                all=len(items),
            )
        case RegisterRestored() | SigningKeyReplaced() | LogExported():
            return kept_up(event)
        case _:
            return _of_area(event)


def kept_up(event: UpkeepEvent) -> str:
    """Return what was done to the register as a whole, in one line."""
    if isinstance(event, LogExported):
        return _("Mang cả sổ đi, dạng %(form)s", form=event.form)
    if not isinstance(event, RegisterRestored):
        return _("Thay khóa niêm phong đã mất, %(former)s", former=event.former)
    lost = (
        _(", bỏ niêm phong cũ cỡ %(lost_size)s", lost_size=event.lost_size)
        if event.lost_size is not None
        else ""
    )
    return _("Khôi phục sổ từ bản sao %(size)s mục%(lost)s", size=event.size, lost=lost)


def _of_area(event: Event) -> str:
    """Return what an entry of a council, a session, the programme or a candidate says."""
    if isinstance(event, COUNCIL):
        return sittings.council(cast(CouncilEvent, event))
    if isinstance(event, SESSION):
        return sittings.session(cast(SessionEvent, event))
    if isinstance(event, RuleSetConfirmed):
        return _("Xác nhận bộ quy tắc %(partition)s", partition=event.name.partition("@")[0])
    return (
        programme.told(event)
        or quota.told(event)
        or units.told(event)
        or complaint.told(event)
        or places.told(event)
        or report.told(event)
        or consent.erasing(event)
        or candidate.told(candidate.as_candidate_event(event))
    )


def _called(event: Event) -> str:
    return EVENTS[NAME_OF[type(event)]]
