"""Rule sets: dated data, checked whole when loaded, each one a machine that is asked.

The machine is never driven: no model hangs on it and no trigger is ever called.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import msgspec
from transitions import Machine

from domain.shares import parse
from domain.values import Outcome, PersonKind, ReReviewCause, Role, Stage, Title
from workflow.auditing import READING
from workflow.commands import BEGINS, BY_NAME, MOVES, name_of
from workflow.terms import Terms

Measure = Literal[
    "civil-servant", "public-employee", "worker", "leader", "farmer", "collective", "model"
]

_IN_ORDER = tuple(map(str, Stage))
NEXT = {
    **{(a, 1): b for a, b in pairwise(_IN_ORDER)},
    **{(b, -1): a for a, b in pairwise(_IN_ORDER)},
}


BEGINS_NAMED = frozenset(name_of(command) for command in BEGINS)
COMMAND_OF = {move: name_of(command) for command, move in MOVES.items()}
MOVE_COMMANDS = frozenset(COMMAND_OF.values())
NEVER_WAIVED = {"permission", "second-person", "not-in-future", "after-last-change", "no-block"}


class BadRuleSet(Exception):
    """A rule set file contradicts itself or the program. Facts: file, key, problem."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        """Name the file and the key."""
        super().__init__(f"{file}: {key}: {problem}")
        self.file, self.key, self.problem = file, key, problem


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A legal source, with how sure we are of its text."""

    symbol: str
    title: str
    confidence: Literal["high", "medium", "low"]


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """One move: from which states to which, decided by whom, on what needs."""

    move: str
    source: tuple[str, ...]
    by: tuple[Role, ...]
    needs: tuple[str, ...]
    to: str | None = None


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may give a command, and what it needs; `public` ones may be given by anybody at all."""

    by: tuple[Role, ...]
    needs: tuple[str, ...]
    public: bool = False


class NeedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a need is called, who can supply it and by which command."""

    vi: str
    en: str
    source: str
    supply: tuple[Role, ...] = ()
    via: str | None = None


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """One criterion of the catalogue, the kinds of candidates it applies to, and its days.

    Without days of its own it lasts as long as the rule set.
    """

    code: str
    vi: str
    applies: tuple[Measure, ...]
    source: str
    hard: bool = False
    evidence: str = ""
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Return whether it measures on a day."""
        return (self.since or day) <= day <= (self.until or day)


class AnyOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Criteria of which at least one is hard: which one is left open."""

    codes: tuple[str, ...]
    source: str


class Cap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many get a title at most, as a share of those who get another; more is warned of."""

    title: Title
    among: Title
    most: str
    source: str

    def __post_init__(self) -> None:
        """Raise ValueError if it is no share, or of what nobody counts."""
        parse(self.most)
        if {self.title, self.among} - {Title.GRASSROOTS_FIGHTER, Title.ADVANCED_WORKER}:
            raise ValueError("nobody counts this title")


class Yearly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The titles or ratings of which one is wanted for every year, or for the latest.

    All of `also` are wanted for the same years besides.
    """

    accept: tuple[str, ...]
    years: Literal["every", "latest"]
    criterion: str
    source: str
    also: tuple[str, ...] = ()


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """A rule set as written, its plan's tables filled in."""

    id: str
    title: str
    since: date
    plan: str
    sources: tuple[Source, ...]
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    commands: dict[str, Permission]
    needs: dict[str, NeedWords]
    criteria: tuple[Criterion, ...]
    yearly: dict[str, Yearly]
    terms: Terms
    draft: bool = False
    any_of: tuple[AnyOf, ...] = ()
    caps: tuple[Cap, ...] = ()
    re_review: tuple[ReReviewCause, ...] = (  # what texts that do not say go by
        ReReviewCause.RECOGNITION_LOST,
        ReReviewCause.RATING_LOST,
        ReReviewCause.TITLE_LOST,
    )


@dataclass(frozen=True)
class RuleSet:
    """A checked rule set. `name` is `<id>@<digest>`, as entries cite it."""

    text: Text
    digest: str
    _moves: Mapping[tuple[str, str], Move] = field(default_factory=dict, compare=False)

    @property
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
        if not self.machine.get_transitions(name, str(state)):
            return None
        return self._moves.get((name, state))

    def destination(self, name: str, state: str) -> str:
        """Return the state a move leads to."""
        return str(self.machine.get_transitions(name, str(state))[0].dest)

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
        return next((s for s in self.every if s.name == name), None)


def load_all(folder: Traversable | None = None) -> RuleBook:
    """Return the rule sets of a folder, ours by default. Raises BadRuleSet."""
    folder = folder or files("workflow") / "rule_sets"
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
