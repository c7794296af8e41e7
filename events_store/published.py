"""A log as static files, written to a folder and read back from a folder or over HTTP."""

from __future__ import annotations

import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from domain.faults import Tampered, Unreadable
from events_store import merkle, note
from events_store.checkpoint import parse_checkpoint
from events_store.proofs import BeyondSize, Kept
from events_store.tiles import WIDE, Texts, Tile, format_path, hashes_of, pack, unpack

Read = Callable[[str], bytes]  # path below the log's prefix -> bytes

LARGEST: Final = WIDE * (2 + 65_535)  # bytes of a bundle of the longest texts


def export(folder: Path, signed: bytes, texts: Texts) -> int:
    """Write a log as static files, the checkpoint last; return how many files are new.

    Whoever reads meanwhile finds whole files only. Raises Tampered if the leaf texts do not lead
    to the checkpoint's root, or a file that was published before would change.
    """
    point = parse_checkpoint(note.split(signed)[0])
    edge, written = b"", 0
    levels: list[list[bytes]] = []  # of each level, the hashes since its last full tile
    for bundle in _bundles(point.size):
        told = list(texts(bundle.start, bundle.stop))
        leaves = [merkle.leaf_hash(text) for text in told]
        _, edge = merkle.extend(bundle.start, edge, leaves)
        written += _publish(folder, bundle, pack(told))
        written += _climb(folder, levels, bundle.number, leaves)
    written += _partials(folder, levels, point.size)
    if merkle.root(edge) != point.root:
        raise Tampered(f"the leaf texts below {point.size} do not lead to the sealed root")
    _replace(folder / "checkpoint", signed)
    return written


def _bundles(size: int) -> Iterator[Tile]:
    for start in range(0, size, WIDE):
        yield Tile(None, start // WIDE, min(WIDE, size - start))


def _climb(folder: Path, levels: list[list[bytes]], number: int, leaves: list[bytes]) -> int:
    """Publish each tile that the leaves fill, and hand its root to the level above."""
    level, hashes, written = 0, leaves, 0
    while True:
        if level == len(levels):
            levels.append([])
        levels[level] += hashes
        if len(levels[level]) < WIDE:
            return written
        written += _publish(folder, Tile(level, number), b"".join(levels[level]))
        hashes = [merkle.root(merkle.extend(0, b"", levels[level])[1])]
        levels[level] = []
        level, number = level + 1, number // WIDE


def _partials(folder: Path, levels: list[list[bytes]], size: int) -> int:
    return sum(
        _publish(folder, Tile(level, size >> 8 * (level + 1), len(hashes)), b"".join(hashes))
        for level, hashes in enumerate(levels)
        if hashes
    )


def _publish(folder: Path, tile: Tile, data: bytes) -> bool:
    path = folder / format_path(tile)
    if path.exists():
        if path.read_bytes() != data:
            raise Tampered(f"{format_path(tile)} was published with other content")
        return False
    _replace(path, data)
    return True


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(path)


def at(place: str | Path) -> Read:
    """Return a reader of the log that lies in a folder, or below an http(s) address."""
    if str(place).startswith(("http://", "https://")):
        return lambda path: _fetched(f"{str(place).rstrip('/')}/{path}")
    return lambda path: _kept(Path(place), path)


def _kept(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise Unreadable(path, str(error)) from error


def _fetched(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise Unreadable(address, str(error)) from error
    if len(data) > LARGEST:
        raise Unreadable(address, "it is larger than any file of a log")
    return data


def kept_at(read: Read, size: int) -> Kept:
    """Return the hashes of a published log of this size, for proofs. Raises Unreadable."""

    def kept(level: int, start: int, stop: int) -> list[bytes]:
        if not 0 <= start <= stop <= size >> 8 * level:
            raise BeyondSize((stop << 8 * level) - 1, size)
        return _row(level, start, stop, size, lambda tile: _hashes(read, tile))

    return kept


def texts_at(read: Read, size: int) -> Texts:
    """Return the leaf texts of a published log of this size. Raises Unreadable."""

    def texts(start: int, stop: int) -> list[bytes]:
        if not 0 <= start <= stop <= size:
            raise BeyondSize(stop - 1, size)
        return _row(None, start, stop, size, lambda tile: _texts(read, tile))

    return texts


def _row(
    level: int | None, start: int, stop: int, size: int, content: Callable[[Tile], Sequence[bytes]]
) -> list[bytes]:
    found: list[bytes] = []
    for number in range(start // WIDE, -(-stop // WIDE)):
        width = min(WIDE, (size >> 8 * (level or 0)) - number * WIDE)
        tile = Tile(level, number, width)
        found += content(tile)[max(start - tile.start, 0) : stop - tile.start]
    return found


def _hashes(read: Read, tile: Tile) -> list[bytes]:
    path = format_path(tile)
    return _whole(tile, hashes_of(read(path), path))


def _texts(read: Read, tile: Tile) -> list[bytes]:
    path = format_path(tile)
    return _whole(tile, unpack(read(path), path))


def _whole(tile: Tile, found: list[bytes]) -> list[bytes]:
    if len(found) != tile.width:
        raise Unreadable(format_path(tile), f"it holds {len(found)} of {tile.width}")
    return found
