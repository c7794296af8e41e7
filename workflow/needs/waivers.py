"""What a fast track sets aside: the record still has every stage, and says what was waived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from domain.candidate_events import FastTrackGranted
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Answer, Finding, Predicate, Reply, when


def waived(case: Case, code: str, reply: Reply) -> Reply:
    """Return the reply, or that the need is waived, with the grant as its proof (A-13)."""
    granted = case.candidate.fast_track
    if reply.answer in (Answer.MET, Answer.WARNED) or granted is None:
        return reply
    ground = cast(FastTrackGranted, granted.event).ground
    aside = case.rules.text.terms.fast_track.waives.get(ground, ())
    return Reply(Answer.WAIVED, (granted,), (ground,)) if code in aside else reply


def codes(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the needs that were waived."""
    return tuple(f.need for f in findings if f.answer is Answer.WAIVED)


def no_fast_track(case: Case, command: Command) -> Reply:
    """The simple procedure does not apply yet."""
    return when(case.candidate.fast_track is None)


PREDICATES: Final[dict[str, Predicate]] = {"no-fast-track": no_fast_track}
