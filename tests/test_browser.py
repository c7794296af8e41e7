"""The pages in a real browser: the whole story, by keyboard, without scripts, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from browsing import NARROW, WIDE, barriers, fits, let_in, listened, page, sign_in
from desk import SAMPLE
from playwright.sync_api import Browser, Page, expect

from domain.values import Role

pytest_plugins = ["browsers"]


def travel(tab: Page, day: str) -> None:
    """Set the time machine, in the header or in the menu that a small screen has."""
    tab.wait_for_load_state("load")  # before its style is there, everything is visible
    tab.locator("details.menu.narrow > summary:visible, details.moment > summary:visible").click()
    form = tab.locator("form.clocks:visible")
    form.locator("input[name=on]").fill(day)
    form.get_by_role("button", name="Xem").click()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_story_from_sign_in_to_done(browser: Browser, own: str, size: tuple[int, int]) -> None:
    reviewer = page(browser, own, size)
    heard = listened(reviewer)
    sign_in(reviewer, Role.REVIEWER)
    expect(reviewer.locator("h1")).to_have_text("Sổ đăng ký điển hình")
    expect(reviewer.get_by_text("480 ứng viên")).to_be_visible()
    assert fits(reviewer)

    reviewer.fill("input[name=q]", "hoang thi")
    reviewer.press("input[name=q]", "Enter")
    reviewer.get_by_role("link", name="Hoàng Thị Thanh Ngân").click()
    home = reviewer.url
    expect(reviewer.locator("li[aria-current=step]")).to_contain_text("Bồi dưỡng")
    expect(reviewer.locator("#needs .need.unmet")).to_have_count(2)
    assert fits(reviewer)

    reviewer.get_by_role("link", name="Ghi kế hoạch bồi dưỡng").first.click()
    reviewer.get_by_label("Kế hoạch bồi dưỡng").fill("Kèm cặp mỗi quý một lần")
    reviewer.get_by_role("button", name="Ghi vào sổ").click()
    expect(reviewer.get_by_role("status")).to_contain_text("Đã ghi vào sổ")

    reviewer.get_by_role("link", name="Ghi báo cáo tiến độ").first.click()
    reviewer.get_by_label("Nội dung báo cáo").fill("Đủ các mục tiêu")
    reviewer.get_by_label("Đánh giá đầy đủ mọi mục tiêu của kế hoạch").check()
    reviewer.get_by_role("button", name="Ghi vào sổ").click()

    reviewer.get_by_role("link", name="Chuyển sang Tổng kết").click()
    reviewer.get_by_role("button", name="Vẫn đề nghị").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("còn 1 điều kiện")
    expect(reviewer.locator(".need.unmet")).to_contain_text("Người quyết định khác")
    assert fits(reviewer)

    standing = page(browser, own, size)
    heard_too = listened(standing)
    sign_in(standing, Role.STANDING_BODY)
    standing.goto(home)
    standing.get_by_role("link", name="Chuyển sang Tổng kết").click()
    standing.get_by_label("Căn cứ (số, ký hiệu văn bản)").fill("214/QĐ-SNN")
    standing.get_by_role("button", name="Ghi vào sổ").click()
    expect(standing.locator("li[aria-current=step]")).to_contain_text("Tổng kết")
    expect(standing.get_by_text("Căn cứ: 214/QĐ-SNN")).to_be_visible()

    travel(standing, "2025-06-30")
    expect(standing.locator(".timeband")).to_contain_text("Sổ tại ngày 30/06/2025")
    expect(standing.locator("li[aria-current=step]")).to_contain_text("Phát hiện")
    standing.get_by_role("link", name="Sổ Điển hình").click()
    expect(standing.locator("h1")).to_have_text("Sổ đăng ký điển hình")
    travel(standing, "2024-06-30")
    expect(standing.locator(".timeband")).to_contain_text("Sổ tại ngày 30/06/2024")
    expect(standing.get_by_text("323 ứng viên")).to_be_visible()
    standing.get_by_role("link", name="Về hôm nay").click()
    expect(standing.get_by_text("480 ứng viên")).to_be_visible()
    assert heard + heard_too == []
    for tab in (reviewer, standing):
        tab.context.close()


def broken_workbook(folder: Path) -> Path:
    """Return a copy of the sample with two cells that cannot be right."""
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book.active
    assert sheet is not None
    names = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Tên")
    sheet.cell(names.row + 1, names.column).value = None
    sheet.cell(names.row + 2, names.column).value = None
    out = folder / "danh-sach.xlsx"
    book.save(out)
    return out


def looked_at(tab: Page, workbook: Path) -> Iterator[str]:
    """Go through the pages that no link leads to; yield what each is called."""
    tab.goto("/candidates/new")
    tab.locator("main form").evaluate("form => form.noValidate = true")
    tab.get_by_role("button", name="Ghi vào sổ").click()
    expect(tab.locator(".invalid-feedback").first).to_be_visible()
    yield "form with errors"
    for path in ("/?q=khongcoai", "/nowhere", "/?on=31/02"):
        tab.goto(path)
        yield path
    tab.goto("/import")
    tab.set_input_files("input[type=file]", workbook)
    tab.get_by_role("button", name="Đọc thử").click()
    expect(tab.get_by_role("heading", name="Cần sửa")).to_be_visible()
    yield "preview with problems"


def test_nothing_bars_anybody(browser: Browser, address: str, tmp_path: Path) -> None:
    """The pages that links lead to are looked at in `test_every_page`."""
    tab = page(browser, address)
    heard = listened(tab)
    let_in(tab, Role.STANDING_BODY)
    found = {name: barriers(tab) for name in looked_at(tab, broken_workbook(tmp_path))}
    assert {name: bars for name, bars in found.items() if bars} == {}
    assert heard == []
    tab.context.close()


def test_everything_works_without_scripts(browser: Browser, own: str) -> None:
    tab = page(browser, own, scripts=False)
    sign_in(tab, Role.REVIEWER)
    tab.fill("input[name=q]", "hoang thi")
    tab.get_by_role("button", name="Lọc").click()
    tab.get_by_role("link", name="Hoàng Thị Thanh Ngân").click()
    tab.locator("#moves summary", has_text="Tạm dừng").click()
    expect(tab.get_by_role("link", name="Tạm dừng")).to_be_visible()
    tab.get_by_role("link", name="Ghi kế hoạch bồi dưỡng").first.click()
    tab.get_by_label("Kế hoạch bồi dưỡng").fill("Kèm cặp")
    tab.get_by_role("button", name="Ghi vào sổ").click()
    expect(tab.get_by_role("status")).to_contain_text("Đã ghi vào sổ")
    travel(tab, "2025-06-30")
    expect(tab.locator(".timeband")).to_be_visible()
    tab.locator("summary[aria-label^='Tài khoản']").click()
    tab.get_by_role("button", name="Đăng xuất").click()
    tab.wait_for_url("**/login")
    tab.context.close()


def test_the_keyboard_leads_to_the_content_and_to_the_search(
    browser: Browser, address: str
) -> None:
    tab = page(browser, address)
    let_in(tab, Role.REVIEWER)
    tab.goto("/")
    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("#content")).to_be_focused()
    search = tab.locator("input[name=q]")
    for _ in range(20):
        tab.keyboard.press("Tab")
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if search.evaluate("element => element === document.activeElement"):
            break
    expect(search).to_be_focused()
    tab.keyboard.type("hoang thi")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("1 kết quả", exact=True)).to_be_visible()
    tab.context.close()


def test_a_menu_is_seen_whole_and_closes_on_escape(browser: Browser, address: str) -> None:
    for size in (WIDE, NARROW):
        tab = page(browser, address, size)
        let_in(tab, Role.STANDING_BODY)
        tab.goto("/units")
        tab.locator("table.subjects a").first.click()
        tab.get_by_text("Việc khác").click()
        for link in tab.locator(".menu-line").all():
            link.scroll_into_view_if_needed()
            top = (
                "element => { const b = element.getBoundingClientRect(); return element.contains("
                "document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2)) }"
            )
            assert link.evaluate(top), link.inner_text()
        tab.keyboard.press("Escape")
        expect(tab.locator(".menu-line").first).to_be_hidden()
        tab.context.close()


def test_the_theme_is_remembered(browser: Browser, address: str) -> None:
    tab = page(browser, address)
    let_in(tab, Role.REVIEWER)
    tab.goto("/")
    tab.get_by_role("button", name="Giao diện tối").click()
    tab.reload()
    assert tab.locator("html").get_attribute("data-bs-theme") == "dark"
    tab.context.close()
