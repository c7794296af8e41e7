"""The model: for every request, what follows or exactly why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from walk import areas  # noqa: F401  (each area says its part)
from walk.annals import Annals, Fact, kind_of
from walk.areas.complaint import waiting
from walk.areas.consequence import consequences
from walk.asking import ALSO, INSTEAD, NEEDS, WRONG, Ask, Made, Wrong, words
from walk.regime import Regime, on
from walk.vocabulary import AGAIN, BEGINS, CORRECTABLE, CORRECTIONS, EVENTS, MOVES, subject_kind

UNTOLD = ("sender", "part")  # private words that later needs ask about
PASSED = ("met", "waived", "warned")
KEPT = ("NotPermitted", "MoveNotAllowed", "NeedsUnmet", "UnknownSubject")


class Refused(NamedTuple):
    """A refusal: which, with which facts (any of these), and how each need was answered."""

    refusal: str
    facts: frozenset[tuple[Any, ...]]
    findings: dict[str, str] = {}  # noqa: RUF012

    @property
    def unmet(self) -> tuple[str, ...]:
        """Return the needs in the way."""
        return tuple(n for n, answer in self.findings.items() if answer not in PASSED)


class Accepted(NamedTuple):
    """What is recorded, in the name of which office, by which rules."""

    made: tuple[Made, ...]
    office: str | None
    rules: str
    findings: dict[str, str]


class Model:
    """The rules, told a second time, and all that has happened."""

    def __init__(self, sets: Sequence[Regime], former: Iterable[Regime] = ()) -> None:
        self.sets, self.annals = list(sets), Annals()
        self.every = {one.name: one for one in (*former, *sets)}
        self.commands: dict[str, list[int]] = {}
        self.refused: list[tuple[Any, ...]] = []

    def confirmed(self) -> set[str]:
        """Return the drafts that were confirmed."""
        last = (self.annals.facts(s).last("RuleSetConfirmed") for s in self.annals.all("rule-set"))
        return {fact.data["name"] for fact in last if fact}

    def predict(self, ask: Ask, seen: int | None = None) -> Accepted | Refused:
        """Return what a request leads to."""
        if early := self._at_the_door(ask, seen):
            return early
        if ask.name == "found-register":
            return self._founded(ask)
        ask.rules = self._rules(ask)
        wrong = {w for rule in WRONG.get(ask.name, ()) for w in rule(ask)}
        if wrong:
            return _contradicting(wrong)
        move = MOVES.get(ask.name)
        if move and (move, ask.me.state) not in ask.rules.moves:
            moves = frozenset(ask.rules.moves_from(ask.me.state))
            return Refused("MoveNotAllowed", frozenset({(move, ask.me.state, moves)}))
        asks = ask.rules.moves[move, ask.me.state] if move else ask.rules.permission(ask.name)
        return self._needs(ask, asks)

    def _needs(self, ask: Ask, asks: dict[str, Any]) -> Accepted | Refused:
        office = next(
            (id for role in asks["by"] for id, o in ask.offices.items() if o.role == role), None
        )
        findings = answered(ask, asks["needs"], permitted=office is not None)
        if office is None:
            facts = (ask.name, frozenset(asks["by"]))
            return Refused("NotPermitted", frozenset({facts}), findings)
        if any(answer not in PASSED for answer in findings.values()):
            return Refused("NeedsUnmet", frozenset({(ask.name,)}), findings)
        waived = tuple(n for n, answer in findings.items() if answer == "waived")
        return Accepted(tuple(led_to(ask, waived)), office, ask.rules.name, findings)

    def _at_the_door(self, ask: Ask, seen: int | None) -> Refused | None:
        version, begins = self.annals.versions(ask.subject), ask.name in BEGINS
        kinds = CORRECTABLE if ask.name in CORRECTIONS else (subject_kind(ask.name),)
        if not (version or begins) or kind_of(ask.subject) not in kinds:
            return _refused("UnknownSubject", ask.subject)
        if version and begins and ask.name not in AGAIN:
            return _refused("InvalidCommand", "subject")
        if seen is not None and seen != version:
            return _refused("Outdated", seen, version)
        if version and kind_of(ask.subject) == "candidate" and ask.me.found is None:
            return _refused("UnknownSubject", ask.subject)
        return None

    def _founded(self, ask: Ask) -> Refused | Accepted:
        if self.annals.all("office"):
            return _refused("InvalidCommand", "register")
        described = Made(ask.actor, "PersonDescribed", {})
        data = {"person": ask.actor, "role": "administrator"}
        rules = on(self.sets, ask.on, ()).name
        office = Made("office:@first", "OfficeGranted", data)
        return Accepted((described, office), "office:@first", rules, {})

    def _rules(self, ask: Ask) -> Regime:
        """Return the rules a request is judged by: those of reception, or else of the day."""
        if ask.me.found:
            pinned = self.every[ask.me.found.data["_rules"]]
            if ask.name in MOVES or ask.name in pinned.text["commands"]:
                return pinned
        return on(self.sets, ask.args.get("discovered_on") or ask.on, self.confirmed())

    def recorded(self, answer: Accepted | Refused, ask: Ask, command_id: str) -> list[str]:
        """Take up what was answered; return the subjects of the facts."""
        if isinstance(answer, Refused):
            if answer.refusal in KEPT:
                about = ask.subject if self.annals.versions(ask.subject) else kind_asked(ask)
                self.refused.append((ask.name, about, answer.refusal, answer.unmet, ask.actor))
                self.annals.size += 1
            return []
        self.commands[command_id] = list(
            range(self.annals.size, self.annals.size + len(answer.made))
        )
        for made in answer.made:
            version = self.annals.versions(made.subject) + 1
            data = dict(made.data)
            if made.name == "CandidateDiscovered":
                data["_rules"] = answer.rules
            if made.subject == ask.subject:
                data |= {f"_{key}": True for key in UNTOLD if ask.get(key)}
                data |= {"_nothing": True} if ask.get("money") == 0 else {}
            fact = (made.on or ask.on, ask.actor, made.name, data)
            self.annals.tell(made.subject, Fact(self.annals.size, version, *fact))
        return [made.subject for made in answer.made]


def kind_asked(ask: Ask) -> str:
    """Return the kind of subject that a command is about first of all."""
    return "candidate" if ask.name in CORRECTIONS else subject_kind(ask.name)


def answered(ask: Ask, codes: Sequence[str], *, permitted: bool) -> dict[str, str]:
    """Return what every need of a request answers, permission first, second person last."""
    found = {"permission": "met" if permitted else "unmet"}
    involved = {ask.me.found and ask.me.found.by, ask.me.person}
    for code in codes:
        if code == "second-person":
            continue
        reply = NEEDS[code](ask)
        met = reply is not None and reply is not False
        found[code] = "not-proven" if reply is None else "met" if met else "unmet"
        found[code] = reply if isinstance(reply, str) else found[code]
        authors = [] if isinstance(reply, bool | str | None) else [f.by for f in reply if f]
        if not met and (track := ask.me.fast_track):
            waives = ask.rules.terms["fast_track"]["waives"].get(track.data["ground"], ())
            if code in waives:
                found[code], authors = "waived", [track.by]
        # The head's own collective is another case; and who granted may cancel (93.8).
        others = ("leader-rule", "recognition" if ask.name == "revoke-recognition" else "")
        involved |= set() if code in others else set(authors)
    if "second-person" in codes:
        found["second-person"] = "unmet" if ask.actor in involved else "met"
    return found


def led_to(ask: Ask, waived: tuple[str, ...]) -> list[Made]:
    """Return what a permitted request records."""
    if ask.name in INSTEAD:
        return list(INSTEAD[ask.name](ask))
    data = words(ask.args)
    if ask.name in ALSO:
        data |= {k: v for k, v in ALSO[ask.name](ask).items() if v}
    if waived and ask.name in ("advance-stage", "recognize-exemplar"):
        data["waived"] = waived
    made = Made(ask.subject, EVENTS[ask.name], data)
    if kind_of(ask.subject) == "complaint":
        return [made, *waiting(ask)]
    return [made, *consequences(ask, made)]


def _refused(refusal: str, *facts: Any) -> Refused:
    told = facts if refusal == "Outdated" else (refusal, *facts)
    return Refused(refusal, frozenset({told}))


def _contradicting(wrong: set[Wrong]) -> Refused:
    """Return that a request is refused for one of these; which of them is found first is free."""
    return Refused("|".join(sorted({w.refusal for w in wrong})), frozenset(map(tuple, wrong)))
