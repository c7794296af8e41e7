"""What a walk has seen: commands, needs answered either way, moves, refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from walk.model import Accepted, Refused
from walk.regime import Regime
from walk.sides import Step
from walk.vocabulary import EVENTS, MOVES

REFUSALS = ("UnknownSubject", "NotPermitted", "MoveNotAllowed", "NeedsUnmet", "Outdated",
            "InvalidCommand")  # fmt: skip
# Commands that a walk never submits, each with its reason.
LEFT_OUT: dict[str, str] = {}
# A gap between titles is never unmet: it is not proven, and a person looks at it (2.2).
NEVER_UNMET = ("consecutive-titles",)
# Needs that stand in nobody's way, and warn instead.
WARNING = ("no-overlap", "title-cap", "texts-in-force", "not-recognized")


class Coverage(Counter[tuple[str, ...]]):
    """How often each thing was seen."""

    def see(self, step: Step, state: str | None, answer: Accepted | Refused | None) -> None:
        """Count a step: `state` is where the candidate stood before."""
        if answer is None:
            self["repeated",] += 1
            return
        accepted = isinstance(answer, Accepted)
        self["accepted" if accepted else "refused", step.name] += 1
        for need, found in answer.findings.items():
            self["need", need, found] += 1
        if isinstance(answer, Refused):
            self["refusal", answer.refusal] += 1
        elif step.name in MOVES:
            self["move", MOVES[step.name], state or ""] += 1
            self["under", answer.rules.split("@")[0], MOVES[step.name], state or ""] += 1
            for made in answer.made[1:]:
                self["follows", made.name] += 1
        if isinstance(answer, Accepted):
            self["rules", answer.rules.split("@")[0]] += 1


def wanted(sets: Iterable[Regime]) -> Iterator[tuple[str, ...]]:
    """Yield all that a long walk must see."""
    for command in EVENTS:
        if command != "found-register":
            yield "refused", command
        yield "accepted", command
    for refusal in REFUSALS:
        yield "refusal", refusal
    yield ("repeated",)
    needs: dict[str, None] = {"permission": None}
    for one in sets:
        for move, state in one.moves:
            yield "move", move, state
            needs |= dict.fromkeys(one.moves[move, state]["needs"])
        for command in one.terms.get("bulk", {}).get("commands", ()):
            yield "at once", command
        for command, permission in one.text["commands"].items():
            if command in LEFT_OUT:
                continue
            needs |= dict.fromkeys(permission["needs"])
        yield "rules", one.id
    for need in needs:
        yield "need", need, "met"
        if need not in (*NEVER_UNMET, *WARNING):
            yield "need", need, "unmet"
    for need in (*WARNING, "leader-rule"):
        yield "need", need, "warned"
    for need in ("yearly-record", "assessment", "leader-rule", "report-remade", *NEVER_UNMET):
        yield "need", need, "not-proven"


def missing(seen: Coverage, sets: Iterable[Regime], least: int = 1) -> list[tuple[str, ...]]:
    """Return what was seen too seldom."""
    return sorted({what for what in wanted(sets) if seen[what] < least})


def told(seen: Coverage) -> str:
    """Return what was seen, as text."""
    lines = [f"{' '.join(what):60} {count:8}" for what, count in sorted(seen.items())]
    return "\n".join(lines)
