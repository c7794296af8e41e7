"""Words for every command: mostly such as somebody in earnest would use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from department import PAPER

from walk.areas.report import document
from walk.asking import SECRET
from walk.pools import DAY, FILE, Pools
from walk.views import Unit

Words = dict[str, Any]
TEXT = "§Lời kể"
WHOLE = f"{TEXT} #field #newness"
WHATS = (WHOLE, WHOLE, WHOLE, f"{TEXT} #field", TEXT)
OWNED = "§Tên #owner"
KINDS = ("individual", "collective", "model")
PEOPLE = ("civil-servant", "public-employee", "worker", "leader", "farmer")
GROUNDS = ("discipline", "inspection", "complaint", "denunciation")
PRIORITY = ("small-collective", "labourer", "farmer", "remote-area", "extraordinary")
NUMBERED = ("CommentReceived", "AgendaItemAdded", "AdoptionRecorded", "AchievementRecorded")
NOTHING = (
    "endorse-candidate advance-stage close-comment-period close-movement accept-obligation"
    " end-office dismiss-head close-cycle close-session check-report sign-report"
)
REASONED = (
    "return-stage suspend-candidate resume-candidate withdraw-candidate decline-candidate"
    " explain-no-adoption return-obligation withdraw-report"
)
ONE_WORD = {
    "complete-candidacy": "note",
    "adopt-nurture-plan": "plan",
    "report-summary": "report",
    "describe-method": "method",
    "receive-comment": "text",
    "describe-person": "who",
    "found-register": "who",
}


class Arguments(Pools):
    """Chooses the words of commands."""

    def words(self, name: str, subject: str) -> Words:
        """Return words for a command about a subject; what is left open is left out."""
        if name in NOTHING.split():
            return {}
        if name in REASONED.split():
            return {"reason": TEXT}
        if name in ONE_WORD:
            return {ONE_WORD[name]: TEXT}
        method: Callable[[str], Words] = getattr(self, name.replace("-", "_"))
        return {key: value for key, value in method(subject).items() if value is not None}

    def version(self, subject: str) -> int:
        """Return the version of an entry, mostly of a subject's latest ones, or a numbered one."""
        numbered = self.annals.facts(subject).every(*NUMBERED)
        if numbered and self.chance(0.25):
            return self.pick(*numbered).version
        last = self.annals.versions(subject)
        return max(last - self.pick(0, 0, 0, 1, 1, 2, 3, -1, last), 0)

    def discover_candidate(self, subject: str) -> Words:
        kind = self.pick(*KINDS, "individual", "collective")
        movement = self.maybe(self.one_of("movement"), 0.15)
        reviews = self.annals.facts(movement or "").every("MovementReviewed")
        review = reviews[-1].version if reviews else self.maybe(1, 0.1)
        known = self.one_of("person") if self.chance(0.1) else None
        kind = "individual" if known and self.chance(0.9) else kind
        who = OWNED if kind == "model" and self.chance(0.7) else "§Tên"
        return {
            "kind": kind,
            "unit": self.unit(),
            "person": known,
            "who": who if known is None or self.chance(0.1) else None,
            "what": self.pick(*WHATS),
            "person_kind": self.maybe(self.pick(*PEOPLE), 0.85) if kind == "individual" else None,
            "priority": self.some(PRIORITY, 2),
            "source": movement,
            "review": review if movement or self.chance(0.02) else None,
        }

    def attest_candidate(self, subject: str) -> Words:
        days = sorted(self.today - DAY * self.rng.randint(0, 1500) for _ in range(5))
        reached = self.rng.randint(0, 3)
        stages = dict(
            zip(("nurtured_on", "summarized_on", "replicated_on"), days[1:4], strict=True)
        )
        there = {key: day for key, day in list(stages.items())[:reached]}
        endings = ["withdrawn", "declined"] + ["completed", "revoked"] * (reached == 3)
        ended = self.maybe(days[4], 0.4)
        return {
            **self.discover_candidate(subject),
            **there,
            "source": None,
            "review": None,
            "person": None,
            "who": "§Tên",
            "discovered_on": days[0],
            "file": FILE,
            "sheet": "Danh sách",
            "row": self.rng.randint(2, 90),
            "minutes": self.maybe("BB-2"),
            "decision": self.maybe(self.symbol(), 0.5),
            "outcome": self.pick(*endings) if ended else None,
            "ended_on": ended,
            "titles": [(self.pick("excellent-collective", "grassroots-fighter"), self.year())],
            "ratings": [(self.pick("excellent", "good"), self.year())] * self.pick(0, 1),
        }

    def describe_candidate(self, subject: str) -> Words:
        kind = self.candidate(subject).person_kind or self.maybe(self.pick(*PEOPLE))
        return {"what": self.pick(*WHATS), "person_kind": kind, "priority": self.some(PRIORITY, 2)}

    def record_peer_acclaim(self, subject: str) -> Words:
        return {"minutes": self.symbol("BB"), "votes_for": self.maybe(self.rng.randint(0, 30)),
                "votes_against": self.maybe(0), "abstained": self.maybe(2)}  # fmt: skip

    def attach_evidence(self, subject: str) -> Words:
        return {"description": TEXT, "file": self.maybe(FILE)}

    def record_title(self, subject: str) -> Words:
        collective = self.candidate(subject).kind == "collective"
        good = "excellent-collective" if collective else "grassroots-fighter"
        title = self.pick(good, good, good, "provincial-fighter", "advanced-worker")
        return {"title": title, "year": self.year()}

    def record_rating(self, subject: str) -> Words:
        rating = self.pick("excellent", "excellent", "excellent", "good", "task-completed")
        return {"rating": rating, "year": self.year()}

    def assess_criteria(self, subject: str) -> Words:
        codes = self.criteria(subject)
        chosen = list(codes) if self.chance(0.1) else self.some(codes, 4)
        if self.chance(0.06):
            chosen.append("X9")
        results = ("met",) * 60 + ("not-met", "not-proven", "not-proven")
        found = [(code, self.pick(*results)) for code in chosen]
        attached = [f.version for f in self.annals.facts(subject).every("EvidenceAttached")]
        shown = [(code, self.pick(*attached)) for code, _ in found[:2]] if attached else None
        return {"results": found, "note": self.maybe(TEXT, 0.2), "evidence": self.maybe(shown)}

    def criteria(self, subject: str) -> list[str]:
        """Return the criteria of a candidate now, its unit's own among them."""
        found = self.candidate(subject)
        own = self.annals.view(Unit, found.unit, found.found.on).criteria if found.found else ()
        return [*self.rules(subject).criteria(found.measure_on(self.today)), *own]

    def change_person_kind(self, subject: str) -> Words:
        return {"person_kind": self.pick(*PEOPLE)}

    def report_progress(self, subject: str) -> Words:
        return {"report": TEXT, "full": self.chance(0.6)}

    def record_block(self, subject: str) -> Words:
        return {"ground": self.pick(*GROUNDS), "note": TEXT}

    def lift_block(self, subject: str) -> Words:
        blocks = {ground for ground, _ in self.candidate(subject).blocks} or GROUNDS
        return {"ground": self.pick(*sorted(blocks)), "note": TEXT}

    def log_support(self, subject: str) -> Words:
        kind = self.pick("support-course", "support-visit", "support-funding")
        return {"kind": kind, "content": TEXT, "cost": self.maybe(500)}

    def carry_over_candidate(self, subject: str) -> Words:
        return {"programme": self.one_of("programme", 3)}

    def grant_fast_track(self, subject: str) -> Words:
        grounds = ("extraordinary-achievement", "discovered-by-head", "long-service")
        more = ("external-relations", "political-task", "state-secret")
        return {"ground": self.pick(*grounds, *more)}

    def conclude_re_review(self, subject: str) -> Words:
        results = ("recognition-kept", "recognition-kept", "revocation-proposed")
        return {"result": self.pick(*results), "reason": TEXT}

    def recognize_exemplar(self, subject: str) -> Words:
        session = self.one_of("session") if self.annals.all("session") else None
        return {"decision": self.symbol(), "session": self.maybe(session, 0.2),
                "reason": self.maybe(TEXT, 0.25)}  # fmt: skip

    def open_comment_period(self, subject: str) -> Words:
        return {"days": self.pick(None, None, 10, 12, 15, 9)}

    def handle_comment(self, subject: str) -> Words:
        waiting = sorted(self.candidate(subject).waiting_comments)
        return {"comment": waiting[0] if waiting and self.chance(0.9) else self.pick(1, 2, 9),
                "reply": TEXT}  # fmt: skip

    def publish_exemplar(self, subject: str) -> Words:
        return {"channel": self.pick("bulletin", "website", "press"), "document": self.symbol()}

    def hold_learning(self, subject: str) -> Words:
        return {"content": TEXT, "unit": self.maybe(self.unit()), "attendees": self.maybe(12)}

    def record_adoption(self, subject: str) -> Words:
        adopter = self.pick("adopting-unit", "household", "commune")
        unit = self.unit() if adopter == "adopting-unit" else None
        return {"adopter": adopter, "content": TEXT, "unit": unit}

    def verify_adoption(self, subject: str) -> Words:
        recorded = self.annals.facts(subject).every("AdoptionRecorded")
        number = recorded[-1].data["number"] if recorded else 1
        return {"adoption": number + self.pick(0, 0, 0, 0, 1), "document": self.symbol()}

    def record_achievement(self, subject: str) -> Words:
        ends = self.today - DAY * self.rng.randint(-4, 300)
        return {"begins": ends - DAY * self.rng.randint(0, 200), "ends": ends, "content": TEXT}

    def record_commendation(self, subject: str) -> Words:
        recorded = self.annals.facts(subject).every("AchievementRecorded")
        numbers = [fact.data["number"] for fact in recorded] or [1]
        number = self.pick(numbers[-1], *numbers)
        return {"achievement": number, "form": "letter-of-merit", "level": "department-commends",
                "decision": self.symbol()}  # fmt: skip

    def introduce_to_province(self, subject: str) -> Words:
        return {"document": self.pick("1/TTr", "2/TTr", "3/TTr")}

    def record_answer(self, subject: str) -> Words:
        sent = self.annals.facts(subject).last("IntroducedToProvince")
        document = sent.data["document"] if sent else self.pick("1/TTr", "2/TTr")
        return {"document": document, "answer": self.symbol("CV"), "accepted": self.chance(0.5)}

    def void_entry(self, subject: str) -> Words:
        return {"target": self.version(subject), "reason": TEXT}

    def correct_effective_date(self, subject: str) -> Words:
        to = self.today - DAY * self.pick(-2, 0, 1, 3, 10, 40, 200)
        return {"target": self.version(subject), "to": to, "reason": TEXT}

    def register_unit(self, subject: str) -> Words:
        kind = self.pick("division", "sub-department", "centre")
        return {"name": "Đơn vị", "kind": kind, "parent": self.maybe(self.unit(), 0.3)}

    def rename_unit(self, subject: str) -> Words:
        return {"name": "Tên mới", "symbol": self.maybe("TM")}

    def merge_unit(self, subject: str) -> Words:
        into = [u for u in self.some(self.annals.all("unit"), 2) if u != subject]
        shares = self.maybe(self.pick(["1/2", "1/2"], ["1/1"], ["2/3", "1/4"]), 0.3)
        return {"into": into or [self.unit()], "shares": shares}

    def rearrange_unit(self, subject: str) -> Words:
        kind = self.maybe(self.pick("division", "centre"), 0.5)
        return {"kind": kind, "parent": self.maybe(self.unit(), 0.7)}

    def add_criterion(self, subject: str) -> Words:
        code = f"U{self.rng.randint(1, 40)}"
        return {"code": code, "name": "Tiêu chí riêng", "hard": self.chance(0.3),
                "person_kinds": self.some(PEOPLE, 1), "kinds": self.some(KINDS, 1)}  # fmt: skip

    def retire_criterion(self, subject: str) -> Words:
        own = self.annals.view(Unit, subject).criteria
        return {"code": self.pick(*(own or ["U1"]))}

    def transfer_candidates(self, subject: str) -> Words:
        mine = [c for c, found in self.young() if found.unit == subject and not found.outcome]
        mine = mine if self.chance(0.9) else self.open_candidates()
        return {"receiver": self.unit(), "candidates": self.some(mine, 2) or mine[-1:]}

    def appoint_head(self, subject: str) -> Words:
        leaders = [c for c in map(self.candidate, self.open_candidates()) if c.person]
        about = self.pick(*leaders).person if leaders and self.chance(0.5) else None
        signer = self.maybe("person:director-2", 0.15)
        return {"person": signer or about or self.person()}

    def grant_office(self, subject: str) -> Words:
        role = self.pick("officer", "unit-head", "reviewer", "standing-body", "director",
                         "council", "administrator", "auditor")  # fmt: skip
        unit = self.maybe(self.unit(), 0.5) if role in ("officer", "unit-head") else None
        until = self.maybe(self.today + DAY * self.rng.randint(-3, 400), 0.3)
        return {"person": self.person(), "role": role, "unit": unit, "until": until}

    def erase_personal_data(self, subject: str) -> Words:
        grounds = ("requested", "requested", "retention-over", "decided-by-authority")
        return {"ground": self.pick(*grounds)}

    def request_erasure(self, subject: str) -> Words:
        return {"document": self.symbol("ĐN"), "note": self.maybe(TEXT, 0.3)}

    def restrict_personal_data(self, subject: str) -> Words:
        return {"document": self.symbol("TB"), "reason": TEXT}

    def draft_report(self, subject: str) -> Words:
        size = self.rng.randint(0, self.annals.size)
        known, began = self.rng.randint(0, size), self.recently(400)
        told: Words = {
            "kind": self.pick("half-yearly", "yearly", "interim", "any-period"),
            "begins": began,
            "ends": began + DAY * self.rng.randint(0, 365),
            "on": self.recently(),
            "known": known,
            "size": size,
            "root": "R" * 43 + "=",
            "template": self.pick(*"abcde") * 64,
        }
        text = document(told)
        told["document"] = f"{SECRET}{text if self.chance(0.97) else '{}'}"
        told["digest"] = hashlib.sha256(text.encode()).hexdigest()
        return {**told, "replaces": self.maybe(self.one_of("report"), 0.15)}

    def publish_report(self, subject: str) -> Words:
        return {"number": self.symbol("BC")}

    def acknowledge_erasure(self, subject: str) -> Words:
        return {"document": self.symbol("TB")}

    def extend_erasure(self, subject: str) -> Words:
        return {"longer": self.pick(5, 10, 15), "document": self.symbol("TB"), "reason": TEXT}

    def refuse_erasure(self, subject: str) -> Words:
        refusals = ("forbidden-by-law", "lawful-task-of-agency", "public-by-law")
        return {"refusal": self.pick(*refusals), "document": self.symbol("TB")}

    def record_consent(self, subject: str) -> Words:
        given = ("consent-given",) * 9
        return {"consent": self.pick(*given, "consent-refused"), "document": self.symbol("ĐY")}

    def notify_unit(self, subject: str) -> Words:
        reasons = ("below-standard", "dossier-incomplete", "not-right-subject")
        return {"reason": self.pick(*reasons), "document": self.symbol("TB")}

    def count_titles(self, subject: str) -> Words:
        return {"year": self.today.year - self.pick(0, 1), "document": self.symbol("BC"),
                "advanced_workers": self.pick(0, 10, 20, 40),
                "grassroots_fighters": self.pick(0, 1, 3, 9)}  # fmt: skip

    def register_text(self, subject: str) -> Words:
        day = self.recently(300)
        symbol = self.pick(self.symbol("NĐ-CP"), PAPER[0].symbol)
        return {"symbol": symbol, "kind": "decree", "name": "Nghị định",
                "issuer": "Chính phủ", "dated": day, "begins": day,
                "ends": self.maybe(day + DAY * 90, 0.2)}  # fmt: skip

    def lapse_text(self, subject: str) -> Words:
        return {"symbol": self.maybe(self.symbol("NĐ-CP"))}

    def declare_day(self, subject: str) -> Words:
        return {"day": self.around(40), "kind": self.pick("day-off", "working-day")}

    def confirm_rule_set(self, subject: str) -> Words:
        drafts = [one.name for one in self.sets if one.draft]
        return {"name": self.pick(*(drafts or ["none"]), self.sets[0].name)}
