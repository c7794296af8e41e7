"""Rule sets: dated data, checked whole when loaded, each one a machine that is asked.

The machine is never driven: no model hangs on it and no trigger is ever called.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import msgspec
from transitions import Machine

from domain.values import Outcome, Role, Stage
from workflow.commands import MOVES, name_of
from workflow.rule_checks import BadRuleSet, check
from workflow.rule_text import Criterion, Move, Text

COMMAND_OF = {move: name_of(command) for command, move in MOVES.items()}
MOVE_COMMANDS = frozenset(COMMAND_OF.values())


@dataclass(frozen=True)
class RuleSet:
    """A checked rule set. `name` is `<id>@<digest>`, as entries cite it."""

    text: Text
    digest: str
    _moves: Mapping[tuple[str, str], Move] = field(default_factory=dict, compare=False)

    @cached_property
    def name(self) -> str:
        """Return how entries cite this rule set."""
        return f"{self.text.id}@{self.digest}"

    def knows(self, command: str) -> bool:
        """Return whether the text says who may give a command; a former one may not."""
        return command in self.text.commands or command in MOVE_COMMANDS

    def by(self, command: str) -> tuple[Role, ...]:
        """Return who may give a command; a move, from wherever there is one."""
        if command in self.text.commands:
            return self.text.commands[command].by
        moves = (m for m in self.text.moves if COMMAND_OF[m.move] == command)
        return tuple(dict.fromkeys(role for move in moves for role in move.by))

    @cached_property
    def machine(self) -> Machine:
        """Return the machine that is asked which moves there are."""
        steps: list[dict[str, Any]] = [
            {"trigger": m.move, "source": s, "dest": m.to or s}
            for m in self.text.moves
            for s in m.source
        ]
        return Machine(
            model=None,
            states=[str(state) for state in (*Stage, *Outcome)],  # else it takes enum names
            initial=str(Stage.DISCOVER),
            transitions=steps,
            auto_transitions=False,
        )

    def moves_from(self, state: str) -> list[str]:
        """Return the moves there are from a state, in the order of the file."""
        return list(dict.fromkeys(self.machine.get_triggers(str(state))))

    def move(self, name: str, state: str) -> Move | None:
        """Return a move as the machine knows it from a state, or None."""
        return self._moves.get((name, state)) if (name, str(state)) in self._steps else None

    def destination(self, name: str, state: str) -> str:
        """Return the state a move leads to."""
        return self._steps[name, str(state)]

    @cached_property
    def _steps(self) -> Mapping[tuple[str, str], str]:
        """Where each move leads from each state: what the machine answers, asked once."""
        steps: dict[tuple[str, str], str] = {}
        for name in self.machine.events:
            for step in self.machine.get_transitions(name):
                steps.setdefault((name, str(step.source)), str(step.dest))
        return steps

    def criteria_for(self, measure: str | None, on: date) -> list[Criterion]:
        """Return the criteria a kind of candidate is measured by on a day."""
        return [c for c in self.text.criteria if measure in c.applies and c.on(on)]

    def mermaid(self) -> str:
        """Return the moves as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.text.stages[0]}"]
        for name in self.machine.events:
            for step in self.machine.get_transitions(name):
                if step.source != step.dest:
                    lines.append(f"    {step.source} --> {step.dest}: {name}")
        return "\n".join(lines)


@dataclass(frozen=True)
class RuleBook:
    """All rule sets, oldest first; each is in force until the next begins."""

    sets: tuple[RuleSet, ...]
    former: tuple[tuple[RuleSet, ...], ...] = ()

    @property
    def every(self) -> tuple[RuleSet, ...]:
        """Return all rule sets that an entry may cite, former texts first."""
        return (*(old for edition in self.former for old in edition), *self.sets)

    @property
    def editions(self) -> tuple[RuleBook, ...]:
        """Return what was shipped, one time after the other; the last is in use."""
        return (*(RuleBook(sets) for sets in self.former), RuleBook(self.sets))

    @property
    def drafts(self) -> frozenset[str]:
        """Return the names of the rule sets that are not in force before they are confirmed."""
        return frozenset(s.name for s in self.sets if s.text.draft)

    def on(self, day: date, confirmed: Collection[str] = ()) -> RuleSet:
        """Return the rule set in force on a day; before the first, the first.

        A draft counts only if its very text was confirmed (A-28).
        """
        counting = (s for s in self.sets if not s.text.draft or s.name in confirmed)
        begun = [s for s in counting if s.text.since <= day]
        return begun[-1] if begun else self.sets[0]

    def cited(self, name: str) -> RuleSet | None:
        """Return the rule set an entry cites, byte for byte, or None."""
        return self._by_name.get(name)

    @cached_property
    def going_on(self) -> frozenset[str]:
        """Return the stages from which the rules of some set lead on to the next."""
        return frozenset(
            str(stage)
            for stage in Stage
            if any(rules.move("advance", stage) for rules in self.every)
        )

    @cached_property
    def _by_name(self) -> Mapping[str, RuleSet]:
        return {rules.name: rules for rules in reversed(self.every)}


