"""Words for the programme, movements, rounds and quotas."""

from __future__ import annotations

from datetime import date
from typing import Any

from walk.annals import Fact
from walk.areas.quota import Quota
from walk.arguments import FILE, KINDS, TEXT, Arguments, Words
from walk.pools import DAY

MILESTONES = ("unit-plans", "interim-review", "final-review", "unit-conferences", "congress")
DUTIES = ("acknowledgement", "cycle-plan", "yearly-plan", "half-year-report", "yearly-report",
          "interim-report", "self-inspection", "unit-conference", "on-request")  # fmt: skip
AREAS = ("remote-area", "border-area", "ethnic-minority-area")
PARTS = ("criteria", "process", "people-in-charge", "timeline")


class Plans(Arguments):
    """Chooses the words of commands about what is planned."""

    def enter_place(self, subject: str) -> Words:
        until = self.maybe(self.today + DAY * self.rng.randint(-60, 300), 0.2)
        return {"name": "Bình Gia", "kind": self.pick("commune", "ward", "township"),
                "code": self.maybe("06112", 0.3), "until": until}  # fmt: skip

    def merge_place(self, subject: str) -> Words:
        return {"successors": self.some(self.annals.all("place"), 2) or [self.one_of("place")]}

    def list_place(self, subject: str) -> Words:
        until = self.maybe(self.today + DAY * self.rng.randint(-60, 300), 0.3)
        return {"group": self.pick(*AREAS), "until": until}

    def delist_place(self, subject: str) -> Words:
        listed = [f.data["group"] for f in self.annals.facts(subject).every("PlaceListed")]
        return {"group": self.pick(*(listed or AREAS))}

    def classify_candidate(self, subject: str) -> Words:
        kind = self.candidate(subject).kind
        kind = kind if self.chance(0.9) else "collective"
        given = self.some(("extraordinary", "good-deed"), 1)
        ground = TEXT if given or self.chance(0.05) else None
        place = self.pick(*[self.one_of("place")] * 11, *[None] * 8, "place:none")
        told: Words = {"achieved_on": self.today - DAY * self.rng.randint(-2, 60), "place": place,
                       "given": given, "ground": ground}  # fmt: skip
        if kind == "collective":
            told |= {"members": self.maybe(self.pick(0, 7, 15, 16, 40), 0.8),
                     "legal_personality": self.chance(0.2)}  # fmt: skip
        elif kind == "individual":
            told |= {"position": self.maybe(self.pick("direct-worker", "other-leader"), 0.6)}
        return told

    def draft_plan(self, subject: str) -> Words:
        return {"heading": "Kế hoạch", "symbol": "KH-SNN", "locality": self.maybe("Lạng Sơn")}

    def issue_plan(self, subject: str) -> Words:
        directors = [o for o in self.annals.all("office") if "director" in o]
        office = self.pick(*directors, self.one_of("office"))
        sent = self.maybe(["UBND tỉnh (b/c)", "Lưu VT"], 0.5)
        return {"number": self.symbol("KH"), "signed_by": office, "recipients": sent}

    def open_cycle(self, subject: str) -> Words:
        begins = self.today - DAY * self.rng.randint(-20, 120)
        return {"name": "2021-2025", "begins": begins, "theme": self.maybe("Đoàn kết"),
                "ends": begins + DAY * self.rng.randint(60, 900)}  # fmt: skip

    def set_milestone(self, subject: str) -> Words:
        due = self.around(90)
        return {"milestone": self.pick(*MILESTONES), "due": due,
                "begins": self.maybe(due - DAY * 20, 0.4)}  # fmt: skip

    def reach_milestone(self, subject: str) -> Words:
        set_ = [f.data["milestone"] for f in self.annals.facts(subject).every("MilestoneSet")]
        return {"milestone": self.pick(*(set_ or MILESTONES[:1]), self.pick(*MILESTONES)),
                "document": self.symbol("BC")}  # fmt: skip

    def lay_duty(self, subject: str) -> Words:
        kind, due = self.pick(*DUTIES), self.maybe(self.around(60), 0.6)
        usual = kind in ("half-year-report", "yearly-report")
        due = due if due or usual or self.chance(0.1) else self.today + DAY * 20
        year: Any = self.pick(None, self.today.year) if not usual else self.today.year
        units = sorted({self.unit() for _ in range(self.pick(0, 1, 2))})
        return {"kind": kind, "year": year, "due": due, "units": units}

    def remind_unit(self, subject: str) -> Words:
        duty = self._duty(subject)
        return {"unit": self._owing(duty), "duty": duty.version if duty else 1,
                "note": self.maybe(TEXT)}  # fmt: skip

    def _duty(self, programme: str) -> Fact | None:
        duties = self.annals.facts(programme).every("DutyLaid")
        return self.rng.choice(duties[-4:]) if duties else None

    def _owing(self, duty: Fact | None) -> str:
        units = duty.get("units") if duty else None
        return self.pick(*units) if units and self.chance(0.9) else self.unit()

    def log_activity(self, subject: str) -> Words:
        return {"kind": self.pick("publicity-activity", "training-course"), "content": TEXT,
                "unit": self.maybe(self.unit()), "attendees": self.maybe(30),
                "document": self.maybe(self.symbol())}  # fmt: skip

    def submit_obligation(self, subject: str) -> Words:
        programme = self.one_of("programme", 3)
        duty = self._duty(programme)
        return {"programme": programme, "duty": duty.version if duty else 1,
                "unit": self._owing(duty), **self._handed()}  # fmt: skip

    def _handed(self) -> Words:
        contains = PARTS if self.chance(0.5) else self.some(PARTS, 4)
        return {"document": self.symbol("BC"), "contains": [*contains],
                "honoured": self.maybe(self.rng.randint(1, 9), 0.7), "content": self.maybe(TEXT),
                "file": self.maybe(FILE)}  # fmt: skip

    def resubmit_obligation(self, subject: str) -> Words:
        return self._handed()

    def launch_movement(self, subject: str) -> Words:
        begins: date = self.recently(200)
        return {"name": "Phong trào", "kind": self.pick("regular-movement", "campaign"),
                "level": "by-department", "launcher": "Sở", "begins": begins,
                "ends": self.maybe(begins + DAY * 90), "unit": self.maybe(self.unit(), 0.3),
                "movement": self.maybe(self.one_of("movement"), 0.2),
                "slogan": self.maybe(TEXT)}  # fmt: skip

    def review_movement(self, subject: str) -> Words:
        return {"kind": self.pick("on-the-way", "at-the-end"), "document": self.symbol("BC"),
                "result": self.maybe(TEXT)}  # fmt: skip

    def open_round(self, subject: str) -> Words:
        return {"programme": self.one_of("programme", 3), "occasion": "year-end", "name": "Đợt"}

    def select_candidate(self, subject: str) -> Words:
        young = self.open_candidates()
        about = self.pick(*young) if young and self.chance(0.8) else self.one_of("candidate")
        return {"candidate": about, "level": self.pick("commend-here", "propose-upward")}

    def drop_selection(self, subject: str) -> Words:
        selected = self.annals.facts(subject).every("CandidateSelected")
        about = [f.data["candidate"] for f in selected] or ["candidate:none"]
        return {"candidate": self.pick(*about), "reason": TEXT}

    def close_round(self, subject: str) -> Words:
        return {"document": self.symbol()}

    def allocate_quota(self, subject: str) -> Words:
        return {"name": "Đại hội VI", "total": self.pick(2, 3, 5), "document": self.symbol()}

    def change_quota(self, subject: str) -> Words:
        return {"total": self.pick(1, 3, 5, 8), "document": self.symbol()}

    def set_quota_line(self, subject: str) -> Words:
        return {"kind": self.pick(*KINDS), "count": self.pick(0, 1, 2, 4),
                "document": self.symbol(), "field": self.maybe("Lâm nghiệp", 0.2)}  # fmt: skip

    def set_quota_share(self, subject: str) -> Words:
        return {"unit": self.unit(), "count": self.pick(0, 1, 2), "document": self.symbol()}

    def select_delegate(self, subject: str) -> Words:
        known = [c for c in self.annals.all("candidate") if self.candidate(c).recognition]
        about = self.pick(*known[-6:]) if known and self.chance(0.85) else None
        return {"candidate": about or self.one_of("candidate"),
                "field": self.maybe("Lâm nghiệp", 0.1)}  # fmt: skip

    def place_in_reserve(self, subject: str) -> Words:
        return self.select_delegate(subject)

    def replace_delegate(self, subject: str) -> Words:
        now = self.annals.view(Quota, subject)
        goes, waits = [*now.goes] or ["candidate:none"], [*now.waits] or ["candidate:none"]
        return {"candidate": self.pick(*goes), "successor": self.pick(*waits), "reason": TEXT}

    def drop_delegate(self, subject: str) -> Words:
        now = self.annals.view(Quota, subject)
        listed = [*now.goes, *now.waits] or [self.one_of("candidate")]
        return {"candidate": self.pick(*listed), "reason": TEXT}

    def close_quota(self, subject: str) -> Words:
        return {"document": self.symbol()}
