"""A real browser for tests and screenshots: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from desk import PASSWORD, email
from playwright.sync_api import Browser, Page, sync_playwright

from domain.values import Role

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, NARROW = (1360, 900), (390, 844)


def chromium() -> str | None:
    """Return where the system's Chromium is, if it has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Open a browser that speaks Vietnamese."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def page(
    browser: Browser,
    address: str,
    size: tuple[int, int] = WIDE,
    *,
    dark: bool = False,
    scripts: bool = True,
) -> Page:
    """Return an empty tab of its own, with nobody signed in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="vi-VN",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(10_000)
    return context.new_page()


def sign_in(tab: Page, role: Role) -> None:
    """Sign in as the holder of a role."""
    tab.goto("/login")
    tab.fill("input[name=email]", email(role))
    tab.fill("input[name=password]", PASSWORD)
    tab.click("main button[type=submit]")
    tab.wait_for_url("**/work")
    tab.goto("/")
