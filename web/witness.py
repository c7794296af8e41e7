"""A witness over HTTP (C2SP tlog-witness): it cosigns what continues what it cosigned before."""

from __future__ import annotations

import re
from typing import Final

from flask import Flask, Response, abort, request

from events_store.witness import OldSize, Refused, Witness
from events_store.witness_request import SIZE_TYPE

LARGEST: Final = 256 * 1024  # bytes of a request; a post-quantum signature line has 3,300
NAME: Final = re.compile(r"[0-9a-f]{64}")
NOT_KEPT: Final = {"Cache-Control": "no-cache"}
TEXT: Final = "text/plain; charset=utf-8"


def create_witness(witness: Witness) -> Flask:
    """Return the application of one witness."""
    app = Flask("web.witness", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.register_error_handler(Refused, refused)

    @app.post("/add-checkpoint")
    def add_checkpoint() -> Response:
        """Cosign a checkpoint, or say why not."""
        cosigned = witness.cosign(request.get_data())
        return Response(str(cosigned.line), content_type=TEXT)

    @app.get("/<name>/checkpoint")
    def checkpoint(name: str) -> Response:
        """Give the checkpoint cosigned last of the log with this SHA-256."""
        told = witness.last_named(name) if NAME.fullmatch(name) else None
        return Response(told or abort(404), content_type=TEXT, headers=NOT_KEPT)

    return app


def refused(error: Refused) -> Response:
    """Return a refusal with its status; to a stale request, the size to begin from."""
    if isinstance(error, OldSize):
        return Response(f"{error.size}\n", error.status, content_type=SIZE_TYPE)
    return Response(f"{error}\n", error.status, content_type=TEXT)
