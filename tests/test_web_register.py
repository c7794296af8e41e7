"""The list: counts, search, filters, paging, and the same on any day."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from desk import IMPORTED, TODAY, Desk, Visitor, filled
from paper import Paper

from domain.values import CandidateKind, Outcome, PriorityGroup, Role, Stage
from domain.vietnamese import name_order, order, plain
from events_store import roll
from web.cli import main
from web.moment import moment
from web.state import state
from web.words.labels import LABELS, STATES

pytest_plugins = ["desks"]
DAYS = ["2021-12-31", "2024-06-30", "2025-06-30", "2026-05-24", TODAY.isoformat()]


@pytest.fixture(scope="module")
def reviewer(shown: Desk) -> Visitor:
    return shown.visitor()


def counts(page: Paper) -> dict[str, int]:
    """Return the numbers of the tiles and the outcomes, without zeros."""
    text = page.text
    found = {}
    for name in (*Stage, *Outcome):
        told = re.search(rf"\b{LABELS[name]} (\d[\d.]*)", text)
        assert told, f"{name} is counted on the page"
        found[str(name)] = int(told[1].replace(".", ""))
    return {name: count for name, count in found.items() if count}


def names(page: Paper) -> list[str]:
    return re.findall(r'<a class="text-reset fw-medium" [^>]*>([^<]*)</a>', page.html)


def results(page: Paper) -> int:
    told = re.search(r"([\d.]+) kết quả", page.text)
    assert told
    return int(told[1].replace(".", ""))


def every_page(visitor: Visitor, query: str = "") -> list[Paper]:
    """Return a list page after page."""
    pages, path = list[Paper](), f"/?{query}"
    while path:
        pages.append(visitor.read(path))
        following = [n for n in pages[-1].links if "after=" in n and "lang=" not in n]
        path = following[0] if following else ""
    return pages


def all_names(visitor: Visitor, query: str = "") -> list[str]:
    return [name for page in every_page(visitor, query) for name in names(page)]


@pytest.mark.parametrize("day", DAYS)
def test_the_tiles_are_the_state_of_the_day(shown: Desk, reviewer: Visitor, day: str) -> None:
    parts = shown.parts
    answer = state(parts.ledger, parts.register, moment(parts.ledger, TODAY, day, None))
    page = reviewer.read(f"/?on={day}")
    assert counts(page) == answer["states"]
    assert results(page) == answer["total"]


def test_the_command_line_says_the_same(shown: Desk, reviewer: Visitor) -> None:
    database = {"EXEMPLAR_DATABASE": f"sqlite:///{shown.folder / 'exemplar.db'}"}
    for asked in (["--on", "2024-06-30"], ["--on", "2024-06-30", "--known", "1000"]):
        told = CliRunner().invoke(main, ["state", *asked, "--json"], env=database)
        query = "&".join("=".join(two).removeprefix("--") for two in pairs(asked))
        assert counts(reviewer.read(f"/?{query}")) == json.loads(told.output)["states"]


def pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(zip(words[::2], words[1::2], strict=True))


def test_the_whole_workbook_is_here(reviewer: Visitor) -> None:
    assert "480 ứng viên · 15 đơn vị" in reviewer.read("/").text


def test_nothing_was_known_before_the_import(reviewer: Visitor) -> None:
    page = reviewer.read("/?known=2026-06-29")
    assert (counts(page), results(page)) == ({}, 0)
    assert "Sổ chưa có ai vào ngày này" in page.text


def test_as_known_on_the_day_of_the_import_all_is_known(reviewer: Visitor) -> None:
    known = reviewer.read(f"/?known={IMPORTED}")
    assert counts(known) == counts(reviewer.read("/"))


@pytest.mark.parametrize(
    "typed", ["hoang thi", "HOANG THI", "Hoàng Thị", "hoàng thị", "hoang  thi"]
)
def test_a_name_is_found_without_marks(reviewer: Visitor, typed: str) -> None:
    found = all_names(reviewer, f"q={typed}")
    assert found
    assert all("hoang thi" in plain(name) for name in found)
    assert found == all_names(reviewer, "q=hoang thi")


def test_d_with_stroke_is_found_as_d(reviewer: Visitor) -> None:
    found = all_names(reviewer, "q=dao")
    assert any("Đào" in name for name in found)


def test_a_unit_is_found_by_its_name(reviewer: Visitor) -> None:
    page = reviewer.read("/?q=chi cuc kiem lam")
    assert results(page) > 0
    assert page.html.count('<td class="unit">Chi cục Kiểm lâm</td>') == len(names(page))


def test_nobody_is_found_and_the_page_says_what_to_do(reviewer: Visitor) -> None:
    page = reviewer.read("/?q=khongcoainhuthe")
    assert (names(page), results(page)) == ([], 0)
    assert "Không có ai khớp với điều kiện lọc" in page.text
    assert "Bỏ lọc" in page.text


@pytest.mark.parametrize("name", list(STATES))
def test_a_state_narrows_the_list_to_its_count(reviewer: Visitor, name: str) -> None:
    page = reviewer.read(f"/?state={name}")
    assert results(page) == counts(page)[name]


def test_filters_divide_the_register(shown: Desk, reviewer: Visitor) -> None:
    kinds = [results(reviewer.read(f"/?kind={kind}")) for kind in CandidateKind]
    units = [results(reviewer.read(f"/?unit={id}")) for id in shown.parts.register.units()]
    assert (sum(kinds), sum(units)) == (480, 480)


def test_filters_narrow_together_and_stay_chosen(shown: Desk, reviewer: Visitor) -> None:
    unit = shown.unit("Chi cục Kiểm lâm")
    query = f"state=nurture&kind=individual&unit={unit}&priority=border-area&q=a"
    page = reviewer.read(f"/?{query}")
    narrow = roll.Filter(
        "nurture", unit, CandidateKind.INDIVIDUAL, PriorityGroup.BORDER_AREA, "a", ()
    )
    assert results(page) == roll.count(shown.parts.ledger.db, TODAY, None, narrow)
    asked = page.forms[-1].values
    assert (asked["q"], asked["state"], asked["unit"]) == ("a", "nurture", unit)


def test_paging_shows_everybody_exactly_once(reviewer: Visitor) -> None:
    told = [id for page in every_page(reviewer) for id in page.candidates]
    assert (len(told), len(set(told))) == (480, 480)


def test_people_stand_in_the_order_of_given_names(reviewer: Visitor) -> None:
    people = all_names(reviewer, "kind=individual")
    assert people == sorted(people, key=name_order)
    assert people.index("Đặng Thu Ánh") < people.index("Vi Quang Ân")
    others = all_names(reviewer, "kind=collective")
    assert others == sorted(others, key=order)


def test_paging_keeps_the_filters_and_the_day(reviewer: Visitor) -> None:
    page = reviewer.read("/?on=2025-06-30&state=nurture&known=4000")
    following = next(n for n in page.links if "after=" in n and "lang=" not in n)
    kept = parse_qs(urlsplit(following).query)
    assert (kept["on"], kept["known"], kept["state"]) == (["2025-06-30"], ["4000"], ["nurture"])
    every = all_names(reviewer, "on=2025-06-30&state=nurture")
    assert len(every) == results(reviewer.read("/?on=2025-06-30&state=nurture"))


def test_days_in_a_stage_are_counted_to_the_day_shown(shown: Desk, reviewer: Visitor) -> None:
    line = roll.page(shown.parts.ledger.db, date(2024, 6, 30), limit=1)[0]
    days = (date(2024, 6, 30) - line.since).days
    assert (
        f'data-label="Số ngày">{days:,}<'.replace(",", ".")
        in reviewer.read("/?on=2024-06-30").html
    )


def test_ready_candidates_carry_a_badge(desk: Desk) -> None:
    visitor = desk.visitor()
    path = ready(desk, visitor)
    name = re.search(r"<h1[^>]*>([^<]+)</h1>", visitor.read(path).html)
    assert name
    page = visitor.read(f"/?q={name[1]}&state=discover")
    assert "Đủ điều kiện" in page.text
    assert "7/7" in page.text


def ready(desk: Desk, visitor: Visitor) -> str:
    """Return the page of a candidate that lacks nothing any more."""
    page = visitor.read("/?state=discover")
    path = page.candidates[0]
    visitor.fill(f"{path}/describe-candidate", what__field="Lâm nghiệp", what__newness="Lần đầu")
    visitor.fill(f"{path}/record-peer-acclaim", minutes="12/BB")
    answer = visitor.fill(f"{path}/endorse-candidate", basis="45/XN-CCKL")
    assert answer.status_code == 303
    return path


def days_of(shown: Paper) -> set[str]:
    """Return where the timeline of a page leads: to other days of what it shows."""
    nav = re.search(r'<nav class="lifeline.*?</nav>', shown.html, re.DOTALL)
    return {unescape(link) for link in re.findall(r'href="([^"]+)"', nav[0])} if nav else set()


PAGES = ["/?on=2024-06-30", "/?known=3000", "/?on=2024-06-30&known=3000&state=nurture"]


@pytest.mark.parametrize("path", PAGES)
def test_in_the_time_machine_every_link_keeps_the_moment(reviewer: Visitor, path: str) -> None:
    page = reviewer.read(path)
    candidate = next(link for link in page.links if link.startswith("/candidates/"))
    moment = moment_of(path) | {"on": moment_of(path).get("on", TODAY.isoformat())}
    for shown in (page, reviewer.read(candidate)):
        assert "chỉ xem, không sửa" in shown.text
        back = re.search(r'href="([^"]+)">Về hôm nay<', shown.html)
        assert back
        assert not moment_of(back[1])
        onward = [
            link
            for link in shown.links
            if link not in ("#content", "/account", unescape(back[1])) and "lang=" not in link
            # A comparison names its own moments; a life leads to its other days.
            if not link.startswith("/compare?") and link not in days_of(shown)
        ]
        assert onward
        assert all(moment_of(link) == moment for link in onward)


def moment_of(link: str) -> dict[str, str]:
    """Return the two clocks of an address."""
    told = parse_qs(urlsplit(link).query)
    return {key: told[key][0] for key in ("on", "known") if key in told}


def test_the_past_offers_nothing_to_do(reviewer: Visitor) -> None:
    page = reviewer.read("/?on=2024-06-30")
    for shown in (page, reviewer.read(f"{page.candidates[0]}?on=2024-06-30")):
        assert "Giới thiệu điển hình" not in shown.text
        posted = [form.action for form in shown.forms if form.method == "post"]
        assert posted == ["/logout"]


def test_the_band_says_which_moment_and_leads_back(reviewer: Visitor) -> None:
    page = reviewer.read("/?on=2024-06-30&known=2026-06-30&q=an")
    assert "Sổ tại ngày 30/06/2024 theo hiểu biết đến 30/06/2026" in page.text
    assert "theo hiểu biết đến mục ghi #1000" in reviewer.read("/?known=1000").text
    assert "/?q=an" in page.links
    assert "chỉ xem" not in reviewer.read("/?q=an").text


def test_an_instant_can_be_asked_for(reviewer: Visitor) -> None:
    before = reviewer.read("/?known=2026-06-30T08:59:00")
    after = reviewer.read("/?known=2026-06-30T09:01:00")
    assert (results(before), results(after)) == (0, 480)


BAD = [
    "on=31/02",
    "on=2024-02-31",
    "on=xyz",
    "known=xyz",
    "known=2024-13-01",
    f"known={'9' * 6000}",
    "on=2024-06-30&known=hôm qua",
]
ODD = [
    "on=9999-12-31",
    "on=0001-01-01",
    "known=9999-12-31",
    "known=0001-01-01",
    "known=0001-01-01T00:00:00",
    "known=9999-12-31T23:59:59-10:00",
    "known=99999999999",
    "after=garbage",
    f"after={'9' * 30}",
    "after=-1",
    "after=999999",
    f"q={'ă' * 5000}",
    "q=' OR 1=1 --",
    "q=%25_%00\\",
    'q="); DROP TABLE entries;',
    "state=nowhere&kind=nothing&unit=unit:none&priority=x",
    "on=&known=&q=&state=&after=",
]


@pytest.mark.parametrize("query", BAD)
def test_what_is_no_date_is_said_to_be_none(reviewer: Visitor, query: str) -> None:
    for path in ("/", "/candidates/none", "/nowhere", "/import"):
        answer = reviewer.get(f"{path}?{query}")
        assert answer.status_code in (400, 404), path
        assert 'lang="vi"' in answer.text
    assert "không phải là một ngày có thật" in reviewer.get(f"/?{query}").text


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_have_plain_answers(reviewer: Visitor, query: str) -> None:
    page = reviewer.read(f"/?{query}")
    assert "Sổ đăng ký điển hình" in page.text


def test_a_search_that_looks_like_sql_finds_nobody(shown: Desk, reviewer: Visitor) -> None:
    size = shown.parts.ledger.size()
    assert results(reviewer.read("/?q=' OR 1=1 --")) == 0
    assert shown.parts.ledger.size() == size


def test_numbers_are_written_as_here(reviewer: Visitor) -> None:
    assert re.search(r'data-label="Số ngày">1\.\d{3}<', reviewer.read("/").html)


def test_only_those_who_may_are_offered_what_they_may(shown: Desk) -> None:
    auditor, officer = shown.visitor(Role.AUDITOR), shown.visitor(Role.OFFICER)
    assert "/candidates/new" not in auditor.read("/").links
    assert "/import" not in auditor.read("/").links
    assert {"/candidates/new", "/import"} <= set(officer.read("/").links)


def test_an_empty_register_says_how_to_begin(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = filled(tmp_path_factory.mktemp("empty"), sample=False)
    page = empty.visitor(Role.OFFICER).read("/")
    assert "Sổ còn trống" in page.text
    assert "0 ứng viên · 0 đơn vị" in page.text
