"""The Merkle tree over the log's leaves (RFC 6962, section 2.1).

An edge is the concatenated hashes of the perfect subtrees that a tree of some size is made of,
largest first: all that is needed to add a leaf or to tell the root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Final

HASH: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
_digest: Final = type(hashlib.sha256()).digest


def digests(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Return the SHA-256 of each text, from a loop that Python has no hand in."""
    return map(_digest, map(hashlib.sha256, texts))


def leaf_hash(text: bytes) -> bytes:
    """Return the hash of a leaf's text (RFC 6962: 0x00 || text)."""
    return hashlib.sha256(b"\x00" + text).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962: 0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def extend(size: int, edge: bytes, leaves: Iterable[bytes]) -> tuple[int, bytes]:
    """Return size and edge of a tree after leaf hashes are added."""
    stack = [edge[at : at + HASH] for at in range(0, len(edge), HASH)]
    for leaf in leaves:
        stack.append(leaf)
        size += 1
        full = size
        while full % 2 == 0:
            right = stack.pop()
            stack[-1] = node_hash(stack[-1], right)
            full //= 2
    return size, b"".join(stack)


def root(edge: bytes) -> bytes:
    """Return the root hash of the tree with this edge."""
    hashes = [edge[at : at + HASH] for at in range(0, len(edge), HASH)]
    if not hashes:
        return EMPTY_ROOT
    top, sha256 = hashes.pop(), hashlib.sha256
    while hashes:
        top = sha256(b"\x01" + hashes.pop() + top).digest()
    return top


def over(hashes: Sequence[bytes]) -> bytes:
    """Return the root hash over hashes, without the edge that more could be added to."""
    row = list(hashes)
    while len(row) > 1:
        pairs = zip(repeat(b"\x01"), row[::2], row[1::2], strict=False)
        joined = list(digests(map(b"".join, pairs)))
        row = joined + row[2 * len(joined) :]
    return row[0] if row else EMPTY_ROOT


def above(row: Sequence[bytes], wide: int = 256) -> list[bytes]:
    """Return the row of hashes above a row: one over each full tile of it."""
    return [over(row[at : at + wide]) for at in range(0, len(row) - wide + 1, wide)]
