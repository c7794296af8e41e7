"""What is asked next: steps towards an end, steps at random, and steps spoilt on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from walk.areas.complaint import Letter
from walk.areas.consent import requested
from walk.areas.programme import running
from walk.arguments import WHOLE
from walk.asking import Ask
from walk.letters import Letters
from walk.model import Accepted, Model, Refused
from walk.pools import CAST, DAY, MEMBERS, STAFF
from walk.sides import Many, Step
from walk.views import Candidate, Council, Office, Session
from walk.vocabulary import BEGINS, EVENTS, MOVES, subject_kind

RARE = {"add-criterion": 0.15, "change-person-kind": 0.4, "retire-criterion": 0.5,
        "merge-place": 0.7,
        "restrict-personal-data": 0.3, "refuse-erasure": 0.6,
        "found-register": 0.1, "erase-personal-data": 0.4, "merge-unit": 0.2,
        "attest-candidate": 0.5, "establish-council": 0.25, "register-unit": 0.3,
        "dismiss-council-member": 0.3, "end-office": 0.6, "confirm-rule-set": 0.4,
        "discover-candidate": 1.5, "describe-person": 0.5, "rename-unit": 0.6,
        "withdraw-candidate": 0.3, "decline-candidate": 0.2, "revoke-recognition": 0.7,
        "close-cycle": 0.4, "close-quota": 0.3, "close-round": 0.5}  # fmt: skip
LATE = ("publish-exemplar", "hold-learning", "describe-method", "record-adoption",
        "verify-adoption", "explain-no-adoption", "record-achievement", "record-commendation",
        "introduce-to-province", "record-answer", "return-stage", "suspend-candidate",
        "record-title", "record-rating", "log-support", "withdraw-candidate")  # fmt: skip
BAD = {
    "": ("", "x" * 61, "hai\ndòng"),
    "name": ("", "x" * 201), "heading": ("", "x" * 201), "launcher": (" ",), "issuer": ("",),
    "unit": ("unit:none",), "parent": ("unit:none",), "into": ([], ["unit:none"]),
    "code": ("G1", "a1", "Z99"), "successors": ([], ["place:none"]),
    "evidence": ([("G1", 1)], [("X1", 99)]),
    "recipients": ([""], ["x" * 201]),
    "receiver": ("unit:none",), "candidates": ([], ["candidate:none"]),
    "shares": (["1/2", "1/3"], ["half"]),
    "units": (["unit:none"],), "candidate": ("candidate:none", "unit:u1"),
    "session": ("session:none",), "programme": ("programme:none",), "movement": ("movement:none",),
    "signed_by": ("office:none",), "council": ("council:none",), "signer": ("Nguyễn Văn A",),
    "person": ("Nguyễn Văn A", "person:"), "relative": ("person:A B",),
    "present": (["person:x", "person:x"], ["x"]), "year": (1989, 2200), "days": (0, 61, 3),
    "item": (77, 0), "duty": (99, 0), "total": (-1,), "count": (-1,), "attendees": (-1,),
    "votes_for": (-1,), "issued": (-1, 99), "returned": (-2, 98), "file": ("zz", "A" * 64),
    "quorum": ("5/4", "most", "0/2"), "other": ("1/2/3",), "recognition": (">",),
    "members": ([], ["person:y", "person:y"]), "begins": (date(2099, 1, 1),), "due":
    (date(2060, 1, 1), date(1999, 1, 1)), "held_on": (date(2001, 1, 1),), "target": (0, 999),
    "discovered_on": (date(2099, 1, 1),), "ended_on": (date(2001, 1, 1), None),
    "outcome": ("completed", "revoked", None), "adopter": ("adopting-unit", "commune"),
    "handler": ("Nguyễn Văn A",), "longer": (0, 16),
    "known": (10**9,), "root": ("zz",), "template": ("A" * 64,), "digest": ("0" * 64, ""),
    "replaces": ("report:none",), "sender": (None,), "money": (-1,),
    "review": (99,), "source": ("movement:none",), "nurtured_on": (None, date(2000, 1, 1)),
}  # fmt: skip
SYMBOLS = ("minutes", "decision", "document", "answer", "symbol", "number")


class Proposer(Letters):
    """Proposes one step after the other."""

    def __init__(self, rng: Random, model: Model, today: date) -> None:
        super().__init__(rng, model.annals, model.sets, today)
        self.model, self.steps = model, 0
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

    def at_random(self) -> Step:
        """Return any command."""
        names = list(EVENTS)
        weights = [RARE.get(name, 1.0) for name in names]
        return self.step(self.rng.choices(names, weights)[0])

    def towards(self) -> Step | None:
        """Return what a candidate lacks for the next move, or the move."""
        young = self.open_candidates()
        if len(young) < 9 or self.chance(0.04):
            return self.step("discover-candidate", on=None)
        far = [c for c in young if self.candidate(c).stage in ("summarize", "replicate")]
        subject = self.pick(*far) if far and self.chance(0.6) else self.pick(*young)
        found = self.candidate(subject)
        if found.suspended and self.chance(0.5):
            return self.step("resume-candidate", subject, on=None)
        if found.re_reviews and self.chance(0.3):
            return self.step("conclude-re-review", subject, on=None)
        if found.recognition and self.chance(0.12) and (step := self.undone(subject)):
            return step
        if found.stage == "replicate" and self.chance(0.75):
            return self.step(self.pick(*LATE), subject, on=None)
        ahead = "complete-candidacy" if found.stage == "replicate" else "advance-stage"
        return self.supplied(ahead, subject, 2)

    def undone(self, subject: str) -> Step | None:
        """Return that something a recognition rests on was wrong."""
        told = self.annals.facts(subject)
        rested = told.every("TitleRecorded", "RatingRecorded", "ExemplarRecognized")
        if not rested:
            return None
        args = {"target": self.pick(*rested).version, "reason": "§Nhầm"}
        if self.chance(0.3):
            args["to"] = self.recently(600)
            return self.step("correct-effective-date", subject, args=args, paper=True)
        return self.step("void-entry", subject, args=args, paper=True, on=None)

    def leading(self) -> Step | None:
        """Let somebody have headed the unit of an exemplary collective for long."""
        every = self.young(60)
        exemplary = [c for c in every if c[1].kind == "collective" and c[1].honoured]
        if not exemplary:
            return None
        subject, collective = self.pick(*exemplary)
        if self.chance(0.5):
            rating = {"rating": self.pick("excellent", "excellent", "good"),
                      "year": self.today.year - self.pick(1, 1, 2)}  # fmt: skip
            return self.step("record-rating", subject, args=rating, on=None)
        people = [c.person for _, c in every if c.person and not c.outcome]
        args = {"person": self.pick(*people, STAFF[0])}
        return self.step("appoint-head", collective.unit, args=args, on=self.today - DAY * 450)

    def in_quota(self) -> Step:
        """Return the next thing to do for the youngest quota."""
        subject = (self.annals.all("quota") or [""])[-1]
        told = self.annals.facts(subject)
        if not told.last("QuotaAllocated") or told.last("QuotaClosed"):
            return self.step("allocate-quota", self.fresh("quota"), on=None)
        names = ["select-delegate", "place-in-reserve", "replace-delegate"] * 2
        if len(told.every("QuotaLineSet")) < 3 or self.chance(0.1):
            names = ["set-quota-line", "change-quota"]
        elif self.chance(0.15):
            names = ["set-quota-share", "drop-delegate", "close-quota"]
        return self.step(self.pick(*names), subject, on=None)

    def in_reports(self) -> Step:
        """Return the next thing to do about the youngest report, or draft one."""
        subject = (self.annals.all("report") or [""])[-1]
        told = self.annals.facts(subject)
        if not told or told.last("ReportPublished", "ReportWithdrawn") or self.chance(0.1):
            return self.step("draft-report", self.fresh("report"), on=None)
        steps = {"ReportSigned": "publish-report", "ReportChecked": "sign-report"}
        likely = next((do for done, do in steps.items() if told.last(done)), "check-report")
        seldom = ("withdraw-report", "publish-report", "sign-report", "check-report")
        return self.step(self.pick(*[likely] * 5, *seldom), subject, on=None)

    def in_complaints(self) -> Step:
        """Return the next thing to do about one of the youngest complaints, or receive one."""
        subject = self.one_of("complaint", 4)
        letter = self.annals.view(Letter, subject)
        if letter.came is None or letter.destroyed or self.chance(0.15):
            return self.step("receive-complaint", self.fresh("complaint"))
        if letter.closed or letter.anonymous:
            name = self.pick("destroy-complaint", "open-identity", "accept-complaint")
        elif letter.accepted is None:
            name = self.pick(*["accept-complaint"] * 5, "reject-complaint")
        else:
            name = self.pick("resolve-complaint", "resolve-complaint", "withdraw-complaint",
                             "extend-complaint", "replace-handler", "open-identity")  # fmt: skip
        handles = name in ("resolve-complaint", "open-identity") and self.chance(0.8)
        by = {"actor": letter.handler} if handles and letter.handler else {}
        return self.step(name, subject, on=None, **by)

    def taking(self) -> Step:
        """Take something back from an exemplar, or give it back."""
        name = self.pick("revoke-title", "revoke-title", "restore-title", "record-return",
                         "restore-recognition", "revoke-recognition")  # fmt: skip
        return self.step(name, on=None)

    def erasing(self) -> Step:
        """Ask that somebody's data be erased, mostly a candidate's, or answer it."""
        people = [found.person for _, found in self.young(40) if found.person]
        waiting = [p for p in dict.fromkeys(people) if requested(self.annals.facts(p))]
        if waiting and self.chance(0.3):
            name = self.pick("acknowledge-erasure", "extend-erasure", "extend-erasure")
            return self.step(name, waiting[-1], on=None)
        name = self.pick(*["request-erasure"] * 4, *["erase-personal-data"] * 6, "refuse-erasure",
                         "acknowledge-erasure", "extend-erasure",
                         "restrict-personal-data", "describe-person")  # fmt: skip
        return self.step(name, self.pick(*people, self.one_of("person")), on=None)

    def honouring(self) -> Step:
        """Record achievements of one exemplar, some at the same time, and commend them."""
        found = [id for id, one in self.young(20) if one.told.last("AchievementRecorded")]
        subject = self.pick(*found) if found and self.chance(0.8) else self.one_of("candidate")
        names = ("record-achievement", "record-achievement", "record-commendation")
        return self.step(self.pick(*names), subject, on=None)

    def supplied(self, name: str, subject: str, deep: int) -> Step | None:
        """Return the command that supplies what another one lacks, or that other one."""
        step = self.step(name, subject, on=None)
        answer = self.asked(step)
        if isinstance(answer, Accepted) or not answer.findings:
            return step
        rules = self.rules(subject)
        lacking = [code for code in answer.unmet if rules.text["needs"][code].get("via")]
        if "second-person" in answer.unmet or "permission" in answer.unmet or not lacking:
            return step
        code = self.pick(*lacking)
        via = self.via(code, rules.text["needs"][code]["via"], subject)
        if via == "add-agenda-item":
            return self.in_session()
        if via in MOVES and via != name and deep:
            return self.supplied(via, self.whose(code, subject), deep - 1)
        return self.step(via, subject, on=None, args=self.fitting(code, via, subject))

    def via(self, code: str, via: str, subject: str) -> str:
        """Return the command that helps with a need."""
        found = self.candidate(subject)
        if code == "publicity" and not found.period_open:
            return "open-comment-period"
        if code == "publicity" and found.waiting_comments:
            return "handle-comment"
        if code == "adoption":
            recorded = self.annals.facts(subject).last("AdoptionRecorded")
            known = self.annals.facts(subject).last("MethodDescribed")
            return via if recorded else "record-adoption" if known else "describe-method"
        if code == "yearly-record":
            worker = found.person_kind == "worker" or self.chance(0.3)
            return "record-rating" if worker else "record-title"
        return via

    def whose(self, code: str, subject: str) -> str:
        """Return the candidate that is to be recognized: for a leader the collective."""
        if code != "leader-rule":
            return subject
        of_unit = [c for c in self.open_candidates() if self.candidate(c).kind == "collective"]
        return self.pick(*of_unit) if of_unit else subject

    def fitting(self, code: str, via: str, subject: str) -> dict[str, Any] | None:
        """Return words that meet a need, where words at random would seldom do."""
        if code == "full-review":
            return {"report": "§Lời kể", "full": True}
        if code in ("field", "newness"):
            return {**self.words(via, subject), "what": WHOLE}
        if code == "assessment":
            codes = self.criteria(subject)
            results = ("met",) * 40 + ("not-met", "not-proven")
            return {"results": [(one, self.pick(*results)) for one in codes]}
        if code == "yearly-record":
            began = self.candidate(subject).entered("nurture")
            first = began.on.year if began else self.today.year
            year = self.rng.randint(min(first, self.today.year), self.today.year)
            return {**self.words(via, subject), "year": year}
        return None

    def asked(self, step: Step) -> Accepted | Refused:
        """Return what the model answers to a step."""
        ask = Ask(self.annals, step.name, step.args, step.subject or "", step.actor, step.today,
                  step.on or step.today, step.paper)  # fmt: skip
        return self.model.predict(ask, None)

    def in_session(self) -> Step | None:
        """Return the next thing to do in the youngest session, or call one."""
        session, subject = self.session(), (self.annals.all("session") or [""])[-1]
        if session is None or session.closed or not session.held_on or self.chance(0.02):
            return self.notice()
        day = max(session.held_on, self.today - DAY * self.pick(0, 0, 1, 5))
        item = next((one for one in session.items if not one.settled), None)
        secretary = {"actor": MEMBERS[1], "paper": True} if self.chance(0.3) else {"paper": True}
        done = {"on": day} if day <= self.today else {"on": None}
        if not session.items or (not session.present and self.chance(0.4)):
            return self.step("add-agenda-item", subject, on=min(day, self.today))
        if not session.present:
            return self.step("record-attendance", subject, **done)
        if item and item.tied:
            return self.step("record-chair-opinion", subject, **done)
        if item:
            return self.vote(session, subject, item.matter, done)
        if session.minutes != session.content():
            return self.step("draw-up-minutes", subject, **done)
        if len(session.signed & {"chair", "secretary"}) < 2:
            seat = "chair" if "chair" not in session.signed else "secretary"
            return self.step("sign-minutes", subject, args={"seat": seat}, **done, **secretary)
        return self.step("close-session", subject, **done)

    def vote(self, session: Session, subject: str, matter: str, done: dict[str, Any]) -> Step:
        """Return a vote on an item, or what must come before."""
        terms = self.annals.view(Council, session.council, session.held_on).terms or {}
        if len(session.present) < 3:
            name = "record-attendance"
        elif self.chance(0.1):
            name = self.pick("declare-recusal", "receive-written-votes", "drop-agenda-item")
        elif matter not in terms.get("secret", ()):
            name = "record-open-votes"
        else:
            name = "tally-ballot" if session.committee else "name-tally-committee"
        return self.step(name, subject, **done)

    def notice(self) -> Step:
        """Call a session: today, soon, or a few days ago and entered late."""
        on_, held_on = self.today - DAY * self.pick(0, 3, 5), self.today - DAY * self.pick(0, 1, 2)
        args = {
            "council": self.one_of("council"),
            "held_on": max(on_, held_on),
            "place": "§Nơi họp",
        }
        return self.step("notice-session", self.fresh("session"), args=args, on=on_)

    def in_programme(self) -> Step | None:
        """Return the next thing to do for the youngest programme."""
        every = self.annals.all("programme")
        if not every or not self.annals.facts(every[-1]) or self.chance(0.04):
            return self.step("draft-plan", self.fresh("programme"), on=None)
        told = self.annals.facts(every[-1])
        if not told.last("PlanIssued"):
            return self.step("issue-plan", every[-1], on=None)
        if not told.last("CycleOpened"):
            return self.step("open-cycle", every[-1], on=None)
        if not running(told, "CycleOpened", "CycleClosed"):
            return None
        name = self.pick("lay-duty", "set-milestone", "submit-obligation", "accept-obligation",
                         "return-obligation", "resubmit-obligation", "remind-unit", "open-round",
                         "reach-milestone", "close-cycle")  # fmt: skip
        about = every[-1] if subject_kind(name) == "programme" else None
        return self.step(name, about, on=None)

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

    def spoilt(self, step: Step) -> Step:
        """Return a step with something wrong about it."""
        ways = (self.wrong_actor, self.wrong_actor, self.wrong_day, self.wrong_words,
                self.wrong_words, self.wrong_subject, self.wrong_version,
                self.again, self.one_office)  # fmt: skip
        return self.pick(*ways)(step)

    def wrong_actor(self, step: Step) -> Step:
        """Let anybody ask: the candidate, whoever wrote what is there, or a stranger."""
        told = self.annals.told.get(step.subject or "", [])
        authors = [fact.by for fact in told[-3:]]
        candidate = self.candidate(step.subject or "").person or self.person()
        anybody = self.pick(self.person(), *STAFF, "person:nobody")
        return step._replace(actor=self.pick(anybody, candidate, *authors))

    def wrong_day(self, step: Step) -> Step:
        """Let it be in force from a day long ago, or not yet come."""
        day = self.today + DAY * self.pick(1, 30, -90, -400, -1200)
        return step._replace(on=day)

    def wrong_words(self, step: Step) -> Step:
        """Replace one word by one that cannot be right, or leave papers out."""
        fields = [key for key in step.args if key in BAD or key in SYMBOLS]
        if step.name == "draft-report":  # its document is no symbol of one
            fields.remove("document")
        if not fields:
            return step._replace(paper=False)
        key = self.pick(*fields)
        value = self.pick(*BAD.get(key, BAD[""]))
        if value is None and key in OPTIONAL:
            return step._replace(args={k: v for k, v in step.args.items() if k != key})
        if isinstance(value, list) != isinstance(step.args[key], list):
            return step
        return step._replace(args={**step.args, key: value})

    def wrong_subject(self, step: Step) -> Step:
        """Ask it of something else: of another kind, of nothing, of what is closed."""
        kind = self.pick(subject_kind(step.name), "unit", "candidate", "quota")
        others = (f"{kind}:none", self.one_of(kind, 99), self.one_of(kind, 99), "Tên người", None)
        return step._replace(subject=self.pick(*others))

    def wrong_version(self, step: Step) -> Step:
        """Say which version was seen: the right one, or one before."""
        now = self.annals.versions(step.subject or "")
        return step._replace(seen=self.pick(now, now - 1, now + 1, 0))

    def one_office(self, step: Step) -> Step:
        """Act in one office, mostly in one of the actor's own."""
        every = self.annals.every("office", Office)
        own = [id for id, office in every if office.person == step.actor]
        return step._replace(office=self.pick(*own, self.one_of("office")))

    def again(self, step: Step) -> Step:
        """Send under the id of a command that was sent before."""
        return step._replace(command_id=f"step-{self.rng.randint(0, self.steps)}")


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
AGAINST = ("draft-plan", "describe-person", "confirm-rule-set")
OPTIONAL = ("ended_on", "outcome", "nurtured_on", "sender")


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
