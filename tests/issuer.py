"""Another place where people sign in: as much of OpenID Connect as one who signs in meets."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey


@dataclass
class Issuer:
    """Who is signed in there, and whether their address was verified."""

    email: str
    verified: bool = True
    address: str = ""
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048))
    asked: dict[str, str] = field(default_factory=dict)

    def app(self) -> Flask:
        """Return its pages."""
        app = Flask("issuer")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self.discovery)
        app.add_url_rule("/authorize", view_func=self.authorize)
        app.add_url_rule("/token", view_func=self.token, methods=["POST"])
        app.add_url_rule("/keys", view_func=self.keys)
        return app

    def discovery(self) -> Response:
        ends = {"authorization": "authorize", "token": "token"}
        told = {f"{end}_endpoint": f"{self.address}/{path}" for end, path in ends.items()}
        return jsonify(issuer=self.address, jwks_uri=f"{self.address}/keys", **told)

    def authorize(self) -> Any:
        self.asked = dict(request.args)
        assert self.asked["code_challenge_method"] == "S256"
        back = self.asked["redirect_uri"]
        return redirect(f"{back}?code={secrets.token_hex()}&state={self.asked['state']}")

    def keys(self) -> Response:
        return jsonify(keys=[self.key.as_dict(private=False)])

    def token(self) -> Response:
        assert request.form["code_verifier"]
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": self.asked["client_id"],
            "sub": "1",
            "iat": now,
            "exp": now + 60,
            "nonce": self.asked["nonce"],
            "email": self.email,
            "email_verified": self.verified,
        }
        signed = jwt.encode({"alg": "RS256"}, claims, self.key)
        return jsonify(access_token="x", token_type="Bearer", id_token=signed)
