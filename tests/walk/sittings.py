"""Words for the council, its sessions and its votes."""

from __future__ import annotations

from walk.areas.council import SHARES
from walk.arguments import FILE, TEXT, Words
from walk.letters import Letters
from walk.pools import DAY, MEMBERS, STAFF
from walk.views import Council, Session

MATTERS = ("recognition", "recognition", "upward-proposal", "provincial-fighter-proposal",
           "stage-opinion", "stage-opinion")  # fmt: skip


class Sittings(Letters):
    """Chooses the words of commands about a council."""

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
