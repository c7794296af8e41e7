"""Reports: drafted, made again by others, signed, published. What they count is not told here.

Whether a report comes out the same when it is made again is for the figures to say; a walk decides
it by chance, which both sides read off the first letter of the template.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from walk.asking import NEEDS, SECRET, Ask, Needed, Wrong, also, checks, need, symbols, wrong

HASH = re.compile("[0-9a-f]{64}")
ROOT = re.compile("[0-9A-Za-z+/]{43}=")
DIFFERS, UNKNOWN = "d", "e"  # how a template begins
checks("publish-report", symbols("number"))
NEEDS["report-unchecked"] = lambda ask: ask.told.last("ReportChecked") is None
NEEDS["report-unsigned"] = lambda ask: ask.told.last("ReportSigned") is None
NEEDS["report-signed"] = lambda ask: ask.told.last("ReportSigned") is not None


def remade(template: str) -> bool | None:
    """Return whether a report is the same when made again; None if nobody can."""
    return None if template.startswith(UNKNOWN) else not template.startswith(DIFFERS)


@need("report-running")
def report_running(ask: Ask) -> Needed:
    over = ask.told.last("ReportPublished", "ReportWithdrawn")
    drafted = ask.told.last("ReportDrafted")
    return [drafted] if drafted and not over else False


@need("report-remade")
def report_remade(ask: Ask) -> Needed:
    drafted = ask.told.last("ReportDrafted")
    return remade(drafted.data["template"]) if drafted else None


@need("report-checked")
def report_checked(ask: Ask) -> Needed:
    checked = ask.told.last("ReportChecked")
    return [checked] if checked else False


@also("publish-report")
def published(ask: Ask) -> dict[str, Any]:
    drafted = ask.told.last("ReportDrafted")
    return {k: v for k, v in drafted.data.items() if k != "replaces"} if drafted else {}


@wrong("draft-report")
def drafted(ask: Ask) -> Iterator[Wrong]:
    told, text = ask.args, ask.args["document"].removeprefix(SECRET)
    shapes = (("root", ROOT), ("template", HASH), ("digest", HASH))
    fields = [field for field, shape in shapes if not shape.fullmatch(told[field])]
    fields += ["ends"] if told["ends"] < told["begins"] else []
    fields += ["known"] if not 0 <= told["known"] <= told["size"] else []
    fields += ["digest"] if hashlib.sha256(text.encode()).hexdigest() != told["digest"] else []
    fields += ["document"] if text != document(told) else []
    yield from (Wrong("InvalidCommand", field) for field in fields)
    before = ask.get("replaces")
    if before and not ask.annals.facts(before).last("ReportPublished"):
        yield Wrong("UnknownSubject", before)


def document(told: dict[str, Any]) -> str:
    """Return a report without figures that says of itself what a draft tells."""
    days = {name: told[name].isoformat() for name in ("begins", "ends", "on")}
    head = {"kind": told["kind"], "known": told["known"], "template": told["template"], **days}
    log = {"root": told["root"], "size": told["size"]}
    return json.dumps({**head, "log": log, "figures": [], "names": {}})
