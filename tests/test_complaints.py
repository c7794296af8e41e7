"""Complaints and denunciations: handled in time, and nobody learns whom they come from."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli_use import Use
from department import PAPER, TODAY, UNIT, Clock, Department, who
from samples import stranger
from scenario import given
from stories import SEALED, SUMMARIZING, WORDS
from test_lawfulness import forged, unlawful

from domain import candidate_events as happened
from domain import complaint as told
from domain.complaint import Complaint, ComplaintFinding, ComplaintKind
from domain.events import Event
from domain.faults import Tampered
from domain.office import Office
from domain.refusals import REFUSALS
from domain.values import BlockGround, CandidateKind, Guarded, Protected, ReReviewCause, Role
from events_store import public_log
from events_store.audit import audit
from events_store.ledger import Ledger, Reader
from web.schemas import load
from workflow import commands as asked
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted
from workflow.rules import load_all
from workflow.work import Work, work

SECRET = "Nông Thị Bí Mật"
SENDER = Protected({"name": SECRET, "phone": "0912345678", "letter": "Tôi là hàng xóm…"})
KIND = ComplaintKind.DENUNCIATION
HANDLER, CLERK, BODY = Role.REVIEWER, Role.OFFICER, Role.STANDING_BODY
PART = asked.WithdrawComplaint("06/BB", WORDS)


@dataclass
class Letter:
    """A letter about a candidate, and what is asked of it next."""

    register: Department
    candidate: str
    id: str

    def ask(self, command: asked.Command, by: Role = BODY, **more: Any) -> Sequence[Event]:
        """Submit a command about it; return what was recorded."""
        return [e.event for e in self.register.ask(command, self.id, by, **more).entries]

    def refused(self, command: asked.Command, by: Role = BODY, **more: Any) -> tuple[str, ...]:
        """Return the needs for which a command is refused."""
        with pytest.raises(NeedsUnmet) as refusal:
            self.ask(command, by, **more)
        return tuple(finding.need for finding in refusal.value.unmet)

    def accepted(self) -> Letter:
        """Let the reviewer handle it."""
        self.ask(asked.AcceptComplaint(self.register.people[HANDLER]))
        return self

    @property
    def state(self) -> Complaint:
        """Return it as it stands."""
        found: Complaint = self.register.all("complaint")[self.id]
        return found

    @property
    def blocks(self) -> list[Event]:
        """Return what blocks the candidate."""
        return [fact.event for fact in self.register.candidate(self.candidate).blocks]


def received(
    register: Department,
    kind: ComplaintKind = KIND,
    *,
    about: str | None = None,
    on: date | None = None,
    **more: Any,
) -> Letter:
    """Return a letter that came about a candidate, a new one if none is named."""
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ rừng"), WORDS)
    candidate = about or register.ask(found, by=CLERK, on=on).subject
    command = asked.ReceiveComplaint(kind, candidate, WORDS, **{"sender": SENDER, **more})
    return Letter(register, candidate, register.ask(command, by=CLERK, on=on).subject)


def resolved(finding: ComplaintFinding) -> asked.ResolveComplaint:
    return asked.ResolveComplaint(finding, "07/KL-SNN", WORDS)


def test_2_7_an_accepted_complaint_blocks_until_its_resolution_lifts_the_block(
    register: Department,
) -> None:
    letter = received(register, about=given(register, *SUMMARIZING).subject)
    assert letter.blocks == []
    _, block = letter.ask(asked.AcceptComplaint(register.people[HANDLER]))
    assert block == happened.BlockRecorded(BlockGround.DENUNCIATION, None, letter.id)
    advance = register.request(asked.AdvanceStage(), letter.candidate, BODY)
    lacking = [(f.need, f.via) for f in register.why(advance) if not f.met]
    assert lacking == [("no-block", "resolve-complaint")]  # whose end lifts it
    register.ask(asked.AttachEvidence(WORDS), letter.candidate, CLERK)  # data entry goes on
    *_, lifted = letter.ask(resolved(ComplaintFinding.UNFOUNDED), HANDLER)
    assert lifted == happened.BlockLifted(BlockGround.DENUNCIATION, None, letter.id)
    assert (letter.blocks, letter.state.running) == ([], False)


def test_4_13_a_letter_waits_for_who_accepts_it_and_then_for_its_handler(
    register: Department, clock: Clock
) -> None:
    def waiting(role: Role) -> list[tuple[Work, str, date | None, bool]]:
        assert isinstance(register.ledger, Ledger)
        actor, offices = register.people[role], [Office(role=role)]
        found = work(register, register.ledger, offices, actor)
        letters = (Work.COMPLAINT, Work.SETTLING)
        return [(t.work, t.subject, t.due, bool(t.late)) for t in found if t.work in letters]

    letter = received(register)
    asked_for = (Work.COMPLAINT, letter.id, letter.state.until, False)
    assert [waiting(role) for role in (BODY, HANDLER, CLERK)] == [[asked_for], [], []]
    letter.accepted()
    until = letter.state.until
    assert until is not None
    running = (Work.SETTLING, letter.id, until)
    assert [waiting(role) for role in (BODY, HANDLER)] == [[], [(*running, False)]]
    clock.set(until + timedelta(days=7))
    assert [waiting(role) for role in (BODY, HANDLER)] == [[], [(*running, True)]]
    letter.ask(resolved(ComplaintFinding.UNFOUNDED), HANDLER)
    assert waiting(HANDLER) == []


@pytest.mark.parametrize("finding", ComplaintFinding)
def test_2_9_the_whole_course_of_a_complaint_is_lawful_and_whole(
    register: Department, ledger: Ledger, finding: ComplaintFinding
) -> None:
    letter = received(register).accepted()
    for command in (asked.ExtendComplaint(WORDS), asked.ReplaceHandler("person:auditor")):
        letter.ask(command)
    letter.ask(asked.ReplaceHandler(register.people[HANDLER]))
    letter.ask(PART)
    letter.ask(resolved(finding), HANDLER)
    received(register).ask(asked.RejectComplaint(WORDS))
    assert unlawful(register) == []
    assert audit(ledger.recorder.address).faults == []


def test_2_7_nobody_lifts_the_block_of_a_complaint_by_hand(house: Department) -> None:
    letter = received(house).accepted()
    block = house.ledger.entries(letter.candidate)[-1]
    for command, need in (
        (asked.LiftBlock(BlockGround.DENUNCIATION, WORDS), "plain-block"),
        (asked.VoidEntry(block.version, WORDS), "no-complaint-block"),
        (asked.CorrectEffectiveDate(block.version, TODAY, WORDS), "no-complaint-block"),
    ):
        with pytest.raises(NeedsUnmet) as refusal:
            house.ask(command, letter.candidate, Role.DIRECTOR, basis=PAPER)
        assert [(f.need, f.missing) for f in refusal.value.unmet] == [(need, (letter.id,))]
    house.ask(asked.RecordBlock(BlockGround.DENUNCIATION, WORDS), letter.candidate, BODY)
    house.ask(asked.LiftBlock(BlockGround.DENUNCIATION, WORDS), letter.candidate, BODY)
    assert letter.blocks == [block.event]


def test_2_9_who_was_rightly_complained_about_is_looked_at_again(house: Department) -> None:
    letter = received(house, about=given(house, *SUMMARIZING).subject).accepted()
    *_, again = letter.ask(resolved(ComplaintFinding.PARTLY_FOUNDED), HANDLER)
    assert again == happened.ReReviewRequired(ReReviewCause.COMPLAINT_FOUNDED, letter.candidate)
    advance = house.request(asked.AdvanceStage(), letter.candidate, BODY)
    assert [f.need for f in house.why(advance) if not f.met] == ["no-re-review"]


def test_2_9_an_anonymous_letter_is_recorded_and_not_settled(house: Department) -> None:
    letter = received(house, sender=None, anonymous=True)
    assert (letter.state.until, letter.state.waiting) == (None, False)
    command = asked.AcceptComplaint(house.people[HANDLER])
    assert letter.refused(command) == ("named-sender",)
    assert letter.blocks == []


@pytest.mark.parametrize(
    ("sender", "anonymous"), [(None, False), (Protected({"phone": "1"}), False), (SENDER, True)]
)
def test_2_9_a_sender_is_named_or_the_letter_is_anonymous(
    house: Department, sender: Protected | None, anonymous: bool
) -> None:
    with pytest.raises(InvalidCommand) as refusal:
        received(house, sender=sender, anonymous=anonymous)
    assert refusal.value.facts[0] == "sender"


@pytest.mark.parametrize(
    ("kind", "remote", "days"),
    [
        # 10 days and 30 days (a Wednesday), then 45; 45 and 60 in remote places
        (ComplaintKind.COMPLAINT, False, ["2026-03-12", "2026-04-01", "2026-04-16"]),
        (ComplaintKind.COMPLAINT, True, ["2026-03-12", "2026-04-16", "2026-05-04"]),
        # 7 working days; 30 days, and twice 30 more
        (ComplaintKind.DENUNCIATION, False, ["2026-03-11", "2026-04-01", "2026-05-04"]),
    ],
)
def test_2_8_deadlines_are_those_of_the_law_of_the_day(
    house: Department, kind: ComplaintKind, remote: bool, days: list[str]
) -> None:
    letter = received(house, kind)
    due = [letter.state.until]
    letter.ask(asked.AcceptComplaint(house.people[HANDLER], remote))
    due.append(letter.state.until)
    letter.ask(asked.ExtendComplaint(WORDS))
    due.append(letter.state.until)
    assert [str(day) for day in due] == days
    assert due[-1] is not None
    if kind is ComplaintKind.DENUNCIATION:
        letter.ask(asked.ExtendComplaint(WORDS))
    assert letter.refused(asked.ExtendComplaint(WORDS)) == ("extension-left",)


def test_2_8_no_deadline_is_invented_for_a_day_before_the_law(house: Department) -> None:
    with pytest.raises(NeedsUnmet) as refusal:
        received(house, on=date(2018, 12, 31))
    assert [f.need for f in refusal.value.unmet] == ["complaint-law"]


def test_2_9_a_part_may_be_withdrawn_from_the_day_the_law_lets_it(
    register: Department, clock: Clock
) -> None:
    letter = received(register, ComplaintKind.COMPLAINT).accepted()
    assert letter.refused(PART) == ("partial-withdrawal",)
    clock.set(date(2026, 7, 1))
    assert len(letter.ask(PART)) == 1
    assert (letter.state.withdrawn, letter.state.running) == (1, True)
    letter.ask(asked.WithdrawComplaint("08/BB"))
    assert (letter.blocks, letter.state.running) == ([], False)
    assert letter.refused(PART) == ("complaint-open",)
    assert unlawful(register) == []


def test_r8_1_only_the_named_handler_says_what_was_found(house: Department) -> None:
    letter = received(house).accepted()
    assert letter.refused(resolved(ComplaintFinding.UNFOUNDED), BODY) == ("its-handler",)
    letter.ask(asked.ReplaceHandler(house.people[BODY]))
    assert letter.refused(resolved(ComplaintFinding.UNFOUNDED), HANDLER) == ("its-handler",)
    letter.ask(resolved(ComplaintFinding.UNFOUNDED), BODY)


def test_r8_1_who_is_concerned_handles_nothing(register: Department) -> None:
    head = register.people[HANDLER]
    register.ask(asked.AppointHead(head), UNIT)
    letter = received(register)
    assert letter.refused(asked.AcceptComplaint(head)) == ("impartial-handler",)
    register.ask(asked.AppointHead(register.people[BODY]), UNIT)
    assert letter.refused(asked.AcceptComplaint(head)) == ("impartial-handler",)
    letter.ask(asked.AcceptComplaint(head), Role.DIRECTOR)


def test_2_9_only_handler_and_auditor_open_an_identity_and_leave_a_trace(
    register: Department,
) -> None:
    letter = received(register).accepted()
    for by in (HANDLER, Role.AUDITOR):
        request = register.request(asked.OpenIdentity(WORDS), letter.id, by)
        assert register.open_identity(request) == SENDER.content
        assert register.ledger.entries(letter.id)[-1].actor == register.people[by]
    assert [said.by for said in letter.state.opened] == [
        register.people[by] for by in (HANDLER, Role.AUDITOR)
    ]
    for by in (BODY, Role.DIRECTOR):
        with pytest.raises(NeedsUnmet) as refusal:
            register.open_identity(register.request(asked.OpenIdentity(WORDS), letter.id, by))
        assert [f.need for f in refusal.value.unmet] == ["handler-or-auditor"]
    for by in (CLERK, Role.COUNCIL, Role.ADMINISTRATOR, Role.UNIT_HEAD):
        with pytest.raises(NotPermitted):
            register.open_identity(register.request(asked.OpenIdentity(WORDS), letter.id, by))
    assert unlawful(register) == []


def test_2_9_an_access_sent_twice_shows_nothing_the_second_time(house: Department) -> None:
    letter = received(house).accepted()
    looking = asked.OpenIdentity(WORDS)
    first = house.request(looking, letter.id, HANDLER, command_id="0" * 32)
    again = house.request(looking, letter.id, BODY, command_id="0" * 32)
    assert [house.open_identity(one) is None for one in (first, again)] == [False, True]


def test_2_9_the_identity_is_in_a_store_of_its_own_that_nothing_else_shows(
    register: Department, ledger: Ledger
) -> None:
    letter = received(register).accepted()
    with pytest.raises(NeedsUnmet):
        letter.ask(asked.OpenIdentity(WORDS), BODY)
    ((id, owner, _, content),) = ledger.db.execute("SELECT * FROM identity").fetchall()
    assert (owner, json.loads(content)) == (letter.id, dict(SENDER.content))
    assert not hasattr(Reader, "identity")
    kept = [str(row) for t in ("entries", "vault", "card") for row in
            ledger.db.execute(f"SELECT * FROM {t}")]  # fmt: skip
    entries = [repr(entry) for entry in ledger.all()]
    assert any(id in entry for entry in entries)
    assert [text for text in (*kept, *entries) if SECRET in text or "0912345678" in text] == []
    assert ledger.entries(REFUSALS)
    assert re.search(SECRET, repr(SENDER)) is None
    leaves = public_log.texts(ledger.db)(0, ledger.size())
    assert [leaf for leaf in leaves if SECRET.encode() in leaf or b"complaint" in leaf] == []


WRITES = [
    "UPDATE identity SET content = '{}'",
    "UPDATE identity SET owner = 'x'",
    "DELETE FROM identity",
    "INSERT INTO identity SELECT * FROM identity",
]


@pytest.mark.parametrize("sql", [*WRITES, "TRUNCATE identity"])
def test_2_9_an_identity_is_never_changed_and_destroyed_by_entry_only(
    register: Department, ledger: Ledger, sql: str
) -> None:
    received(register)
    before = ledger.db.execute("SELECT * FROM identity").fetchall()
    with pytest.raises(Exception, match=r"identit|denied|unique|syntax"):
        stranger(ledger).execute(sql)
    assert ledger.db.execute("SELECT * FROM identity").fetchall() == before


def test_2_9_an_identity_that_was_changed_past_everything_is_found(
    register: Department, ledger: Ledger
) -> None:
    letter = received(register).accepted()
    db = stranger(ledger)
    if isinstance(ledger.recorder.address, Path):
        db.execute("DROP TRIGGER identities_are_never_updated")
    else:
        db.execute("ALTER TABLE identity DISABLE TRIGGER USER")
    db.execute('UPDATE identity SET content = \'{"name":"Ai khác"}\'')
    faults = {fault.kind for fault in audit(ledger.recorder.address).faults}
    assert faults == {"schema", "vault"}
    with pytest.raises(Tampered):
        register.open_identity(register.request(asked.OpenIdentity(WORDS), letter.id, HANDLER))


def test_2_9_a_file_is_destroyed_by_a_paper_and_the_fact_stays(
    register: Department, ledger: Ledger
) -> None:
    letter = received(register).accepted()
    assert letter.refused(asked.DestroyComplaint(), basis=PAPER) == ("complaint-closed",)
    letter.ask(resolved(ComplaintFinding.UNFOUNDED), HANDLER)
    assert letter.refused(asked.DestroyComplaint()) == ("official-notice",)
    letter.ask(asked.DestroyComplaint(), basis=PAPER)
    left = [ledger.db.execute(f"SELECT count(*) FROM {table} WHERE owner = ?", (letter.id,))
            for table in ("vault", "identity")]  # fmt: skip
    assert [rows.fetchone()[0] for rows in left] == [0, 0]
    assert (letter.state.destroyed, letter.state.finding) == (True, ComplaintFinding.UNFOUNDED)
    assert letter.refused(asked.OpenIdentity(WORDS), Role.AUDITOR) == ("identity-kept",)
    assert audit(ledger.recorder.address).faults == []
    assert unlawful(register) == []


ENDED = told.ComplaintResolved(ComplaintFinding.UNFOUNDED, "1/KL", SEALED)
FORGERIES: dict[str, tuple[Event, Role, tuple[str, ...]]] = {
    "breaks no rule": (told.HandlerReplaced("person:director"), BODY, ()),
    "ends it by another than the handler": (ENDED, BODY, ("its-handler", "event")),
    "ends it and leaves the block": (ENDED, HANDLER, ("event",)),
    "opens an identity out of turn": (told.IdentityOpened(SEALED), BODY, ("handler-or-auditor",)),
    "gives itself more time": (
        told.ComplaintExtended(SEALED, date(2027, 1, 1), 0),
        BODY,
        ("event",),
    ),
    "destroys what still runs": (
        told.ComplaintDestroyed(),
        BODY,
        ("complaint-closed", "official-notice"),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.only("sqlite")
def test_what_is_forged_of_a_complaint_is_found(register: Department, name: str) -> None:
    event, by, why = FORGERIES[name]
    letter = received(register).accepted()
    rule_set = register.rules.on(TODAY).name
    assert forged(register, letter.id, event, by=by, on=TODAY, rule_set=rule_set) == why


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("kind", [happened.BlockRecorded, happened.BlockLifted])
def test_a_forged_block_of_a_complaint_is_found(register: Department, kind: Any) -> None:
    letter = received(register).accepted()
    event = kind(BlockGround.DENUNCIATION, SEALED, letter.id)
    rule_set = register.rules.on(TODAY).name
    assert "event" in forged(
        register, letter.candidate, event, by=BODY, on=TODAY, rule_set=rule_set
    )


def test_an_auditor_may_do_nothing_but_open_an_identity() -> None:
    acting = {
        name
        for rules in load_all().sets
        for name, one in rules.text.commands.items()
        if Role.AUDITOR in one.by
    }
    assert acting == {"open-identity"}


def test_the_sender_of_a_form_is_taken_for_the_store_of_its_own() -> None:
    typed = {"kind": "complaint-letter", "candidate": "candidate:1", "summary": "Về việc…"}
    named = load(asked.ReceiveComplaint, {**typed, "sender": {"name": SECRET, "phone": ""}})
    blank = load(asked.ReceiveComplaint, {**typed, "sender": {"name": ""}, "anonymous": "true"})
    assert isinstance(named, asked.ReceiveComplaint)
    assert isinstance(blank, asked.ReceiveComplaint)
    assert isinstance(named.sender, Protected)
    assert blank.sender is None
    assert isinstance(named.sender.sealed(), Guarded)


def test_2_9_the_command_line_shows_an_identity_once_the_look_is_recorded(
    tmp_path: Path,
) -> None:
    use = Use(tmp_path).founded()
    use.run("import", use.sheet({}), "--create-units")
    candidate = next(iter(Reader(use.database).db.execute("SELECT subject FROM card")))[0]
    clerk = use.token("a@example.vn", "officer")
    auditor = use.token("b@example.vn", "auditor")
    letter = {"kind": str(KIND), "candidate": candidate, "summary": "Về thành tích",
              "sender": {"name": SECRET}}  # fmt: skip
    sent = ("submit", "receive-complaint", "--data", json.dumps(letter), "--token")
    subject = use.json(*sent, clerk)["subject"]
    refused = use.run("identity", subject, "--reason", "Xem", "--token", clerk, code=1)
    assert SECRET not in refused.output
    shown = use.json("identity", subject, "--reason", "Kiểm tra", "--token", auditor)
    assert shown == {"id": subject, "sender": {"name": SECRET}}
    last = [*Reader(use.database).all()][-1]
    assert (type(last.event), last.subject) == (told.IdentityOpened, subject)
    use.run("verify")
    use.run("lawful", code=0)
