"""Packing: answers are sent compressed, and files of ours are fetched once for each version.

What is secret on a page (tokens of its forms) must not be guessed from the length of what is
sent (BREACH): each packed answer is longer by a random bit.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, request

LEAST: Final = 500  # bytes that are worth it
PACKED: Final = ("text/", "application/json", "application/problem+json", "image/svg+xml")
A_YEAR: Final = 365 * 24 * 60 * 60
QUICK, SMALL = 1, 9  # how hard zlib tries: once for a file, each time for a page
HEADER: Final = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"  # gzip, with a name to follow
PADDING: Final = 64  # the longest name that says nothing


def install(app: Flask) -> None:
    """Pack the answers of an application, and let its files be kept by their version."""
    app.after_request(packed)
    app.url_defaults(_versioned(Path(app.static_folder or "")))


def packed(response: Response) -> Response:
    """Return the answer compressed, if its reader can unpack it."""
    ours = request.endpoint == "static"
    if ours and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    if not (response.mimetype or "").startswith(PACKED):
        return response
    response.vary.add("Accept-Encoding")
    wanted = response.status_code == 200 and "gzip" in request.accept_encodings.values()
    if not wanted or (response.is_streamed and not ours):
        return response
    response.direct_passthrough = False
    told = response.get_data()
    if len(told) >= LEAST:
        response.set_data(_file(told) if ours else gzip(told, QUICK, secrets.randbelow(PADDING)))
        response.headers["Content-Encoding"] = "gzip"
        if ours and (tag := response.get_etag()[0]):
            response.set_etag(tag, weak=True)
    return response


def gzip(told: bytes, level: int, padding: int) -> bytes:
    """Return bytes in gzip's format (RFC 1952), longer by some bytes that say nothing."""
    body = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    name = secrets.token_hex(padding)[:padding].encode() + b"\0"
    tail = zlib.crc32(told).to_bytes(4, "little") + (len(told) % 2**32).to_bytes(4, "little")
    return HEADER + name + body.compress(told) + body.flush() + tail


@lru_cache(100)
def _file(told: bytes) -> bytes:
    return gzip(told, SMALL, 0)


def _versioned(folder: Path) -> Any:
    @lru_cache(100)
    def version(name: str) -> str | None:
        file = folder / name
        return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else None

    def add(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", version(values["filename"]))

    return add
