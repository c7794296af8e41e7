"""Permissions: every route and every command as every office and as nobody, against the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import TODAY, Desk, copied, opened
from permissions import PAGE, page

from domain.values import Role
from web.pages.allowed import beginning, offered
from workflow import commands as asked
from workflow.rules import load_all

pytest_plugins = ["desks"]


def test_the_page_says_what_everybody_meets(original: Path, tmp_path: Path) -> None:
    found = page(opened(copied(original, tmp_path)))
    assert PAGE.read_text("utf-8") == found, "write it anew: python tests/permissions.py"


def forms(desk: Desk) -> Iterator[tuple[str, type[asked.Command]]]:
    """Yield the address of the form of every command that is no move."""
    unit = desk.unit("Chi cục Kiểm lâm").partition(":")[2]
    candidate = desk.visitor().read("/").candidates[0].rpartition("/")[2]
    for kind, about in (("unit", unit), ("candidate", candidate)):
        for command in offered(kind):
            if command not in asked.MOVES:
                yield f"/{kind}s/{about}/{asked.name_of(command)}", command
        for command in beginning(kind):
            name = (
                "/candidates/new"
                if kind == "candidate"
                else f"/{kind}s/new/{asked.name_of(command)}"
            )
            yield name, command


@pytest.mark.parametrize("role", list(Role))
def test_a_form_opens_to_those_whom_the_rules_name(shown: Desk, role: Role) -> None:
    text, visitor = load_all().on(TODAY).text, shown.visitor(role)
    met = {at: visitor.get(at).status_code for at, _ in forms(shown)}
    named = {at: role in text.commands[asked.name_of(kind)].by for at, kind in forms(shown)}
    assert met == {at: 200 if open_ else 403 for at, open_ in named.items()}
