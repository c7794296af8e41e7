"""The log for other systems: what is new, what proves it, and the register on a day."""

from __future__ import annotations

import time
from threading import BoundedSemaphore
from typing import Any, Final

import msgspec
from flask import Response, abort, current_app
from marshmallow import fields

from domain.subjects import kind_of
from events_store import log_pages
from events_store.checkpoint import Receipt, base64_of, format_receipt
from events_store.cosignatures import cosigned
from web import log_files, receipts
from web.api import shown
from web.api.bearer import bearer
from web.api.room import MOST, Question, When, count, get, may_read, one_of, when
from web.pages import audit_entry
from web.pages.frame import parts
from web.state import LISTS
from web.state import state as state_of
from workflow import auditing

LONGEST: Final = 25  # seconds that a question waits
EVERY: Final = 0.25  # seconds between two looks
WAITING: Final = BoundedSemaphore(4)  # half the threads of a server: others want answers too


class Feed(Question):
    """From where on, how many at most, and how long to wait for the first."""

    after = count()
    limit = count(MOST, MOST, 1)
    wait = count(0, LONGEST)


class By(When):
    """What is counted apart."""

    by = fields.String(validate=one_of(LISTS))


@get("/state", shown.State, By(), tag="log")
def state(told: dict[str, Any]) -> dict[str, Any]:
    """Count candidates by state on a day, as known at a moment."""
    may_read("candidate")
    return state_of(parts().ledger, parts().register, when(told), told.get("by"))


@get("/entries", shown.Entries, Feed(), tag="log")
def entries(told: dict[str, Any]) -> Response:
    """Give the entries after a position, in the order recorded: a feed of changes.

    Leave `after` out to begin with the first entry; go on with the `after` of the answer. With
    `wait`, an answer comes as soon as there is something new, or empty after so many seconds.
    What the token's office may not see is passed over.
    """
    start = told["after"] + 1 if told.get("after") is not None else 0
    lines, reached = news(start, told["limit"])
    if told["wait"] and not lines and WAITING.acquire(blocking=False):
        try:
            lines, reached = waited(reached, told["limit"], told["wait"])
        finally:
            WAITING.release()
    offices = dict(parts().register.offices())
    answer = {
        "entries": [log_files.whole(line, offices) for line in lines],
        "after": reached - 1 if reached else -1,
        "size": max(parts().ledger.size(), reached),
    }
    return Response(msgspec.json.encode(answer), mimetype="application/json")


def news(start: int, limit: int) -> tuple[list[log_pages.Line], int]:
    """Return the entries from a position on that may be seen, and where to go on."""
    found = log_pages.following(parts().ledger.db, start, limit)
    roles = bearer().roles
    seen = [line for line in found if auditing.may_read(roles, kind_of(line.entry.subject))]
    return seen, found[-1].entry.position + 1 if found else start


def waited(start: int, limit: int, seconds: int) -> tuple[list[log_pages.Line], int]:
    """Return the same as soon as there is something new, or when the time is up."""
    end, reached = time.monotonic() + seconds, start
    lines: list[log_pages.Line] = []
    while not lines and time.monotonic() < end:
        with current_app.extensions["turn"].let_go():
            time.sleep(EVERY)
        lines, reached = news(reached, limit)
    return lines, reached


@get("/entries/<int:position>/proof", shown.Proof, tag="log")
def proof(_: dict[str, Any], position: int) -> dict[str, Any]:
    """Prove that an entry is in the sealed log: to anybody, without this server."""
    row = audit_entry.found(position)
    proven = audit_entry.proof(row)
    if proven is None or not proven.agrees:
        abort(404)
    sealed = proven.sealed
    signed = cosigned(parts().ledger.db, sealed.note, sealed.point.size)
    return {
        "position": position,
        "leaf": row.text.decode(),
        "path": [base64_of(hash) for hash in proven.path],
        "checkpoint": receipts.told(sealed.point),
        "proof": format_receipt(Receipt(position, proven.path, signed)).decode(),
    }
