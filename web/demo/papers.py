"""Papers: files made up on the spot, so that the demo has evidence to look at."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from domain.enclosure import Enclosure
from web.enclosures import PDF, PNG

WIDE, HIGH = 480, 320
SKY, HILL, FIELD = (196, 222, 240), (88, 130, 96), (120, 168, 92)


def minutes() -> Enclosure:
    """Return one page of minutes; its letters are the plain ones that every reader has."""
    lines = ("DU LIEU MAU", "BIEN BAN", "Nghiem thu de tai cap co so: phong tru sau hai hoi",
             "Ket qua: dat. Hoi dong nghiem thu gom 7 nguoi, 7 phieu dat.")  # fmt: skip
    said = "".join(f"BT /F1 16 Tf 72 {760 - 36 * at} Td ({line}) Tj ET\n"
                   for at, line in enumerate(lines))  # fmt: skip
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
        "/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(said)}>>stream\n{said}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size, begins = len(objects) + 1, len(body)
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    body += f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{begins}\n%%EOF\n"
    return Enclosure("bien-ban-nghiem-thu.pdf", PDF, body.encode("ascii"))


def picture() -> Enclosure:
    """Return a picture: a hill between sky and rows of trees."""
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"IDAT", zlib.compress(b"".join(_rows()), 9)),
        (b"IEND", b""),
    )
    content = b"\x89PNG\r\n\x1a\n" + b"".join(map(_part, parts))
    return Enclosure("vuon-hoi.png", PNG, content)


def _rows() -> Iterator[bytes]:
    for y in range(HIGH):
        dots = (_dot(x, y) for x in range(WIDE))
        yield b"\0" + b"".join(map(bytes, dots))


def _dot(x: int, y: int) -> tuple[int, int, int]:
    if y < 150 - (WIDE // 2 - abs(x - WIDE // 3)) // 3:
        return SKY
    if y < 190:
        return HILL
    tree = (x + (y - 190) // 2) % 40 < 18 and (y - 190) % 32 < 20
    return HILL if tree else FIELD


def _part(named: tuple[bytes, bytes]) -> bytes:
    name, body = named
    whole = name + body
    return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))
