"""The headers every answer carries, so that a browser helps to keep the register safe."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_security import current_user

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # not "no-referrer": over HTTPS the CSRF check compares the referrer with the host
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Put the headers on every answer of an application; a view may set its own first."""
    app.after_request(shielded)


def shielded(response: Response) -> Response:
    """Return the answer with its headers."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not current_app.config.get("EXEMPLAR_INSECURE_COOKIES"):
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
    broken = response.status_code >= 500  # then nobody is asked who is looking
    if broken or (request.endpoint != "static" and current_user.is_authenticated):
        response.headers["Cache-Control"] = "no-store"
    return response
