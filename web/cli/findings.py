"""Needs as the command line tells them: all of them, what is missing, who can supply it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from web.cli import shown
from web.words.labels import COMMANDS
from web.words.sentences import need, suppliers
from workflow.needs import Answer, Finding
from workflow.rules import RuleSet

ANSWERS: Final = {
    Answer.MET: "đạt",
    Answer.UNMET: "chưa",
    Answer.NOT_PROVEN: "chưa chứng minh",
    Answer.WAIVED: "được miễn",
    Answer.WARNED: "lưu ý",
}


def as_table(findings: Iterable[Finding], rules: RuleSet, title: str) -> None:
    """Print needs, each with its answer and who can supply it."""
    rows = [
        (
            ANSWERS[finding.answer],
            need(finding, rules),
            "" if finding.met else suppliers(finding),
            "" if finding.met or not finding.via else _via(finding.via),
        )
        for finding in findings
    ]
    shown.as_table(("", "Điều kiện", "Ai bổ sung được", "Bằng lệnh"), rows, title)


def _via(command: str) -> str:
    return f"{command} ({COMMANDS[command]})"
