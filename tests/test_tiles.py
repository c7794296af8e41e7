"""The log as files: where each lies, how wide it is, and what it holds."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sealed_log import LOG, checkpoint_of, publish, sealed, texts_of

from domain.faults import Tampered, Unreadable
from events_store.merkle import leaf_hash
from events_store.note import open_checkpoint
from events_store.proofs import (
    BeyondSize,
    check_inclusion,
    from_leaves,
    prove_inclusion,
    root_at,
    subtrees,
)
from events_store.published import Read, at, export, kept_at, texts_at
from events_store.tiles import Tile, content, format_path, pack, parse_path, tiles, unpack

SIZES = (0, 1, 255, 256, 257, 65_536, 70_000)
TEXTS = texts_of(70_000)
LEAVES = [leaf_hash(text) for text in TEXTS]
kept = from_leaves(lambda start, stop: LEAVES[start:stop])


def texts(start: int, stop: int) -> list[bytes]:
    """Return the texts of some leaves."""
    return TEXTS[start:stop]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return a folder with a log of each size."""
    made = {size: tmp_path_factory.mktemp("log") for size in SIZES}
    for size, folder in made.items():
        publish(folder, TEXTS[:size])
    return made


def test_a_tile_lies_where_the_specification_says() -> None:
    assert format_path(Tile(0, 1_234_067)) == "tile/0/x001/x234/067"
    assert format_path(Tile(1, 0)) == "tile/1/000"
    assert format_path(Tile(None, 273, 112)) == "tile/entries/273.p/112"
    assert format_path(Tile(2, 1000, 1)) == "tile/2/x001/000.p/1"


@given(
    st.builds(
        Tile,
        st.none() | st.integers(0, 63),
        st.integers(0, 2**55),
        st.integers(1, 256),
    )
)
def test_every_path_is_read_as_it_was_written(tile: Tile) -> None:
    assert parse_path(format_path(tile)) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "tile", "tile/0", "tile/0/", "tile/0/1", "tile/0/01", "tile/0/0001", "tile/0/001/",
        "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/00/001", "tile/64/001",
        "tile/-1/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/07", "tile/0/000.p/",
        "tile/0/000.p/999", "tile/entry/000", "tile/0/../000", "/tile/0/000", "tile/0/000\n",
        "tile/0/٠٠٠", "tile/0/" + "x999/" * 20 + "999",
    ],
)  # fmt: skip
def test_where_no_tile_can_lie_there_is_none(path: str) -> None:
    assert parse_path(path) is None


# Full tiles and the width of the last one: of bundles, then of levels 0, 1, 2.
WIDTHS = {
    0: {},
    1: {None: (0, 1), 0: (0, 1)},
    255: {None: (0, 255), 0: (0, 255)},
    256: {None: (1, 0), 0: (1, 0), 1: (0, 1)},
    257: {None: (1, 1), 0: (1, 1), 1: (0, 1)},
    65_536: {None: (256, 0), 0: (256, 0), 1: (1, 0), 2: (0, 1)},
    70_000: {None: (273, 112), 0: (273, 112), 1: (1, 17), 2: (0, 1)},
}


@pytest.mark.parametrize("size", SIZES)
def test_a_log_of_each_size_has_the_tiles_of_the_specification(size: int) -> None:
    full = Counter(tile.level for tile in tiles(size) if tile.width == 256)
    part = {tile.level: tile.width for tile in tiles(size) if tile.width < 256}
    levels = {tile.level for tile in tiles(size)}
    assert {level: (full[level], part.get(level, 0)) for level in levels} == WIDTHS[size]


@given(size=st.integers(0, 70_000), before=st.integers(0, 70_000))
def test_what_a_log_has_got_since_is_what_it_did_not_have(size: int, before: int) -> None:
    before = min(size, before)
    assert set(tiles(size, before)) >= set(tiles(size)) - set(tiles(before))
    assert set(tiles(size, before)) <= set(tiles(size))


@pytest.mark.parametrize("size", SIZES)
def test_an_export_holds_these_files_and_no_other(size: int, folders: dict[int, Path]) -> None:
    found = {str(p.relative_to(folders[size])) for p in folders[size].rglob("*") if p.is_file()}
    assert found == {"checkpoint", *map(format_path, tiles(size))}


