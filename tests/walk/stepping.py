"""One step: what it is about, who asks, and from which day on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from walk.model import Model
from walk.pools import DAY, STAFF
from walk.sides import Step
from walk.sittings import Sittings
from walk.views import Candidate
from walk.vocabulary import BEGINS, EVENTS, MOVES, subject_kind

AGAINST = ("draft-plan", "describe-person", "confirm-rule-set")


class Stepper(Sittings):
    """Makes steps such as somebody who may would ask in earnest."""

    def __init__(self, rng: Random, model: Model, today: date) -> None:
        super().__init__(rng, model.annals, model.sets, today)
        self.model, self.steps = model, 0

    def step(self, name: str, subject: str | None = None, **more: Any) -> Step:
        """Return a step, as somebody who may would ask it."""
        subject = subject or self.subject_for(name)
        args = more.pop("args", None)
        args = self.words(name, subject) if args is None else args
        told = {"actor": self.actor_for(name, subject), "on": self.day_for(name),
                "paper": self.chance(0.6), "command_id": f"step-{self.steps}"}  # fmt: skip
        self.steps += 1
        return Step(self.today, name, args, subject, **(told | more))

    def subject_for(self, name: str) -> str:
        """Return what a command may be about."""
        kind = subject_kind(name)
        if name in ("void-entry", "correct-effective-date"):
            kind = self.pick(*["candidate"] * 7, *sorted(set(map(subject_kind, EVENTS))))
        if kind == "calendar":
            return "calendar:vn"
        if name in BEGINS and not (name in AGAINST and self.chance(0.3)):
            return self.fresh(kind)
        if kind == "candidate" and (fit := self.fitting_for(name)) and self.chance(0.8):
            return self.pick(*fit)
        return self.one_of(kind, 3 if kind in ("session", "round", "quota", "programme") else 8)

    def fitting_for(self, name: str) -> list[str]:
        """Return the candidates about which somebody would ask this in earnest."""
        fits = FITS.get(name, lambda found: not found.outcome)
        return [c for c, found in self.young(60) if fits(found)]

    def actor_for(self, name: str, subject: str) -> str:
        """Return somebody who may give a command by office."""
        rules, move = self.rules(subject), MOVES.get(name)
        if move:
            permitted = rules.moves.get((move, self.candidate(subject).state or ""))
        else:
            permitted = rules.text["commands"].get(name)
        people = self.holding(*(permitted["by"] if permitted else ("reviewer",)))
        return self.pick(*people) if people else self.pick(*STAFF)

    def day_for(self, name: str) -> date | None:
        """Return the day from which it is to be in force."""
        if name == "receive-complaint" and self.chance(0.05):
            return date(2018, 12, 31)  # before the law on denunciations
        if name in ("register-unit", "grant-office", "appoint-head") and self.chance(0.4):
            return self.pick(self.around(300), self.today - DAY * 500)
        return self.pick(None, None, None, None, None, None, self.recently(3), self.recently(30))


FITS: dict[str, Callable[[Candidate], Any]] = {
    **dict.fromkeys(
        ("revoke-recognition", "publish-exemplar", "introduce-to-province", "select-delegate"),
        lambda found: found.recognition,
    ),
    "record-answer": lambda found: found.told.last("IntroducedToProvince"),
    "conclude-re-review": lambda found: found.re_reviews,
    "verify-adoption": lambda found: found.told.last("AdoptionRecorded"),
    "record-commendation": lambda found: found.told.last("AchievementRecorded"),
    "record-achievement": lambda found: found.told.last("CommendationGranted"),
    "revoke-title": lambda found: found.titles or found.left,
    "notify-unit": lambda found: found.outcome == "declined",
    "restore-title": lambda found: found.taken,
    "restore-recognition": lambda found: found.unrecognized,
    "record-return": lambda found: found.told.last("TitleRevoked", "RecognitionRevoked"),
    "resume-candidate": lambda found: found.suspended,
    "lift-block": lambda found: found.blocks,
    "handle-comment": lambda found: found.waiting_comments,
    "receive-comment": lambda found: found.period_open,
    "close-comment-period": lambda found: found.period_open,
}
