"""Pictures of texts: a checkpoint as a QR code, to stand in the minutes of a meeting."""

from __future__ import annotations

import io
from typing import Final

import segno

KINDS: Final = (".svg", ".png")
LONGEST: Final = 2331  # bytes that a QR code of this strength holds


class TooLong(ValueError):
    """A text has more bytes than a QR code holds. Facts: both numbers."""

    def __init__(self, length: int) -> None:
        """Say how many bytes it has."""
        super().__init__(f"{length} bytes, a QR code holds {LONGEST}")
        self.length, self.most = length, LONGEST


def qr(text: bytes, kind: str) -> bytes:
    """Return a QR code that holds the very bytes of a text. Raises TooLong."""
    if len(text) > LONGEST:
        raise TooLong(len(text))
    made = segno.make_qr(text, error="m", mode="byte", boost_error=False)
    drawn = io.BytesIO()
    made.save(drawn, kind=kind.removeprefix("."), scale=4, border=4)
    return drawn.getvalue()
