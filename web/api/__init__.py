"""The API for other systems: every command, every question, by tokens."""

from __future__ import annotations

from flask import Flask

from web.api import candidates, document, doing, log, subjects
from web.api.room import v1

__all__ = ["candidates", "doing", "install", "log", "subjects"]


def install(app: Flask) -> None:
    """Add the API and its documents to an application that has pages and accounts."""
    app.register_blueprint(v1)
    app.register_blueprint(document.pages)
    app.json.sort_keys, app.json.ensure_ascii = False, False  # type: ignore[attr-defined]
    app.extensions["csrf"].exempt(v1)  # no cookie opens it
