"""The log as static files (C2SP tlog-tiles): checkpoint, tiles of hashes, bundles of leaf texts.

Tile (level, n) holds 256 hashes: of leaves on level 0, of full tiles below on each level above.
A bundle holds 256 leaf texts, each after its length (u16, big-endian). The last of a level may be
partial: `.p/W` says how wide it is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from domain.faults import Unreadable
from events_store.merkle import HASH
from events_store.proofs import BeyondSize, Kept

WIDE: Final = 256
LONGEST: Final = 65_535  # bytes of a leaf's text
_PATH: Final = re.compile(
    r"tile/(?:(0|[1-9][0-9]?)|entries)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)
_length: Final = struct.Struct(">H")

Texts = Callable[[int, int], Iterable[bytes]]  # (start, stop) -> texts of leaves


class Tile(NamedTuple):
    """Which hashes, or with no level which leaf texts, lie in one file."""

    level: int | None
    number: int
    width: int = WIDE

    @property
    def start(self) -> int:
        """Return the place in its level where it begins."""
        return self.number * WIDE

    @property
    def stop(self) -> int:
        """Return the place in its level where it ends."""
        return self.start + self.width

    def within(self, size: int) -> bool:
        """Return whether a log of this size has it."""
        return self.stop <= size >> 8 * (self.level or 0)


def format_path(tile: Tile) -> str:
    """Return where a tile lies below the log's prefix, such as tile/0/x001/234."""
    digits = str(tile.number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    part = "" if tile.width == WIDE else f".p/{tile.width}"
    return f"tile/{'entries' if tile.level is None else tile.level}/{place}{part}"


def parse_path(path: str) -> Tile | None:
    """Return the tile that lies at a path, or None where none can lie."""
    found = _PATH.fullmatch(path)
    if not found or len(path) > 60:
        return None
    level, groups, width = found.groups()
    tile = Tile(
        None if level is None else int(level),
        int(groups.replace("x", "").replace("/", "")),
        WIDE if width is None else int(width),
    )
    told = tile.width <= WIDE and (tile.level or 0) < 64
    return tile if told and format_path(tile) == path else None


def tiles(size: int, before: int = 0) -> Iterator[Tile]:
    """Yield the tiles and bundles of a log, or those that it has got since it was smaller."""
    yield from _of_level(None, size, before)
    level = 0
    while size >> 8 * level:
        yield from _of_level(level, size, before)
        level += 1


def _of_level(level: int | None, size: int, before: int) -> Iterator[Tile]:
    full, part = divmod(size >> 8 * (level or 0), WIDE)
    known, known_part = divmod(before >> 8 * (level or 0), WIDE)
    for number in range(known, full):
        yield Tile(level, number)
    if part and (full, part) != (known, known_part):
        yield Tile(level, full, part)


def content(tile: Tile, size: int, kept: Kept, texts: Texts) -> bytes:
    """Return the bytes of a tile or bundle of a log of this size. Raises BeyondSize."""
    if not tile.within(size):
        raise BeyondSize((tile.stop << 8 * (tile.level or 0)) - 1, size)
    if tile.level is None:
        return pack(texts(tile.start, tile.stop))
    return b"".join(kept(tile.level, tile.start, tile.stop))


def pack(texts: Iterable[bytes]) -> bytes:
    """Return leaf texts as a bundle."""
    return b"".join(_length.pack(len(text)) + text for text in texts)


def unpack(bundle: bytes, where: str = "a bundle") -> list[bytes]:
    """Return the leaf texts of a bundle. Raises Unreadable."""
    texts, at = [], 0
    while at < len(bundle):
        begins = at + _length.size
        if begins > len(bundle):
            raise Unreadable(where, "it ends within a length")
        at = begins + _length.unpack_from(bundle, begins - _length.size)[0]
        if at > len(bundle):
            raise Unreadable(where, "it ends within a text")
        texts.append(bundle[begins:at])
    return texts


def hashes_of(tile: bytes, where: str = "a tile") -> list[bytes]:
    """Return the hashes of a tile. Raises Unreadable."""
    if len(tile) % HASH:
        raise Unreadable(where, "it ends within a hash")
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]
