"""Proofs that a leaf is in a tree, and that one tree continues another (RFC 9162, section 2.1).

Whoever proves has a way to read perfect subtrees: (level, index) names the one over the leaves
from index * 2**level on, 2**level of them. Whoever checks has nothing but hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from events_store.merkle import EMPTY_ROOT, HASH, extend, node_hash, root

HEIGHT: Final = 8  # of a tile: kept hashes of level L cover 256**L leaves

Subtree = Callable[[int, int], bytes]
Kept = Callable[[int, int, int], Sequence[bytes]]  # (level of tile, start, stop) -> hashes


class BeyondSize(LookupError):
    """Asked about a position, or a size, that the log has not reached."""

    def __init__(self, asked: int, size: int) -> None:
        """Say what was asked of a log of which size."""
        super().__init__(f"{asked} lies outside a log of {size} entries")
        self.asked, self.size = asked, size


class Step(NamedTuple):
    """One step up the tree: the hash beside, on which side it stands, and what both lead to."""

    beside: bytes
    on_left: bool
    reached: bytes


def subtrees(kept: Kept) -> Subtree:
    """Return a reader of perfect subtrees, given the hashes that tiles are made of."""

    def read(level: int, index: int) -> bytes:
        above, below = divmod(level, HEIGHT)
        hashes = kept(above, index << below, index + 1 << below)
        if len(hashes) != 1 << below:
            raise BeyondSize((index + 1 << level) - 1, index << level)
        return root(extend(0, b"", hashes)[1])

    return read


def from_leaves(leaves: Callable[[int, int], Sequence[bytes]]) -> Kept:
    """Return what tiles are made of, computed from the hashes of leaves (start, stop) alone."""

    def kept(level: int, start: int, stop: int) -> list[bytes]:
        if level == 0:
            return list(leaves(start, stop))
        wide = 1 << HEIGHT
        below = kept(level - 1, start * wide, stop * wide)
        parts = (below[at : at + wide] for at in range(0, len(below), wide))
        return [root(extend(0, b"", part)[1]) for part in parts if len(part) == wide]

    return kept


def root_at(subtree: Subtree, size: int) -> bytes:
    """Return the root of the tree over the first leaves."""
    return _range(subtree, 0, size) if size else EMPTY_ROOT


def prove_inclusion(subtree: Subtree, index: int, size: int) -> list[bytes]:
    """Return the path from a leaf to the root of a tree (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise BeyondSize(index, size)
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_range(subtree, middle, stop))
            stop = middle
        else:
            path.append(_range(subtree, start, middle))
            start = middle
    return path[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Return whether the path leads from the leaf hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _hashes(leaf, top, *path):
        return False
    at, last, reached = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached = node_hash(beside, reached)
            at, last = _climb(at, last)
        else:
            reached = node_hash(reached, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and reached == top


def steps(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> list[Step]:
    """Return the steps from a leaf to the root that a path describes, to be looked at."""
    found: list[Step] = []
    at, last, reached = index, size - 1, leaf
    for beside in path:
        on_left = bool(at & 1 or at == last)
        reached = node_hash(beside, reached) if on_left else node_hash(reached, beside)
        found.append(Step(beside, on_left, reached))
        if on_left:
            at, last = _climb(at, last)
        at, last = at >> 1, last >> 1
    return found


def prove_consistency(subtree: Subtree, old: int, new: int) -> list[bytes]:
    """Return the proof that a tree continues an older one (RFC 9162, 2.1.4.1)."""
    if not 0 <= old <= new:
        raise BeyondSize(old, new)
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, stop = 0, new
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            proof.append(_range(subtree, middle, stop))
            stop = middle
        else:
            proof.append(_range(subtree, start, middle))
            start = middle
    if start:
        proof.append(_range(subtree, start, stop))
    return proof[::-1]


def check_consistency(
    old: int, old_top: bytes, new: int, new_top: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether the newer tree continues the older one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or not _hashes(old_top, new_top, *proof):
        return False
    if old == new:
        return not proof and old_top == new_top
    if old == 0:
        return not proof and old_top == EMPTY_ROOT
    steps = [old_top, *proof] if old.bit_count() == 1 else list(proof)
    return bool(steps) and _continues(old, old_top, new, new_top, steps)


def _continues(old: int, old_top: bytes, new: int, new_top: bytes, steps: Sequence[bytes]) -> bool:
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = now = steps[0]
    for beside in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            was, now = node_hash(beside, was), node_hash(beside, now)
            at, last = _climb(at, last)
        else:
            now = node_hash(now, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and (was, now) == (old_top, new_top)


def _climb(at: int, last: int) -> tuple[int, int]:
    """Go up while the node is the last of its level and has no right neighbour."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(width: int) -> int:
    """Return the largest power of two smaller than the width."""
    return 1 << (width - 1).bit_length() - 1


def _range(subtree: Subtree, start: int, stop: int) -> bytes:
    """Return the root over leaves that begin where a subtree of their width could."""
    edge = b""
    while start < stop:
        level = (stop - start).bit_length() - 1
        edge += subtree(level, start >> level)
        start += 1 << level
    return root(edge)


def _hashes(*hashes: bytes) -> bool:
    return all(len(each) == HASH for each in hashes)
