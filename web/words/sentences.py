"""Vietnamese sentences: what a need lacks, and why something was refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, cast

from domain.values import Sealed
from web.languages import Later, Words, _
from web.words import (
    batches,
    complaint,
    consent,
    council,
    figures,
    places,
    programme,
    quota,
    report,
    review,
    units,
)
from web.words import honours as honouring
from web.words import replication as copying
from web.words.days import day
from web.words.labels import COMMANDS, FIELDS, LABELS, label, need_of
from workflow import refusals
from workflow.needs import Answer, Finding
from workflow.rule_text import NeedWords
from workflow.rules import RuleSet, load_all

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
BALLOTS: Final = re.compile(r"(\d+)/(\d+)")
ERASED: Final = Later("[đã xóa theo yêu cầu]")


def sealed(event: object) -> dict[str, Sealed]:
    """Return the commitments an event holds, by field, to look their words up in the vault."""
    slots = getattr(event, "__slots__", ())
    return {name: value for name in slots if isinstance(value := getattr(event, name), Sealed)}


def seals(event: object) -> list[Sealed]:
    """Return the commitments an event holds."""
    return [*sealed(event).values()]


def need(finding: Finding, rules: RuleSet) -> str:
    """Return what a need is called, with what it lacks."""
    words = need_of(rules.text.needs[finding.need])
    lacks = ", ".join(lack(missing, finding.need) for missing in finding.missing if missing)
    lead = LACKING.get(finding.need) or _("thiếu")
    if finding.answer is Answer.WAIVED:
        lead = _("được miễn theo thủ tục đơn giản (Đ85)")
    elif finding.answer is Answer.WARNED and finding.need not in LACKING:
        lead = _("lưu ý")
    return f"{words} — {lead}: {lacks}" if lacks else words


LACKING: Final[Words[str]] = Words(
    {
        "after-last-change": "lần gần nhất",
        "not-in-future": "hôm nay",
        "no-block": "đang có",
        "permission": "cần là",
        "yearly-record": "thiếu năm",
        "assessment": "chưa đủ",
        "in-order": "lần gần nhất",
        "quota-kept": "vượt",
        "new-period": "đã khen theo",
        "uncommended": "đã khen theo",
        "cycle-over": "đến",
        **dict.fromkeys(("correction-paper", "official-notice"), "vì"),
        "no-re-review": "còn",
        **complaint.LACKING,
        **honouring.LACKING,
        **council.LACKING,
        **units.LACKING,
        **consent.LACKING,
        **report.LACKING,
    }
)
LACKS: Final[Words[str]] = Words(
    {
        "person-kind": "chưa rõ đối tượng",
        **council.LACKS,
        **programme.LACKS,
        **review.LACKS,
        **units.LACKS,
        **consent.LACKS,
        **report.LACKS,
        **figures.TITLES,
    }
)


def lack(missing: str, need: str = "") -> str:
    """Return one thing that a need lacks, in words; a matter may be called like another need."""
    if missing in LACKS:
        return LACKS[missing]
    if DATE.fullmatch(missing):
        return day(date.fromisoformat(missing))
    if need == "eligible-voters" and (counted := BALLOTS.fullmatch(missing)):
        issued, may = counted.groups()
        return _(
            "phát %(issued)s phiếu, chỉ %(may)s người được biểu quyết", issued=issued, may=may
        )
    needs = _needs()
    if need == "second-person" and missing in needs:  # one that their own entries prove (R8-1)
        return _("đã ghi “%(what)s”", what=need_of(needs[missing]))
    return LABELS.get(cast(StrEnum, missing), missing)  # they are equal, whatever they name


@cache
def _needs() -> Mapping[str, NeedWords]:
    return load_all().sets[-1].text.needs


def suppliers(finding: Finding) -> str:
    """Return who can supply what a need lacks."""
    return ", ".join(label(role) for role in finding.supply)


def refused(refusal: refusals.Refusal, rules: RuleSet) -> str:
    """Return why something was refused, in one sentence; needs are listed beside it."""
    match refusal:
        case refusals.UnknownSubject(facts=(subject, *_)):
            kind, _sep, id = str(subject).partition(":")
            return _(
                "Không có %(kind)s “%(id)s” trong sổ.",
                kind=KIND_OF_SUBJECT.get(kind, _("mục")),
                id=id[:40],
            )
        case refusals.NotPermitted(facts=(command, *roles)):
            offices = ", ".join(label(role) for role in roles)
            name = UPKEEP.get(str(command)) or COMMANDS[str(command)]
            return _(
                "“%(name)s” chỉ do người đang giữ chức trách sau: %(offices)s.",
                name=name,
                offices=offices,
            )
        case refusals.MoveNotAllowed(facts=(move, state, *_)):
            return _(
                "Không thể “%(move)s” khi hồ sơ đang ở “%(state)s”.",
                move=MOVE[str(move)],
                state=label(state),
            )
        case refusals.NeedsUnmet(facts=(command, *_)):
            missing = "; ".join(need(finding, rules) for finding in refusal.unmet)
            return _(
                "Chưa thể “%(command)s”: %(missing)s.",
                command=COMMANDS[str(command)],
                missing=missing,
            )
        case refusals.Outdated():
            return _("Có người vừa ghi vào hồ sơ này. Trang đã được tải lại, hãy xem rồi làm lại.")
        case refusals.InvalidCommand(facts=(field, problem, *_)):
            name = FIELDS.get(str(field)) or _("Yêu cầu")
            return f"{name}: {problem_of(str(problem))}"
        case _:
            raise AssertionError(f"no words for {type(refusal).__name__}")


def twins(found: Sequence[str]) -> str:
    """Return that candidates in the register may be the same as a new one."""
    ids = ", ".join(id.partition(":")[2] for id in found)
    return _("Có thể trùng với hồ sơ đã có trong sổ: %(ids)s. Hãy xem lại.", ids=ids)


def count_of_unmet(refusal: refusals.NeedsUnmet) -> str:
    """Return that something was refused, beside a list of the needs."""
    name = COMMANDS[str(refusal.facts[0])]
    return _(
        "Chưa thể “%(name)s”: còn %(count)s điều kiện. Lần từ chối này đã ghi lại.",
        name=name,
        count=len(refusal.unmet),
    )


KIND_OF_SUBJECT: Final[Words[str]] = Words(
    {
        "candidate": "ứng viên",
        "unit": "đơn vị",
        "person": "người",
        "office": "chức trách",
        **programme.KINDS,
        **quota.KINDS,
        **review.KINDS,
        **complaint.KINDS,
        **council.KINDS,
        **places.KINDS,
        **report.KINDS,
    }
)
UPKEEP: Final[Words[str]] = Words(
    {
        "restore-register": "Khôi phục sổ",
        "open-log": "Mang cả sổ đi",
        "replace-key": "Thay khóa niêm phong",
        "read-log": "Xem nhật ký",
        "open-evidence": "Mở tệp minh chứng",
        "see-turned-down": "Xem ứng viên không được công nhận hoặc đã rút",
        "keep-accounts": "Quản lý tài khoản",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "must name other units": "Cần ít nhất một đơn vị khác.",
        "must be cited": "Cần ghi số, ký hiệu.",
        "is too long for the symbol of a document": "Chỉ ghi số, ký hiệu, không quá 60 ký tự.",
        "was merged into another": "Đơn vị này đã sáp nhập vào đơn vị khác.",
        "cannot be negative": "Không thể âm.",
        "cannot be skipped": "Không được bỏ qua khâu nào.",
        "must be in order": "Ngày của các khâu phải theo thứ tự.",
        "cannot be in the future": "Không được ở tương lai.",
        "must have its day, and the day its outcome": (
            "Kết quả phải có ngày, ngày phải có kết quả."
        ),
        "only what was replicated is completed": "Chỉ điển hình đã nhân rộng mới hoàn thành.",
        "only a recognition can be revoked": "Chỉ điển hình đã công nhận mới hủy công nhận được.",
        "is already in the register": "Đã có trong sổ.",
        "is already founded": "Sổ đã được lập.",
        "names an individual who is in the register already": (
            "Chỉ ghi mã cho cá nhân đã có trong sổ, và khi đó bỏ trống tên, năm sinh, giới tính."
        ),
        "names a document that is kept elsewhere": (
            "Chỉ ghi mã này khi không đưa tệp vào sổ; nếu tải tệp lên thì bỏ trống."
        ),
        **batches.PROBLEMS,
        **programme.PROBLEMS,
        **complaint.PROBLEMS,
        **council.PROBLEMS,
        **copying.PROBLEMS,
        **units.PROBLEMS,
        **honouring.PROBLEMS,
        **places.PROBLEMS,
        **report.PROBLEMS,
        **consent.PROBLEMS,
    }
)


def problem_of(problem: str) -> str:
    """Return what is wrong with a field, from the fact a refusal carries."""
    if problem.startswith("must be from "):
        first, last = (word for word in problem.split() if word.isdecimal())
        return _("Phải từ %(first)s đến %(last)s.", first=first, last=last)
    if problem.endswith("is not among the rule sets in use"):
        return _("Bộ quy tắc của hồ sơ này không còn dùng ở đây.")
    return PROBLEMS[problem]


MOVE: Final[Words[str]] = Words(
    {
        "advance": "Chuyển khâu",
        "return": "Trả lại khâu trước",
        "recognize": "Công nhận",
        "revoke": "Hủy bỏ công nhận",
        "suspend": "Tạm dừng",
        "resume": "Tiếp tục xét",
        "withdraw": "Rút khỏi danh sách",
        "decline": "Từ chối công nhận",
        "complete": "Ghi nhận hoàn thành",
    }
)
MARKS: Mapping[Answer, str] = {
    Answer.MET: "met",
    Answer.UNMET: "unmet",
    Answer.NOT_PROVEN: "unproven",
    Answer.WAIVED: "waived",
    Answer.WARNED: "warned",
}
