"""Batches looked at again: a record of one must tell exactly what was recorded with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.batch import BATCHES, BatchItem, BatchRecorded, item_id
from domain.entry import Entry
from domain.refusals import CommandRefused
from domain.subjects import kind_of
from workflow.batch import about_of
from workflow.commands import BY_NAME, name_of
from workflow.lawful_commands import asked_by, own

UNKEPT: Final = ("InvalidCommand", "Outdated")  # refusals that leave no entry of their own


class Lately:
    """What was recorded at one instant, by the id of the command that made it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._at = -1
        self._made: dict[str, Sequence[Entry]] = {}

    def hear(self, made: Sequence[Entry]) -> None:
        """Add what one command made; what is older than it is forgotten."""
        if made[0].recorded != self._at:
            self._at, self._made = made[0].recorded, {}
        self._made[made[0].command_id] = made

    def agrees(self, entry: Entry) -> bool:
        """Return whether the record of a batch tells what was recorded with it, item by item."""
        event = entry.event
        if entry.subject != BATCHES or not isinstance(event, BatchRecorded):
            return False
        if event.command not in BY_NAME or not event.items:
            return False
        try:
            ids = [item_id(entry.command_id, at) for at in range(len(event.items))]
        except ValueError:  # a batch is known by a UUID
            return False
        lately = self._made if entry.recorded == self._at else {}
        told = zip(event.items, map(lately.get, ids), strict=True)
        return all(_told(entry.actor, event.command, item, made) for item, made in told)


def _told(actor: str, command: str, item: BatchItem, made: Sequence[Entry] | None) -> bool:
    """Return whether an item says what its entries are; some refusals leave no entry."""
    if made is None:
        return item.refusal in UNKEPT and item.version == 0
    last = own(made)[-1]
    if last.actor != actor:
        return False
    if isinstance(last.event, CommandRefused):
        refused = last.event
        about = refused.about in (item.subject, kind_of(item.subject))
        kept = (refused.command, refused.refusal, refused.unmet, item.version)
        return about and kept == (command, item.refusal, item.why, 0)
    was = asked_by(own(made))
    told = (name_of(type(was)), last.subject, last.version, (about_of(was) or "") if was else "")
    return item.done and told == (command, item.subject, item.version, item.about)
