"""The public log (C2SP tlog-tiles): the newest seal and the tiles below it, for anyone."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from events_store.cosignatures import cosigned
from events_store.public_log import kept, texts
from events_store.tiles import content, parse_path
from web.pages.frame import parts
from web.pictures import qr

pages = Blueprint("log", __name__, url_prefix="/log")
FOREVER = "public, max-age=31536000, immutable"


@pages.route("/checkpoint")
def checkpoint() -> Response:
    """Give the newest signed checkpoint with the cosignatures collected for it."""
    answer = Response(_signed(), content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.route("/checkpoint.svg")
def picture() -> Response:
    """Give the same as a QR code."""
    answer = Response(qr(_signed(), ".svg"), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _signed() -> bytes:
    last = parts().sealer.last() or abort(404)
    return cosigned(parts().ledger.db, last.note, last.point.size)


@pages.route("/tile/<path:where>")
def tile(where: str) -> Response:
    """Give a tile or a bundle; nothing that no published seal covers."""
    wanted, last = parse_path(f"tile/{where}"), parts().sealer.last()
    if wanted is None or last is None or not wanted.within(last.point.size):
        abort(404)
    db = parts().ledger.db
    data = content(wanted, last.point.size, kept(db), texts(db))
    answer = Response(data, content_type="application/octet-stream")
    answer.headers["Cache-Control"] = FOREVER
    return answer
