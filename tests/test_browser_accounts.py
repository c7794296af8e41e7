"""My account in a real browser: a passkey from the device, and decisions that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browsing import page, sign_in
from department import Clock
from desk import PASSWORD, TODAY, Desk, aside, copied, email, served, settings
from playwright.sync_api import Browser, Page, expect

from domain.values import Role
from web import create_app

pytest_plugins = ["browsers"]
OFFICE = "/offices/new/grant-office"


def strict(folder: Path) -> Desk:
    """Return a desk where decisions ask for a second factor, as they do unless told otherwise."""
    clock = Clock(TODAY)
    return Desk(create_app(replace(settings(folder), second_factor=True), clock), clock, folder)


@pytest.fixture
def at(original: Path, tmp_path: Path) -> Desk:
    return aside(strict, copied(original, tmp_path))


@pytest.fixture
def named(at: Desk) -> Iterator[str]:
    """Yield the address with a name, which a passkey belongs to."""
    with served(at.app) as address:
        yield address.replace("127.0.0.1", "localhost")


def with_device(tab: Page) -> None:
    """Give a tab a device that signs when asked to."""
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    told |= {"isUserVerified": True, "automaticPresenceSimulation": True, "hasResidentKey": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": told})


def by_password(tab: Page) -> None:
    tab.context.clear_cookies()
    tab.goto("/login")
    tab.fill("input[name=email]", email(Role.ADMINISTRATOR))
    tab.fill("input[name=password]", PASSWORD)
    tab.click("main button[type=submit]")


def use_the_key(tab: Page) -> None:
    tab.get_by_role("button", name="Dùng khóa truy cập").click()


def test_a_passkey_is_made_used_and_removed(browser: Browser, named: str, at: Desk) -> None:
    tab = page(browser, named)
    with_device(tab)
    sign_in(tab, Role.ADMINISTRATOR)
    tab.goto(OFFICE)
    expect(tab).to_have_url(f"{named}/account?next={OFFICE}")  # nothing to show yet
    tab.click("text=Thêm khóa")
    tab.fill("input[name=name]", "Máy ở cơ quan")
    tab.click("main button[type=submit]")
    expect(tab.get_by_text("Khóa truy cập: Máy ở cơ quan")).to_be_visible()
    tab.click("text=Quay lại việc đang làm")
    expect(tab).to_have_url(f"{named}{OFFICE}")
    tab.goto("/mf-recovery-codes")
    tab.click("main button[type=submit]")
    spare = tab.locator("li code").first.inner_text()
    by_password(tab)
    use_the_key(tab)
    expect(tab).to_have_url(f"{named}/work")
    by_password(tab)
    tab.click("text=Không có khóa ở đây?")
    tab.fill("input[name=code]", spare)
    tab.click("main button[type=submit]")
    expect(tab).to_have_url(f"{named}/work")
    at.clock.forward(minutes=11)
    tab.goto(OFFICE)
    expect(tab).to_have_url(f"{named}/account/confirm?next={OFFICE}")
    use_the_key(tab)
    expect(tab).to_have_url(f"{named}{OFFICE}")
    tab.goto("/account")
    tab.get_by_role("button", name="Xóa khóa Máy ở cơ quan").click()
    expect(tab.get_by_text("Đã xóa khóa")).to_be_visible()
    expect(tab).to_have_url(f"{named}/account")
    expect(tab.get_by_text("Khóa truy cập: Máy ở cơ quan")).to_have_count(0)
    tab.context.close()
