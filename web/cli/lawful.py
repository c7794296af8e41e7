"""`exemplar lawful`: whether the rules of its day allowed every entry that was recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final, get_args

import click

from domain.candidate_events import CandidateEvent
from domain.events import Event
from domain.upkeep import UpkeepEvent
from events_store.names import NAME_OF
from web.cli import options, shown
from web.cli.desk import desk
from web.cli.progress import Bar
from web.intake.cells import number
from web.words.candidate import as_candidate_event, told
from web.words.labels import FIELDS
from web.words.log import kept_up
from workflow.lawfulness import Ruling, Verdict, findings
from workflow.rules import RuleBook

STEP: Final = 2000  # entries between two looks at the progress bar
WORDS: Final = {
    "position": "Số thứ tự trong sổ không liền",
    "version": "Số thứ tự của đối tượng không liền",
    "command-id": "Mã lệnh đã dùng cho lệnh khác",
    "command": "Không lệnh nào ghi ra mục như thế",
    "differing": "Các mục của cùng một lệnh khác người, chức trách, luật hoặc căn cứ",
    "event": "Theo luật, lệnh này phải ghi khác",
    "unknown-subject": "Nói về đối tượng không có trong sổ",
    "already-there": "Đối tượng đã có trong sổ từ trước",
    "rule-set-unknown": "Dẫn bộ luật mà sổ không có",
    "rule-set": "Dẫn bộ luật không áp dụng cho hồ sơ này",
    "office": "Người ghi không giữ chức trách đó hôm ấy",
    "permission": "Chức trách đó không được giao việc này",
    "move": "Không có bước này từ khâu đang đứng",
    "refusal": "Mục từ chối sai dạng",
    "upkeep": "Mục về bản thân cuốn sổ sai dạng",
}
FIELD: Final = {
    "into": "đơn vị nhận",
    "outcome": "kết quả",
    "register": "sổ đã lập rồi",
    "stages": "thứ tự các khâu",
    "votes": "số phiếu",
}


@click.command(help="Đọc lại cả sổ và cho biết mục ghi nào trái luật của ngày ghi.")
@options.as_json
def lawful(json: bool) -> int:
    """Judge every entry."""
    parts = desk().parts
    size, rules = parts.ledger.size(), parts.register.rules
    verdicts = findings(parts.ledger.all(0, size), rules, parts.register.remade)
    counts, wrong = judged(verdicts, size)
    if json:
        shown.as_json(
            {
                "entries": size,
                "lawful": counts[Ruling.LAWFUL],
                "attested": counts[Ruling.ATTESTED],
                "unlawful": counts[Ruling.UNLAWFUL],
                "findings": [_as_value(verdict) for verdict in wrong],
            }
        )
    else:
        _tell(size, counts, wrong, rules)
    return int(bool(wrong))


def judged(verdicts: Iterable[Verdict], size: int) -> tuple[Counter[Ruling], list[Verdict]]:
    """Return how many entries were found to be what, and those that are unlawful."""
    counts: Counter[Ruling] = Counter()
    wrong: list[Verdict] = []
    heard = iter(verdicts)
    with Bar("Xét") as bar:
        while some := list(islice(heard, STEP)):
            counts.update(verdict.ruling for verdict in some)
            wrong += (verdict for verdict in some if verdict.ruling is Ruling.UNLAWFUL)
            bar(counts.total(), size)
    return counts, wrong


def _as_value(verdict: Verdict) -> dict[str, Any]:
    entry = verdict.entry
    return {
        "position": entry.position,
        "subject": entry.subject,
        "version": entry.version,
        "event": NAME_OF[type(entry.event)],
        "why": list(verdict.why),
    }


def _tell(size: int, counts: Counter[Ruling], wrong: Sequence[Verdict], rules: RuleBook) -> None:
    shown.tell(f"Đã xét {number(size)} mục ghi.")
    shown.tell(f"  • Đúng luật: {number(counts[Ruling.LAWFUL])}")
    shown.tell(f"  • Chép từ sổ cũ, không xét: {number(counts[Ruling.ATTESTED])}")
    shown.tell(f"  • Trái luật: {number(counts[Ruling.UNLAWFUL])}")
    if wrong:
        rows = [_cells(verdict, rules) for verdict in wrong]
        shown.as_table(("Số", "Đối tượng", "Nội dung", "Ghi lúc", "Vì sao"), rows)


def _cells(verdict: Verdict, rules: RuleBook) -> tuple[object, ...]:
    entry = verdict.entry
    why = "; ".join(reason(code, rules) for code in verdict.why)
    return entry.position, entry.subject, _says(entry.event), entry.recorded_at, why


def _says(event: Event) -> str:
    if isinstance(event, get_args(CandidateEvent)):
        return told(as_candidate_event(event))
    if isinstance(event, UpkeepEvent):
        return kept_up(event)
    return NAME_OF[type(event)]


def reason(code: str, rules: RuleBook) -> str:
    """Return why an entry is unlawful, in words."""
    if code in WORDS:
        return WORDS[code]
    if code.startswith("invalid-"):
        field = code.removeprefix("invalid-")
        return f"Lệnh không thể đúng: {FIELD.get(field) or FIELDS.get(field, field).lower()}"
    needs = (rule_set.text.needs.get(code) for rule_set in reversed(rules.sets))
    return next(f"Chưa đạt: {need.vi}" for need in needs if need)
