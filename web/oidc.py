"""Signing in elsewhere (OpenID Connect): an address the issuer has verified opens the account."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from flask import Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import FsOAuthProvider

from web.languages import _
from web.settings import Oidc

NAME = "oidc"
BEGUN: Final = "security.oauthstart"


class Issuer(FsOAuthProvider):
    """The one place that the settings name."""

    def __init__(self, told: Oidc) -> None:
        """Take up an issuer, found by its discovery document."""
        super().__init__(NAME)
        self.told = told

    def authlib_config(self) -> dict[str, Any]:
        """Return what authlib must know: Authorization Code flow with PKCE."""
        return {
            "client_id": self.told.client,
            "client_secret": self.told.secret,
            "server_metadata_url": f"{self.told.issuer}/.well-known/openid-configuration",
            "client_kwargs": {"scope": "openid email", "code_challenge_method": "S256"},
        }

    def fetch_identity_cb(self, oauth: Any, token: Any) -> tuple[str, Any]:
        """Return the verified e-mail address; nobody has an empty one."""
        told = token["userinfo"]
        return "email", told.get("email", "") if told.get("email_verified") is True else ""


def install(app: Flask, told: Oidc | None) -> None:
    """Offer to sign in elsewhere, if the settings name a place."""
    if told is None:
        return
    requests = import_module("requests")  # comes with what signing in elsewhere needs

    def unreachable(problem: Exception) -> ResponseReturnValue:
        """Go back to our own sign-in when the issuer does not answer."""
        if request.endpoint not in (BEGUN, "security.oauthresponse"):
            raise problem
        app.logger.error("the issuer does not answer: %s", problem)
        trouble = _("%(name)s không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.")
        flash(trouble % {"name": told.name}, "error")
        return redirect(url_for("security.login"), 303)

    def led_on(answer: Response) -> Response:
        """Lead to the issuer by a page: browsers let no form of ours be redirected elsewhere."""
        if request.endpoint == BEGUN and "://" in (answer.location or ""):
            page = render_template("account/elsewhere.html", to=answer.location, name=told.name)
            answer.status_code = 200
            answer.data = page
            del answer.headers["Location"]
        return answer

    app.extensions["security"].oauthglue.register_provider_ext(Issuer(told))
    app.register_error_handler(requests.RequestException, unreachable)
    app.after_request(led_on)
