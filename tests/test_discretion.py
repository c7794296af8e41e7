"""Discretion: who may know by name whom the register turned down (A-23)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple
from urllib.parse import parse_qsl

import openly
import pytest
from click.testing import CliRunner
from department import TODAY, UNIT, Department, unit_named
from desk import PASSWORD, SINCE, Desk, Visitor, filled
from programs import Program
from stories import STORIES

from domain.round import CandidateSelected, Occasion, RoundOpened, SelectionList
from domain.values import Outcome, Private, Role, Stage, UnitKind
from events_store import roll
from web import accounts, titles
from web.cli import main
from web.discreet import UNNAMED, seen_by
from web.parts import Parts
from workflow import commands as asked
from workflow.refusals import NotPermitted

THERE = "unit:thuy-loi"
SEEING = {*Role} - {Role.ADMINISTRATOR}


APART = ("static", "security.")  # signing in and out


@pytest.fixture
def turned_down(register: Department) -> dict[str, str]:
    """Return candidates of one unit by how they stand; another unit has its head."""
    register.ask(unit_named("Chi cục Thủy lợi"), THERE)
    register.ask(asked.GrantOffice("person:khac", Role.UNIT_HEAD, THERE))
    states = (Stage.NURTURE, Outcome.DECLINED, Outcome.WITHDRAWN, Outcome.REVOKED)
    return {str(state): openly.recorded(register, str(state), STORIES[state]) for state in states}


def read_by(register: Department, person: str, office: str | None = None) -> Parts:
    return seen_by(Parts(register.ledger, register, None), person, office)  # type: ignore[arg-type]


def test_a_23_the_unit_reviewers_council_and_auditors_know_them(
    register: Department, turned_down: dict[str, str]
) -> None:
    seeing = {role for role in Role if read_by(register, register.people[role]).veil is None}
    head = read_by(register, register.people[Role.UNIT_HEAD])
    assert seeing == SEEING - {Role.UNIT_HEAD}
    names = titles.called(head, turned_down.values())
    assert names == {id: f"{state}-name" for state, id in turned_down.items()}


def test_a_23_others_see_them_neither_listed_nor_named_nor_opened(
    register: Department, turned_down: dict[str, str]
) -> None:
    hidden = {turned_down["declined"], turned_down["withdrawn"]}
    for who in ("person:khac", register.people[Role.ADMINISTRATOR], "person:ai-do"):
        parts = read_by(register, who)
        names = titles.called(parts, turned_down.values())
        assert {id for id, name in names.items() if name == UNNAMED} == hidden
        for day in (openly.ON, TODAY):
            narrow = roll.Filter(veil=parts.veil)
            lines = {line.subject for line in roll.page(register.ledger.db, day, None, narrow)}
            assert lines == {*turned_down.values()} - hidden
            assert roll.count(register.ledger.db, day, narrow=narrow) == len(lines)
            sought = roll.Filter(text="declined", veil=parts.veil)
            assert roll.page(register.ledger.db, day, None, sought) == []
        for id in turned_down.values():
            person = register.candidate(id).person or ""
            told = [e for e in register.ledger.entries(person) if hasattr(e.event, "description")]
            words = parts.ledger.secrets([e.event.description for e in told])  # type: ignore[union-attr]
            assert [one["name"] == UNNAMED for one in words.values()] == [id in hidden]
            if id in hidden:
                with pytest.raises(NotPermitted):
                    parts.ledger.entries(id)
            else:
                assert parts.ledger.entries(id)


def test_a_23_who_is_a_candidate_again_or_in_office_is_named(
    register: Department, turned_down: dict[str, str]
) -> None:
    person = register.candidate(turned_down["declined"]).person or ""
    other = register.candidate(turned_down["withdrawn"]).person or ""
    register.ask(asked.GrantOffice(other, Role.OFFICER))
    parts = read_by(register, "person:khac")
    assert parts.ledger.hidden([person, other]) == {person}  # type: ignore[attr-defined]
    found = asked.DiscoverCandidate(
        asked.CandidateKind.INDIVIDUAL, UNIT, None, openly.words("lại", ["field"]), person=person
    )
    register.ask(found, by=Role.OFFICER)
    assert parts.ledger.hidden([person, other]) == set()  # type: ignore[attr-defined]


def test_a_23_the_unit_that_took_another_in_knows_those_of_both(
    register: Department, turned_down: dict[str, str]
) -> None:
    assert read_by(register, "person:khac").veil
    register.ask(asked.MergeUnit((THERE,)), UNIT, Role.STANDING_BODY)
    veil = read_by(register, "person:khac").veil
    assert veil
    assert veil.units == {UNIT, THERE}


# --- every page, file and answer ------------------------------------------------------------


class House(NamedTuple):
    """A register behind its pages; who is hidden from the head of another unit; a round."""

    desk: Desk
    hidden: list[str]
    round: str
    head: Visitor
    token: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    at = filled(tmp_path_factory.mktemp("discretion"), sample=False)
    at.parts.sealer.keys.create("so-dien-hinh/kin")
    register, admin = at.parts.register, Role.ADMINISTRATOR
    for name in ("Chi cục Kiểm lâm", "Chi cục Thủy lợi"):
        at.submit(asked.RegisterUnit(name, UnitKind.SUB_DEPARTMENT), admin, on=SINCE)
    told = {"Kín": STORIES[Outcome.DECLINED], "Kínrút": STORIES[Outcome.WITHDRAWN]}
    hidden = [openly.recorded(register, mark, story) for mark, story in told.items()]
    openly.recorded(register, "Mở", STORIES[Stage.NURTURE])
    openly.add(register, "round:dot-1", RoundOpened("programme:x", Occasion.YEAR_END, "Đợt 1"))
    openly.add(register, "round:dot-1", CandidateSelected(hidden[0], SelectionList.COMMEND))
    person = at.submit(asked.DescribePerson(Private({"name": "Hà Văn Khác"})), admin)
    office = asked.GrantOffice(person, Role.UNIT_HEAD, at.unit("Chi cục Thủy lợi"))
    held = at.submit(office, admin, on=SINCE)
    with at.app.app_context():
        accounts.create_account("khac@sodienhinh.example", person, PASSWORD)
        account = accounts.find_account("khac@sodienhinh.example")
        assert account
        token = accounts.create_token(account, "thử", held, 30)
    head = Visitor(at.app.test_client())
    head.fill("/login", email="khac@sodienhinh.example", password=PASSWORD)
    return House(at, hidden, "round:dot-1", head, token)


def addresses(house: House, below: str) -> Iterator[str]:
    """Yield every address of pages or of the API, with who is hidden wherever one is named."""
    register = house.desk.parts.register
    people = [register.candidate(id).person or "" for id in house.hidden]
    ids = [id.partition(":")[2] for id in (*house.hidden, *people, house.round)]
    for rule in house.desk.app.url_map.iter_rules():
        api = rule.rule.startswith("/api/")
        if (
            "GET" not in (rule.methods or ())
            or rule.endpoint.startswith(APART)
            or api != bool(below)
        ):
            continue
        if "<" not in rule.rule:
            asks = ("", "?q=kin", "?on=2025-06-10", "?state=declined", "?text=kin&kind=person")
            yield from (f"{rule.rule}{more}" for more in asks if not api or more != asks[-1])
            continue
        kinds = (
            ("candidates", "people", "rounds") if "<kind:kind>" in rule.rule else ("candidate",)
        )
        for kind, id in product(kinds, ids):
            filled_in = re.sub(r"<kind:kind>", kind, rule.rule)
            filled_in = re.sub(r"<(?:\w+:)?id>", id, filled_in)
            yield re.sub(r"<(?:[^:<>]+(?:\([^)]*\))?:)?(\w+)>", blank, filled_in)
    if not below:
        for id in house.hidden:
            yield f"/compare?about={id}&a=2025-06-01&b=2025-06-10"
        yield "/compare?a=2025-06-01&b=2025-06-10"


def blank(found: re.Match[str]) -> str:
    """Return what fills a blank of an address."""
    told = {"position": "0", "version": "1", "name": "file", "ext": "docx", "form": "csv"}
    return told.get(found[1], "withdraw-candidate")


def test_a_23_no_page_names_them_to_the_head_of_another_unit(house: House) -> None:
    opened = 0
    for address in addresses(house, ""):
        answer = house.head.get(address)
        text = answer.text if answer.mimetype.startswith("text") else ""
        opened += answer.status_code == 200
        answer.close()
        assert answer.status_code < 500, address
        assert "Kín" not in text, address
    assert opened > 60
    assert str(UNNAMED) in house.head.read("/rounds/dot-1").text
    assert "Mở-name" in house.head.read("/").text
    assert "2 kết quả" not in house.head.read("/?q=kin").text
    short = house.hidden[0].partition(":")[2]
    assert house.head.get(f"/candidates/{short}").status_code == 403


def test_a_23_no_answer_of_the_api_names_them_to_a_token_of_another_unit(house: House) -> None:
    program = Program(house.desk, house.token)
    opened = 0
    for address in addresses(house, "/api/v1"):
        path, _, query = address.removeprefix("/api/v1").partition("?")
        answer = program.ask(path, **dict(parse_qsl(query)))
        opened += answer.status_code == 200
        assert "Kín" not in json.dumps(answer.json, ensure_ascii=False), address
    assert opened > 20


def test_a_23_reviewers_find_them_everywhere(house: House) -> None:
    reviewer, short = house.desk.visitor(Role.REVIEWER), house.hidden[0].partition(":")[2]
    for address in (f"/candidates/{short}", "/?state=declined", "/?q=kin", "/rounds/dot-1"):
        assert "Kín-name" in reviewer.read(address).text, address


def test_a_23_the_command_line_names_them_to_no_token_of_another_unit(house: House) -> None:
    env = {"EXEMPLAR_DATABASE": f"sqlite:///{house.desk.folder / 'exemplar.db'}"}
    data = '{"plan": "Kế hoạch"}'
    ask = ["batch", "adopt-nurture-plan", *house.hidden, "--data", data, "--check"]
    for token, named in ((house.token, False), (None, True)):
        told = CliRunner().invoke(main, [*ask, *(["--token", token] if token else [])], env=env)
        assert ("Kín-name" in told.output) is named, told.output
