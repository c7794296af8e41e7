"""What no rule set may say: contradictions, names nobody knows, steps that skip a stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from domain.values import Outcome, PersonKind, Role, Stage
from workflow.commands import BEGINS, BY_NAME, MOVES, name_of
from workflow.rule_text import Move, Text

_IN_ORDER = tuple(map(str, Stage))
NEXT = {
    **{(a, 1): b for a, b in pairwise(_IN_ORDER)},
    **{(b, -1): a for a, b in pairwise(_IN_ORDER)},
}
BEGINS_NAMED = frozenset(name_of(command) for command in BEGINS)
READING = {"open-identity"}  # commands that read, and leave their trace
NEVER_WAIVED = {"permission", "second-person", "not-in-future", "after-last-change", "no-block"}


class BadRuleSet(Exception):
    """A rule set file contradicts itself or the program. Facts: file, key, problem."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        """Name the file and the key."""
        super().__init__(f"{file}: {key}: {problem}")
        self.file, self.key, self.problem = file, key, problem


def check(file: str, text: Text) -> None:
    """Raise BadRuleSet at the first thing in a rule set that cannot be right."""
    states = {*text.stages, *Outcome}
    if text.stages != tuple(Stage):
        raise BadRuleSet(file, "stages", "the four stages, in their order, are fixed")
    for at, move in enumerate(text.moves):
        _check_move(file, f"moves[{at}] {move.move}", text, move)
    taken = [(m.move, s) for m in text.moves for s in m.source]
    for name, state in taken:
        if taken.count((name, state)) > 1:
            raise BadRuleSet(file, f"moves {name}.from", f"{state!r} is there twice")
    _check_commands(file, text)
    acting = [move.by for move in text.moves]
    acting += [one.by for name, one in text.commands.items() if name not in READING]
    if any(Role.AUDITOR in by for by in acting):
        raise BadRuleSet(file, "by", "an auditor reads, and does nothing else")
    for code, need in text.needs.items():
        if not need.vi.strip() or not need.en.strip():
            raise BadRuleSet(file, f"needs.{code}", "a need without words")
        _known(file, f"needs.{code}.via", [need.via] if need.via else [], BY_NAME)
    for ground, waived in text.terms.fast_track.waives.items():
        _known(file, f"terms.fast_track.waives.{ground}", waived, text.needs)
        if NEVER_WAIVED.intersection(waived):
            raise BadRuleSet(file, f"terms.fast_track.waives.{ground}", "cannot be set aside")
    once = sorted(BEGINS_NAMED.intersection(text.terms.bulk.commands))
    if once:
        raise BadRuleSet(file, "terms.bulk.commands", f"{once[0]!r} begins something new")
    _known(file, "terms.bulk.commands", text.terms.bulk.commands, BY_NAME)
    _known(file, "yearly", text.yearly, {*PersonKind, "collective", "model"})
    codes = {c.code for c in text.criteria}
    for kind, yearly in text.yearly.items():
        _known(file, f"yearly.{kind}.criterion", [yearly.criterion], codes)
    for at, group in enumerate(text.any_of):
        _known(file, f"any_of[{at}]", group.codes, codes)
    unreachable = states - _reachable(text)
    if unreachable:
        raise BadRuleSet(file, "moves", f"no move leads to {', '.join(sorted(unreachable))}")


def _check_move(file: str, key: str, text: Text, move: Move) -> None:
    states = {*text.stages, *Outcome}
    _known(file, key, [move.move], MOVES.values())
    _known(file, key + ".from", move.source, states)
    _known(file, key + ".to", [move.to] if move.to else [], states)
    _known(file, key + ".needs", move.needs, text.needs)
    if "second-person" not in move.needs:
        raise BadRuleSet(file, key + ".needs", "no move without a second person")
    if not move.by:
        raise BadRuleSet(file, key + ".by", "nobody may decide this")
    step = {"advance": 1, "return": -1}.get(move.move, 0)
    for state in move.source:
        if step and NEXT.get((state, step)) != move.to:
            raise BadRuleSet(file, key + ".to", "a stage cannot be skipped")


def _check_commands(file: str, text: Text) -> None:
    """Every command but the moves and the founding has its permission, and nothing else has."""
    moves = {name_of(command) for command in MOVES}
    wanted = BY_NAME.keys() - moves - {"found-register"}
    _known(file, "commands", text.commands, wanted)
    for name in sorted(wanted - text.commands.keys()):
        raise BadRuleSet(file, f"commands.{name}", "nobody may give this command")
    for name, permission in text.commands.items():
        _known(file, f"commands.{name}.needs", permission.needs, text.needs)


def _known(file: str, key: str, names: Sequence[str] | Mapping[str, Any], known: Any) -> None:
    for name in names:
        if name not in known:
            raise BadRuleSet(file, key, f"there is no {name!r}")


def _reachable(text: Text) -> set[str]:
    reached, size = {str(text.stages[0])}, 0
    while len(reached) > size:
        size = len(reached)
        reached |= {m.to for m in text.moves if m.to and reached.intersection(m.source)}
    return reached
