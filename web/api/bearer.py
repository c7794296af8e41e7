"""Who asks: a token stands for one person in one office, while the office lasts."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from flask import g, request

from domain.values import Role
from web import accounts
from web.account_tables import db
from web.pages.frame import parts
from web.settings import MOST_SENT

TRIES: Final = 30  # wrong tokens from one address
WITHIN: Final = 300.0  # seconds
ADDRESSES: Final = 10_000  # remembered at once
MOST: Final = 1024 * 1024  # bytes of a body, but where files are handed in
FILES: Final = "api.candidate:attach-evidence"


class NoToken(Exception):
    """There is no token, or none that is still good."""


class OfficeOver(Exception):
    """The token is good, and its office is not held today."""


class TooManyTries(Exception):
    """Too many wrong tokens came from one address. Fact: seconds to wait."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Bearer:
    """The person and the one office that a request acts in, and whether it may make decisions."""

    person: str
    office: str
    roles: frozenset[Role]
    signs: bool


@dataclass
class Tries:
    """Wrong tokens of late, by address; a right one is never kept waiting for them."""

    lock: Lock = field(default_factory=Lock)
    seen: dict[str, deque[float]] = field(default_factory=dict)

    def failed(self, address: str, now: float) -> None:
        """Note a wrong token. Raises TooManyTries."""
        with self.lock:
            if address not in self.seen and len(self.seen) >= ADDRESSES:
                self.seen.pop(next(iter(self.seen)))
            times = self.seen.setdefault(address, deque(maxlen=TRIES))
            full = len(times) == TRIES and times[0] > now - WITHIN
            wait = times[0] + WITHIN - now if full else 0.0
            if not full:
                times.append(now)
        if full:
            raise TooManyTries(int(wait) + 1)


tries: Final = Tries()


def opened() -> None:
    """Let a request in by its token. Raises NoToken, OfficeOver, TooManyTries."""
    request.max_content_length = MOST_SENT if request.endpoint == FILES else MOST
    told = request.authorization
    secret = told.token if told and told.type == "bearer" else None
    if not secret or not accounts.may_be_token(secret):  # what cannot be one is no try either
        raise NoToken
    found = accounts.use_token(secret)
    if found is None:
        tries.failed(request.remote_addr or "", time.monotonic())
        raise NoToken
    person, office, signs = found.user.person, found.office, bool(found.signs)
    db.session.close()  # a request may wait for news, and holds nothing meanwhile
    register = parts().register
    held = register.offices().get(office)
    if not held or held.person != person or not held.role or not held.held_on(register.today()):
        raise OfficeOver
    g.bearer = Bearer(person, office, frozenset({held.role}), signs)


def bearer() -> Bearer:
    """Return who asks."""
    found: Bearer = g.bearer
    return found
