"""What a command's answer says of its entries: where they are, and which seal covers them."""

from __future__ import annotations

from typing import Any

from events_store.checkpoint import Checkpoint, base64_of
from events_store.public_log import kept
from web.languages import _
from web.parts import Parts
from web.words.days import number
from workflow.register import Receipt


def sealed(parts: Parts, receipt: Receipt) -> dict[str, Any]:
    """Return leaf hashes and the seal that covers them, or why there is none."""
    read = kept(parts.ledger.db)
    leaves = [
        {"position": entry.position, "hash": base64_of(hash)}
        for entry in receipt.entries
        for hash in read(0, entry.position, entry.position + 1)
    ]
    seal = parts.sealer.last()
    point = seal.point if seal and seal.point.size > receipt.last else None
    return {"leaves": leaves, "checkpoint": told(point) if point else None}


def told(point: Checkpoint) -> dict[str, Any]:
    """Return a checkpoint, for JSON."""
    return {"origin": point.origin, "size": point.size, "root": base64_of(point.root)}


def in_words(parts: Parts, receipt: Receipt) -> str:
    """Return what a page says of the seal over a command's entries."""
    if parts.sealer.trouble:
        return _("CHƯA niêm phong được: báo ngay cho người quản trị")
    seal = parts.sealer.last()
    if seal and seal.point.size > receipt.last:
        return _(
            "niêm phong %(size)s mục: %(root)s…",
            size=number(seal.point.size),
            root=base64_of(seal.point.root)[:12],
        )
    return ""
