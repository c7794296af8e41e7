"""The Merkle tree over the log's leaves (RFC 6962, section 2.1).

An edge is the concatenated hashes of the perfect subtrees that a tree of some size is made of,
largest first: all that is needed to add a leaf or to tell the root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

HASH: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


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
    top = hashes.pop()
    while hashes:
        top = node_hash(hashes.pop(), top)
    return top
