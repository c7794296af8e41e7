"""Confirming: who acts is asked again who they are, before a decision or a change of the locks."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime, timedelta
from typing import Final

from flask import Flask, Response, current_app, flash, g, redirect, request, session, url_for
from flask_security import current_user, tf_code_confirmed, user_authenticated
from flask_security.proxies import _security
from werkzeug.wrappers import Response as Answer

from domain.values import Role
from web.account_tables import User, db, now
from web.languages import _
from workflow.case import SIGNERS

FRESH: Final = timedelta(minutes=10)
KEY: Final = "confirmed_at"
# Whoever finds a browser left open must not be able to change the locks.
LOCKS: Final = (
    "security.two_factor_setup",
    "security.wan_register",
    "security.wan_delete",
    "security.mf_recovery_codes",
)


def install(app: Flask) -> None:
    """Ask again where it matters, and note where it was answered."""
    user_authenticated.connect(confirm, app)
    tf_code_confirmed.connect(confirm, app)
    app.before_request(guard)
    app.before_request(remember)
    app.after_request(passkey_used)


def confirm(*_app: object, **_signal: object) -> None:
    """Note that somebody has just shown who they are."""
    session[KEY] = now().isoformat()


def is_fresh() -> bool:
    """Return whether that was a moment ago."""
    at = session.get(KEY)
    return at is not None and timedelta() <= now() - datetime.fromisoformat(at) <= FRESH


def guard() -> Answer | None:
    """Send whoever wants to change the locks to the page that asks again."""
    if request.endpoint == "security.verify":  # the library's way, by password alone
        return redirect(url_for("account.confirm"))
    if request.endpoint in LOCKS and current_user.is_authenticated and not is_fresh():
        return asking()
    return None


def asking() -> Answer:
    """Return the way to the page that asks again, and from there back to this one."""
    return redirect(url_for("account.confirm", next=request.full_path.rstrip("?")))


def before_a_decision(deciders: Set[Role]) -> Answer | None:
    """Return where to go before deciding: to set up a second factor, or to use it; else None.

    A decision is what only a director or an administrator may do.
    """
    if not current_app.config.get("EXEMPLAR_SECOND_FACTOR") or not deciders <= SIGNERS:
        return None
    if not current_user.has_second_factor:
        return redirect(url_for("account.show", next=request.full_path.rstrip("?")))
    return None if is_fresh() else asking()


def ask_beside() -> None:
    """Say that what was typed can be sent once who sends it is known again, in another tab."""
    told = _("Đã quá 10 phút từ lần xác nhận trước, nên chưa ghi gì. Hãy xác nhận rồi gửi lại.")
    flash(told, "confirm")


def code_is_right(user: User, code: str) -> bool:
    """Return whether a code is the one that an account's app shows now; it is then used up."""
    factory, secret = _security.totp_factory, user.tf_totp_secret
    if not secret or not factory.verify_totp(code.replace(" ", ""), secret, user, 60):
        user.track_failed_authn("confirm")
        return False
    db.session.commit()
    return True


def remember() -> None:
    """Note when the library last saw this account shown right, to see whether it does again."""
    g.shown_at = session.get("fs_paa")


def passkey_used(answer: Response) -> Response:
    """Note a passkey that the library has just found right."""
    used = request.endpoint == "security.wan_verify_response" and "shown_at" in g
    if used and session.get("fs_paa") != g.shown_at:
        confirm()
    return answer
