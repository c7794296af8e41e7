"""What is asked next: steps towards an end, steps at random, and steps spoilt on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from uuid import UUID

from walk.aiming import Aims
from walk.model import Model
from walk.pools import CAST, DAY, MEMBERS
from walk.sides import Many, Step
from walk.spoiling import Spoiler
from walk.vocabulary import EVENTS, MOVES

RARE = {"add-criterion": 0.15, "change-person-kind": 0.4, "retire-criterion": 0.5,
        "merge-place": 0.7,
        "restrict-personal-data": 0.3, "refuse-erasure": 0.6,
        "found-register": 0.1, "erase-personal-data": 0.4, "merge-unit": 0.2,
        "attest-candidate": 0.5, "establish-council": 0.25, "register-unit": 0.3,
        "dismiss-council-member": 0.3, "end-office": 0.6, "confirm-rule-set": 0.4,
        "discover-candidate": 1.5, "describe-person": 0.5, "rename-unit": 0.6,
        "withdraw-candidate": 0.3, "decline-candidate": 0.2, "revoke-recognition": 0.7,
        "close-cycle": 0.4, "close-quota": 0.3, "close-round": 0.5}  # fmt: skip


class Proposer(Aims, Spoiler):
    """Proposes one step after the other."""

    def __init__(self, rng: Random, model: Model, today: date) -> None:
        super().__init__(rng, model, today)
        self.queue: list[Step] = list(opening(self))
        self.ways: dict[Callable[[], Step | Many | None], float] = {
            self.at_once: 1.5,
            self.towards: 38,
            self.in_session: 14,
            self.in_programme: 5,
            self.in_quota: 4,
            self.in_complaints: 5,
            self.in_reports: 2,
            self.taking: 3,
            self.leading: 3,
            self.erasing: 2,
            self.honouring: 0.8,
            self.at_random: 31,
        }

    def next(self) -> Step | Many:
        """Return what is asked next."""
        if self.queue:
            return self.queue.pop(0)
        if self.chance(0.25):
            self.today += DAY * self.pick(1, 1, 1, 2, 3)
        step = self.proposed()
        while not self.in_use(step):  # the rules of a former edition may not know of it
            step = self.proposed()
        return self.spoilt(step) if isinstance(step, Step) and self.chance(0.2) else step

    def proposed(self) -> Step | Many:
        """Return a step towards something, or any."""
        (way,) = self.rng.choices(list(self.ways), list(self.ways.values()))
        return way() or self.at_random()

    def in_use(self, step: Step | Many) -> bool:
        """Return whether the rules of today permit a command to anybody at all."""
        name = step.name if isinstance(step, Step) else step.steps[0].name
        known = self.rules().text["commands"]
        return name in known or name in MOVES or name == "found-register"

    def at_random(self) -> Step:
        """Return any command."""
        names = list(EVENTS)
        weights = [RARE.get(name, 1.0) for name in names]
        return self.step(self.rng.choices(names, weights)[0])

    def at_once(self) -> Many | None:
        """Return one command for several items, as one act."""
        bulk = self.rules().terms.get("bulk", {}).get("commands")
        if not bulk:
            return None
        first = self.step(self.pick(*bulk))
        told = {"actor": first.actor, "on": first.on, "paper": first.paper}
        steps = {}
        for step in [first, *(self.step(first.name, **told) for _ in range(self.pick(1, 3, 5)))]:
            about = (v for key in ("candidate", "unit") if (v := step.args.get(key)))
            steps[step.subject, next(about, None)] = step
        return Many(tuple(steps.values()), str(UUID(int=self.rng.getrandbits(128))))


def opening(at: Proposer) -> Iterator[Step]:
    """Yield how a department opens its register: founder, units, offices, heads, a council."""
    since = at.today - DAY * 800
    admin = CAST["administrator"][0]
    told = {"actor": admin, "on": since}
    yield at.step("found-register", admin, **told)
    for n in range(1, 5):
        args = {"name": f"Đơn vị {n}", "kind": "sub-department"}
        yield at.step("register-unit", f"unit:u{n}", args=args, **told)
    for role, people in CAST.items():
        for n, person in enumerate(people, 1):
            unit = f"unit:u{n}" if role in ("unit-head", "officer") and n > 1 else None
            args = {"person": person, "role": role, **({"unit": unit} if unit else {})}
            yield at.step("grant-office", f"office:{role}-{n}", args=args, **told)
    for n, person in enumerate(CAST["unit-head"], 1):
        yield at.step("appoint-head", f"unit:u{n}", args={"person": person}, **told)
    drafts = [one.name for one in at.sets if one.draft]
    if at.chance(0.5) and drafts:
        more = {"args": {"name": drafts[0]}, "actor": admin, "paper": True, "on": at.today}
        yield at.step("confirm-rule-set", "rule-set:r0", **more)
    args = {"name": "Hội đồng", "decision": "1/QĐ", "signer": CAST["director"][0]}
    if at.chance(0.8):
        told = {"actor": CAST["standing-body"][0], "on": since}
        yield at.step("establish-council", "council:c0", args=args, **told)
        for n, person in enumerate(MEMBERS):
            seat = ("chair", "secretary", "vice-chair")[n] if n < 3 else "member"
            args = {"person": person, "seat": seat}
            yield at.step("appoint-council-member", "council:c0", args=args, **told)
        yield at.step("confirm-council-terms", "council:c0", args={}, **told)
