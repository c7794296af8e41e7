"""Proofs of inclusion and of consistency: all of them hold, and none that is touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_merkle import LEAVES, ROOTS

from events_store.merkle import EMPTY_ROOT, extend, leaf_hash, root
from events_store.proofs import (
    BeyondSize,
    check_consistency,
    check_inclusion,
    from_leaves,
    prove_consistency,
    prove_inclusion,
    root_at,
    subtrees,
)

SMALL = [leaf_hash(b"%d" % at) for at in range(64)]
MANY = [leaf_hash(b"%d" % at) for at in range(70_000)]
RFC = subtrees(from_leaves(lambda start, stop: [leaf_hash(x) for x in LEAVES[start:stop]]))
TREE = subtrees(from_leaves(lambda start, stop: SMALL[start:stop]))


def top(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    return root(extend(0, b"", leaves)[1])


TOPS = [top(SMALL[:size]) for size in range(65)]
ROWS = [MANY]
while len(ROWS[-1]) >= 256:
    below = ROWS[-1]
    ROWS.append([top(below[at : at + 256]) for at in range(0, len(below) - 255, 256)])


def kept(level: int, start: int, stop: int) -> list[bytes]:
    """Return hashes as tiles hold them."""
    return ROWS[level][start:stop]


BIG = subtrees(kept)
big_sizes = st.integers(1, len(MANY))


def flipped(data: bytes, bit: int) -> bytes:
    """Return the bytes with one bit changed."""
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def spoiled(proof: Sequence[bytes], size: int) -> Iterator[list[bytes]]:
    """Yield a proof with one bit changed, every bit in small trees; and cut, and too long."""
    for at, each in enumerate(proof):
        for bit in range(256) if size <= 16 else ((size * 37 + at * 11) % 256,):
            yield [*proof[:at], flipped(each, bit), *proof[at + 1 :]]
        yield [*proof[:at], each[:-1], *proof[at + 1 :]]
        yield [*proof[:at], *proof[at + 1 :]]
    yield [*proof, SMALL[0]]


# Paths and proofs as Certificate Transparency's own tests have them (numbered from 1 there).
VECTOR_PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
VECTOR_PROOFS = {
    (1, 1): [],
    (1, 8): VECTOR_PATHS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


@pytest.mark.parametrize(("asked", "path"), VECTOR_PATHS.items())
def test_paths_are_those_of_certificate_transparency(
    asked: tuple[int, int], path: list[str]
) -> None:
    assert [each.hex() for each in prove_inclusion(RFC, *asked)] == path


@pytest.mark.parametrize(("asked", "proof"), VECTOR_PROOFS.items())
def test_consistency_is_proved_as_in_certificate_transparency(
    asked: tuple[int, int], proof: list[str]
) -> None:
    old, new = asked
    assert [each.hex() for each in prove_consistency(RFC, old, new)] == proof
    tops = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert check_consistency(old, tops[0], new, tops[1], [bytes.fromhex(x) for x in proof])


@pytest.mark.parametrize("size", range(1, 65))
def test_every_leaf_is_proved_and_every_touched_path_is_refused(size: int) -> None:
    for at, leaf in enumerate(SMALL[:size]):
        path = prove_inclusion(TREE, at, size)
        assert check_inclusion(leaf, at, size, path, TOPS[size])
        assert not any(
            check_inclusion(leaf, at, size, wrong, TOPS[size]) for wrong in spoiled(path, size)
        )
        assert not check_inclusion(flipped(leaf, at), at, size, path, TOPS[size])
        assert not check_inclusion(leaf, at, size, path, flipped(TOPS[size], at))


@pytest.mark.parametrize("size", range(1, 65))
def test_a_path_proves_its_leaf_at_its_own_place_only(size: int) -> None:
    for at, leaf in enumerate(SMALL[:size]):
        path = prove_inclusion(TREE, at, size)
        proved = [
            other
            for other in range(-1, size + 2)
            if check_inclusion(leaf, other, size, path, TOPS[size])
        ]
        assert proved == [at]


@pytest.mark.parametrize("new", range(65))
def test_every_older_tree_is_proved_and_every_touched_proof_is_refused(new: int) -> None:
    for old in range(new + 1):
        proof = prove_consistency(TREE, old, new)
        assert check_consistency(old, TOPS[old], new, TOPS[new], proof)
        assert not any(
            check_consistency(old, TOPS[old], new, TOPS[new], wrong)
            for wrong in spoiled(proof, new)
        )
        assert not check_consistency(old, flipped(TOPS[old], old), new, TOPS[new], proof)
        if old:  # what continues nothing says nothing of the newer root
            assert not check_consistency(old, TOPS[old], new, flipped(TOPS[new], old), proof)


@pytest.mark.parametrize("new", range(1, 33))
def test_a_tree_with_another_beginning_does_not_continue(new: int) -> None:
    forked = [leaf_hash(b"forked"), *SMALL[1:new]]
    fork = subtrees(from_leaves(lambda start, stop: forked[start:stop]))
    for old in range(1, new + 1):
        proof = prove_consistency(fork, old, new)
        assert not check_consistency(old, TOPS[old], new, top(forked), proof)


@settings(max_examples=60, deadline=None)
@given(size=big_sizes, data=st.data())
def test_leaves_of_large_logs_are_proved_from_tiles(size: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, size - 1))
    path = prove_inclusion(BIG, at, size)
    assert check_inclusion(MANY[at], at, size, path, top(MANY[:size]))
    touched = data.draw(st.sampled_from(list(spoiled(path, size))))
    assert not check_inclusion(MANY[at], at, size, touched, top(MANY[:size]))


@settings(max_examples=60, deadline=None)
@given(new=big_sizes, data=st.data())
def test_large_logs_are_proved_to_continue_from_tiles(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    proof = prove_consistency(BIG, old, new)
    assert check_consistency(old, top(MANY[:old]), new, top(MANY[:new]), proof)
    touched = data.draw(st.sampled_from(list(spoiled(proof, new))))
    assert not check_consistency(old, top(MANY[:old]), new, top(MANY[:new]), touched)


@settings(max_examples=30, deadline=None)
@given(size=st.integers(0, len(MANY)))
def test_the_root_of_any_size_comes_from_tiles(size: int) -> None:
    assert root_at(BIG, size) == top(MANY[:size])


def test_what_tiles_hold_can_be_computed_from_leaves_alone() -> None:
    computed = from_leaves(lambda start, stop: MANY[start:stop])
    assert computed(1, 3, 7) == ROWS[1][3:7]
    assert computed(2, 0, 1) == ROWS[2]


def test_an_empty_tree_is_continued_by_every_tree_and_proves_nothing() -> None:
    assert prove_consistency(TREE, 0, 5) == []
    assert check_consistency(0, EMPTY_ROOT, 5, TOPS[5], [])
    assert not check_consistency(0, SMALL[0], 5, TOPS[5], [])
    assert not check_inclusion(SMALL[0], 0, 0, [], SMALL[0])


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0), (99, 64)])
def test_a_position_outside_the_log_is_refused_by_name(index: int, size: int) -> None:
    with pytest.raises(BeyondSize) as refused:
        prove_inclusion(TREE, index, size)
    assert (refused.value.asked, refused.value.size) == (index, size)
    assert not check_inclusion(SMALL[0], index, size, [], SMALL[0])


@pytest.mark.parametrize(("old", "new"), [(-1, 5), (6, 5)])
def test_a_tree_cannot_continue_a_larger_one(old: int, new: int) -> None:
    with pytest.raises(BeyondSize):
        prove_consistency(TREE, old, new)
    assert not check_consistency(old, TOPS[5], new, TOPS[5], [])


def test_a_proof_beyond_what_is_kept_is_refused() -> None:
    with pytest.raises(BeyondSize):
        prove_inclusion(TREE, 3, 65)
