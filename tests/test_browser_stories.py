"""Stories in a real browser: the council asks for a day and compares; an auditor replays.

The reviewer's own story, from sign-in to done, is in `test_browser`.
"""

from __future__ import annotations

import re

import pytest
from browsing import NARROW, WIDE, fits, page, sign_in
from playwright.sync_api import Browser, expect

from domain.values import Role

pytest_plugins = ["browsers"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "390 px"])
def test_the_council_asks_for_a_day_and_compares_it(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    tab = page(browser, address, size)
    sign_in(tab, Role.COUNCIL)
    tab.goto("/?on=2024-06-30")
    expect(tab.locator(".timeband")).to_contain_text("30/06/2024")
    expect(tab.get_by_role("link", name="Giới thiệu điển hình")).to_have_count(0)
    assert fits(tab)
    tab.goto("/compare")
    tab.locator("#a-on").fill("2023-12-31")
    tab.locator("#b-on").fill("2024-06-30")
    tab.get_by_role("button", name="So sánh").click()
    expect(tab.get_by_role("heading", name="147 ứng viên đổi trạng thái")).to_be_visible()
    assert fits(tab)
    tab.get_by_role("link", name="Trang sau").click()
    expect(tab.locator("table.subjects tbody tr")).to_have_count(50)
    tab.locator("table.subjects tbody a").first.click()
    expect(tab.get_by_role("heading", name="Khác nhau")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("#")
    assert fits(tab)
    tab.goto("/compare?a=2023-12-31&b=2024-06-30&lang=en")
    expect(tab.get_by_role("heading", name="147 candidates changed state")).to_be_visible()
    assert fits(tab)
    tab.context.close()


def test_an_auditor_finds_a_paper_and_replays_a_candidate(browser: Browser, address: str) -> None:
    tab = page(browser, address, NARROW)
    sign_in(tab, Role.AUDITOR)
    tab.get_by_role("searchbox").fill("/qd-snn")
    tab.get_by_role("searchbox").press("Enter")
    tab.locator("table.register a").first.click()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert fits(tab)
    subject = tab.url.rpartition("/")[2].partition("?")[0]
    tab.goto(f"/audit/candidates/{subject}/replay?step=1")
    expect(tab.get_by_role("slider")).to_be_visible()
    assert fits(tab)
    tab.goto("/?on=2024-06-30")
    slider, way = tab.get_by_role("slider"), tab.get_by_label("Dòng thời gian")
    place = way.locator("[aria-current=date]").get_attribute("data-x") or ""
    expect(slider).to_have_value(place)  # under its tick
    slider.press("ArrowLeft")
    expect(tab).to_have_url(re.compile("on=2024-05-31"))
    tab.get_by_role("slider").fill(str(int(place) + 3))  # the nearest is meant
    expect(tab).to_have_url(re.compile("on=2024-06-30"))
    tab.goto("/audit/entries/20")
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert fits(tab)
    tab.context.close()