def load_all(folder: Traversable | None = None) -> RuleBook:
    """Return the rule sets of a folder, ours by default, read once. Raises BadRuleSet."""
    return _loaded(folder) if folder else _ours()


@cache
def _ours() -> RuleBook:
    return _loaded(files("workflow") / "rule_sets")


def _loaded(folder: Traversable) -> RuleBook:
    names = sorted(f.name for f in folder.iterdir() if f.name[:1].isdigit())
    plan = cache(partial(_whole, folder))  # which all of them may name
    sets = sorted((load(folder, name, plan) for name in names), key=lambda s: s.text.since)
    return RuleBook(tuple(sets), load_former(folder / "former", sets[-1].text))


def load_former(folder: Traversable, now: Text) -> tuple[tuple[RuleSet, ...], ...]:
    """Return the rule sets as they were shipped before, oldest edition first.

    `<n>/<id>@<digest>.json` holds a text in its canonical bytes, as entries cite it. What it does
    not know, the terms and the words of newer needs, is as it is `now`. Raises BadRuleSet.
    """
    if not folder.is_dir():
        return ()
    editions = sorted(folder.iterdir(), key=lambda edition: edition.name.zfill(4))
    return tuple(
        tuple(sorted((_former(file, now) for file in e.iterdir()), key=lambda s: s.text.since))
        for e in editions
    )


def _former(file: Traversable, now: Text) -> RuleSet:
    body = file.read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    if not file.name.endswith(f"@{digest}.json"):
        raise BadRuleSet(file.name, "$", "the bytes are not those of the name")
    table = msgspec.json.decode(body)
    needs = {**msgspec.to_builtins(now.needs), **table["needs"]}
    terms = {**msgspec.to_builtins(now.terms), **table.get("terms", {})}
    return rule_set(msgspec.convert({**table, "needs": needs, "terms": terms}, Text), digest)


def load(folder: Traversable, file: str, plan: Callable[[str], dict[str, Any]]) -> RuleSet:
    """Return one rule set, checked whole. Raises BadRuleSet naming file and key."""
    table = _table(folder, file)
    try:
        text = msgspec.convert({**plan(f"{table.get('plan', '')}.toml"), **table}, Text)
    except msgspec.ValidationError as error:
        problem, _, key = str(error).partition(" - at ")
        raise BadRuleSet(file, key.strip("`") or "$", problem) from None
    check(file, text)
    digest = hashlib.sha256(msgspec.json.encode(text, order="deterministic")).hexdigest()
    return rule_set(text, digest)


def rule_set(text: Text, digest: str) -> RuleSet:
    """Return a text that was found right as a rule set."""
    moves = {(move.move, state): move for move in text.moves for state in move.source}
    return RuleSet(text, digest, MappingProxyType(moves))


def _whole(folder: Traversable, file: str) -> dict[str, Any]:
    """Return a plan with the tables of its parts filled in; nothing may be said twice."""
    whole = _table(folder, file)
    for part in whole.pop("parts", ()):
        for key, value in _table(folder, f"{part}.toml").items():
            told = whole.setdefault(key, type(value)())
            if isinstance(value, list):
                told += value
            elif twice := sorted(told.keys() & value.keys()):
                raise BadRuleSet(f"{part}.toml", f"{key}.{twice[0]}", "is there twice")
            else:
                told |= value
    return whole


def _table(folder: Traversable, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / file).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRuleSet(file, "$", str(error)) from None
    except FileNotFoundError:
        raise BadRuleSet(file, "plan", "no such file") from None
