"""Limits: how often one address may try to get in; accounts lock by themselves besides."""

from __future__ import annotations

from typing import Any, Final, cast

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

OFTEN: Final = {
    "security.login": "30 per minute",
    "security.two_factor_token_validation": "15 per minute",
    "security.mf_recovery": "15 per minute",
    "security.forgot_password": "10 per hour",
    "security.reset_password": "30 per hour",
    "account.confirm": "15 per minute",
}


def install(app: Flask) -> None:
    """Answer 429 to whoever tries too often. Counts are kept in this process."""
    limiter = Limiter(
        get_remote_address, app=app, storage_uri="memory://", strategy="moving-window"
    )
    for endpoint, often in OFTEN.items():
        limit = limiter.limit(often, methods=["POST"])
        app.view_functions[endpoint] = cast(Any, limit(app.view_functions[endpoint]))
