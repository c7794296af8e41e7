"""The legal texts that the papers of the sample cite, and when each was followed by another."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.legal_text import TextKind
from domain.values import Role
from web.demo.stage import Stage, Story, enter
from workflow.commands import LapseText, RegisterText

# Symbol, kind, name, issuer, day of the text, in force from.
EARLY: Final = {
    "ct34": ("34-CT/TW", TextKind.DIRECTIVE, "Chỉ thị về tiếp tục đổi mới công tác thi đua, "
             "khen thưởng", "Bộ Chính trị", "2014-04-07", "2014-04-07"),
    "ct19": ("19/CT-TTg", TextKind.DIRECTIVE, "Chỉ thị về công tác thi đua, khen thưởng",
             "Thủ tướng Chính phủ", "2021-07-16", "2021-07-16"),
    "kh200": ("200/KH-UBND", TextKind.PLAN, "Kế hoạch của tỉnh về thi đua", "UBND tỉnh Lạng Sơn",
              "2021-10-09", "2021-10-09"),
    "kh219": ("219/KH-UBND", TextKind.PLAN, "Kế hoạch xây dựng, nhân rộng điển hình tiên tiến",
              "UBND tỉnh Lạng Sơn", "2021-11-10", "2021-11-10"),
    "nd91": ("91/2017/NĐ-CP", TextKind.DECREE, "Nghị định chi tiết Luật Thi đua, Khen thưởng",
             "Chính phủ", "2017-07-31", "2017-10-01"),
}  # fmt: skip
LAW: Final = ("06/2022/QH15", TextKind.LAW, "Luật Thi đua, khen thưởng", "Quốc hội",
              "2022-06-15", "2024-01-01")  # fmt: skip
DECREE: Final = ("98/2023/NĐ-CP", TextKind.DECREE, "Nghị định chi tiết Luật Thi đua, khen thưởng",
                 "Chính phủ", "2023-12-31", "2024-01-01")  # fmt: skip
LATER: Final = ("152/2025/NĐ-CP", TextKind.DECREE, "Nghị định chi tiết thi đua, khen thưởng",
                "Chính phủ", "2025-06-14", "2025-07-01")  # fmt: skip


def texts(stage: Stage) -> Story:
    """What is cited from the start, and what came with the new law."""
    for code, text in EARLY.items():
        yield enter("2021-11-12", registered(*text), f"text:{code}")
    yield enter("2024-01-08", registered(*LAW), "text:luat06", on="2024-01-01")
    yield enter("2024-01-08", registered(*DECREE), "text:nd98", on="2024-01-01")
    lapsed = LapseText("98/2023/NĐ-CP")
    yield enter("2024-01-08", lapsed, "text:nd91", Role.STANDING_BODY, on="2024-01-01")
    yield enter("2025-07-01", registered(*LATER), "text:nd152")
    yield enter("2025-07-01", LapseText("152/2025/NĐ-CP"), "text:nd98", Role.STANDING_BODY)


def registered(
    symbol: str, kind: TextKind, name: str, issuer: str, dated: str, begins: str
) -> RegisterText:
    """Return the command that enters a text."""
    days = date.fromisoformat(dated), date.fromisoformat(begins)
    return RegisterText(symbol, kind, name, issuer, *days)
