"""Words for every command: mostly such as somebody in earnest would use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from department import PAPER

from walk.areas.council import SHARES
from walk.areas.report import document
from walk.asking import SECRET
from walk.pools import DAY, FILE, MEMBERS, STAFF, Pools
from walk.views import Council, Session, Unit

Words = dict[str, Any]
TEXT = "§Lời kể"
WHOLE = f"{TEXT} #field #newness"
WHATS = (WHOLE, WHOLE, WHOLE, f"{TEXT} #field", TEXT)
OWNED = "§Tên #owner"
KINDS = ("individual", "collective", "model")
PEOPLE = ("civil-servant", "public-employee", "worker", "leader", "farmer")
GROUNDS = ("discipline", "inspection", "complaint", "denunciation")
MATTERS = ("recognition", "recognition", "upward-proposal", "provincial-fighter-proposal",
           "stage-opinion", "stage-opinion")  # fmt: skip
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

    def establish_council(self, subject: str) -> Words:
        until = self.maybe(self.today + DAY * self.rng.randint(30, 900), 0.3)
        return {"name": "Hội đồng", "decision": self.symbol(), "signer": STAFF[-5], "until": until}

    def confirm_council_terms(self, subject: str) -> Words:
        shares = {key: self.maybe(self.pick("1/2", ">1/2", "2/3", "4/5"), 0.2) for key in SHARES}
        secret = self.maybe(["recognition", "upward-proposal"], 0.5)
        base = self.maybe(self.pick("members-in-office", "members-voting-or-present"), 0.6)
        tie = self.maybe(self.pick("chair-decides", "tie-does-not-pass"), 0.2)
        return {**shares, "secret": secret, "base": base, "tie": tie}

    def appoint_council_member(self, subject: str) -> Words:
        seat = self.pick("chair", "secretary", "vice-chair", "member", "member")
        until = self.maybe(self.today + DAY * self.rng.randint(-10, 500), 0.2)
        return {"person": self.person(), "seat": seat, "until": until}

    def dismiss_council_member(self, subject: str) -> Words:
        members = [*self.annals.view(Council, subject).members, self.person()]
        return {"person": self.pick(*members)}

    def declare_kinship(self, subject: str) -> Words:
        members = [*self.annals.view(Council, subject).members, *STAFF[-6:]]
        return {"person": self.pick(*members), "relative": self.person()}

    def notice_session(self, subject: str) -> Words:
        return {"council": self.one_of("council"), "held_on": self.today, "place": TEXT}

    def add_agenda_item(self, subject: str) -> Words:
        if self.chance(0.15):
            return {"matter": "other-matter", "question": TEXT}
        young = [c for c in self.open_candidates() if self.candidate(c).stage == "summarize"]
        about = self.pick(*young) if young else self.one_of("candidate")
        return {"matter": self.pick(*MATTERS), "candidate": about}

    def drop_agenda_item(self, subject: str) -> Words:
        return {"item": self.item(subject), "reason": TEXT}

    def send_papers(self, subject: str) -> Words:
        return {"file": self.maybe(FILE)}

    def record_attendance(self, subject: str) -> Words:
        return {"present": self.present(subject), "guests": self.pick(0, 2)}

    def declare_recusal(self, subject: str) -> Words:
        return {"item": self.item(subject), "person": self.pick(*MEMBERS)}

    def receive_written_votes(self, subject: str) -> Words:
        absent = self.annals.view(Session, subject).absent or MEMBERS[:1]
        return {"item": self.item(subject), "members": self.some(absent) or [MEMBERS[0]]}

    def name_tally_committee(self, subject: str) -> Words:
        return {"members": self.some([*MEMBERS, self.person()], 2) or [MEMBERS[1]]}

    def record_open_votes(self, subject: str) -> Words:
        return {"item": self.item(subject), **self.votes(subject)}

    def tally_ballot(self, subject: str) -> Words:
        return {"item": self.item(subject), **self.ballot(subject), "file": FILE}

    def correct_tally(self, subject: str) -> Words:
        return {**self.tally_ballot(subject), "reason": TEXT}

    def record_chair_opinion(self, subject: str) -> Words:
        return {"item": self.item(subject), "favours": self.chance(0.6)}

    def draw_up_minutes(self, subject: str) -> Words:
        return {"file": self.maybe(FILE)}

    def sign_minutes(self, subject: str) -> Words:
        return {"seat": self.pick("chair", "secretary", "vice-chair", "member")}

    def item(self, subject: str) -> int:
        """Return the number of an item, one that waits if there is any."""
        items = self.annals.view(Session, subject).items
        waiting = [item.number for item in items if not item.settled]
        return self.pick(*(waiting or [item.number for item in items] or [1]))

    def present(self, subject: str) -> list[str]:
        """Return who may have come."""
        session = self.annals.view(Session, subject)
        council = self.annals.view(Council, session.council, session.held_on)
        seats = list(council.seats(session.held_on)) if session.held_on else []
        absent = self.some(seats, self.pick(0, 1, 1, 2, 4, 7))
        return [member for member in seats if member not in absent] or [MEMBERS[0]]

    def votes(self, subject: str) -> Words:
        """Return how the members who came vote: mostly for, sometimes in two halves."""
        here = [*self.annals.view(Session, subject).present] or [MEMBERS[0]]
        half = len(here) // 2
        ayes = half if self.chance(0.4) else self.pick(len(here), max(len(here) - 1, 0))
        noes = here[ayes : 2 * ayes] if ayes == half else here[ayes:]
        return {"votes_for": here[:ayes], "votes_against": noes, "abstained": here[2 * ayes :]}

    def ballot(self, subject: str) -> Words:
        """Return numbers of a secret ballot."""
        session = self.annals.view(Session, subject)
        issued = max(len(session.present) - self.pick(0, 0, 1, 2), 0)
        against, spoilt = self.pick(0, 0, 0, 1, issued // 2), self.pick(0, 0, 0, 1)
        cast = min(against + spoilt, issued)
        against = min(against, cast)
        return {"issued": issued, "returned": issued, "votes_for": issued - cast,
                "votes_against": against, "invalid": cast - against}  # fmt: skip
