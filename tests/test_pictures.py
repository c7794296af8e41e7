"""The checkpoint as a QR code: what another's reader finds in it is the very note."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from cli_use import Use
from desk import settings
from PIL import Image

from events_store import note
from events_store.keys import parse_verifier
from web import create_app
from web.pictures import LONGEST, TooLong, qr


def read(png: bytes) -> bytes:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return bytes(found.bytes)


def drawn(svg: bytes) -> bytes:
    """Return the QR code of an SVG as PNG: its one path is strokes of whole modules."""
    text = svg.decode()
    side, scale = (
        int(re.findall(pattern, text)[0]) for pattern in (r'width="(\d+)"', r"scale\((\d+)\)")
    )
    picture = Image.new("1", (side // scale, side // scale), 1)
    x, y = 0, 0
    for move, first, second in re.findall(
        r"([mMh])(-?[\d.]+)(?: (-?[\d.]+))?", text.split(' d="')[1]
    ):
        if move == "M":
            x, y = int(float(first)), int(float(second))
        elif move == "m":
            x, y = x + int(float(first)), y + round(float(second))
        else:
            for _ in range(int(first)):
                picture.putpixel((x, y), 0)
                x += 1
    told = io.BytesIO()
    picture.resize((side, side)).save(told, "png")
    return told.getvalue()


@pytest.fixture(scope="module")
def use(tmp_path_factory: pytest.TempPathFactory) -> Use:
    return Use(tmp_path_factory.mktemp("qr")).founded()


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_note_is_read_back_by_another_reader(use: Use, tmp_path: Path, kind: str) -> None:
    picture = tmp_path / f"seal.{kind}"
    use.run("checkpoint", "--qr", picture, "-o", tmp_path / "seal")
    data = picture.read_bytes()
    told = read(data if kind == "png" else drawn(data))
    assert told == (tmp_path / "seal").read_bytes()
    point, _ = note.open_checkpoint(told, [parse_verifier(use.json("key", "show")["key"])])
    assert point.size == use.size()


def test_anyone_sees_it_on_the_web(use: Use) -> None:
    keys = use.folder / "exemplar.db.keys"
    ask = create_app(replace(settings(use.folder), keys=keys)).test_client()
    answer = ask.get("/log/checkpoint.svg")
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("image/svg+xml", "no-cache")
    assert read(drawn(answer.data)) == ask.get("/log/checkpoint").data


def test_what_does_not_fit_is_said(use: Use, tmp_path: Path) -> None:
    assert read(qr(b"x" * LONGEST, ".png")) == b"x" * LONGEST
    with pytest.raises(TooLong):
        qr(b"x" * (LONGEST + 1), ".png")
    assert ".svg" in use.run("checkpoint", "--qr", tmp_path / "seal.pdf", code=2).stderr
