"""Who may open what: every route and every command, tried as every office and as nobody.

Write docs/permissions.md anew from what was found: python tests/permissions.py
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from desk import TODAY, Desk, Visitor, filled  # noqa: E402
from werkzeug.routing import Rule  # noqa: E402

from domain.values import Role  # noqa: E402
from web.words.labels import COMMANDS, LABELS  # noqa: E402
from workflow import commands as asked  # noqa: E402
from workflow.rules import load_all  # noqa: E402

PAGE: Final = Path(__file__).parents[1] / "docs" / "permissions.md"
WHO: Final[tuple[Role | None, ...]] = (None, *Role)
# What a route's blanks are filled with: things that nobody has, so that a try changes nothing.
BLANKS: Final = {
    "kind": "units",
    "command": "rename-unit",
    "position": 0,
    "version": 1,
    "form": "csv",
    "token": 999,
    "where": "0/000",
    "filename": "favicon.svg",
    "name": "report",
    "ext": "docx",
    "figure": "by-stage",
}
APART: Final = ("/api/", "/static/", "/logout")
OPEN, SIGN_IN, SHUT = "✓", "→", ""


def pages(desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """Yield each route with what everybody meets there."""
    visitors = {who: desk.visitor(who) for who in WHO}
    tokens = {who: token(visitor) for who, visitor in visitors.items()}
    rules = sorted(desk.app.url_map.iter_rules(), key=lambda rule: rule.rule)
    for rule in (rule for rule in rules if not rule.rule.startswith(APART)):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            at = address(desk, rule)
            met = [tried(visitors[who], method, at, tokens[who]) for who in WHO]
            yield f"`{method} {rule.rule}`", met


def token(visitor: Visitor) -> str:
    """Return what a form of this visitor must hold."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/account").text)
    found = found or re.search(
        r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get("/login").text
    )
    assert found
    return found[1]


def address(desk: Desk, rule: Rule) -> str:
    """Return the address of a route with its blanks filled in."""
    unit = desk.unit("Chi cục Kiểm lâm").partition(":")[2]
    whole = {"accounts_admin": 999, "batch": "00000000-0000-4000-8000-000000000000"}
    blanks = {**BLANKS, "id": whole.get(rule.endpoint.partition(".")[0], unit)}
    if rule.endpoint == "doing.pick":
        blanks["kind"] = "person"
    if rule.endpoint.startswith("security."):
        blanks["token"] = "x"
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda m: str(blanks[m[1]]), rule.rule)


def tried(visitor: Visitor, method: str, at: str, csrf: str) -> str:
    """Return what somebody meets at an address."""
    form = {"csrf_token": csrf, "session": "999999"}
    answer = visitor.get(at) if method == "GET" else visitor.client.post(at, data=form)
    assert answer.status_code < 500, (method, at, answer.status)
    if answer.status_code in (401, 403):
        return SHUT
    to_sign_in = (answer.location or "").startswith("/login?")
    return SIGN_IN if to_sign_in else OPEN


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command with the offices that the rules in force today permit it to."""
    text = load_all().on(TODAY).text
    for name, command in sorted(asked.BY_NAME.items()):
        if command in asked.MOVES:
            moves = [move for move in text.moves if move.move == asked.MOVES[command]]
            by = {role for move in moves for role in move.by}
        else:
            by = set(text.commands[name].by) if name in text.commands else set()
        yield (
            f"{COMMANDS[name]} `{name}`",
            [SHUT, *(OPEN if role in by else SHUT for role in Role)],
        )


def table(head: str, rows: Iterator[tuple[str, list[str]]]) -> list[str]:
    """Return a table of Markdown."""
    names = ["nobody", *(LABELS[role] for role in Role)]
    lines = [f"| {head} | {' | '.join(names)} |", f"|---|{':-:|' * len(names)}"]
    return [*lines, *(f"| {what} | {' | '.join(cells)} |" for what, cells in rows)]


def page(desk: Desk) -> str:
    """Return docs/permissions.md as it must be."""
    return "\n".join(
        [INTRODUCTION, *table("page", pages(desk)), COMMANDED, *table("command", commands()), ""]
    )


INTRODUCTION: Final = """\
# Who may do what

An account says who somebody is; what they may do follows from the offices they hold on that day.
The rules say which office may give which command, and are asked at the only door through which
entries
come: a page that offers too much is an annoyance, never a hole. This page is written from what was
met when every route was tried as every office and as nobody (`python tests/permissions.py`), and a
test compares.

✓ opens (or says what is missing or wrong) · → asks to sign in · blank: refused. Which subjects and
words somebody sees on a page that opens follows from `workflow/auditing.py`; the API
(`docs/api.md`) permits a token what it permits the office of the token.
"""
COMMANDED: Final = f"""
## Commands

By the rules in force on {TODAY:%d/%m/%Y}. A command may need more than an office:
a second person, a document, a state; `exemplar submit COMMAND --help` and the form tell. Nobody
gives `found-register` and `attest-candidate` but who founds a register
and who imports an older one.
"""

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        PAGE.write_text(page(filled(Path(folder))), "utf-8")
