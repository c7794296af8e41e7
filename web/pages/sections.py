"""Sections: the few entries at the top of every page, those that the visitor can open."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Blueprint, Flask, current_app, render_template, request

from web.languages import _
from web.pages.allowed import holds_office_for
from web.pages.frame import link, may_audit
from web.pages.lists import GROUPS
from web.pages.naming import KIND_AT

pages = Blueprint("sections", __name__)
HOUSE: Final = ("grant-office", "register-text", "declare-day", "confirm-rule-set", "enter-place")


class Section(NamedTuple):
    """One entry: where it leads, what it is called, and whether this page belongs to it."""

    address: str
    words: str
    here: bool


def install(app: Flask) -> None:
    """Let templates draw the sections."""
    app.jinja_env.globals.update(sections=sections)


def sections() -> list[Section]:
    """Return the entries in their order."""
    segment = request.path.split("/")[1]
    kind = KIND_AT.get(segment, "")
    register = segment in ("", "board", "candidates", "compare", "workflow")
    found = [Section(link("register.show"), _("Sổ đăng ký"), register)]
    named = (_("Chương trình"), _("Hội đồng"), _("Đơn vị"))
    for words, group in zip(named, GROUPS, strict=False):
        found.append(Section(link("subject.list", kind=group[0]), words, kind in group))
    found.append(Section(link("figures.show"), _("Số liệu"), segment == "figures"))
    if may_audit():
        found.append(Section(link("audit.show"), _("Kiểm toán"), segment == "audit"))
    if administers():
        here = segment in ("admin", "import") or kind in GROUPS[-1]
        found.append(Section(link("sections.admin"), _("Quản trị"), here))
    if "work.show" in current_app.view_functions:
        found.insert(
            0,
            Section(
                link("work.show"), _("Việc cần làm"), segment in ("work", "calendar", "batches")
            ),
        )
    return found


def administers() -> bool:
    """Return whether the visitor looks after any of what the register rests on."""
    return holds_office_for(*HOUSE, "attest-candidate")


@pages.get("/admin")
def admin() -> str:
    """Show what the register rests on: offices, texts, calendar, rule sets, import."""
    return render_template("admin.html")
