"""A real browser for tests and screenshots: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from desk import PASSWORD, email
from paper import paper
from playwright.sync_api import Browser, Page, sync_playwright

from domain.values import Role

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, NARROW = (1360, 900), (390, 844)
ALL_RULES = {"resultTypes": ["violations"]}
CONTRAST = ALL_RULES | {"runOnly": ["color-contrast"]}


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


def let_in(tab: Page, role: Role) -> None:
    """Sign in as the holder of a role without drawing a page: the tab stays where it is."""
    request = tab.context.request
    form = paper(request.get("/login").text()).form(0, "/login")
    told = {**form, "email": email(role), "password": PASSWORD}
    assert request.post("/login", form=told, max_redirects=0).status == 302


def sign_in(tab: Page, role: Role) -> None:
    """Sign in as the holder of a role, by typing."""
    tab.goto("/login")
    tab.fill("input[name=email]", email(role))
    tab.fill("input[name=password]", PASSWORD)
    tab.click("main button[type=submit]")
    tab.wait_for_url("**/work")
    tab.goto("/")


def fits(tab: Page) -> bool:
    """Return whether nothing sticks out at the side."""
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    return bool(tab.evaluate(wide))


def barriers(tab: Page) -> list[tuple[str, str]]:
    """Return what bars somebody from a page: in the light, in the dark, on a telephone."""
    axe = Axe()
    found = axe.run(tab, options=ALL_RULES).response["violations"]
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")  # colours change at once
    found += axe.run(tab, options=CONTRAST).response["violations"]  # the rest is the same
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    tab.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    wide = [] if fits(tab) else [("fits", "wider than a telephone")]
    tab.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return wide + [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]]
