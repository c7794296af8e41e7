"""The pictures in the README, from the sample workbook: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from browsing import browsing, chromium, page, sign_in
from desk import Desk, filled, opened, served
from playwright.sync_api import Page
from test_browser import broken_workbook

from domain.values import Private, Role
from workflow import commands as asked

ROOT = Path(__file__).parent.parent
SCREENS = ROOT / "docs" / "screens"
LARGEST = 200_000  # bytes: a README should open at once


def main() -> None:
    """Make every picture anew."""
    if chromium() is None:
        sys.exit("No Chromium in PATH to take pictures with.")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        full, empty = desk(Path(one)), desk(Path(other), sample=False)
        story(full)
        with served(full.app) as address, served(empty.app) as elsewhere, browsing() as browser:
            take(page(browser, address))
            take_import(page(browser, elsewhere), Path(other))


def desk(folder: Path, *, sample: bool = True) -> Desk:
    filled(folder, sample=sample)
    return opened(folder, demo=True)


def story(at: Desk) -> None:
    """Let something happen, so that there is something to see."""
    visitor = at.visitor(Role.REVIEWER)
    (path,) = visitor.read("/?q=hoang thi").candidates
    candidate = f"candidate:{path.rpartition('/')[2]}"
    at.submit(asked.AdoptNurturePlan(words("Kèm cặp mỗi quý")), Role.REVIEWER, candidate)
    at.submit(asked.ReportProgress(words("Đạt mọi mục tiêu"), True), Role.REVIEWER, candidate)


def words(text: str) -> Private:
    return Private({"text": text})


def take(tab: Page) -> None:
    """Go from page to page of a full register and take the pictures."""
    sign_in(tab, Role.STANDING_BODY)
    tab.goto("/")
    save(tab, "register")
    tab.goto("/?on=2024-06-30")
    save(tab, "time-machine")
    tab.goto("/?q=hoang+thi")
    tab.locator("table.register a").first.click()
    save(tab, "candidate")


def take_import(tab: Page, folder: Path) -> None:
    """Look at a workbook with two mistakes, and take the picture."""
    sign_in(tab, Role.STANDING_BODY)
    tab.goto("/import")
    tab.set_input_files("input[type=file]", broken_workbook(folder))
    tab.get_by_label("Ghi thêm đơn vị chưa có trong sổ").check()
    tab.get_by_role("button", name="Đọc thử").click()
    save(tab, "import")


def save(tab: Page, name: str) -> None:
    """Save what is on the screen as a picture that is small enough."""
    file = SCREENS / f"{name}.png"
    tab.screenshot(path=file)
    assert file.stat().st_size < LARGEST, f"{file.name} is too large for a README"
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
