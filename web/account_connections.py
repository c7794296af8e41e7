"""How the account tables on PostgreSQL are reached with few ways there and back.

A page asks two things of them: who visits, and whether their session goes on. The driver's BEGIN
and ROLLBACK around that, and a question first whether the server is there, were four more of six
ways; and after each ROLLBACK it forgot what the server had prepared.
"""

from __future__ import annotations

from select import POLLIN, poll
from typing import Any, Final

from flask import request
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

READS: Final = ("GET", "HEAD", "OPTIONS")  # what they write by the way is one row


def lighten(engine: Engine) -> None:
    """Begin transactions only where something is to be done, and see who is gone at no cost."""
    event.listen(engine, "connect", _leave_open)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkout", _check)


def _leave_open(connection: Any, _record: object) -> None:
    connection.autocommit = True


def _begin(connection: Connection) -> None:
    if not request or request.method not in READS:
        connection.exec_driver_sql("BEGIN")


def _check(connection: Any, _record: object, _proxy: object) -> None:
    """Have another connection made if the server ended this one: its last word lies unread."""
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    if waiting.poll(0):
        raise DisconnectionError
