"""Codes of authenticator apps (RFC 6238): each is taken once."""

from __future__ import annotations

from flask_security import Totp, UserMixin


class Codes(Totp):
    """The library's codes, which remember the last one taken from each account."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return which code an account has used last, so that it is not taken again."""
        counter: int | None = getattr(user, "totp_counter", None)
        return counter

    def set_last_counter(self, user: UserMixin, tmatch: object) -> None:
        """Keep which code was used."""
        user.totp_counter = tmatch.counter  # type: ignore[attr-defined]
