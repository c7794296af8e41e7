"""Entries as CloudEvents 1.0, a line of JSON for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from domain.entry import Entry
from events_store.codec import encode
from web.exports.files import File
from web.exports.releases import releases
from web.exports.source import Source

TYPE: Final = "exemplar."


def cloud_events(source: Source) -> Iterator[File]:
    """Yield the entries: to the public, what they changed in what anybody may know."""
    lines = _told(source) if source.public else map(_whole(source), _all(source))
    yield File("events.jsonl", (msgspec.json.encode(one) + b"\n" for one in lines))


def _all(source: Source) -> Iterator[Entry]:
    yield from source.parts.ledger.all(0, source.size)


def _whole(source: Source) -> Any:
    def event(entry: Entry) -> dict[str, Any]:
        name, body = encode(entry)
        about = _head(source, str(entry.position), name, entry.subject)
        return {**about, "time": entry.recorded_at.isoformat(), "data": msgspec.Raw(body)}

    return event


def _told(source: Source) -> Iterator[dict[str, Any]]:
    for case in source.cases():
        for release in releases(source, case):
            about = _head(source, release["id"], release["tag"][0], case.id)
            yield {**about, "time": release["date"], "data": release["exemplar"]}


def _head(source: Source, id: str, name: str, subject: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": id,
        "source": f"//{source.origin}",
        "type": TYPE + name,
        "subject": subject,
        "datacontenttype": "application/json",
    }
