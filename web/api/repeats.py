"""Repeats: whether what is sent again under one key is what was recorded under it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask import current_app

from domain.enclosure import Enclosure
from domain.values import Private, Protected
from workflow.lawful_commands import asked_by, own
from workflow.register import Receipt, Request


def is_repeat(submitted: Request, made: Receipt) -> bool:
    """Return whether a request says nothing but what was recorded."""
    first, command = made.entries[0], submitted.command
    about, on = submitted.subject or made.subject, submitted.effective_on or first.effective_on
    if (first.actor, made.subject, first.effective_on) != (submitted.actor, about, on):
        return False
    came = asked_by(own(made.entries))
    if type(came) is not type(command):
        return False
    said = ((getattr(command, f.name), getattr(came, f.name)) for f in fields(command))
    return all(_agrees(asked, kept) for asked, kept in said)


def _agrees(asked: Any, kept: Any) -> bool:
    if asked in (None, (), ""):  # what was left open may have been filled in
        return True
    if isinstance(asked, Private):
        # As recorded, whatever the sender may read by now; what was erased cannot be compared.
        ledger = current_app.extensions["parts"].ledger
        words = ledger.secrets([kept.sealed()]).values() if kept else ({},)
        told = [(name, value) for name, value in asked.content.items() if value]
        return all(found.get(name) == value for found in words for name, value in told)
    if not isinstance(asked, tuple):
        return isinstance(asked, Protected) or bool(asked == kept)
    # In whatever order it was told; files are known by what is said of them.
    return isinstance(asked[0], Enclosure) or sorted(map(repr, asked)) == sorted(map(repr, kept))
