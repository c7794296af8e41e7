"""Files to bring along: the smallest of each kind, and what only looks like one."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<<>>>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(wide: int = 4, high: int = 3, shade: int = 160) -> bytes:
    """Return a grey picture."""
    rows = (b"\0" + bytes([shade]) * wide) * high
    size = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", size), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


JPEG = bytes.fromhex("ffd8ffe000104a46494600010101004800480000") + b"\0" * 20 + b"\xff\xd9"


def packed(*names: str) -> bytes:
    """Return a ZIP with members of these names."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as whole:
        for name in names:
            whole.writestr(name, "<x/>")
    return kept.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")
SHEET = packed("[Content_Types].xml", "xl/workbook.xml")
