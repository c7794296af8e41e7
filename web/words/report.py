"""Vietnamese words of reports: their kinds, what is done with them, what their pages say."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from domain import report
from domain.report import ReportKind
from web.languages import Words, _
from web.words.days import day

LABELS: Final[Words[StrEnum]] = Words(
    {
        ReportKind.HALF_YEAR: "Báo cáo 6 tháng",
        ReportKind.YEAR: "Báo cáo năm",
        ReportKind.INTERIM: "Báo cáo sơ kết",
        ReportKind.FINAL: "Báo cáo tổng kết giai đoạn",
        ReportKind.PERIOD: "Báo cáo theo kỳ",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "draft-report": "Lập báo cáo",
        "check-report": "Xác nhận số liệu khớp",
        "sign-report": "Ký báo cáo",
        "publish-report": "Công bố báo cáo",
        "withdraw-report": "Bỏ dự thảo báo cáo",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "digest": "Băm SHA-256 của báo cáo",
        "known": "Biết đến mục số",
        "on": "Số liệu tại ngày",
        "replaces": "Thay báo cáo",
        "root": "Gốc cây băm",
        "size": "Số mục của sổ",
        "template": "Băm của mẫu báo cáo",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "lies beyond the log": "Sổ chưa có đến mục này.",
        "is no hash": "Không phải là mã băm.",
        "is not that of the document": "Không phải mã băm của báo cáo này.",
        "is not the report that is told of": "Không phải báo cáo của kỳ và của sổ đã ghi.",
    }
)
KINDS: Final[Words[str]] = Words({"report": "báo cáo"})
LACKING: Final[Words[str]] = Words({"report-remade": "khác ở"})
LACKS: Final[Words[str]] = Words(
    {
        "document": "nguyên văn",
        "log": "gốc của sổ",
        "template": "mẫu báo cáo",
    }
)
EVENTS: Final[Words[str]] = Words(
    {
        "report-drafted": "Lập báo cáo",
        "report-checked": "Kiểm tra báo cáo",
        "report-signed": "Ký báo cáo",
        "report-published": "Công bố báo cáo",
        "report-withdrawn": "Bỏ dự thảo báo cáo",
    }
)


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case report.ReportDrafted(kind, begins, ends):
            return _("Lập %(report)s", report=_lower(name(kind, begins, ends)))
        case report.ReportChecked():
            return _("Số liệu được tính lại và khớp")
        case report.ReportSigned():
            return _("Ký báo cáo")
        case report.ReportPublished(number):
            return _("Công bố báo cáo số %(number)s", number=number)
        case report.ReportWithdrawn():
            return _("Bỏ dự thảo báo cáo")
        case _:
            return None


def name(kind: ReportKind, begins: date, ends: date) -> str:
    """Return what a report is called: "Báo cáo 6 tháng đầu năm 2025"."""
    told = period(kind, begins, ends)
    if _of_a_year(kind, begins, ends):
        return _("Báo cáo %(period)s", period=told)
    return _("%(kind)s %(period)s", kind=LABELS[kind], period=told)


def period(kind: ReportKind, begins: date, ends: date) -> str:
    """Return what a report is on: "6 tháng đầu năm 2025", "từ 01/01/2021 đến 31/12/2025"."""
    if not _of_a_year(kind, begins, ends):
        return _("từ %(begins)s đến %(ends)s", begins=day(begins), ends=day(ends))
    year = str(begins.year)
    if kind is ReportKind.YEAR:
        return _("năm %(year)s", year=year)
    if begins.month == 1:
        return _("6 tháng đầu năm %(year)s", year=year)
    return _("6 tháng cuối năm %(year)s", year=year)


def _of_a_year(kind: ReportKind, begins: date, ends: date) -> bool:
    """Return whether a report is on a whole year, or on the first or the second half of one."""
    months, year = (begins.month, ends.month), begins.year == ends.year
    half = kind is ReportKind.HALF_YEAR and months in ((1, 6), (7, 12))
    return year and (half or (kind is ReportKind.YEAR and months == (1, 12)))


def status(state: report.Report) -> str:
    """Return how far a report has come."""
    if state.published:
        return _("đã công bố")
    if state.withdrawn:
        return _("đã bỏ")
    if state.signed:
        return _("đã ký, chờ công bố")
    return _("đã kiểm tra, chờ ký") if state.checked else _("dự thảo, chờ kiểm tra")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
