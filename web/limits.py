"""Limits: how often one address may try in vain to get in; accounts lock besides."""

from __future__ import annotations

import time
from typing import Any, Final, cast

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import TooManyRequests

OFTEN: Final = {
    "security.login": "30 per minute",
    "security.two_factor_token_validation": "15 per minute",
    "security.mf_recovery": "15 per minute",
    "security.forgot_password": "10 per hour",
    "security.reset_password": "30 per hour",
    "security.change_password": "15 per minute",
    "account.confirm": "15 per minute",
}
# What anybody may do without an account, by one address and by all of them together.
OPEN: Final = {
    "public.send": ("5 per hour", "200 per day"),
    "public.file": ("60 per hour", "2000 per day"),
}


def in_vain(answer: Response) -> bool:
    """Return whether a try led nowhere; who gets in may come again."""
    return answer.status_code not in (302, 303)


def install(app: Flask) -> None:
    """Answer 429 to whoever tries too often, and say for how long. This process alone counts."""
    limiter = Limiter(
        get_remote_address, app=app, storage_uri="memory://", strategy="moving-window"
    )
    for endpoint, often in OFTEN.items():
        limit = limiter.limit(often, methods=["POST"], deduct_when=in_vain)
        app.view_functions[endpoint] = cast(Any, limit(app.view_functions[endpoint]))
    for endpoint, (one, all_) in OPEN.items():
        together = limiter.limit(all_, key_func=lambda: "everybody")
        limited = limiter.limit(one)(together(app.view_functions[endpoint]))
        app.view_functions[endpoint] = cast(Any, limited)

    def say_when(answer: Response) -> Response:
        met = limiter.current_limit if answer.status_code == TooManyRequests.code else None
        if met:
            answer.headers.setdefault("Retry-After", str(max(1, met.reset_at - int(time.time()))))
        return answer

    app.after_request(say_when)
