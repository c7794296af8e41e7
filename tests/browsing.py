"""A real browser for tests and screenshots: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from desk import PASSWORD, email
from paper import paper
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from domain.values import Role

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, NARROW = (1360, 900), (390, 844)
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
EXPECTED = "the server responded with a status of 4"  # a refusal is an answer, not a fault
CONTRAST = ALL_RULES | {"runOnly": ["color-contrast"]}
# What can differ in another language: whether everything has a name, and says what it is in.
WORDED = ["cat.name-role-value", "cat.text-alternatives", "cat.forms", "cat.language"]
OPEN = "document.querySelectorAll('main details').forEach((one, at) => { one.open = at < 60 })"
# Of neighbours made alike, two are left: rules would say the same of each.
THIN = """for (const parent of document.querySelectorAll("main *")) {
  const met = new Map();
  const made = (one) => one.tagName + one.className + one.getAttributeNames();
  for (const child of [...parent.children]) {
    const shape = [child, ...child.querySelectorAll("*")].map(made).join();
    met.set(shape, (met.get(shape) ?? 0) + 1);
    if (met.get(shape) > 2 && !child.matches("label, input, select")) child.remove();
  }
}"""
NAMES_ONLY = ALL_RULES | {"runOnly": WORDED}
UNCOLOURED = ALL_RULES | {"rules": {"color-contrast": {"enabled": False}}}
# Colours come from what an element is and lies in, so of each such kind one is looked at in all:
# what holds nothing new is marked, and the new kinds are told. (Contrast is most of the work.)
MARK = """(known) => {
  const met = new Set(known), fresh = [];
  const number = (text) => {
    let sum = 7;
    for (const letter of text) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
    return sum;
  };
  const visit = (one, above) => {
    const made = `${one.tagName} ${one.getAttribute("class")} ${one.getAttributeNames()}`;
    const kind = number(`${above} ${made}`);
    let old = met.has(kind);
    if (!old) { met.add(kind); fresh.push(kind); }
    for (const child of one.children) old = visit(child, kind) && old;
    one.toggleAttribute("data-met", old);
    return old;
  };
  visit(document.body, number(document.documentElement.outerHTML.split(">")[0]));
  return fresh;
}"""
NOT_MET = {"exclude": [["[data-met]"]]}


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
    return against_rules(tab) + in_the_dark(tab) + too_wide(tab)


def barriers_at(tab: Page, path: str, met: set[int]) -> Bars:
    """Return what bars somebody from a page, everything opened, in both languages.

    `met` are the kinds of elements whose colours were looked at before; new ones are added.
    """
    asked = path + ("&" if "?" in path else "?")
    tab.goto(f"{asked}lang=vi")
    tab.evaluate(OPEN)
    found = too_wide(tab)
    tab.evaluate(THIN)
    found += against_rules(tab, UNCOLOURED)
    if fresh := tab.evaluate(MARK, [*met]):
        found += against_rules(tab, CONTRAST, NOT_MET) + in_the_dark(tab, NOT_MET)
        met.update(fresh)
    tab.goto(f"{asked}lang=en")
    found += too_wide(tab)
    tab.evaluate(THIN)
    return found + against_rules(tab, NAMES_ONLY)


def against_rules(
    tab: Page, options: dict[str, Any] = ALL_RULES, where: dict[str, Any] | None = None
) -> Bars:
    """Return what axe-core finds on a page as it is shown: the rule and the element."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(Axe().axe_script)
    run = "([where, how]) => axe.run(where ?? document, how).then((told) => told.violations)"
    found = tab.evaluate(run, [where, options])
    return [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]]


def in_the_dark(tab: Page, where: dict[str, Any] | None = None) -> Bars:
    """Return what is not to be read in the dark; the rest is as in the light."""
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")  # colours change at once
    found = against_rules(tab, CONTRAST, where)
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def too_wide(tab: Page) -> Bars:
    """Return whether something sticks out at the side, of a screen or of a telephone."""
    found = [] if fits(tab) else [("fits", "wider than a screen")]
    tab.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    found += [] if fits(tab) else [("fits", "wider than a telephone")]
    tab.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return found
