"""Sessions: every sign-in, where it was, and how to end it from elsewhere."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, request, session
from flask_security import current_user, logout_user, user_authenticated
from sqlalchemy import bindparam, select

from web.account_tables import Session, User, db, now

KEY = "session_key"
SEEN_EVERY = timedelta(minutes=1)
OF_A_KEY = select(Session).where(Session.key == bindparam("key"))  # asked for every answer


def install(app: Flask) -> None:
    """Note every sign-in, and close a browser whose session was ended elsewhere."""
    user_authenticated.connect(opened, app)
    app.before_request(check)


def opened(_app: Flask, user: User, **_signal: object) -> None:
    """Keep a sign-in; called inside the request that signs in."""
    moment = now()
    found = Session(
        key=secrets.token_urlsafe(24),
        user_id=user.id,
        browser=(request.user_agent.string or "")[:120],
        address=request.remote_addr or "",
        opened_at=moment,
        seen_at=moment,
    )
    db.session.add(found)
    db.session.commit()
    session[KEY] = found.key


def check() -> None:
    """Sign out a browser whose session has ended."""
    if request.endpoint == "static" or not current_user.is_authenticated:
        return
    found = current()
    if found is None or found.ended_at:
        logout_user()
        session.pop(KEY, None)
    elif now() - found.seen_at > SEEN_EVERY:
        found.seen_at = now()
        db.session.commit()


def current() -> Session | None:
    """Return the session of this browser."""
    return db.session.scalar(OF_A_KEY, {"key": session.get(KEY, "")})


def open_sessions(user: User) -> list[Session]:
    """Return the sessions of an account that have not ended, the latest first."""
    asked = select(Session).filter_by(user_id=user.id, ended_at=None)
    return list(db.session.scalars(asked.order_by(Session.seen_at.desc(), Session.id.desc())))


def end(user: User, id: int | None = None) -> int:
    """End one session of an account, or all but this browser's; return how many ended."""
    here = session.get(KEY)
    chosen = [
        one for one in open_sessions(user) if (one.id == id if id is not None else one.key != here)
    ]
    for one in chosen:
        one.ended_at = now()
    db.session.commit()
    return len(chosen)
