"""A real browser for tests and screenshots: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from desk import PASSWORD, email
from paper import paper
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from domain.values import Role

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, NARROW = (1360, 900), (390, 844)
ALL_RULES = {"resultTypes": ["violations"]}
EXPECTED = "the server responded with a status of 4"  # a refusal is an answer, not a fault
CONTRAST = ALL_RULES | {"runOnly": ["color-contrast"]}
# What can differ in another language: whether everything has a name, and says what it is in.
WORDED = ["cat.name-role-value", "cat.text-alternatives", "cat.forms", "cat.language"]
OPEN = """[...document.querySelectorAll('main details')].slice(0, 40)
  .forEach((details) => { details.open = true })"""  # what follows so many is like them
NAMES_ONLY = ALL_RULES | {"runOnly": WORDED}


def chromium() -> str | None:
    """Return where the system's Chromium is, if it has one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


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


def listened(tab: Page) -> list[str]:
    """Return the list that gathers what the console complains of, blocked scripts as well."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and EXPECTED not in message.text:
            heard.append(message.text)

    tab.on("console", hear)
    tab.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def fits(tab: Page) -> bool:
    """Return whether nothing sticks out at the side."""
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    return bool(tab.evaluate(wide))


Bars = list[tuple[str, str]]


def barriers(tab: Page) -> Bars:
    """Return what bars somebody from a page: in the light, in the dark, on a telephone."""
    found = against_rules(tab)
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")  # colours change at once
    found += against_rules(tab, CONTRAST)  # the rest is the same
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found + too_wide(tab)


def barriers_at(tab: Page, path: str) -> Bars:
    """Return what bars somebody from a page, everything opened, in both languages."""
    asked = path + ("&" if "?" in path else "?")
    tab.goto(f"{asked}lang=vi")
    tab.evaluate(OPEN)
    found = barriers(tab)
    tab.goto(f"{asked}lang=en")
    return found + against_rules(tab, NAMES_ONLY) + too_wide(tab)


def against_rules(tab: Page, options: dict[str, list[str]] = ALL_RULES) -> Bars:
    """Return what axe-core finds on a page as it is shown: the rule and the element."""
    found = Axe().run(tab, options=options).response["violations"]
    return [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]]


def too_wide(tab: Page) -> Bars:
    """Return whether something sticks out at the side of a telephone."""
    tab.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    found = [] if fits(tab) else [("fits", "wider than a telephone")]
    tab.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return found
