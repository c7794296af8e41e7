"""The congress of 2025: four places, who went, who waits, and what the quota refused."""

from __future__ import annotations

from typing import Final

from domain.values import CandidateKind, Role, private
from web.demo.cast import CAST
from web.demo.stage import Stage, Step, Story, enter
from workflow import commands as asked

QUOTA: Final = "quota:dai-hoi-6"
ALLOCATED, SPLIT = "611/UBND-NC", "77/QĐ-SNNMT"
STANDING: Final = Role.STANDING_BODY


def congress(stage: Stage) -> Story:
    """Allocated, split, filled; full is full, and a reserve takes the place that falls free."""
    name = "Đại hội thi đua yêu nước tỉnh Lạng Sơn lần thứ VI"
    yield _ask("2025-05-06", asked.AllocateQuota(name, 4, ALLOCATED))
    lines = {CandidateKind.INDIVIDUAL: 2, CandidateKind.COLLECTIVE: 1, CandidateKind.MODEL: 1}
    for kind, count in lines.items():
        yield _ask("2025-05-12", asked.SetQuotaLine(kind, count, SPLIT))
    yield _ask("2025-05-12", asked.SetQuotaShare("unit:ntm", 1, SPLIT))
    for number in (18, 5, 10, 20):
        yield _ask("2025-05-20", asked.SelectDelegate(CAST[number].id))
    for number in (1, 7):  # one collective and two individuals go: the lines are full
        full = asked.SelectDelegate(CAST[number].id)
        yield _ask("2025-05-21", full, unmet=("quota-kept",))
        yield _ask("2025-05-21", asked.PlaceInReserve(CAST[number].id))
    ill = asked.ReplaceDelegate(
        CAST[10].id, CAST[7].id, private("Đi làm nhiệm vụ chữa cháy rừng, không dự được")
    )
    yield _ask("2025-08-04", ill)
    yield _ask("2025-08-20", asked.CloseQuota("95/TTr-SNNMT"))


def _ask(day: str, command: asked.Command, unmet: tuple[str, ...] = ()) -> Step:
    return enter(day, command, QUOTA, STANDING, unmet=unmet)
