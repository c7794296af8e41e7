"""Signing in elsewhere (OpenID Connect): an address the issuer has verified opens the account."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_security import FsOAuthProvider

from web.settings import Oidc

NAME = "oidc"


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
    if told:
        app.extensions["security"].oauthglue.register_provider_ext(Issuer(told))
