"""Help: a guide for every office, and a tour whose every stop is there."""

from __future__ import annotations

import html
import re

import pytest
from desk import Desk
from flask import url_for

from domain.values import Role
from web.demo.cast import CAST
from web.words.guides import GUIDES, TOUR

pytest_plugins = ["desks"]


def test_every_office_has_a_guide_and_finds_its_own_open() -> None:
    assert {role for guide in GUIDES.values() for role in guide.roles} == {*Role}


def test_a_guide_opens_what_its_office_may_open(shown: Desk) -> None:
    with shown.app.test_request_context():
        ways = [
            (role, url_for(step.at, **step.given))
            for guide in GUIDES.values()
            for role in guide.roles
            for step in guide.steps
            if step.at and not step.at.startswith("log.")
        ]
    visitors = {role: shown.visitor(role) for role in Role}
    met = [(role, at, visitors[role].get(at).status_code) for role, at in ways]
    assert [one for one in met if one[2] != 200] == []


@pytest.mark.parametrize("role", Role)
def test_no_guide_leads_where_the_visitor_may_not_go(shown: Desk, role: Role) -> None:
    visitor = shown.visitor(role)
    guides = visitor.get("/help").text.partition('<ul class="four"')[2]
    leads = {html.unescape(link) for link in re.findall(r'href="([^"]+)">Mở<', guides)}
    assert leads
    assert [link for link in leads if visitor.get(link).status_code == 403] == []


@pytest.mark.parametrize("role", [None, Role.REVIEWER])
def test_the_guide_is_there_for_everybody_and_names_the_way(
    shown: Desk, role: Role | None
) -> None:
    page = shown.visitor(role).get("/help").text
    own = "public" if role is None else "reviewer"
    assert f'id="{own}" open' in page
    assert page.count(" open>") == 1 + page.count('<details class="menu" open>')
    assert shown.visitor(role).get("/help?lang=en").text.count("Người dân") == 0


def test_the_tour_is_of_the_demo_only_and_names_its_people(shown: Desk) -> None:
    assert shown.visitor().get("/help/tour").status_code == 404
    ids = {hero.id.partition(":")[2] for hero in CAST.values()}
    assert {stop.given["id"] for stop in TOUR if stop.at == "candidate.show"} <= ids
