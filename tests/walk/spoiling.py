"""Steps with something wrong about them."""

from __future__ import annotations

from datetime import date

from walk.pools import DAY, STAFF
from walk.sides import Step
from walk.stepping import Stepper
from walk.views import Office
from walk.vocabulary import subject_kind

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
OPTIONAL = ("ended_on", "outcome", "nurtured_on", "sender")


class Spoiler(Stepper):
    """Makes a step wrong in one way."""

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
