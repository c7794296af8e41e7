"""Files of evidence: kept with what describes them, opened by office, found when changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import postgres
import pytest
from department import PAPER, Clock, Department, unit_named, who
from enclosed import PDF, png
from samples import TABLES, dump, stranger

from domain.candidate_events import EvidenceAttached
from domain.enclosure import Enclosure
from domain.faults import Tampered
from domain.values import CandidateKind, ErasureGround, PersonKind, Private, Role, private
from events_store.audit import audit
from events_store.copying import copy
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.enclosures import open_file, opens
from workflow.lawfulness import Ruling, findings
from workflow.refusals import InvalidCommand, NotPermitted, UnknownSubject

WHAT = private("Giấy khen và ảnh chụp")
OPENING = {Role.OFFICER, Role.UNIT_HEAD, Role.REVIEWER, Role.STANDING_BODY, Role.DIRECTOR,
           Role.COUNCIL, Role.AUDITOR}  # fmt: skip


def files() -> tuple[Enclosure, ...]:
    """Return two files with salts of their own."""
    papers = (("giấy-khen.pdf", "application/pdf", PDF), ("ảnh.png", "image/png", png()))
    return tuple(Enclosure(*paper) for paper in papers)


def found(register: Department, unit: str | None = None) -> str:
    """Return a candidate."""
    what = Private({"position": "Kiểm lâm viên", "achievement": "Giữ rừng"})
    kind = CandidateKind.INDIVIDUAL
    discover = asked.DiscoverCandidate(
        kind, unit or register.unit, who("Hoàng Thị Sen"), what, PersonKind.CIVIL_SERVANT
    )
    return register.ask(discover, by=Role.OFFICER).subject


@pytest.fixture
def candidate(register: Department) -> str:
    """Return a candidate with two files and a paper that is only described."""
    subject = found(register)
    register.ask(asked.AttachEvidence(WHAT, files()), subject, Role.OFFICER)
    register.ask(asked.AttachEvidence(private("Biên bản"), file="ab" * 32), subject, Role.OFFICER)
    return subject


def versions(ledger: Ledger, subject: str) -> list[int]:
    """Return the entries that attached something."""
    entries = ledger.entries(subject)
    return [e.version for e in entries if isinstance(e.event, EvidenceAttached)]


def faults(ledger: Ledger) -> set[str]:
    """Return what an audit finds."""
    return {fault.kind for fault in audit(ledger.recorder.address).faults}


def test_every_file_is_an_entry_and_the_log_tells_nothing_of_it(
    register: Department, ledger: Ledger, candidate: str
) -> None:
    first, second, paper = versions(ledger, candidate)
    opened = [open_file(register, register.people[Role.REVIEWER], candidate, v)
              for v in (first, second)]  # fmt: skip
    assert [(told["file_name"], told["bytes"], told["sha256"]) for told, _ in opened] == [
        ("giấy-khen.pdf", len(PDF), hashlib.sha256(PDF).hexdigest()),
        ("ảnh.png", len(png()), hashlib.sha256(png()).hexdigest()),
    ]
    assert [(told["text"], content) for told, content in opened] == [
        ("Giấy khen và ảnh chụp", PDF), ("Giấy khen và ảnh chụp", png()),
    ]  # fmt: skip
    with pytest.raises(UnknownSubject):
        open_file(register, register.people[Role.REVIEWER], candidate, paper)
    log = repr(dump(ledger.db, ("entries",)))
    assert hashlib.sha256(PDF).hexdigest() not in log
    assert "giấy-khen" not in log
    assert faults(ledger) == set()
    verdicts = list(findings(ledger.all(), register.rules))
    assert {v.ruling for v in verdicts} == {Ruling.LAWFUL}


def test_files_are_opened_by_office_and_a_unit_s_head_opens_those_of_the_unit(
    register: Department, candidate: str
) -> None:
    assert {r for r, person in register.people.items() if opens(register, person, candidate)} == (
        OPENING
    )
    for person in (register.people[Role.ADMINISTRATOR], "person:nobody"):
        with pytest.raises(NotPermitted) as caught:
            open_file(register, person, candidate, 3)
        assert {*caught.value.facts[1:]} == OPENING
    elsewhere = found(
        register, register.ask(unit_named("Trung tâm Khuyến nông"), "unit:khac").subject
    )
    assert not opens(register, register.people[Role.UNIT_HEAD], elsewhere)
    assert opens(register, register.people[Role.OFFICER], elsewhere)
    with pytest.raises(UnknownSubject):
        open_file(register, register.people[Role.OFFICER], "candidate:none", 1)


def test_erasing_a_person_takes_the_files_too(
    register: Department, ledger: Ledger, candidate: str, tmp_path: Path
) -> None:
    person = register.candidate(candidate).person
    register.ask(
        asked.ErasePersonalData(ErasureGround.DECIDED), person, Role.ADMINISTRATOR, basis=PAPER
    )
    assert ledger.db.execute("SELECT count(*) FROM enclosure").fetchone()[0] == 0
    assert faults(ledger) == set()
    with pytest.raises(UnknownSubject):
        open_file(register, register.people[Role.OFFICER], candidate, 3)
    if isinstance(ledger.recorder.address, Path):
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
        assert PDF[:120] not in kept


@pytest.mark.parametrize(("sql", "kind"), [
    ("UPDATE enclosure SET content = ?", "file"),
    ("DELETE FROM enclosure WHERE content <> ?", "file-missing"),
    ("UPDATE enclosure SET owner = 'person:khac' WHERE content <> ?", "vault-owner"),
    ("UPDATE enclosure SET id = 'khac' WHERE length(content) = "
     "(SELECT max(length(content)) FROM enclosure) AND content <> ?", "file-loose"),
])  # fmt: skip
def test_a_file_that_was_changed_past_everything_is_found(
    register: Department, ledger: Ledger, candidate: str, sql: str, kind: str
) -> None:
    stranger(ledger).execute(sql, (b"%PDF-1.4 else",))
    assert kind in faults(ledger)
    if kind in ("file", "file-missing"):
        with pytest.raises(Tampered):
            open_file(
                register, register.people[Role.OFFICER], candidate, versions(ledger, candidate)[0]
            )


def test_the_same_file_twice_and_a_file_beside_a_hash_are_refused_whole(
    register: Department, ledger: Ledger
) -> None:
    subject, (one, _) = found(register), files()
    twice = (one, Enclosure("bản-sao.pdf", one.type, one.content))
    size = ledger.size()
    for command, field in (
        (asked.AttachEvidence(WHAT, twice), "files"),
        (asked.AttachEvidence(WHAT, (one,), "ab" * 32), "file"),
    ):
        with pytest.raises(InvalidCommand) as caught:
            register.ask(command, subject, Role.OFFICER)
        assert caught.value.facts[0] == field
    kept = ledger.db.execute("SELECT count(*) FROM enclosure").fetchone()[0]
    assert (ledger.size(), kept) == (size, 0)


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """Yield an empty ledger in a database of its own."""
    with ExitStack() as closing:
        where: Any = tmp_path / "other.db"
        if request.param == "postgresql":
            where = closing.enter_context(postgres.database())
        ledger = Ledger(where, Clock())
        yield ledger
        ledger.recorder.close()


def test_a_copy_has_the_files(
    register: Department, ledger: Ledger, candidate: str, other: Ledger
) -> None:
    more = tuple(Enclosure(f"{at}.png", "image/png", png(shade=at)) for at in range(9))
    register.ask(asked.AttachEvidence(WHAT, more), candidate, Role.OFFICER)
    copy(ledger.reader(), other)
    assert dump(other.db, TABLES) == dump(ledger.db, TABLES)
    assert faults(other) == set()
