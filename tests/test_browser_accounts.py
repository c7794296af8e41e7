"""My account in a real browser: a passkey from the device, and pages that are good to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import barriers, browsing, chromium, let_in, page, sign_in
from desk import PASSWORD, aside, copied, email, opened, served
from playwright.sync_api import Browser, Page, expect

from domain.values import Role

pytest_plugins = ["desks"]
pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium in PATH to look with")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    at = aside(opened, copied(original, tmp_path_factory.mktemp("accounts")))
    with served(at.app) as address:
        yield address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name


def with_device(tab: Page) -> None:
    """Give a tab a device that signs when asked to."""
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    told |= {"isUserVerified": True, "automaticPresenceSimulation": True, "hasResidentKey": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": told})


def test_a_passkey_is_made_used_to_sign_in_and_removed(browser: Browser, address: str) -> None:
    tab = page(browser, address)
    with_device(tab)
    sign_in(tab, Role.OFFICER)
    tab.goto("/account")
    tab.click("text=Thêm khóa")
    tab.fill("input[name=name]", "Máy ở cơ quan")
    tab.click("main button[type=submit]")
    expect(tab.get_by_text("Khóa truy cập: Máy ở cơ quan")).to_be_visible()
    tab.context.clear_cookies()
    tab.goto("/login")
    tab.fill("input[name=email]", email(Role.OFFICER))
    tab.fill("input[name=password]", PASSWORD)
    tab.click("main button[type=submit]")
    tab.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(tab).to_have_url(f"{address}/work")
    tab.goto("/account/confirm?next=/account")
    tab.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(tab).to_have_url(f"{address}/account")
    tab.get_by_role("button", name="Xóa khóa Máy ở cơ quan").click()
    expect(tab.get_by_text("Đã xóa khóa")).to_be_visible()
    tab.goto("/account")
    expect(tab.get_by_text("Khóa truy cập: Máy ở cơ quan")).to_have_count(0)
    tab.context.close()


PAGES = [
    "/account",
    "/account/confirm",
    "/change",
    "/tf-setup",
    "/wan-register",
    "/admin/accounts",
]


def test_nothing_keeps_anybody_out(browser: Browser, address: str) -> None:
    tab = page(browser, address)
    let_in(tab, Role.ADMINISTRATOR)
    found = {}
    for path in [*PAGES, "/admin/accounts/1/tokens"]:
        tab.goto(path)
        found[path] = barriers(tab)
    assert {path: bars for path, bars in found.items() if bars} == {}
    tab.context.close()
