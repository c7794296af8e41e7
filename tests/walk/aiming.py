"""Steps towards an end: what a candidate lacks, and what comes next wherever something began."""

from __future__ import annotations

from typing import Any

from walk.areas.complaint import Letter
from walk.areas.consent import requested
from walk.areas.programme import running
from walk.arguments import WHOLE
from walk.asking import Ask
from walk.model import Accepted, Refused
from walk.pools import DAY, MEMBERS, STAFF
from walk.sides import Step
from walk.stepping import Stepper
from walk.views import Council, Session
from walk.vocabulary import MOVES, subject_kind

LATE = ("publish-exemplar", "hold-learning", "describe-method", "record-adoption",
        "verify-adoption", "explain-no-adoption", "record-achievement", "record-commendation",
        "introduce-to-province", "record-answer", "return-stage", "suspend-candidate",
        "record-title", "record-rating", "log-support", "withdraw-candidate")  # fmt: skip


class Aims(Stepper):
    """Proposes what leads somewhere."""

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
