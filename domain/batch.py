"""Batches: many requests decided one by one as one act, kept on the one subject `batches`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID, uuid5

BATCHES: Final = "batches"


class BatchItem(NamedTuple):
    """What became of one item: the version it brought its subject to, or 0 and why not.

    `about` is the candidate or unit that an entry of another subject is about, if any.
    `refusal` is a stored name, `why` holds codes of needs or of what was wrong.
    """

    subject: str
    about: str = ""
    version: int = 0
    refusal: str = ""
    why: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Return whether it was recorded."""
        return not self.refusal


@dataclass(frozen=True, slots=True)
class BatchRecorded:
    """Somebody gave one command for many items; each was decided by itself, in this order."""

    command: str
    items: tuple[BatchItem, ...]


def item_id(batch: str, at: int) -> str:
    """Return the command id of an item: it follows from the batch's, so neither can be forged."""
    return str(uuid5(UUID(batch), str(at)))
