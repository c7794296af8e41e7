"""Codes of authenticator apps (RFC 6238), and those for the day the telephone is lost.

Each is taken once, and none while wrong ones have locked the account.
"""

from __future__ import annotations

from typing import Any

from flask_security import Totp, TwoFactorVerifyCodeForm, UserMixin
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message


class Codes(Totp):
    """The library's codes, which remember the last one taken from each account."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return which code an account has used last, so that it is not taken again."""
        counter: int | None = getattr(user, "totp_counter", None)
        return counter

    def set_last_counter(self, user: UserMixin, tmatch: object) -> None:
        """Keep which code was used."""
        user.totp_counter = tmatch.counter  # type: ignore[attr-defined]


class CodeForm(TwoFactorVerifyCodeForm):
    """The library's form, which would let whoever has the password guess for ever."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the code is right; a new app of who is signed in locks nobody."""
        if not self.is_setup and self.user and self.user.is_locked():
            self.code.errors = [get_message("TWO_FACTOR_INVALID_TOKEN")[0]]
            return False
        return bool(super().validate(**kwargs))


class RecoveryForm(MfRecoveryForm):
    """The library's form, which counts no wrong codes."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the code is right; a wrong one counts as a wrong password does."""
        if self.user and self.user.is_locked():
            self.code.errors = [get_message("INVALID_RECOVERY_CODE")[0]]
            return False
        right = bool(super().validate(**kwargs))
        if self.user and not right:
            self.user.track_failed_authn("recovery", tfa=True)
        return right
