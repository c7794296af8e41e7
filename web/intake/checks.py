"""What must hold between the cells of a row: the order of the stages, and the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from domain.values import Outcome
from web.intake import columns
from web.intake.cells import said_day
from web.intake.notes import Row
from web.languages import Later, _

STAGES: Final = (columns.DISCOVERED, columns.NURTURED, columns.SUMMARIZED, columns.REPLICATED)


def check(row: Row, days: Mapping[str, date | None], outcome: Outcome | None) -> None:
    """Note what does not fit together; cells that could not be read are not judged again."""
    _check_none_skipped(row)
    _check_order(row, days)
    _check_end_is_whole(row)
    if outcome:
        _check_outcome(row, outcome)


def _check_none_skipped(row: Row) -> None:
    # The first day is required anyway, and then said once.
    for earlier, later in pairwise(STAGES):
        if earlier != STAGES[0] and row.blank(earlier) and not row.blank(later):
            told = {"later": later, "earlier": earlier}
            row.note(
                earlier,
                _("Đã có %(later)s thì phải có %(earlier)s. Ghi thêm, hoặc xóa ngày kia.", **told),
            )


def _check_order(row: Row, days: Mapping[str, date | None]) -> None:
    """Note each day that lies before the latest of the earlier ones; equal days are fine."""
    latest: tuple[date, str] | None = None
    for column in (*STAGES, columns.ENDED):
        day = days[column]
        if day and latest and day < latest[0]:
            told = {"column": latest[1], "day": said_day(latest[0])}
            row.note(column, _("Không được trước %(column)s (%(day)s).", **told))
        if day and (latest is None or day >= latest[0]):
            latest = day, column


def _check_end_is_whole(row: Row) -> None:
    ended, said = not row.blank(columns.ENDED), not row.blank(columns.OUTCOME)
    if said and not ended:
        row.note(columns.ENDED, Later("Đã có Kết quả thì phải ghi Ngày kết quả."))
    if ended and not said:
        row.note(columns.OUTCOME, Later("Đã có Ngày kết quả thì phải ghi Kết quả."))


def _check_outcome(row: Row, outcome: Outcome) -> None:
    recognized = not row.blank(columns.DECISION)
    replicated = not row.blank(columns.REPLICATED)
    if outcome is Outcome.COMPLETED and not replicated:
        row.note(
            columns.REPLICATED,
            Later("Kết quả “Hoàn thành” cần Ngày nhân điển hình. Ghi thêm, hoặc sửa Kết quả."),
        )
    if outcome is Outcome.REVOKED and not (recognized or replicated):
        row.note(
            columns.DECISION,
            Later(
                "Kết quả “Hủy công nhận” cần Số QĐ công nhận hoặc Ngày nhân điển hình. "
                "Ghi thêm, hoặc sửa Kết quả."
            ),
        )
