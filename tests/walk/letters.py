"""Words for complaints, and for titles and recognitions that are taken back and given again."""

from __future__ import annotations

from walk.annals import Fact
from walk.arguments import TEXT, Words
from walk.plans import Plans

LETTERS = ("complaint-letter", "denunciation-letter")
FINDINGS = ("founded", "partly-founded", "unfounded", "unfounded")
REASONS = ("false-declaration", "forged-papers", "unlawful-proposal", "later-violation")
AUTHORITIES = ("department-head", "province-chair", "agency-head")


class Letters(Plans):
    """Chooses the words of commands about what turned out to be wrong."""

    def receive_complaint(self, subject: str) -> Words:
        sender = self.pick("§Người gửi", "§Người gửi", "§Người gửi", "§", None)
        known = sender not in ("§", None)
        return {"kind": self.pick(*LETTERS), "candidate": self.one_of("candidate", 20),
                "summary": TEXT, "sender": sender,
                "anonymous": known if self.chance(0.05) else not known}  # fmt: skip

    def accept_complaint(self, subject: str) -> Words:
        return {**self.replace_handler(subject), "remote": self.chance(0.3)}

    def replace_handler(self, subject: str) -> Words:
        handlers = self.holding("reviewer", "standing-body")
        return {"handler": self.pick(*handlers, self.person())}

    def reject_complaint(self, subject: str) -> Words:
        return {"reason": TEXT}

    def extend_complaint(self, subject: str) -> Words:
        return {"reason": TEXT}

    def open_identity(self, subject: str) -> Words:
        return {"reason": TEXT}

    def withdraw_complaint(self, subject: str) -> Words:
        return {"document": self.symbol("BB"), "part": self.maybe(TEXT, 0.6)}

    def resolve_complaint(self, subject: str) -> Words:
        return {"finding": self.pick(*FINDINGS), "document": self.symbol("KL"), "reply": TEXT}

    def destroy_complaint(self, subject: str) -> Words:
        return {}

    def record_title(self, subject: str) -> Words:
        words = super().record_title(subject)
        return words | {"authority": self.maybe(self.pick(*AUTHORITIES), 0.15),
                        "decision": self.maybe(self.symbol(), 0.3)}  # fmt: skip

    def revoke_recognition(self, subject: str) -> Words:
        return {"ground": self.pick(*REASONS), "decision": self.maybe(self.symbol()),
                "reason": TEXT, "money": self._money(),
                "objects": self.maybe(TEXT, 0.2)}  # fmt: skip

    def restore_recognition(self, subject: str) -> Words:
        return {"decision": self.symbol(), "reason": TEXT}

    def revoke_title(self, subject: str) -> Words:
        title, year = self._of([*self.candidate(subject).titles, *self.candidate(subject).left])
        return {"title": title, "year": year, "ground": self.pick(*REASONS),
                "decision": self.symbol(), "reason": TEXT, "money": self._money(),
                "authority": self.maybe(self.pick(*AUTHORITIES), 0.3),
                "objects": self.maybe(TEXT, 0.2)}  # fmt: skip

    def restore_title(self, subject: str) -> Words:
        title, year = self._of(self.candidate(subject).taken)
        return {"title": title, "year": year, "decision": self.symbol(), "reason": TEXT}

    def record_return(self, subject: str) -> Words:
        money, objects = self.pick(0, 100, 1_000_000, 5_000_000), self.maybe(TEXT, 0.3)
        return {"document": self.symbol("PT"), "money": money or None, "objects": objects}

    def _money(self) -> int | None:
        return self.pick(None, None, 0, 1_000_000)

    def _of(self, titles: list[Fact]) -> tuple[str, int]:
        """Return the title and year of one of these, or of none that there is."""
        if not titles or self.chance(0.05):
            return "national-fighter", self.year()
        found = self.pick(*titles).data
        return found["title"], found["year"]
