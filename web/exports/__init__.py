"""Exports: the log with its seal, what it tells, and how to see that nothing was left out.

Every folder holds the whole public log (`events_store.verify` checks it), `manifest.csv` (so that
`events_store.complete` sees that nobody was left out), `export.json` with the hash of each file,
and the files of its format. The same log gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from events_store import archive
from events_store.complete import COLUMNS
from events_store.public_log import texts
from events_store.published import export as publish
from web import log_files, receipts
from web.exports import cloud_events, files, mining, parquet, plain, releases
from web.exports.source import Level, Source
from web.parts import Parts

FORMATS: Final[dict[str, Callable[[Source], Iterator[files.File]]]] = {
    "tiles": lambda source: iter(()),
    "csv": plain.csv,
    "json": plain.json_,
    "ocds": releases.ocds,
    "xes": mining.xes,
    "ocel": mining.ocel,
    "cloudevents": cloud_events.cloud_events,
    "parquet": parquet.parquet,
}
MANIFEST: Final = "manifest.csv"


def write(parts: Parts, folder: Path, kind: str, level: Level, signed: bytes, point: Any) -> int:
    """Write an export of what a checkpoint seals; return how many files are new.

    Raises Tampered if the texts do not lead to the seal, parquet.Missing without its library.
    """
    source = Source(parts, point.size, level, point.origin)
    written = publish(folder, signed, texts(parts.ledger.db))
    if kind == "tiles":
        return written
    made = [files.write(folder, file) for file in FORMATS[kind](source)]
    made.append(files.write(folder, manifest(source)))
    told = {
        "format": kind,
        "level": str(level),
        **receipts.told(point),
        "checkpoint": signed.decode(),
        "files": [one._asdict() for one in made],
    }
    index = msgspec.json.format(msgspec.json.encode(told))
    files.write(folder, files.File("export.json", [index, b"\n"]))
    return written + len(made) + 1


def manifest(source: Source) -> files.File:
    """Return the manifest: a line for every candidate there is, whoever may be named."""
    return files.File(MANIFEST, _manifest(source))


def _manifest(source: Source) -> Iterator[bytes]:
    yield log_files.row(COLUMNS).encode()
    for chunk in archive.lines(source.parts.ledger.db, source.size):
        for line in chunk:
            leaf, last = bytes(line.leaf).hex(), bytes(line.last_leaf).hex()
            cells = (line.discovered_at, leaf, line.versions, line.last_at, last)
            yield log_files.row(cells).encode()
