"""Former texts: who was received under one goes on after an upgrade, and lawfully."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from department import PAPER, UNIT, Clock, Department, unit_named, who
from stories import WORDS

from domain.values import CandidateKind, FastTrackGround, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.register import Register, Request
from workflow.rule_checks import BadRuleSet
from workflow.rules import RuleBook, load_all

BOOK = load_all()
FIRST = BOOK.editions[0]
DAY, TODAY = date(2025, 6, 2), date(2026, 3, 2)


@pytest.fixture
def before(ledger: Ledger, clock: Clock) -> Department:
    """Return a register as it was kept before the rule sets changed."""
    return Department(ledger, clock, FIRST)


def received(register: Department) -> str:
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ rừng"), WORDS)
    subject = register.ask(found, by=Role.OFFICER, on=DAY).subject
    register.ask(asked.EndorseCandidate(), subject, Role.UNIT_HEAD, DAY)
    return subject


def accused(ledger: Ledger) -> list[tuple[int, tuple[str, ...]]]:
    return [(v.entry.position, v.why) for v in findings(ledger.all(), BOOK) if v.why]


def test_the_first_edition_is_kept_as_it_was_shipped() -> None:
    assert [s.name for s in FIRST.sets] == [
        "2021@b7bc67000d7e110914a5b31a89d0c0be8d220cdc0f0330e4998faf912ada3365",
        "2024@fa70c0264835baa022d089856c6c0ea36baa001d1584d6e4f350f51007ddef03",
    ]
    assert [BOOK.cited(s.name) for s in FIRST.sets] == list(FIRST.sets)
    assert BOOK.on(DAY) not in FIRST.sets


def test_a_candidate_of_before_goes_on_under_the_text_it_was_received_under(
    before: Department, ledger: Ledger, clock: Clock
) -> None:
    subject = received(before)
    after = Register(ledger, BOOK, clock)
    acclaim = asked.RecordPeerAcclaim("BB-01", 20, 0, 1)
    told = [
        after.submit(Request(acclaim, before.people[Role.OFFICER], subject, DAY)),
        after.submit(Request(asked.AdvanceStage(), before.people[Role.REVIEWER], subject)),
    ]
    assert {receipt.entries[0].rule_set for receipt in told} == {FIRST.sets[1].name}
    assert accused(ledger) == []


def test_what_a_former_text_does_not_know_is_judged_by_the_rules_of_its_day(
    before: Department, ledger: Ledger, clock: Clock
) -> None:
    subject = received(before)
    after = Register(ledger, BOOK, clock)
    grant = asked.GrantFastTrack(FastTrackGround.EXTRAORDINARY)
    body = before.people[Role.STANDING_BODY]
    told = after.submit(Request(grant, body, subject, TODAY, PAPER))
    assert told.entries[0].rule_set == BOOK.on(TODAY).name
    after.submit(Request(asked.AdvanceStage(), before.people[Role.REVIEWER], subject, TODAY))
    assert accused(ledger) == []


def test_what_is_new_after_the_upgrade_follows_the_new_text(
    before: Department, ledger: Ledger, clock: Clock
) -> None:
    after = Register(ledger, BOOK, clock)
    administrator = before.people[Role.ADMINISTRATOR]
    new = after.submit(Request(unit_named("Chi cục Thủy lợi"), administrator))
    assert new.entries[0].rule_set == BOOK.on(TODAY).name
    assert accused(ledger) == []


def test_a_former_text_does_not_come_back(
    before: Department, ledger: Ledger, clock: Clock
) -> None:
    after = Register(ledger, BOOK, clock)
    administrator = before.people[Role.ADMINISTRATOR]
    after.submit(Request(unit_named("Chi cục Thủy lợi"), administrator))
    old = before.ask(unit_named("Chi cục Chăn nuôi"))  # somebody runs the program of before
    assert accused(ledger) == [(old.last, ("rule-set",))]


def test_changed_bytes_of_a_former_text_are_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(str(files("workflow") / "rule_sets"), tmp_path / "rules"))
    file = next((folder / "former" / "1").iterdir())
    file.write_bytes(file.read_bytes().replace(b"reviewer", b"director", 1))
    with pytest.raises(BadRuleSet, match="not those of the name"):
        load_all(folder)


def test_a_book_without_former_texts_misses_them(before: Department, ledger: Ledger) -> None:
    alone = RuleBook(BOOK.sets)
    why = {code for v in findings(ledger.all(), alone) for code in v.why}
    assert why == {"rule-set-unknown"}