@pytest.mark.parametrize("size", SIZES)
def test_what_is_exported_is_what_would_be_served(size: int, folders: dict[int, Path]) -> None:
    for tile in tiles(size):
        data = (folders[size] / format_path(tile)).read_bytes()
        assert data == content(tile, size, kept, texts)
        assert tile.level is None or len(data) == 32 * tile.width


@pytest.mark.parametrize("size", SIZES)
def test_an_export_is_read_back(size: int, folders: dict[int, Path]) -> None:
    read = at(folders[size])
    point, _ = open_checkpoint(read("checkpoint"), [LOG.verifier])
    assert point == checkpoint_of(TEXTS[:size])
    assert root_at(subtrees(kept_at(read, size)), size) == point.root
    assert texts_at(read, size)(0, size) == TEXTS[:size]


@pytest.fixture
def address(folders: dict[int, Path]) -> Iterator[str]:
    """Yield the address of a plain file server over the largest log."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *told: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folders[70_000])))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_leaves_are_proved_from_a_log_on_the_web(address: str) -> None:
    read = at(address)
    point, _ = open_checkpoint(read("checkpoint"), [LOG.verifier])
    path = prove_inclusion(subtrees(kept_at(read, point.size)), 12_345, point.size)
    [text] = texts_at(read, point.size)(12_345, 12_346)
    assert check_inclusion(leaf_hash(text), 12_345, point.size, path, point.root)
    with pytest.raises(Unreadable):
        read("tile/0/999")


def test_an_export_grows_and_only_new_files_are_written(tmp_path: Path) -> None:
    assert publish(tmp_path, TEXTS[:300]) == 5
    assert publish(tmp_path, TEXTS[:300]) == 0
    assert publish(tmp_path, TEXTS[:600]) == len(list(tiles(600, 300)))
    assert texts_at(at(tmp_path), 600)(250, 600) == TEXTS[250:600]


def test_an_export_refuses_to_change_what_was_published(tmp_path: Path) -> None:
    publish(tmp_path, TEXTS[:600])
    rewritten = [*TEXTS[:299], texts_of(300, b"forged")[299], *TEXTS[300:700]]
    with pytest.raises(Tampered, match="tile/entries/001 was published with other content"):
        publish(tmp_path, rewritten)
    assert open_checkpoint(at(tmp_path)("checkpoint"), [LOG.verifier])[0].size == 600


def test_an_export_that_does_not_lead_to_the_seal_has_no_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(Tampered):
        export(tmp_path, sealed(TEXTS[:9]), lambda start, stop: TEXTS[start + 1 : stop + 1])
    assert not (tmp_path / "checkpoint").exists()


def holding(path: str, data: bytes) -> Read:
    """Return a reader of one file."""
    return lambda asked: data if asked == path else b""


@pytest.mark.parametrize("length", [0, 1, 2, 50, 8191])
def test_a_bundle_or_tile_that_is_cut_short_is_unreadable(length: int) -> None:
    bundle = pack(TEXTS[:256])[:length]
    with pytest.raises(Unreadable):
        texts_at(holding("tile/entries/000", bundle), 256)(3, 4)
    tile = b"".join(LEAVES[:256])[:length]
    with pytest.raises(Unreadable):
        kept_at(holding("tile/0/000", tile), 256)(0, 3, 4)


def test_a_bundle_that_ends_within_a_length_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        unpack(pack([b"one"]) + b"\x00")


def test_leaf_texts_may_be_empty_or_as_long_as_can_be() -> None:
    short_and_long = [b"", b"x" * 65_535, b""]
    assert unpack(pack(short_and_long)) == short_and_long


def test_what_lies_beyond_the_sealed_size_is_not_served() -> None:
    for tile in (Tile(0, 1), Tile(0, 1, 45), Tile(None, 1, 45), Tile(1, 0), Tile(1, 0, 2)):
        with pytest.raises(BeyondSize):
            content(tile, 300, kept, texts)
    with pytest.raises(BeyondSize):
        kept_at(at("nowhere"), 300)(1, 0, 2)
    with pytest.raises(BeyondSize):
        texts_at(at("nowhere"), 300)(299, 301)


def test_a_partial_tile_of_any_width_is_served() -> None:
    for width in range(1, 45):
        data = content(Tile(0, 1, width), 300, kept, texts)
        assert data == b"".join(LEAVES[256 : 256 + width])
