"""Discovery of somebody who is in the register already, and of who may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_use import Use
from department import PAPER, UNIT, Department, who
from stories import WORDS
from test_leader import FOUND, HEAD_SINCE, accused

from domain.values import CandidateKind, ErasureGround, PersonKind, Private, Role
from events_store.ledger import Ledger
from web.twins import twins
from workflow import commands as asked
from workflow.leader import headed
from workflow.refusals import InvalidCommand, Refusal, UnknownSubject

HEAD = "person:thang"


def discover(
    person: str | None = HEAD,
    who: Private | None = None,
    kind: CandidateKind = CandidateKind.INDIVIDUAL,
) -> asked.DiscoverCandidate:
    return asked.DiscoverCandidate(kind, UNIT, who, WORDS, PersonKind.LEADER, person=person)


@pytest.fixture
def known(register: Department) -> Department:
    """Return a register that knows the head of its unit."""
    register.ask(asked.DescribePerson(who("Nông Văn Thắng", 1975)), HEAD)
    register.ask(asked.AppointHead(HEAD), UNIT, on=HEAD_SINCE)
    return register


def test_r4_1_a_head_found_is_the_person_who_heads_the_unit(known: Department) -> None:
    told = known.ask(discover(), by=Role.OFFICER, on=FOUND)
    assert [e.subject for e in told.entries] == [told.subject] * 2  # no person more
    person = known.candidate(told.subject).person
    assert (person, accused(known)) == (HEAD, [])
    request = known.request(asked.AdvanceStage(), told.subject, Role.REVIEWER)
    assert list(headed(known.case(request, told.subject).world, HEAD)) == [UNIT]


@pytest.mark.only("sqlite")
def test_what_is_told_of_a_known_person_is_erased_with_the_person(known: Department) -> None:
    subject = known.ask(discover(), by=Role.OFFICER, on=FOUND).subject
    assert isinstance(known.ledger, Ledger)
    description = known.candidate(subject).description
    assert description
    assert known.ledger.secrets([description])
    known.ask(asked.ErasePersonalData(ErasureGround.DECIDED), HEAD, basis=PAPER)
    assert known.ledger.secrets([description]) == {}


@pytest.mark.parametrize(
    ("command", "refusal", "fact"),
    [
        (discover("person:nobody"), UnknownSubject, "person:nobody"),
        (discover(UNIT), UnknownSubject, UNIT),
        (discover(HEAD, who("Nông Văn Thắng")), InvalidCommand, "person"),
        (discover(HEAD, kind=CandidateKind.COLLECTIVE), InvalidCommand, "person"),
        (discover(None), InvalidCommand, "who"),
    ],
)
@pytest.mark.only("sqlite")
def test_who_is_found_is_named_once(
    known: Department, command: asked.Command, refusal: type[Refusal], fact: str
) -> None:
    with pytest.raises(refusal) as caught:
        known.ask(command, by=Role.OFFICER, on=FOUND)
    assert caught.value.facts[0] == fact


def test_who_may_be_the_same_is_told_by_name_year_and_unit(known: Department) -> None:
    assert isinstance(known.ledger, Ledger)
    first = known.ask(discover(), by=Role.OFFICER, on=FOUND).subject
    same = discover(None, who("NÔNG VĂN THẮNG", 1975))
    assert twins(known.ledger, same) == (first,)
    assert twins(known.ledger, discover()) == (first,)
    assert twins(known.ledger, discover(None, who("Nông Văn Thắng", 1976))) == ()
    second = known.ask(same, by=Role.OFFICER, on=FOUND).subject  # a warning blocks nobody
    assert twins(known.ledger, same) == (first, second)


def test_the_command_line_warns_of_a_twin(tmp_path: Path) -> None:
    use = Use(tmp_path).founded()
    officer = use.token("a@snn.example.vn", "officer")
    unit = json.dumps({"name": "Phòng", "kind": "division"})
    use.run("submit", "register-unit", "--data", unit, "--token", officer)
    told = {"kind": "collective", "unit": "Phòng", "what": {"field": "Rừng"}}
    found = json.dumps({**told, "who": {"name": "Tổ Hòa Bình"}})
    again = json.dumps({**told, "who": {"name": "tổ Hoà Bình"}})
    first = use.run("submit", "discover-candidate", "--data", found, "--token", officer)
    second = use.run("submit", "discover-candidate", "--data", again, "--token", officer)
    assert ["Có thể trùng" in run.stderr for run in (first, second)] == [False, True]
