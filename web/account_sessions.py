"""Sessions: every sign-in, where it was, and how to end it from elsewhere."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, request, session
from flask_login import user_logged_out
from flask_security import current_user, logout_user, user_authenticated
from sqlalchemy import ColumnElement, bindparam, func, select, update

from web.account_tables import GREATEST, Session, User, db, now

KEY = "session_key"
SEEN_EVERY = timedelta(minutes=1)
LONGEST = timedelta(hours=12)
SHOWN = 20
OF_A_KEY = select(Session).where(Session.key == bindparam("key"))  # asked for every answer


def install(app: Flask) -> None:
    """Note every sign-in, and close a browser whose session was ended elsewhere."""
    user_authenticated.connect(opened, app)
    user_logged_out.connect(closed, app)
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
        uniquifier=user.fs_uniquifier,
    )
    db.session.add(found)
    db.session.commit()
    session[KEY] = found.key


def closed(_app: Flask, **_signal: object) -> None:
    """End the session that was signed out of: a copy of its cookie opens nothing either."""
    mine = Session.key == session.pop(KEY, ""), Session.ended_at.is_(None)
    db.session.execute(update(Session).where(*mine).values(ended_at=now()))
    db.session.commit()


def check() -> None:
    """Sign out a browser whose session has ended."""
    if request.endpoint == "static" or not current_user.is_authenticated:
        return
    found = current()
    if found is None or is_over(found):
        logout_user()
    elif now() - found.seen_at > SEEN_EVERY:
        found.seen_at = now()
        db.session.commit()


def is_over(found: Session) -> bool:
    """Return whether this browser's session opens nothing any more."""
    late = now() - found.opened_at >= LONGEST
    return found.ended_at is not None or late or found.uniquifier != current_user.fs_uniquifier


def current() -> Session | None:
    """Return the session of this browser."""
    return db.session.scalar(OF_A_KEY, {"key": session.get(KEY, "")})


def open_sessions(user: User, most: int = SHOWN) -> list[Session]:
    """Return sessions of an account that have not ended: this browser's, then the latest."""
    here = Session.key == session.get(KEY, "")
    asked = select(Session).where(*_open(user))
    latest = (here.desc(), Session.seen_at.desc(), Session.id.desc())
    return list(db.session.scalars(asked.order_by(*latest).limit(most)))


def count(user: User) -> int:
    """Return how many sessions of an account have not ended."""
    return db.session.scalar(select(func.count()).select_from(Session).where(*_open(user))) or 0


def end(user: User, id: int | None = None) -> int:
    """End one session of an account, or all but this browser's; return how many ended."""
    one = Session.key != session.get(KEY, "") if id is None else Session.id == min(id, GREATEST)
    ending = update(Session).where(*_open(user), one).values(ended_at=now()).returning(Session.id)
    ended = db.session.scalars(ending.execution_options(synchronize_session=False)).all()
    db.session.commit()
    return len(ended)


def _open(user: User) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of sessions that open something still."""
    lasting = Session.opened_at > now() - LONGEST
    # With a new password the library gives an account another uniquifier, and knows no older one.
    opening = Session.uniquifier == user.fs_uniquifier
    return Session.user_id == user.id, Session.ended_at.is_(None), lasting, opening
