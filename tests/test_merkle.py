"""The Merkle tree against RFC 6962 and against its definition."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest

from events_store.merkle import EMPTY_ROOT, extend, leaf_hash, node_hash, root

# The leaves and roots that Certificate Transparency's own tests use for RFC 6962, section 2.1.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962 defines it: split at the largest smaller power of two."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(naive(leaves[:split]), naive(leaves[split:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_rfc_6962(size: int) -> None:
    _, edge = extend(0, b"", map(leaf_hash, LEAVES[:size]))
    assert root(edge).hex() == ROOTS[size]


def test_leaves_and_nodes_cannot_be_mistaken_for_each_other() -> None:
    left, right = leaf_hash(b"left"), leaf_hash(b"right")
    assert leaf_hash(left + right) != node_hash(left, right)


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert root(b"") == EMPTY_ROOT == naive([])


def test_one_by_one_in_bulk_and_by_definition_are_the_same() -> None:
    leaves = [leaf_hash(bytes([at])) for at in range(130)]
    size, edge = 0, b""
    for at in range(131):
        assert (size, edge) == extend(0, b"", leaves[:at])
        assert root(edge) == naive(leaves[:at])
        size, edge = extend(size, edge, leaves[at : at + 1])


def test_a_batch_may_end_anywhere() -> None:
    leaves = [leaf_hash(bytes([at])) for at in range(67)]
    size, edge = 0, b""
    for start, stop in pairwise((0, 1, 1, 6, 31, 32, 64, 67)):
        size, edge = extend(size, edge, leaves[start:stop])
    assert (size, root(edge)) == (67, naive(leaves))


def test_an_edge_holds_one_hash_for_each_one_bit_of_the_size() -> None:
    for size in range(130):
        _, edge = extend(0, b"", [leaf_hash(b"")] * size)
        assert len(edge) == 32 * size.bit_count()
