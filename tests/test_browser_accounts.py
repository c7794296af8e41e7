"""My account in a real browser: a passkey from the device."""

from __future__ import annotations

import pytest
from browsing import page, sign_in
from desk import PASSWORD, email
from playwright.sync_api import Browser, Page, expect

from domain.values import Role

pytest_plugins = ["browsers"]


@pytest.fixture(scope="module")
def named(address: str) -> str:
    """Return the address with a name, which a passkey belongs to."""
    return address.replace("127.0.0.1", "localhost")


def with_device(tab: Page) -> None:
    """Give a tab a device that signs when asked to."""
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    told |= {"isUserVerified": True, "automaticPresenceSimulation": True, "hasResidentKey": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": told})


def test_a_passkey_is_made_used_to_sign_in_and_removed(browser: Browser, named: str) -> None:
    tab = page(browser, named)
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
    expect(tab).to_have_url(f"{named}/work")
    tab.goto("/account/confirm?next=/account")
    tab.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(tab).to_have_url(f"{named}/account")
    tab.get_by_role("button", name="Xóa khóa Máy ở cơ quan").click()
    expect(tab.get_by_text("Đã xóa khóa")).to_be_visible()
    tab.goto("/account")
    expect(tab.get_by_text("Khóa truy cập: Máy ở cơ quan")).to_have_count(0)
    tab.context.close()
